"""Birth dates as people write them, and the faults they have."""

from datetime import date
from random import Random

import numpy as np
import polars as pl

from dancu.synthetic.corruption.lunar import lunar
from dancu.synthetic.corruption.rates import Rates

LUNAR_BEFORE = 1975  # born since, hardly anyone is known by a lunar date
_UNKNOWN_DAY = {
    "year_only": ["%Y"],
    "first_of_january": ["01/01/%Y", "1/1/%Y"],
    "zeros": ["00/00/%Y", "0/0/%Y"],
}


def write_births(
    births: pl.Series, precision: pl.Series, rates: Rates, rng: np.random.Generator, dice: Random, on: date
) -> tuple[pl.Series, list[str | None]]:
    """The texts that are declared for birth dates, and the fault of each, None for none.

    `precision`: D, M or Y, how much of a date is known; of those of M and Y only that much is written,
    without a fault. `on`: no declared birth date is after it.
    """
    n = len(births)
    codes = list(rates["birth"])
    drawn = rates.draw("birth", rng, n)
    drawn[
        (precision != "D").to_numpy()
        & ~np.isin(drawn, [codes.index(code) for code in codes if code == "blank"])
    ] = -1
    days = births.to_numpy().astype("datetime64[D]").astype(int)
    faults: list[str | None] = [None] * n
    written: dict[int, str] = {}
    shown = births.to_list()
    for code, places in _by_code(codes, drawn):
        if code == "lunar":
            _to_lunar(places, days, shown, written, faults)
            continue
        for at in places:
            if (text := _faulty(code, shown[at], dice, on)) is not None:
                faults[at] = code
                if isinstance(text, date):
                    shown[at] = text
                else:
                    written[int(at)] = text
    vague = {"Y": ["%Y", "01/01/%Y", "00/00/%Y"], "M": ["%m/%Y", "01/%m/%Y"]}
    for at in np.flatnonzero((precision != "D").to_numpy()):
        if faults[at] is None:
            written[int(at)] = shown[at].strftime(dice.choice(vague.get(precision[int(at)], ["%d/%m/%Y"])))
    texts = _formatted(pl.Series(shown, dtype=pl.Date), rates, rng)
    if written:
        texts = texts.scatter(list(written), list(written.values()))
    return texts, faults


def _by_code(codes: list[str], drawn: np.ndarray) -> list[tuple[str, np.ndarray]]:
    return [(code, np.flatnonzero(drawn == place)) for place, code in enumerate(codes)]


def _faulty(code: str, born: date, dice: Random, on: date) -> str | date | None:
    """The text or the date that is declared instead; None where this fault cannot befall the date."""
    if code == "blank":
        return ""
    if code in _UNKNOWN_DAY:
        text = born.strftime(dice.choice(_UNKNOWN_DAY[code]))
        return None if code == "first_of_january" and (born.day, born.month) == (1, 1) else text
    if code == "swapped":
        return (
            born.replace(day=born.month, month=born.day)
            if born.day <= 12
            and born.day != born.month
            and _past(born.replace(day=born.month, month=born.day), on)
            else None
        )
    if code == "year_off":
        near = [year for year in (born.year - 1, born.year + 1) if year <= on.year]
        moved = _date(dice.choice(near), born.month, born.day)
        return moved if moved and _past(moved, on) else None
    if code == "digit_slip":
        return _slipped(born, dice, on)
    raise KeyError(code)


def _slipped(born: date, dice: Random, on: date) -> date | None:
    """Another date that exists, with one digit of dd/mm/yyyy other, the century's kept."""
    digits = f"{born.day:02}{born.month:02}{born.year:04}"
    for _ in range(20):
        at, digit = dice.choice([0, 1, 2, 3, 6, 7]), dice.choice("0123456789")
        other = digits[:at] + digit + digits[at + 1 :]
        moved = _date(int(other[4:]), int(other[2:4]), int(other[:2]))
        swapped_or_near = moved and abs(moved.year - born.year) == 1
        if moved and moved != born and not swapped_or_near and _past(moved, on):
            return moved
    return None


def _to_lunar(
    places: np.ndarray, days: np.ndarray, shown: list[date], written: dict[int, str], faults: list[str | None]
) -> None:
    """The lunar day in place of the solar one; some, such as the 30th of the second month, are no solar
    date and are written as they are.
    """
    years, months, month_days = lunar(days[places])
    for at, year, month, day in zip(places, years, months, month_days, strict=True):
        if shown[at].year >= LUNAR_BEFORE:
            continue
        faults[at] = "lunar"
        written[int(at)] = f"{day:02}/{month:02}/{year}"


def _formatted(days: pl.Series, rates: Rates, rng: np.random.Generator) -> pl.Series:
    shares = np.array(list(rates["birth_formats"].values()))
    which = pl.Series(rng.choice(len(shares), len(days), p=shares / shares.sum()))
    frame = pl.DataFrame({"day": days, "which": which})
    text = pl.lit(None, pl.String)
    for place, form in enumerate(rates["birth_formats"]):
        text = pl.when(pl.col("which") == place).then(pl.col("day").dt.strftime(form)).otherwise(text)
    return frame.select(text.alias("birth")).to_series()


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _past(day: date, on: date) -> bool:
    return day <= on
