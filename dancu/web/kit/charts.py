"""Charts as the shapes of an SVG drawing, reckoned here: they need no script, and print as they look. Beside
each stands the table of its numbers (kit/chart.html takes both).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from dancu.web.shared.amounts import in_digits

Words = str | Promise
Numbers = Sequence[int | None]  # None: too small to be told

WIDTH, TOP = 360, 24  # units of the drawing, which a phone shows one to a point
MIDDLE, ROW = 56, 17  # of a pyramid: the labels between the sides, and a line
SIDE = (WIDTH - MIDDLE) // 2
AXIS, HIGH, LABEL = 40, 190, 34  # of columns: room for the scale, the highest, room for a label below


@dataclass(frozen=True)
class ChartBar:
    """A rectangle. `series`: 0, 1 or 2, which has its colour; `words`: said to whoever points at it."""

    x: float
    y: float
    width: float
    height: float
    series: int
    words: str


@dataclass(frozen=True)
class ChartText:
    """Words in the drawing. `place`: start, middle or end of them stands at x. `kind`: “label” or “head”."""

    x: float
    y: float
    words: Words
    place: str = "middle"
    kind: str = "label"


@dataclass(frozen=True)
class Chart:
    """The drawing. `lines`: of its scale, (x1, y1, x2, y2); `series`: the words of each colour where the
    drawing itself does not say them.
    """

    title: Words
    words: Words
    height: int
    bars: Sequence[ChartBar]
    texts: Sequence[ChartText]
    lines: Sequence[tuple[float, float, float, float]]
    series: Sequence[Words] = ()
    width: int = WIDTH


def columns(
    title: Words, words: Words, labels: Sequence[str], series: Sequence[tuple[Words, Numbers]]
) -> Chart:
    """A column for each label, such as a day, and in it the series (at most three) one upon the other.
    `words`: what the drawing shows, for whoever does not see it.
    """
    totals = [sum(filter(None, numbers)) for numbers in zip(*(of for _words, of in series), strict=True)]
    step, most = scale(max(totals, default=0))
    each = (WIDTH - AXIS) / max(len(labels), 1)
    bars, texts = list[ChartBar](), list[ChartText]()
    for nth, label in enumerate(labels):
        x, top = AXIS + each * nth, float(TOP + HIGH)
        for place, (name, numbers) in enumerate(series):
            height = _part(numbers[nth], most, HIGH)
            top -= height
            said = f"{label}: {in_digits(numbers[nth])}" + (f", {name}" if len(series) > 1 else "")
            bars.append(_bar(x + each * 0.1, top, each * 0.8, height, place, said))
        if any(numbers[nth] is None for _name, numbers in series):
            texts.append(ChartText(_round(x + each / 2), _round(top - 3), "…"))
    apart = max(-(-len(labels) * max(map(len, labels), default=1) * 7 // (WIDTH - AXIS)), 1)
    texts += [
        ChartText(_round(AXIS + each * (nth + 0.5)), TOP + HIGH + 16, labels[nth])
        for nth in range(0, len(labels), apart)
    ]
    ticks = range(0, most + 1, step)
    heights = {many: _round(TOP + HIGH - _part(many, most, HIGH)) for many in ticks}
    texts += [ChartText(AXIS - 5, heights[many] + 4, in_digits(many), "end") for many in ticks]
    lines = [(AXIS, heights[many], WIDTH, heights[many]) for many in ticks]
    names = [name for name, _numbers in series] if len(series) > 1 else []
    return Chart(title, words, TOP + HIGH + LABEL, bars, texts, lines, names)


def pyramid(
    title: Words,
    words: Words,
    middle: Words,
    labels: Sequence[str],
    left: tuple[Words, Numbers],
    right: tuple[Words, Numbers],
) -> Chart:
    """Two series back to back, drawn from below, with the labels between them. `middle`: what these are."""
    sides = (left[1], right[1])
    step, most = scale(max((many or 0 for numbers in sides for many in numbers), default=0))
    bars, texts = list[ChartBar](), list[ChartText]()
    bottom, centre = TOP + ROW * len(labels), SIDE + MIDDLE / 2
    for nth, label in enumerate(labels):
        y = TOP + ROW * (len(labels) - 1 - nth)
        texts.append(ChartText(centre, y + 12, label))
        for side, (name, numbers) in enumerate((left, right)):
            long = _part(numbers[nth], most, SIDE - 4)
            said = f"{label}: {in_digits(numbers[nth])}, {name}"
            bars.append(_bar(SIDE + MIDDLE if side else SIDE - long, y, long, 15, side, said))
            if numbers[nth] is None:
                texts.append(ChartText(SIDE + MIDDLE + 8 if side else SIDE - 8, y + 11, "…"))
    for x, name in ((SIDE / 2, left[0]), (WIDTH - SIDE / 2, right[0])):
        texts.append(ChartText(x, 14, name, kind="head"))
    texts.append(ChartText(centre, 14, middle))
    lines = list[tuple[float, float, float, float]]()
    for many in range(0, most + 1, step):
        away = _part(many, most, SIDE - 4)
        for x, outermost in ((SIDE - away, "start"), (SIDE + MIDDLE + away, "end")):
            lines.append((_round(x), 20, _round(x), bottom))
            if many:  # the outermost numbers of the scale stay within the drawing
                place = outermost if many + step > most else "middle"
                texts.append(ChartText(_round(x), bottom + 15, in_digits(many), place))
    return Chart(title, words, bottom + 22, bars, texts, lines)


def scale(most: int) -> tuple[int, int]:
    """The distance of the scale's lines (1, 2 or 5 and noughts) and the last of them, at most two beside
    nought, so that their words do not touch.
    """
    steps: Iterable[int] = (digit * 10**noughts for noughts in range(12) for digit in (1, 2, 5))
    step = next(step for step in steps if step * 2 >= most)
    return step, max(step, -(-most // step) * step)


def _bar(x: float, y: float, width: float, height: float, series: int, words: str) -> ChartBar:
    return ChartBar(_round(x), _round(y), _round(width), _round(height), series, words)


def _part(many: int | None, most: int, whole: int) -> float:
    return (many or 0) / most * whole


def _round(units: float) -> float:
    return round(units, 1)
