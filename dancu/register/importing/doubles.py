"""People whom the register holds already, and whom a file would enter a second time: under a number with a wrong digit, or with a number where they had none.

A row of somebody new whose name, birth date and sex are those of somebody in the register is refused where something else is theirs too; where nothing is but
the commune, and each has a whole number of their own, it is taken and told: namesakes of one day occur. It is as for births (events/births.py). A birth date
may have a slip, or tell only the year, where the name is the same but for its marks.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from rapidfuzz.distance import OSA

from dancu.db.queries import Queries
from dancu.folding import fold
from dancu.register.importing.births import may_be_one_birth
from dancu.register.importing.refusing import Told, of_people, refuse
from dancu.register.likeness import is_near

_sql = Queries(__file__, "doubles.sql")

Row = Mapping[str, Any]

_SHARED = {
    "same_household": "household",
    "same_cmnd": "old card number",
    "same_phone": "telephone",
}


def judge() -> tuple[Told, Told]:
    """Rows of people who are surely in the register are refused; return these, and those of people who may be."""
    refused: dict[int, str] = {}
    told: dict[int, str] = {}
    for row in _sql.all("alike"):
        why = _why(row) if _is_alike(row) else None
        if why is not None:
            (refused if why else told).setdefault(row["person_id"], _words(row, why))
    doubts = [each for each in told.items() if each[0] not in refused]
    return refuse(refused.items()), of_people([*doubts, *_same_cards()])


def _is_alike(row: Row) -> bool:
    """One birth date and nearly one name, or one name and nearly one birth date: a sister's have both only nearly."""
    if row["birth_date"] == row["held_date"]:
        return is_near(row["full_name"], row["held_name"])
    words, others = (sorted(fold(row[name]).split()) for name in ("full_name", "held_name"))
    years = abs(row["birth_date"].year - row["held_date"].year)
    return words == others and may_be_one_birth(row) and (years <= 1 or _are_known(row))


def _why(row: Row) -> str | None:
    """What makes two records, with one name, birth date and sex, one person's; "" where it may be a namesake's, and None where it is nothing to tell of."""
    shared = [words for field, words in _SHARED.items() if row[field]]
    if shared:
        return " and ".join(shared)
    pins = row["pin"], row["held_pin"]
    is_same_day = row["birth_date"] == row["held_date"]
    if None in pins:
        return ("commune" if is_same_day and _are_known(row) else "") if row["same_home"] else None
    if OSA.distance(*pins, score_cutoff=1) <= 1:
        return "number but for a digit"
    return "" if row["same_home"] and is_same_day else None


def _are_known(row: Row) -> bool:
    """Whether both birth dates are known to the day."""
    return row["birth_precision"] == row["held_precision"] == "D"


def _words(row: Row, why: str) -> str:
    number = f"with the number {row['held_pin']}" if row["held_pin"] else "without a number"
    born = "of this birth date" if row["birth_date"] == row["held_date"] else f"born on {row['held_date']},"
    who = f"pin: the register has {row['held_name']} {number}, {born}"
    if not why:
        return f"{who} and commune: this may be the same person"
    if not row["held_pin"]:
        return (
            f"{who} and {why}: let a steward give that person this number or, if they are two people, record this one"
        )
    return f"{who} and {why}: write that number or, if they are two people, let a steward record this one"


def _same_cards() -> Iterator[tuple[int, str]]:
    for row in _sql.all("same_card"):
        whose = f"{row['held_name']} in the register" if row["held_name"] else "another person of these files"
        yield row["person_id"], f"cmnd: is the number of {whose} too"
