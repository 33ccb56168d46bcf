"""What happens to a person's record. Each is one transaction: the row, its history, the event and the audit."""

import datetime as dt
import json
from contextlib import suppress
from typing import Any

import uuid_utils.compat as uuid
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction

from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.db.queries import Queries
from dancu.register import changed_people, counting, versions
from dancu.register.codes import ALIVE, DEAD, MISSING, PERMANENT
from dancu.register.errors import BadNumber, LaterResidence, NothingChanged, NumberTaken
from dancu.register.lookups import get
from dancu.register.merging import merge_people as merge_people
from dancu.register.merging import undo_merge as undo_merge
from dancu.register.numbers import check_pin
from dancu.sounds import ends_key, given_key

_sql = Queries(__file__)

ALWAYS = dt.date.min  # a correction of what was never so
_TOLD_AS_RESIDENCE = {"home_since", "home_address"}  # the record shows these among the residences, not with the event


@transaction.atomic
def add_person(
    acting: Acting | None, *, full_name: str, birth_date: dt.date, sex: int, home_area: int, address: str = "", pin: str | None = None,
    valid_from: dt.date, basis: str, birth_precision: str = "D", **fields: Any,
) -> int:  # fmt: skip
    """Record a person who was not in the register, and their permanent residence; return the person_id.

    `fields`: cmnd, phone, birth_area, native_area, ethnicity, nationality, marital_status, household_id, relation, card_issued_on.
    Raises NumberTaken, BadNumber.
    """
    if pin:
        _refuse_bad(pin, sex, birth_date)
    optional: dict[str, Any] = dict.fromkeys(
        [
            "cmnd",
            "phone",
            "birth_area",
            "native_area",
            "ethnicity",
            "marital_status",
            "household_id",
            "relation",
            "card_issued_on",
        ]
    )
    values = optional | {"nationality": "VNM"} | fields
    try:
        with transaction.atomic():
            row = _sql.one(
                "add_person", full_name=full_name, given_key=given_key(full_name), ends_key=ends_key(full_name), birth_date=birth_date,
                birth_precision=birth_precision, sex=sex, home_area=home_area, address=address, pin=pin, valid_from=valid_from, **values,
            )  # fmt: skip
    except IntegrityError as clash:
        raise NumberTaken(pin) from clash
    person_id = (row or {})["person_id"]
    counting.note(None, {"home_area": home_area, "birth_date": birth_date, "sex": sex, "status": ALIVE})
    _note(acting, person_id, "entry", valid_from, basis, {})
    return person_id


def correct(acting: Acting, person_id: int, changes: dict[str, Any], basis: str) -> None:
    """Correct fields that were always wrong, keeping the old values. Raises NoSuchPerson, UnknownField, NothingChanged."""
    _change(acting, person_id, "correction", changes, ALWAYS, dt.date.today(), basis)  # noqa: DTZ011


@transaction.atomic
def record_move(
    acting: Acting, person_id: int, *, area_id: int, address: str, moved_on: dt.date, basis: str, kind: int = PERMANENT,
    until: dt.date | None = None,
) -> None:  # fmt: skip
    """The person moved to a commune: the residence of this kind ends and a new one begins.

    Raises NoSuchPerson, LaterResidence.
    """
    _held(person_id)
    if later := _sql.one("later_residence", person_id=person_id, kind=kind, on=moved_on):
        raise LaterResidence(later["valid_from"])
    if kind == PERMANENT:
        changes = _move_home(person_id, area_id, address, moved_on)
    else:
        _sql.run("close_residence", person_id=person_id, kind=kind, on=moved_on)
        _sql.run(
            "open_residence", person_id=person_id, kind=kind, on=moved_on, until=until, area_id=area_id, address=address
        )
        changes = {}
    _note(acting, person_id, "move", moved_on, basis, changes)


@transaction.atomic
def record_death(acting: Acting, person_id: int, died_on: dt.date, basis: str) -> None:
    """The person died: residences end."""
    home_since = _held(person_id)["home_since"]
    _sql.run("close_all_residences", person_id=person_id, on=died_on)
    if home_since:
        _sql.run("end_home", person_id=person_id, on=max(died_on, home_since + dt.timedelta(days=1)))
    changes = {"status": DEAD, "status_on": died_on, "home_since": None, "home_address": None}
    _change(acting, person_id, "death", changes, died_on, died_on, basis)


def record_missing(acting: Acting, person_id: int, since: dt.date, basis: str) -> None:
    """A court declared the person missing."""
    _change(acting, person_id, "missing", {"status": MISSING, "status_on": since}, since, since, basis)


def record_return(acting: Acting, person_id: int, on: dt.date, basis: str) -> None:
    """A person held dead or missing is alive."""
    _change(acting, person_id, "return", {"status": ALIVE, "status_on": None}, on, on, basis)


@transaction.atomic
def replace_pin(acting: Acting, person_id: int, new_pin: str, on: dt.date, reason: str) -> None:
    """Cancel the person's number and establish another; the old one keeps leading here. Raises BadNumber, NumberTaken."""
    person = _held(person_id)
    _refuse_bad(new_pin, None, None)
    try:
        with transaction.atomic():
            _change(acting, person_id, "new_number", {"pin": new_pin}, on, on, reason)
    except IntegrityError as clash:
        raise NumberTaken(new_pin) from clash
    if person["pin"]:
        _sql.run(
            "add_former_number",
            person_id=person_id,
            kind="pin",
            number=person["pin"],
            on=on,
            replaced_by=new_pin,
            reason=reason,
        )


def _held(person_id: int) -> dict[str, Any]:
    """The current row, which nobody else changes until the transaction ends. Raises NoSuchPerson."""
    _sql.run("hold", person_id=person_id)
    return get(person_id)


def _move_home(person_id: int, area_id: int, address: str, moved_on: dt.date) -> dict[str, list[Any]]:
    """One permanent residence ends, another begins; begun on the same day as the last one, it takes its place."""
    _sql.run("end_home", person_id=person_id, on=moved_on)
    home = {"home_area": area_id, "home_since": moved_on, "home_address": address or None}
    with suppress(NothingChanged):
        return versions.change(person_id, home, moved_on)
    return {}


@transaction.atomic
def _change(
    acting: Acting,
    person_id: int,
    kind: str,
    changes: dict[str, Any],
    valid_from: dt.date,
    happened_on: dt.date,
    basis: str,
) -> None:
    _note(acting, person_id, kind, happened_on, basis, versions.change(person_id, changes, valid_from))


def _note(acting: Acting | None, person_id: int, kind: str, on: dt.date, basis: str, changes: dict[str, Any]) -> None:
    changed_people.note([person_id])
    changes = {field: pair for field, pair in changes.items() if field not in _TOLD_AS_RESIDENCE}
    _sql.run(
        "add_event", person_id=person_id, event_id=uuid.uuid7(), kind=kind, happened_on=on, basis=basis,
        recorded_by=acting.official_id if acting else 0, changes=json.dumps(changes, cls=DjangoJSONEncoder),
    )  # fmt: skip
    if acting:
        audit.record(acting, f"register.{kind}", [person_id], detail=", ".join(changes))
    else:
        audit.record_system(f"register.{kind}", [person_id])


def _refuse_bad(pin: str, sex: int | None, birth_date: dt.date | None) -> None:
    for problem in check_pin(pin, sex, birth_date):
        if problem.kind == "error":
            raise BadNumber(pin, problem.message)
