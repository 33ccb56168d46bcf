"""A person's record through time, twice over: when something was so (valid), and when the register knew it
(recorded).

`person` holds what is so now as the register knows now. Whatever stops being either moves to
`person_history`, in the same transaction. After R. T. Snodgrass, *Developing Time-Oriented Database
Applications in SQL* (1999), ch. 10, with the current row kept apart.
"""

import json
from datetime import date, datetime, timedelta
from typing import Any, cast

import uuid_utils.compat as uuid
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dancu.db.queries import Queries
from dancu.register import counting
from dancu.register.errors import CannotBe, NoSuchPerson, NothingChanged, UnknownField
from dancu.register.held import hold_relatives
from dancu.register.rows import PersonRecord
from dancu.text.sounds import ends_key, given_key

_sql = Queries(__file__, "versions.sql")

FIELDS = frozenset(
    [
        "household_id",
        "father_id",
        "mother_id",
        "spouse_id",
        "birth_date",
        "status_on",
        "card_issued_on",
        "birth_area",
        "native_area",
        "home_area",
        "home_since",
        "home_address",
        "sex",
        "status",
        "marital_status",
        "relation",
        "birth_precision",
        "pin",
        "cmnd",
        "phone",
        "full_name",
        "ethnicity",
        "religion",
        "nationality",
        "blood_group",
        "father_name",
        "mother_name",
        "email",
    ]
)


ALWAYS = date.min
_DATES = ("birth_date", "status_on", "card_issued_on", "home_since")

_RULES: dict[str | None, str | Promise] = {  # of migrations/0008_facts.sql
    "person_has_name": _("there is no name"),
    "person_birth_known": _("the birth date is too far in the past"),
    "person_born_by_then": _("the birth date is in the future"),
    "person_gone_after_birth": _("the date of death or of going missing is before the birth"),
    "person_gone_by_then": _("the date of death or of going missing is in the future"),
}


@transaction.atomic
def change(person_id: int, changes: dict[str, Any], valid_from: date) -> dict[str, list[Any]]:
    """Let `changes` (field: new value) be so from `valid_from` on, in every period the register knows; return
    field: [old, new].

    A correction of what was always wrong passes `date.min`. Raises NoSuchPerson, UnknownField,
    NothingChanged, and CannotBe where the table itself refuses the row, such as one that stands there from
    before its rules.
    """
    if unknown := changes.keys() - FIELDS:
        raise UnknownField(", ".join(sorted(unknown)))
    current = _sql.one("lock_current", person_id=person_id)
    if current is None:
        raise NoSuchPerson(person_id)
    before, new = json.loads(current["record"]), _as_json(hold_relatives(changes))
    standing = _sql.all("standing_versions", person_id=person_id, valid_from=valid_from)
    changed = _changed(new, [*(json.loads(version["record"]) for version in standing), before])
    if not changed:
        raise NothingChanged
    at = max(
        timezone.now(), current["recorded_at"] + timedelta(microseconds=1)
    )  # whatever another server's clock said
    if "full_name" in changes:
        new |= {"given_key": given_key(changes["full_name"]), "ends_key": ends_key(changes["full_name"])}
    for version in standing:
        _sql.run("supersede", person_id=person_id, version_id=version["version_id"], at=at)
        record = json.loads(version["record"])
        _split(person_id, record, version["valid_from"], version["valid_to"], valid_from, at)
        _keep(person_id, record | new, max(valid_from, version["valid_from"]), version["valid_to"], at)
    _keep(person_id, before, current["valid_from"], None, current["recorded_at"], superseded_at=at)
    _split(person_id, before, current["valid_from"], None, valid_from, at)
    since = max(valid_from, current["valid_from"])
    try:
        _sql.run("change_current", person_id=person_id, changes=json.dumps(new), valid_from=since, at=at)
    except IntegrityError as clash:
        if wrong := _cannot_be(clash):
            raise CannotBe(wrong) from clash
        raise
    counting.note(before, before | new)
    return changed


def person_as_of(person_id: int, valid_on: date, recorded_at: datetime) -> PersonRecord | None:
    """What the register said at `recorded_at` of how things stood on `valid_on`: the row's fields, or
    None where it said nothing.
    """
    found = _sql.one("as_of", person_id=person_id, valid_on=valid_on, recorded_at=recorded_at)
    if found is None:
        return None
    since = {"valid_from": found["valid_from"], "recorded_at": found["recorded_at"]}
    return cast(PersonRecord, as_row(json.loads(found["record"])) | since)  # so all of its dates are dates


def as_row(record: dict[str, Any]) -> dict[str, Any]:
    """A person's row as JSON has it, with its dates as dates."""
    dates = {field: record[field] and date.fromisoformat(record[field]) for field in _DATES}
    return record | dates


def as_day(text: str) -> date:
    """A day as JSON has it."""
    return date.fromisoformat(text)


def _cannot_be(clash: IntegrityError) -> str | Promise:
    diagnosis = getattr(clash.__cause__, "diag", None)
    return _RULES.get(diagnosis.constraint_name, "") if diagnosis else ""


def _changed(new: dict[str, Any], records: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """field: [old, new], the old value the latest that differs."""
    return {
        field: [old, value]
        for field, value in new.items()
        for old in [record[field] for record in records if record[field] != value][-1:]
    }


def _split(
    person_id: int, record: dict, begins: date, ends: date | None, at_day: date, recorded_at: datetime
) -> None:
    """The part of a period before the change stays as it was."""
    if begins < at_day:
        _keep(person_id, record, begins, at_day if ends is None else min(at_day, ends), recorded_at)


def _keep(
    person_id: int,
    record: dict,
    begins: date,
    ends: date | None,
    recorded_at: datetime,
    superseded_at: datetime | None = None,
) -> None:
    _sql.run(
        "add_version",
        person_id=person_id,
        version_id=uuid.uuid7(),
        valid_from=begins,
        valid_to=ends,
        recorded_at=recorded_at,
        superseded_at=superseded_at,
        record=json.dumps(record),
    )


def _as_json(changes: dict[str, Any]) -> dict[str, Any]:
    return json.loads(json.dumps(changes, cls=DjangoJSONEncoder))
