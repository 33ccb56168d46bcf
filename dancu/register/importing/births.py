"""Birth dates of rows beside those of the register: whether both may be one, as people write them
(register/likeness.py).
"""

from collections.abc import Mapping
from typing import Any

from dancu.register.lesser import birth_says_less
from dancu.register.likeness import Birth, birth_of, is_nearly_birth

Row = Mapping[str, Any]
"""With birth_date and birth_precision, and what the register has as held_date and held_precision."""


def may_be_one_birth(row: Row) -> bool:
    """The same or a slip: a digit or a year wrong, day and month exchanged, less known of the one than of the
    other, a first of January that stands for a date nobody knew, or what a spreadsheet makes of it
    (register/lesser.py).
    """
    both = row["birth_date"], row["held_date"]
    is_new_years_day = any((each.month, each.day) == (1, 1) for each in both)
    less = birth_says_less(row["held_date"], row["held_precision"], row["birth_date"], row["birth_precision"])
    return (
        less is not None
        or is_nearly_birth(*_births(row))
        or (both[0].year == both[1].year and is_new_years_day)
    )


def is_one_birth(row: Row) -> bool:
    """What speaks for one person under two names: the same date, or a slip in a whole one. A year alone
    does not, since the number has it too.
    """
    is_known = row["birth_precision"] == row["held_precision"] == "D"
    return row["birth_date"] == row["held_date"] or (is_known and is_nearly_birth(*_births(row)))


def _births(row: Row) -> list[Birth]:
    known = (row["birth_date"], row["birth_precision"]), (row["held_date"], row["held_precision"])
    return [birth_of({"birth_date": born, "birth_precision": precision}) for born, precision in known]
