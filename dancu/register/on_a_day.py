"""How things stood with a person on a day, from all that the register knows of it: its versions, and what lies before the first of them.

A record begins to be valid on the day it is imported or made; of earlier days it knows where the person lived, which numbers they held, when
they were born, died, got their card. What it does not know of such a day is said to be unknown, and never taken from today.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from dancu.db.queries import Queries
from dancu.register import lasting
from dancu.register.codes import ALIVE, PERMANENT
from dancu.register.versions import person_as_of

_sql = Queries(__file__)
_versions = Queries(__file__, "versions.sql")


class Known(StrEnum):
    """What the register knows of a day."""

    RECORDED = "recorded"  # a version says it
    HISTORY = "history"  # no version reaches so far back: it follows from what is known today
    NOT_BORN = "not_born"
    NOTHING = "nothing"  # the register did not know the person yet


@dataclass(frozen=True)
class OnADay:
    """`record`: the row's fields; `unknown`: those of which nothing is known for that day. `since`: from when on versions say it."""

    known: Known
    record: dict[str, Any] | None = None
    unknown: frozenset[str] = frozenset()
    since: date | None = None
    recorded_at: datetime | None = None


FIRST_PINS = date(2016, 1, 1)  # nobody had a personal number before: Law on Citizen Identification 2014, art. 38

# What may have been otherwise, and nothing tells of it before the first version.
_CHANGING = frozenset(
    {"marital_status", "relation", "household_id", "spouse_id", "phone", "email", "religion", "nationality"}
)


def on_a_day(person_id: int, valid_on: date, at: datetime) -> OnADay:
    """How things stood on `valid_on`, as the register knew it at `at`. Of a day before its first version: as it is known today."""
    first = _versions.one("first_version", person_id=person_id, at=at)
    if first is None:
        return OnADay(Known.NOTHING)
    if said := person_as_of(person_id, valid_on, at):
        if _not_born(said, valid_on):
            return OnADay(Known.NOT_BORN, said, recorded_at=said["recorded_at"])
        return OnADay(Known.RECORDED, said, recorded_at=said["recorded_at"])
    base = person_as_of(person_id, first["valid_from"], at)
    if base is None:
        return OnADay(Known.NOTHING)
    state = Known.NOT_BORN if _not_born(base, valid_on) else Known.HISTORY
    record = base | _at_home(person_id, valid_on) | _numbers(person_id, valid_on) | _dated(base, valid_on)
    return OnADay(state, record, _CHANGING, first["valid_from"], base["recorded_at"])


def _not_born(record: dict[str, Any], on: date) -> bool:
    """As far as the birth date is known."""
    born, precision = record["birth_date"], record["birth_precision"]
    if precision == "Y":
        return on.year < born.year
    return on < born


def _at_home(person_id: int, on: date) -> dict[str, Any]:
    """The permanent residence of that day; none where none is recorded."""
    for row in lasting.residences(person_id):
        if row["kind"] == PERMANENT and row["valid_from"] <= on and (row["valid_to"] is None or on < row["valid_to"]):
            return {"home_area": row["area_id"], "home_address": row["address"], "home_since": row["valid_from"]}
    return {"home_area": None, "home_address": None, "home_since": None}


def _numbers(person_id: int, on: date) -> dict[str, Any]:
    """The numbers that were replaced later."""
    later = [row for row in _sql.all("former_numbers", person_id=person_id) if row["ended_on"] > on]  # the latest first
    return {row["kind"]: row["number"] for row in later}


def _dated(record: dict[str, Any], on: date) -> dict[str, Any]:
    """What happened on a day that is known: death or going missing, the card."""
    changed: dict[str, Any] = {}
    if record["status"] != ALIVE and record["status_on"] and on < record["status_on"]:
        changed |= {"status": ALIVE, "status_on": None}
    if record["card_issued_on"] and on < record["card_issued_on"]:
        changed["card_issued_on"] = None
    if on < FIRST_PINS:
        changed["pin"] = None
    return changed
