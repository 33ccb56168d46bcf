"""Moves: of one person, who leaves the household, or of a whole household."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from dancu.accounts.lookups import Acting
from dancu.db.queries import Queries
from dancu.db.transactions import whole
from dancu.register import facts, lasting, versions
from dancu.register.codes import ALIVE, CURRENT, OTHER, PERMANENT, SPOUSE, TEMPORARY
from dancu.register.errors import (
    ChangedMeanwhile,
    EndsBeforeBeginning,
    LaterResidence,
    LivesThere,
    NoHousehold,
    OneSelf,
    Question,
)
from dancu.register.events import checks, kin
from dancu.register.events.places import same_place
from dancu.register.events.recording import LifeEvent, recording
from dancu.register.rows import RegisteredPerson
from dancu.text.folding import fold

_sql = Queries(__file__)
_register = Queries(versions.__file__)

Row = Mapping[str, Any]


@whole
def record_move(
    acting: Acting | None,
    person_id: int,
    *,
    area_id: int,
    address: str,
    moved_on: dt.date,
    basis: str,
    kind: int = PERMANENT,
    until: dt.date | None = None,
    whole_household: bool = False,
    joins: int | None = None,
    confirmed: Collection[str] = (),
) -> None:
    """The person moved to a commune: the residence of this kind ends and a new one begins.

    Who moves for good leaves the household, unless nobody stays in it. `whole_household`: all of it who live
    at the same place move along, and it stays one; who of it lives elsewhere is asked about. `joins`:
    somebody of the household that the person becomes part of. Raises NoSuchPerson, AlreadyDead, IsMissing,
    InTheFuture, BeforeBirth, NoSuchUnit, NotACommune, UnitDidNotStand, NotOneOf, EndsBeforeBeginning,
    LaterResidence, LivesThere, AskFirst, NoHousehold, OneSelf, NothingChanged, NoBasis.
    """
    facts.one_of("kind", kind)
    if joins == person_id:
        raise OneSelf((kin.one(person_id) or {"full_name": ""})["full_name"])
    with recording(acting, "move", moved_on, basis) as event:
        movers, left = _movers(event, person_id, whole_household)
        person = movers[0]
        checks.is_here(person)
        for mover in movers:
            checks.can_happen(mover, moved_on)
            _refuse_later(mover, kind, moved_on)
        checks.stood(area_id, moved_on)
        if until and until <= moved_on:
            raise EndsBeforeBeginning(until, moved_on)
        there = {
            mover["person_id"]: _there_since(mover, area_id, address, kind, moved_on, until)
            for mover in movers
        }
        if all(there.values()) and not joins:
            raise LivesThere(person["full_name"], there[person_id])
        if whole_household:
            checks.ask(_elsewhere(left), confirmed)
        for mover in movers:
            if not there[mover["person_id"]]:
                _move(event, mover, area_id, address, moved_on, kind, until)
        if kind == PERMANENT and not whole_household:
            _change_household(event, person, bool(left), joins, moved_on)


def _movers(
    event: LifeEvent, person_id: int, whole_household: bool
) -> tuple[list[dict[str, Any]], list[RegisteredPerson]]:
    """Who moves, the person first, all held; and who of the household stays."""
    seen = kin.one(person_id)
    ids = [row["person_id"] for row in _together(seen)] if seen and whole_household else []
    held = event.hold(person_id, beside=ids)
    person = held[person_id]
    if whole_household:
        if not person["household_id"]:
            raise NoHousehold(person["full_name"])
        if {person_id, *(row["person_id"] for row in _together(person))} != held.keys():
            raise ChangedMeanwhile
    return [person, *(held[each] for each in ids if each != person_id)], [
        row for row in _living(person) if row["person_id"] not in held
    ]


def _living(person: Row) -> list[RegisteredPerson]:
    """Those of the person's household who are neither dead nor missing."""
    return [row for row in kin.household(person["household_id"]).values() if row["status"] == ALIVE]


def _together(person: Row) -> list[RegisteredPerson]:
    """Those of them who live where the person does, whether the register names the commune of today or
    one that it was made from.
    """
    places = same_place(person["home_area"])
    return [row for row in _living(person) if row["home_area"] in places]


def _elsewhere(left: Collection[Row]) -> list[Question]:
    """Of a household that moves, those who live elsewhere do not move along."""
    if not left:
        return []
    words = _(
        "These members of the household live elsewhere and will not move with it: %(people)s. Is that right?"
    )
    told = {"people": ", ".join(row["full_name"] for row in left)}
    return [Question("lives_elsewhere", words % told, tuple(row["person_id"] for row in left))]


def _there_since(
    person: Row, area_id: int, address: str, kind: int, moved_on: dt.date, until: dt.date | None
) -> dt.date | None:
    """Since when this very residence lasts, if it does. Who may stay longer for a time than was agreed
    has another one.
    """
    for row in lasting.residences(person["person_id"], moved_on):
        if (
            row["valid_to"] is None
            and (row["kind"], row["area_id"]) == (kind, area_id)
            and row["until"] == until
            and fold(row["address"]) == fold(address)
        ):
            return row["valid_from"]
    return None


def _refuse_later(person: Row, kind: int, moved_on: dt.date) -> None:
    began = (_sql.one("later_residence", person_id=person["person_id"], kind=kind) or {})["began"]
    if began and began > moved_on:
        raise LaterResidence(began)


def _move(
    event: LifeEvent,
    person: Row,
    area_id: int,
    address: str,
    moved_on: dt.date,
    kind: int,
    until: dt.date | None,
) -> None:
    person_id = person["person_id"]
    if kind != PERMANENT:
        _register.run("close_residence", person_id=person_id, kind=kind, on=moved_on)
        _register.run(
            "open_residence",
            person_id=person_id,
            kind=kind,
            on=moved_on,
            until=until,
            area_id=area_id,
            address=address,
        )
        return
    _leave_others(person, area_id, address, moved_on)
    _register.run(
        "end_home", person_id=person_id, on=moved_on
    )  # begun on the same day, the new one takes its place
    event.change(
        person_id, {"home_area": area_id, "home_since": moved_on, "home_address": address or None}, moved_on
    )


def _leave_others(person: Row, area_id: int, address: str, moved_on: dt.date) -> None:
    """Who moves for good lives there from then on, and not where they lived in fact before; and nobody is
    registered for a time where they are for good (Law on Residence 2020, art. 29(1)).
    """
    places = same_place(area_id)
    _register.run("close_residence", person_id=person["person_id"], kind=CURRENT, on=moved_on)
    for row in lasting.residences(person["person_id"], moved_on):
        is_there = row["area_id"] in places and fold(row["address"]) == fold(address)
        if row["kind"] == TEMPORARY and row["valid_to"] is None and is_there:
            _register.run("close_residence", person_id=person["person_id"], kind=TEMPORARY, on=moved_on)


def _change_household(
    event: LifeEvent, person: Row, stay: bool, joins: int | None, moved_on: dt.date
) -> None:
    if joins:
        host = event.hold(joins, told=False)[joins]
        checks.is_here(host)
        if not host["household_id"]:
            raise NoHousehold(host["full_name"])
        event.change(
            person["person_id"],
            {"household_id": host["household_id"], "relation": relation_in(host["household_id"], person)},
            moved_on,
        )
    elif stay and person["household_id"]:
        event.change(person["person_id"], {"household_id": None, "relation": None}, moved_on)


def relation_in(household_id: int, person: Row) -> int:
    """How somebody who joins a household is related to its head, as far as the register knows."""
    members = kin.household(household_id)
    head = next(iter(members.values()), None)
    if head is None or head["relation"] != 1:
        return OTHER
    relation = kin.relation_to(head, person, members | {person["person_id"]: person})
    taken = any(row["relation"] == SPOUSE for row in members.values())
    return OTHER if relation == SPOUSE and taken else relation
