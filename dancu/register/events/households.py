"""Households: some leave one and found another, somebody becomes its head."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.db.queries import Queries
from dancu.db.transactions import whole
from dancu.register.codes import ALIVE, HEAD, OTHER
from dancu.register.errors import ChangedMeanwhile, HeadNotThere, NobodyStays, NoHousehold, NotOfHousehold
from dancu.register.events import checks, kin
from dancu.register.events.recording import LifeEvent, recording

_sql = Queries(__file__)

Row = Mapping[str, Any]


@whole
def record_split(
    acting: Acting | None,
    person_id: int,
    *,
    leave: Collection[int],
    head: int,
    stays_head: int | None = None,
    on: dt.date,
    basis: str,
    confirmed: Collection[str] = (),
) -> None:
    """Some people (`leave`) of this person's household found one of their own, with `head`; where the head
    leaves, `stays_head` is head of those who stay. Nobody moves.

    Raises NoSuchPerson, AlreadyDead, InTheFuture, BeforeBirth, NoHousehold, NotOfHousehold, NobodyStays,
    HeadNotThere, NoBasis.
    """
    with recording(acting, "split", on, basis) as event:
        members = _held_members(event, person_id, on)
        living = {each: row for each, row in members.items() if not kin.is_dead(row)}
        for each in leave:
            if each not in living:
                raise NotOfHousehold((kin.one(each) or {"full_name": each})["full_name"])
        leaving = {each: row for each, row in living.items() if each in leave}
        staying = {each: row for each, row in members.items() if each not in leave}
        may_head = {each for each, row in living.items() if row["status"] == ALIVE}
        if not leaving or not may_head & staying.keys():
            raise NobodyStays
        head_leaves = any(row["relation"] == HEAD for row in leaving.values())
        if head not in may_head & leaving.keys():
            raise HeadNotThere
        if stays_head not in may_head & staying.keys() and (head_leaves or stays_head):
            raise HeadNotThere
        _relate(event, leaving, head, on, _new_household(members[person_id]))
        if stays_head:
            _relate(event, staying, stays_head, on)


@whole
def record_head(
    acting: Acting | None, person_id: int, *, on: dt.date, basis: str, confirmed: Collection[str] = ()
) -> None:
    """This person becomes the head of the household. Raises as `record_split` does."""
    with recording(acting, "head", on, basis) as event:
        members = _held_members(event, person_id, on)
        checks.is_here(members[person_id])
        _relate(event, members, person_id, on)


def _held_members(event: LifeEvent, person_id: int, on: dt.date) -> dict[int, dict[str, Any]]:
    """The living of the person's household, and a head who died, held; the head first."""
    seen = _household_of(person_id)
    held = event.hold(person_id, beside=seen, told=False)
    person = held[person_id]
    checks.is_alive(person)
    checks.can_happen(person, on)
    if not person["household_id"]:
        raise NoHousehold(person["full_name"])
    if _household_of(person_id) != seen:
        raise ChangedMeanwhile
    return {each: held[each] for each in seen}


def _household_of(person_id: int) -> list[int]:
    person = kin.one(person_id)
    members = kin.household(person["household_id"], with_dead=True) if person else {}
    return [each for each, row in members.items() if not kin.is_dead(row) or row["relation"] == HEAD]


def _new_household(person: Row) -> int:
    home = areas.get_many([person["home_area"]]).get(person["home_area"])
    return (_sql.one("new_household", commune=home.code if home else "00000") or {})["household_id"]


def _relate(
    event: LifeEvent, members: Mapping[int, Row], head: int, on: dt.date, household_id: int | None = None
) -> None:
    """Everybody's relation to a new head, as far as the register knows; what is not known is "other"."""
    for each, row in members.items():
        relation = kin.relation_to(members[head], row, members)
        if relation == OTHER and row["relation"] == OTHER and household_id is None:
            continue
        event.change(
            each, {"relation": relation} | ({"household_id": household_id} if household_id else {}), on
        )
