"""A mother's children by a file: one entered twice, or two born nearer to each other than can be. It is
as for births (events/births.py).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from dancu.db.queries import Queries
from dancu.register.importing.births import may_be_one_birth
from dancu.register.importing.refusing import Told, of_people, refuse
from dancu.register.likeness import is_near
from dancu.register.rules import LEAST_DAYS_BETWEEN_BIRTHS
from dancu.text.folding import fold

_sql = Queries(__file__, "siblings.sql")

Row = Mapping[str, Any]

_OF_ONE_NAME = 3 * 366  # days within which a mother's two children of one name are one


def judge() -> tuple[Told, Told]:
    """Rows of children whom their mother has already are refused; return these, and those of children
    whose births lie too near another one's.
    """
    size = _sql.one("size") or {}
    if not size["children"]:
        return of_people([]), of_people([])
    refused: dict[int, str] = {}
    told: dict[int, str] = {}
    for row in _others(size["everywhere"]):
        words = f"the mother has the child {row['held_name']}, {_number(row)}born on {row['held_date']}"
        if _is_one_child(row):
            refused.setdefault(
                row["person_id"], f"birth_date: {words}: if they are two, ask a steward to record this one"
            )
        elif _is_too_near(row):
            told.setdefault(
                row["person_id"],
                f"birth_date: {words}, less than {LEAST_DAYS_BETWEEN_BIRTHS} days from this one",
            )
        elif row["full_name"].lower() == row["held_name"].lower():
            told.setdefault(row["person_id"], f"full_name: {words}, of this name")
    return refuse(refused.items()), of_people(each for each in told.items() if each[0] not in refused)


def _others(everywhere: bool) -> Iterator[Row]:
    parts = {name: _sql.part(name) for name in ("told", "near")}
    if not everywhere:
        yield from _sql.all("in_register_nearby", parts, days=LEAST_DAYS_BETWEEN_BIRTHS)
    _sql.run("hash", nested="off")
    for name in ("in_register", "in_files") if everywhere else ("in_files",):
        yield from _sql.all(name, parts, days=LEAST_DAYS_BETWEEN_BIRTHS)
    _sql.run("hash", nested="on")


def _number(row: Row) -> str:
    return f"with the number {row['held_pin']}, " if row["held_pin"] else ""


def _is_one_child(row: Row) -> bool:
    """One name, with its marks or without; or nearly one, of others than twins, and nearly one birth.
    After some years a name may be given again: that is told.
    """
    said, held = row["full_name"], row["held_name"]
    if said.lower() == held.lower():
        return _days(row) < _OF_ONE_NAME
    if not is_near(said, held) or _days(row) == 0:
        return False
    is_bare = sorted(fold(said).split()) == sorted(fold(held).split()) and said.isascii() != held.isascii()
    return _days(row) < (_OF_ONE_NAME if is_bare else LEAST_DAYS_BETWEEN_BIRTHS) or may_be_one_birth(row)


def _is_too_near(row: Row) -> bool:
    """Twins are born on one day, or two; of a date that is not known to the day nothing is said."""
    is_known = row["birth_precision"] == row["held_precision"] == "D"
    return is_known and 1 < _days(row) < LEAST_DAYS_BETWEEN_BIRTHS


def _days(row: Row) -> int:
    return abs((row["birth_date"] - row["held_date"]).days)
