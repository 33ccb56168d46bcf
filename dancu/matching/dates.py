"""How a declared birth date relates to the one the register holds."""

import datetime as dt
from typing import Literal

from dancu.values.birth_dates import PartialDate

GENERATION = 12
"""Years by which no parent and child are apart, and within which a wrong digit may lie (people.toml says
the same).
"""
DateLevel = Literal["same", "swapped", "year_only", "one_digit", "year_near", "different", "missing"]


def compare_birth(declared: PartialDate | None, held: dt.date, precision: str = "D") -> DateLevel:
    """same (as far as the register knows it: `precision` D, M or Y); swapped: day and month; year_only: only
    the year is given, or given as 1 January, as is done where no more is known; one_digit, if that makes no
    more than 12 years: it may be a father's; year_near: a year off; different; missing.
    """
    if declared is None:
        return "missing"
    same_year = declared.year == held.year
    if precision == "Y":
        return "same" if same_year else "year_near" if abs(declared.year - held.year) == 1 else "different"
    if precision == "M" and same_year and declared.month == held.month:
        return "same"
    if (declared.year, declared.month, declared.day) == (held.year, held.month, held.day):
        return "same"
    if same_year and (declared.day, declared.month) == (held.month, held.day):
        return "swapped"
    if same_year and (declared.day is None or (declared.day, declared.month) == (1, 1)):
        return "year_only"
    if declared.day is None or declared.month is None:
        return "different"
    if abs(declared.year - held.year) == 1 and (declared.month, declared.day) == (held.month, held.day):
        return "year_near"
    is_near = abs(declared.year - held.year) <= GENERATION
    return "one_digit" if is_near and _digits_off(declared, held) == 1 else "different"


def _digits_off(declared: PartialDate, held: dt.date) -> int:
    ours = f"{held.year:04}{held.month:02}{held.day:02}"
    theirs = f"{declared.year:04}{declared.month or 0:02}{declared.day or 0:02}"
    return sum(a != b for a, b in zip(ours, theirs, strict=True))
