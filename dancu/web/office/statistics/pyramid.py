"""A population pyramid as the bars of an SVG drawing, reckoned here so that the page needs no script."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dancu.register.lookups import AgeBand
from dancu.web.office.statistics.amounts import in_digits

WIDTH, MIDDLE, ROW, TOP = 360, 56, 17, 24  # units of the drawing, which a phone shows one to a point
SIDE = (WIDTH - MIDDLE) // 2


@dataclass(frozen=True)
class Bar:
    """One age band: from where and how long to either side; `is_told` is false where the numbers are too
    small to be shown.
    """

    label: str
    y: int
    men: float
    women: float
    men_told: bool
    women_told: bool

    @property
    def men_x(self) -> float:
        return round(SIDE - self.men, 1)


@dataclass(frozen=True)
class Pyramid:
    """The drawing. `ticks`: x of either side and the words of a line of the scale."""

    bars: Sequence[Bar]
    ticks: Sequence[tuple[float, float, str]]
    height: int
    bottom: int
    width: int = WIDTH
    women_x: int = SIDE + MIDDLE
    centre: float = SIDE + MIDDLE / 2


def drawn(bands: Sequence[AgeBand]) -> Pyramid:
    """Of age bands, the youngest first, drawn from below."""
    step, most = _scale(max((many or 0 for band in bands for many in (band.men, band.women)), default=0))
    bars = [
        Bar(
            label(band),
            TOP + ROW * (len(bands) - 1 - nth),
            _length(band.men, most),
            _length(band.women, most),
            band.men is not None,
            band.women is not None,
        )
        for nth, band in enumerate(bands)
    ]
    bottom = TOP + ROW * len(bands)
    ticks = [
        (SIDE - _length(many, most), SIDE + MIDDLE + _length(many, most), in_digits(many))
        for many in range(0, most + 1, step)
    ]
    return Pyramid(bars, ticks, bottom + 22, bottom)


def label(band: AgeBand) -> str:
    """0–4, 100+, or of a single year 7."""
    if band.last is None:
        return f"{band.first}+"
    return f"{band.first}–{band.last}" if band.last > band.first else str(band.first)


def _scale(most: int) -> tuple[int, int]:
    """The distance of the scale's lines (1, 2 or 5 and noughts) and the last of them, at most two a side,
    so that their words do not touch.
    """
    steps: Iterable[int] = (digit * 10**noughts for noughts in range(12) for digit in (1, 2, 5))
    step = next(step for step in steps if step * 2 >= most)
    return step, max(step, -(-most // step) * step)


def _length(people: int | None, most: int) -> float:
    return round((people or 0) / most * (SIDE - 4), 1)
