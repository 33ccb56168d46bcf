"""Places on the globe, in decimal degrees: how far apart they are, and the middle of several."""

from collections.abc import Iterable
from math import asin, cos, radians, sin, sqrt
from statistics import mean, median

EARTH_RADIUS_KM = 6371.0088  # mean, IUGG
Place = tuple[float, float]  # latitude, longitude


def km(one: Place, other: Place) -> float:
    """Kilometres as the crow flies (haversine)."""
    north, east = radians(other[0] - one[0]), radians(other[1] - one[1])
    h = sin(north / 2) ** 2 + cos(radians(one[0])) * cos(radians(other[0])) * sin(east / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(h))


def middle(places: Iterable[Place]) -> Place:
    """The middle of places of which one or two may be far off: the median of each coordinate."""
    latitudes, longitudes = zip(*places, strict=True)
    return median(latitudes), median(longitudes)


def centre(places: Iterable[Place]) -> Place:
    """The middle of places that all are right: the mean of each coordinate."""
    latitudes, longitudes = zip(*places, strict=True)
    return mean(latitudes), mean(longitudes)
