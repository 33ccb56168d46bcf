"""How a declared birth date relates to the registered one."""

import datetime as dt
from typing import Literal

from dancu.values.birth_dates import PartialDate

GENERATION = 12
"""Years. Parent and child are always further apart, so a wrong digit may change a year by this much
(people.toml has the same).
"""
DateLevel = Literal["same", "swapped", "year_only", "one_digit", "year_near", "different", "missing"]


def compare_birth(declared: PartialDate | None, registered: dt.date, precision: str = "D") -> DateLevel:
    """How the declared birth date relates to the `registered` one.

    same (as far as the register knows it: `precision` D, M or Y); swapped: day and month exchanged;
    year_only: only the year is declared, or 1 January, which people give where they know no more; one_digit:
    one digit differs, by 12 years at most, since it may otherwise be a father's; year_near: a year off;
    different; missing: none declared.
    """
    if declared is None:
        return "missing"
    same_year = declared.year == registered.year
    if precision == "Y":
        return (
            "same" if same_year else "year_near" if abs(declared.year - registered.year) == 1 else "different"
        )
    if precision == "M" and same_year and declared.month == registered.month:
        return "same"
    if (declared.year, declared.month, declared.day) == (registered.year, registered.month, registered.day):
        return "same"
    if same_year and (declared.day, declared.month) == (registered.month, registered.day):
        return "swapped"
    if same_year and (declared.day is None or (declared.day, declared.month) == (1, 1)):
        return "year_only"
    if declared.day is None or declared.month is None:
        return "different"
    if abs(declared.year - registered.year) == 1 and (declared.month, declared.day) == (
        registered.month,
        registered.day,
    ):
        return "year_near"
    is_near = abs(declared.year - registered.year) <= GENERATION
    return "one_digit" if is_near and _digits_off(declared, registered) == 1 else "different"


def _digits_off(declared: PartialDate, registered: dt.date) -> int:
    ours = f"{registered.year:04}{registered.month:02}{registered.day:02}"
    theirs = f"{declared.year:04}{declared.month or 0:02}{declared.day or 0:02}"
    return sum(a != b for a, b in zip(ours, theirs, strict=True))
