"""Whether a row is about the one who holds its number: by name and birth date, as people write them (register/likeness.py).

A number that slipped, or two that were exchanged, would make one person into another. Where neither name nor birth date agrees, the row is refused;
where one of them is wholly another, it is taken and told. Numbers and names of people are put right by a steward.
"""

from collections.abc import Mapping
from typing import Any

from dancu.db.queries import Queries
from dancu.register.importing.refusing import Told, of_people, refuse
from dancu.register.likeness import Birth, birth_of, is_near, is_nearly_birth

_sql = Queries(__file__, "whose.sql")


def part() -> tuple[Told, Told]:
    """Rows of other people's numbers are refused; return these, and those that are told."""
    others, told = [], []
    for row in _sql.all("differing"):
        same_name, same_birth = is_near(row["full_name"], row["held_name"]), _may_be_one_birth(row)
        if not same_name and not _is_one_birth(row):
            others.append((row["person_id"], _of_another(row)))
        elif not same_name:
            told.append(
                (row["person_id"], f"full_name: is wholly another name than the register had: {row['held_name']}")
            )
        elif not same_birth:
            told.append(
                (row["person_id"], f"birth_date: is wholly another date than the register had: {row['held_date']}")
            )
    return refuse(others), of_people(told)


def _of_another(row: Mapping[str, Any]) -> str:
    return (
        f"pin: is the number of another person, since neither full_name nor birth_date agrees: the register has {row['held_name']}, {row['held_date']}; "
        "write the right number or, if this is the same person, have a steward correct name and birth date first"
    )


def _is_one_birth(row: Mapping[str, Any]) -> bool:
    """What speaks for one person under two names: the same date, or a slip in a whole one. A year alone does not, since the number has it too."""
    is_known = row["birth_precision"] == row["held_precision"] == "D"
    return row["birth_date"] == row["held_date"] or (is_known and is_nearly_birth(*_births(row)))


def _may_be_one_birth(row: Mapping[str, Any]) -> bool:
    """The same or a slip: a digit or a year wrong, day and month exchanged, less known of the one than of the other, or a first of January that stands
    for a date nobody knew.
    """
    both = row["birth_date"], row["held_date"]
    is_new_years_day = any((each.month, each.day) == (1, 1) for each in both)
    return is_nearly_birth(*_births(row)) or (both[0].year == both[1].year and is_new_years_day)


def _births(row: Mapping[str, Any]) -> list[Birth]:
    known = (row["birth_date"], row["birth_precision"]), (row["held_date"], row["held_precision"])
    return [birth_of({"birth_date": born, "birth_precision": precision}) for born, precision in known]
