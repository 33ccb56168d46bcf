"""A map of points as an SVG drawing, each as large as its number: no tiles, no network, no script. Where one
leads on, its circle is a link; beside it stands the table with the same links, which is how it is read
without eyes or a mouse (kit/map.html takes both; assets/map.js shows which circle a line is).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians, sqrt

from django.utils.functional import Promise

from dancu.web.shared.amounts import in_digits

Words = str | Promise
Place = tuple[float, float]  # latitude and longitude in degrees

WIDTH, HIGHEST, EDGE = 360, 620, 24  # units of the drawing, which a phone shows one to a point
_POINT = 0.01  # degrees that are shown of a single place
LARGEST, LEAST = 24, 4  # radius of the largest number, and of the smallest that is told


@dataclass(frozen=True)
class MapPoint:
    """What stands where. `number`: None where it is too small to be told, and the circle is empty. `told`:
    what it comes to in words, where that is not the number; `look`: by what the style sheet knows it then
    (dancu-map__point--…).
    """

    words: Words
    place: Place
    number: int | None
    url: str = ""
    told: Words = ""
    look: str = ""


@dataclass(frozen=True)
class MapCircle:
    """A point in the drawing. `words`: what it is, for whoever points at it."""

    x: float
    y: float
    radius: float
    words: str
    url: str
    is_told: bool
    look: str = ""


@dataclass(frozen=True)
class PointMap:
    """The drawing. `ground`: a path of dots below the circles, from which one sees where they are; `legend`:
    what the looks of the circles mean.
    """

    title: Words
    height: int
    circles: Sequence[MapCircle]
    ground: str
    legend: Sequence[Words] = ()
    width: int = WIDTH


def point_map(
    title: Words, points: Sequence[MapPoint], ground: Iterable[Place] = (), legend: Sequence[Words] = ()
) -> PointMap:
    """The points, the large ones below, but those with looks above: they say what is graver. `ground`: places
    that are drawn as dots, such as all communes.
    """
    is_by_look = any(point.look for point in points)
    dots = list(ground)
    drawing = _Projection([*dots, *(point.place for point in points)])
    most = max((point.number or 0 for point in points), default=0)
    largest = min(LARGEST, 90 / sqrt(len(points) or 1) + LEAST)
    circles = [
        MapCircle(
            *drawing.at(point.place),
            round(max(largest * sqrt((point.number or 0) / most), LEAST), 1) if most else LEAST,
            f"{point.words}: {point.told or in_digits(point.number)}",
            point.url,
            point.number is not None,
            point.look,
        )
        for point in sorted(points, key=lambda point: point.number or 0, reverse=not is_by_look)
    ]
    path = sorted({drawing.at(dot, 0) for dot in dots})  # those on one unit are one
    return PointMap(title, drawing.height, circles, "".join(f"M{x:.0f} {y:.0f}h0" for x, y in path), legend)


class _Projection:
    """Degrees as units of the drawing: a degree of longitude is as long as it is in the middle of the map."""

    def __init__(self, places: Sequence[Place]) -> None:
        norths = [north for north, _east in places] or [0.0]
        easts = [east for _north, east in places] or [0.0]
        self._north, self._west = max(norths), min(easts)
        self._narrow = cos(radians((min(norths) + max(norths)) / 2))
        wide = (max(easts) - min(easts)) * self._narrow or _POINT
        high = max(norths) - min(norths) or _POINT
        self._unit = min((WIDTH - 2 * EDGE) / wide, (HIGHEST - 2 * EDGE) / high)
        self._left = (WIDTH - wide * self._unit) / 2
        self.height = round(high * self._unit + 2 * EDGE)

    def at(self, place: Place, digits: int = 1) -> tuple[float, float]:
        """x and y of a place."""
        x = self._left + (place[1] - self._west) * self._narrow * self._unit
        return round(x, digits), round(EDGE + (self._north - place[0]) * self._unit, digits)
