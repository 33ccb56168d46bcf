"""How things stood with a person on a day, from all that the register knows of it: its versions, and what
lies before the first of them.

A record begins to be valid on the day it is imported or made; of earlier days it knows where the person
lived, which numbers they held, when they were born, died, got their card, and what events tell that were
recorded later: a marriage, a divorce, a return. What it does not know of such a day is said to be unknown,
and never taken from today.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, cast

from dancu.db.queries import Queries
from dancu.register import lasting
from dancu.register.codes import ALIVE, PERMANENT, SINGLE
from dancu.register.merging.lookups import numbers_by_merge
from dancu.register.rows import FormerNumber, PersonFacts, PersonRecord
from dancu.register.versions import as_day, person_as_of

_sql = Queries(__file__)
_versions = Queries(__file__, "versions.sql")


class DayKnowledge(StrEnum):
    """What the register knows of a day."""

    RECORDED = "recorded"  # a version says it
    HISTORY = "history"  # no version reaches so far back: it follows from what is known today
    NOT_BORN = "not_born"
    NOTHING = "nothing"  # the register did not know the person yet


@dataclass(frozen=True)
class OnADay:
    """`record`: the row's fields; `unknown`: those of which nothing is known for that day. `since`: from
    when on versions say it.
    """

    known: DayKnowledge
    record: PersonRecord | None = None
    unknown: frozenset[str] = frozenset()
    since: date | None = None
    recorded_at: datetime | None = None


FIRST_PINS = date(
    2016, 1, 1
)  # nobody had a personal number before: Law on Citizen Identification 2014, art. 38

# What may have been otherwise, and nothing tells of it before the first version.
_CHANGING = frozenset(
    {"marital_status", "relation", "household_id", "spouse_id", "phone", "email", "religion", "nationality"}
)
_BY_EVENTS = (*_CHANGING, "status", "status_on")


def on_a_day(person_id: int, valid_on: date, at: datetime) -> OnADay:
    """How things stood on `valid_on`, as the register knew it at `at`. Of a day before its first version:
    as it is known today.
    """
    first = _versions.one("first_version", person_id=person_id, at=at)
    if first is None:
        return OnADay(DayKnowledge.NOTHING)
    if said := person_as_of(person_id, valid_on, at):
        if _not_born(said, valid_on):
            return OnADay(DayKnowledge.NOT_BORN, said, recorded_at=said["recorded_at"])
        return OnADay(DayKnowledge.RECORDED, said, recorded_at=said["recorded_at"])
    base = person_as_of(person_id, first["valid_from"], at)
    if base is None:
        return OnADay(DayKnowledge.NOTHING)
    state = DayKnowledge.NOT_BORN if _not_born(base, valid_on) else DayKnowledge.HISTORY
    events = _events(person_id, first["valid_from"], at)
    then = _before(base, [event for event in events if event.on > valid_on])
    told = _told(then, [event for event in events if event.on <= valid_on], valid_on)
    record = then | _at_home(person_id, valid_on) | _numbers(base, valid_on) | _dated(then, valid_on) | told
    whole = cast(PersonRecord, record)  # what takes the place of a column is that column on another day
    return OnADay(state, whole, _CHANGING - told.keys(), first["valid_from"], base["recorded_at"])


def _not_born(record: PersonFacts, on: date) -> bool:
    """As far as the birth date is known."""
    born, precision = record["birth_date"], record["birth_precision"]
    if precision == "Y":
        return on.year < born.year
    return on < born


def _at_home(person_id: int, on: date) -> dict[str, Any]:
    """The permanent residence of that day; none where none is recorded."""
    for row in lasting.residences(person_id):
        if (
            row["kind"] == PERMANENT
            and row["valid_from"] <= on
            and (row["valid_to"] is None or on < row["valid_to"])
        ):
            return {
                "home_area": row["area_id"],
                "home_address": row["address"],
                "home_since": row["valid_from"],
            }
    return {"home_area": None, "home_address": None, "home_since": None}


def _numbers(base: PersonRecord, on: date) -> dict[str, Any]:
    """The numbers in whose place came, one after the other, those of the record. A number that another record
    brought with a merge was in use beside this one's all the time.
    """
    person_id = base["person_id"]
    by_merge = numbers_by_merge(person_id)
    held = {}
    for row in _sql.of(FormerNumber).all("former_numbers", person_id=person_id):  # the latest first
        kind, number = row["kind"], row["number"]
        is_next = row["replaced_by"] in (held.get(kind, base[kind]), None)
        if row["ended_on"] > on and is_next and (kind, number) not in by_merge:
            held[kind] = number
    return held


@dataclass(frozen=True)
class _Happened:
    """An event of before the first version: the fields that it changed, to what and from what."""

    on: date
    values: dict[str, Any]
    before: dict[str, Any]


def _events(person_id: int, first: date, at: datetime) -> list[_Happened]:
    """In the order in which they happened, as far as the register knew them at that time."""
    found = []
    for row in _sql.all("events_before", person_id=person_id, first=first, at=at):
        fields = {name: told for name, told in json.loads(row["fields"]).items() if name in _BY_EVENTS}
        values = {name: _value(name, told["value"]) for name, told in fields.items()}
        before = {name: _value(name, told["before"][0][1]) for name, told in fields.items()}
        found.append(_Happened(row["happened_on"], values, before))
    return found


def _value(name: str, told: Any) -> Any:
    return as_day(told) if name == "status_on" and told else told


def _before(base: PersonRecord, events: list[_Happened]) -> dict[str, Any]:
    """How it was before these events happened."""
    then: dict[str, Any] = {**base}
    for event in reversed(events):
        then |= event.before
    return then


def _told(then: Mapping[str, Any], events: list[_Happened], on: date) -> dict[str, Any]:
    """What is certain of that day by the events before: what the last of them changed, unless it was
    otherwise again before the next one.
    """
    told: dict[str, Any] = {}
    if then["marital_status"] == SINGLE:  # and was never anything else
        told = {"marital_status": SINGLE, "spouse_id": None}
    for event in events:
        for name, value in event.values.items():
            told.pop(name, None)
            if event.on == on or then[name] == value:
                told[name] = value
    return told


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
