"""Deaths, people declared missing, and those who come back."""

import datetime as dt
import json
from collections.abc import Collection, Mapping
from typing import Any

from dancu.accounts.lookups import Acting
from dancu.db.queries import Queries
from dancu.db.transactions import whole
from dancu.register import versions
from dancu.register.codes import ALIVE, DEAD, DIVORCED, FEMALE, MARRIED, MISSING, WIDOWED
from dancu.register.errors import AlreadyMissing, BeforeGoing, ChangedMeanwhile, DeathBeforeChild, NotGone
from dancu.register.events import checks, kin, lives
from dancu.register.events.places import that_stands
from dancu.register.events.recording import LifeEvent, recording
from dancu.register.rules import last_day_of_birth

_sql = Queries(__file__)
_register = Queries(versions.__file__)

Row = Mapping[str, Any]


@whole
def record_death(
    acting: Acting | None, person_id: int, died_on: dt.date, basis: str, confirmed: Collection[str] = ()
) -> None:
    """The person died: residences end, the husband or wife is widowed; who is dead belongs to no household
    any more.

    Raises NoSuchPerson, AlreadyDead, InTheFuture, BeforeBirth, DeathBeforeChild, DeathBeforeEvent,
    TooYoungToBeMarried, AskFirst, NoBasis.
    """
    with recording(acting, "death", died_on, basis) as event:
        person, spouse = with_spouse(event, person_id)
        checks.is_alive(person)
        checks.can_happen(person, died_on)
        gone = {"status": DEAD, "status_on": died_on, "home_since": None, "home_address": None}
        after = {**person, **gone}
        _refuse_children(person, died_on)
        lives.refuse(person, after)
        leaves_widowed = (
            spouse if spouse and not kin.is_dead(spouse) and kin.is_spouse_of(spouse, person) else None
        )
        couple = [
            *([person] if kin.is_married(person) else []),
            *([leaves_widowed] if leaves_widowed else []),
        ]
        young = [question for each in couple for question in checks.was_married_until(each, died_on)]
        checks.ask([*lives.questions(person, after), *young], confirmed)
        _close_homes(person, died_on)
        event.change(person_id, gone, died_on)  # of a household the dead are no more members by their status
        if leaves_widowed:
            spouse_id = leaves_widowed["person_id"]
            event.calls(spouse_id, "spouse_death")
            event.change(spouse_id, {"marital_status": WIDOWED, "spouse_id": person_id}, died_on)


@whole
def record_missing(
    acting: Acting | None, person_id: int, since: dt.date, basis: str, confirmed: Collection[str] = ()
) -> None:
    """A court declared the person missing. Home, household and marriage stay.

    Raises NoSuchPerson, AlreadyDead, AlreadyMissing, InTheFuture, BeforeBirth, NoBasis.
    """
    with recording(acting, "missing", since, basis) as event:
        person = event.hold(person_id)[person_id]
        checks.is_alive(person)
        if person["status"] == MISSING:
            raise AlreadyMissing(person["full_name"], checks.told_day(person["status_on"]))
        checks.can_happen(person, since)
        event.change(person_id, {"status": MISSING, "status_on": since}, since)


@whole
def record_return(
    acting: Acting | None, person_id: int, on: dt.date, basis: str, confirmed: Collection[str] = ()
) -> None:
    """A person held dead or missing is alive: home, household and marriage are theirs again from that day,
    the home just as it was before; only a unit that is no more gives way to what became of it.

    If the husband or wife has married since, that marriage stands (Law on Marriage and Family 2014, art. 67).
    Raises NoSuchPerson, NotGone, InTheFuture, BeforeBirth, BeforeGoing, NoBasis.
    """
    with recording(acting, "return", on, basis) as event:
        person, _spouse = with_spouse(event, person_id)
        if person["status"] == ALIVE:
            raise NotGone(person["full_name"])
        checks.can_happen(person, on)
        if person["status_on"] and on < person["status_on"]:
            raise BeforeGoing(on, person["status_on"])
        back: dict[str, Any] = {"status": ALIVE, "status_on": None}
        if kin.is_dead(person):
            death = _death(person)
            back |= _home_again(person, death, on)
            _stay_again(person, death, on)
        event.change(person_id, back, on)
        settle_marriage(event, person_id, on)


def with_spouse(event: LifeEvent, person_id: int) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """The person and their husband or wife, both held. Raises NoSuchPerson, ChangedMeanwhile."""
    seen = kin.one(person_id)
    expected = kin.spouse_of(seen) if seen else None
    spouse_id = expected["person_id"] if expected else None
    held = event.hold(person_id, beside=[spouse_id] if spouse_id else [])
    if spouse_id:
        event.calls(spouse_id, event.kind)
    person = held[person_id]
    now = kin.spouse_of(person)
    if (now and now["person_id"]) != spouse_id:
        raise ChangedMeanwhile
    return person, held[spouse_id] if spouse_id else None


def settle_marriage(event: LifeEvent, person_id: int, on: dt.date) -> None:
    """What became of a marriage while one of the two was held dead: it lasts again, or the other died, or
    has married since.
    """
    person = kin.one(person_id)
    spouse = kin.spouse_of(person) if person and kin.is_married(person) and not kin.is_dead(person) else None
    if person is None or spouse is None:
        return
    spouse_id = spouse["person_id"]
    event.hold(beside=[spouse_id], told=False)
    if kin.is_dead(spouse):
        event.change(person_id, {"marital_status": WIDOWED}, on)
    elif spouse["spouse_id"] == person_id and spouse["marital_status"] == WIDOWED:
        event.calls(spouse_id, "spouse_return")
        event.change(spouse_id, {"marital_status": MARRIED}, on)
    elif spouse["spouse_id"] not in (person_id, None) or spouse["marital_status"] == DIVORCED:
        event.change(person_id, {"marital_status": DIVORCED, "spouse_id": None}, on)


def _refuse_children(person: Row, died_on: dt.date) -> None:
    """The dead have no children."""
    for child in kin.children(person):
        role = "mother" if person["sex"] == FEMALE else "father"
        born = last_day_of_birth(child["birth_date"], child["birth_precision"])
        if checks.has_died_too_early(born, person, role, died_on):
            raise DeathBeforeChild(person["full_name"], died_on, child["full_name"], checks.told_day(born))


def _close_homes(person: Row, died_on: dt.date) -> None:
    person_id, home_since = person["person_id"], person["home_since"]
    _register.run("close_all_residences", person_id=person_id, on=died_on)
    if home_since:
        _register.run("end_home", person_id=person_id, on=max(died_on, home_since + dt.timedelta(days=1)))


def _home_again(person: Row, death: Row, on: dt.date) -> dict[str, Any]:
    """Where the death found them; of a death that came with a file, the last home that is known."""
    was = {name: each["before"][-1][1] for name, each in death.get("fields", {}).items() if each["before"]}
    last = _sql.one("last_home", person_id=person["person_id"])
    if not (was.get("home_since") or (last and not death)):
        return {}
    address = was.get("home_address") or (last["address"] or None if last else None)
    return {"home_area": that_stands(person["home_area"]), "home_since": on, "home_address": address}


def _stay_again(person: Row, death: Row, on: dt.date) -> None:
    """Where else they lived for a time when the death ended it, unless it would have ended since."""
    closed = death.get("rows", {}).get("residence", {}).get("removed", [])
    for row in sorted(closed, key=lambda row: row["valid_from"]):
        until = row["until"] and versions.as_day(row["until"])
        if row["valid_to"] is None and (until is None or until > on):
            _register.run(
                "open_residence",
                person_id=person["person_id"],
                kind=row["kind"],
                on=on,
                until=until,
                area_id=that_stands(row["area_id"]),
                address=row["address"],
            )


def _death(person: Row) -> Row:
    """What the death that the record tells of found, as `undoing` keeps it; nothing where it came with a
    file.
    """
    for event in _sql.all("standing_events", person_id=person["person_id"], kinds=["death"]):
        if event["happened_on"] == person["status_on"]:
            return json.loads(event["before"] or "{}")
    return {}
