"""Moves: of one person, who leaves the household, or of a whole household."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from dancu.accounts.lookups import Acting
from dancu.db.queries import Queries
from dancu.register import versions
from dancu.register.codes import ALIVE, OTHER, PERMANENT, SPOUSE
from dancu.register.errors import ChangedMeanwhile, LaterResidence, NoHousehold
from dancu.register.events import checks, kin
from dancu.register.events.recording import Event, recording

_sql = Queries(__file__)
_register = Queries(versions.__file__)

Row = Mapping[str, Any]


def record_move(
    acting: Acting | None, person_id: int, *, area_id: int, address: str, moved_on: dt.date, basis: str, kind: int = PERMANENT,
    until: dt.date | None = None, whole_household: bool = False, joins: int | None = None, confirmed: Collection[str] = (),
) -> None:  # fmt: skip
    """The person moved to a commune: the residence of this kind ends and a new one begins.

    Who moves for good leaves the household, unless nobody stays in it. `whole_household`: all of it who live at the same place move
    along, and it stays one. `joins`: somebody of the household that the person becomes part of.
    Raises NoSuchPerson, AlreadyDead, IsMissing, InTheFuture, BeforeBirth, NoSuchUnit, UnitDidNotStand, LaterResidence, NoHousehold,
    NothingChanged, NoBasis.
    """
    with recording(acting, "move", moved_on, basis) as event:
        movers, stay = _movers(event, person_id, whole_household)
        person = movers[0]
        checks.is_here(person)
        checks.stood(area_id, moved_on)
        for mover in movers:
            checks.can_happen(mover, moved_on)
            _refuse_later(mover, kind, moved_on)
            _move(event, mover, area_id, address, moved_on, kind, until)
        if kind == PERMANENT and not whole_household:
            _change_household(event, person, stay, joins, moved_on)


def members_who_move(person: Row) -> list[dict[str, Any]]:
    """Of the person's household those who live, and at the same place: who moves along with the whole household, the person first."""
    members = kin.household(person["household_id"]).values()
    same = [other for other in members if other["status"] == ALIVE and other["home_area"] == person["home_area"]]
    return sorted(same, key=lambda other: other["person_id"] != person["person_id"])


def _movers(event: Event, person_id: int, whole_household: bool) -> tuple[list[dict[str, Any]], bool]:
    """Who moves, the person first, all held; and whether others of the household stay."""
    seen = kin.one(person_id)
    members = members_who_move(seen) if seen else []
    ids = [row["person_id"] for row in members] if whole_household else []
    held = event.hold(person_id, *ids)
    person = held[person_id]
    if whole_household:
        if not person["household_id"]:
            raise NoHousehold(person["full_name"])
        if any(row["household_id"] != person["household_id"] for row in held.values()):
            raise ChangedMeanwhile
    others = [row for row in kin.household(person["household_id"]).values() if row["status"] == ALIVE]
    return [person, *(held[each] for each in ids if each != person_id)], any(
        row["person_id"] not in held for row in others
    )


def _refuse_later(person: Row, kind: int, moved_on: dt.date) -> None:
    began = (_sql.one("later_residence", person_id=person["person_id"], kind=kind) or {})["began"]
    if began and began > moved_on:
        raise LaterResidence(began)


def _move(
    event: Event, person: Row, area_id: int, address: str, moved_on: dt.date, kind: int, until: dt.date | None
) -> None:
    person_id = person["person_id"]
    if kind != PERMANENT:
        _register.run("close_residence", person_id=person_id, kind=kind, on=moved_on)
        _register.run(
            "open_residence", person_id=person_id, kind=kind, on=moved_on, until=until, area_id=area_id, address=address
        )
        return
    _register.run("end_home", person_id=person_id, on=moved_on)  # begun on the same day, the new one takes its place
    event.change(person_id, {"home_area": area_id, "home_since": moved_on, "home_address": address or None}, moved_on)


def _change_household(event: Event, person: Row, stay: bool, joins: int | None, moved_on: dt.date) -> None:
    if joins:
        host = event.hold(joins, told=False)[joins]
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
