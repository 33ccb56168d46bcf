"""Whether a row is about the one who holds its number: by name, birth date and sex, as people write them (register/likeness.py), and by the number itself.

A number that slipped, two that were exchanged, or a parent's number given to a child would make one person into another. Where neither name nor birth date
agrees, the row is refused, and also where the number itself, which was given for a year and a sex, speaks for the one who holds it. Where else one of
them is wholly another, the row is taken and told. Numbers and names of people are put right by a steward.
"""

from collections.abc import Mapping
from typing import Any

from dancu.db.queries import Queries
from dancu.register.errors import BadNumber
from dancu.register.importing.refusing import Told, of_people, refuse
from dancu.register.likeness import Birth, birth_of, is_near, is_nearly_birth
from dancu.register.numbers import parse_pin
from dancu.register.rules import LEAST_AGE_OF_PARENT

_sql = Queries(__file__, "whose.sql")

Row = Mapping[str, Any]


def part() -> tuple[Told, Told]:
    """Rows of other people's numbers are refused; return these, and those that are told."""
    others, told = [], []
    for row in _sql.all("differing"):
        if why := _of_another(row):
            others.append((row["person_id"], why))
        else:
            told += [(row["person_id"], each) for each in _wholly_another(row)]
    return refuse(others), of_people(told)


def _of_another(row: Row) -> str:
    """Why the number is another person's; "" where it need not be."""
    same_name, same_birth = is_near(row["full_name"], row["held_name"]), may_be_one_birth(row)
    if not same_name and not _is_one_birth(row):
        why = "neither full_name nor birth_date agrees"
    elif row["is_the_twins"]:
        why = "full_name is that of somebody born on the same day in the same commune, as of a twin whose number was exchanged"
    elif not same_birth and _is_of_another_generation(row):
        why = "birth_date is a generation off, and the number was given for the year that the register has"
    elif not (same_name and same_birth) and _is_of_other_sex(row):
        name = "birth_date" if same_name else "full_name"
        why = f"sex and {name} are another's, and the number was given for the sex that the register has"
    else:
        return ""
    return (
        f"pin: is the number of another person, since {why}: the register has {row['held_name']}, {row['held_date']}; "
        "write the right number or, if this is the same person, have a steward correct the record first"
    )


def _wholly_another(row: Row) -> list[str]:
    if not is_near(row["full_name"], row["held_name"]):
        return [f"full_name: is wholly another name than the register had: {row['held_name']}"]
    if not may_be_one_birth(row):
        return [f"birth_date: is wholly another date than the register had: {row['held_date']}"]
    return []


def _is_of_another_generation(row: Row) -> bool:
    """A child's row under a parent's number, or the other way round: families give children a parent's."""
    held, said = row["held_date"].year, row["birth_date"].year
    return abs(said - held) >= LEAST_AGE_OF_PARENT and _given_for(row)[0] == held


def _is_of_other_sex(row: Row) -> bool:
    """A sister's row under her brother's number, or a wife's under her husband's."""
    return row["sex"] != row["held_sex"] == _given_for(row)[1]


def _given_for(row: Row) -> tuple[int | None, int | None]:
    """Year and sex that the number says."""
    try:
        number = parse_pin(row["pin"] or "")
    except BadNumber:
        return None, None
    return number.birth_year, number.sex


def _is_one_birth(row: Row) -> bool:
    """What speaks for one person under two names: the same date, or a slip in a whole one. A year alone does not, since the number has it too."""
    is_known = row["birth_precision"] == row["held_precision"] == "D"
    return row["birth_date"] == row["held_date"] or (is_known and is_nearly_birth(*_births(row)))


def may_be_one_birth(row: Row) -> bool:
    """The same or a slip: a digit or a year wrong, day and month exchanged, less known of the one than of the other, or a first of January that stands
    for a date nobody knew.
    """
    both = row["birth_date"], row["held_date"]
    is_new_years_day = any((each.month, each.day) == (1, 1) for each in both)
    return is_nearly_birth(*_births(row)) or (both[0].year == both[1].year and is_new_years_day)


def _births(row: Row) -> list[Birth]:
    known = (row["birth_date"], row["birth_precision"]), (row["held_date"], row["held_precision"])
    return [birth_of({"birth_date": born, "birth_precision": precision}) for born, precision in known]
