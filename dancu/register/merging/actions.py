"""Two records of one person become one, and can become two again. Decision 0007.

Each is one transaction. Nothing is lost by a merge: what cannot stand beside the kept record's own rows is
kept whole in `person_merge`, and so is what was moved, row by row.
"""

import datetime as dt
import json
from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

import uuid_utils.compat as uuid
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.utils import timezone

from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.db.queries import Queries
from dancu.db.transactions import whole
from dancu.register import changed_people, counting, versions
from dancu.register.errors import (
    NoBasis,
    NoSuchMerge,
    NoSuchPerson,
    NothingChanged,
    NumberTaken,
    OutsideJurisdiction,
    Question,
    SamePerson,
    UnknownField,
)
from dancu.register.events import checks, kin
from dancu.register.events.numbering import is_number_taken
from dancu.register.merging import carrying, contradictions, giving_back, homes, parting
from dancu.register.merging.catalogue import RELATIVES
from dancu.register.merging.homes import MergedHome
from dancu.register.merging.lookups import MERGE_FIELDS, TOGETHER, merge_of
from dancu.register.merging.refusing import refuse_merged, refuse_to_undo
from dancu.register.rows import MarriageKept
from dancu.register.visibility import may_see_of, visible_areas

_sql = Queries(__file__)
_versions = Queries(versions.__file__, "versions.sql")
_register = Queries(versions.__file__)

_LONGEST_TRANSACTION = dt.timedelta(hours=1)


def merge_people(
    acting: Acting,
    keep_id: int,
    other_id: int,
    *,
    basis: str,
    fields: Collection[str] = (),
    confirmed: Collection[str] = (),
) -> UUID:
    """The two records are one person's: `keep_id` stays and gets all that hung on `other_id`; return the
    merge_id.

    `fields`: those of MERGE_FIELDS of which the other's value is right. The other's numbers lead to the kept
    record. Raises NoBasis, SamePerson, NoSuchPerson (also of people outside the jurisdiction), AlreadyMerged,
    UnknownField, AskFirst of what `confirmed` does not hold, and the refusals of contradictions.questions.
    """
    basis = _given(basis)
    if keep_id == other_id:
        raise SamePerson(keep_id)
    if unknown := set(fields) - MERGE_FIELDS:
        raise UnknownField(", ".join(sorted(unknown)))
    refuse_merged(keep_id, other_id)
    if unseen := {keep_id, other_id} - may_see_of(acting, [keep_id, other_id]):
        refuse_merged(keep_id, other_id)  # by another steward at this moment
        audit.record(acting, "register.view_refused", unseen)
        raise NoSuchPerson(min(unseen))
    return _merge(acting, keep_id, other_id, basis, fields, confirmed)


def merge_questions(keep_id: int, other_id: int, fields: Collection[str] = ()) -> list[Question]:
    """What `merge_people` would ask. The caller has shown both records. Raises NoSuchPerson, and the
    refusals of contradictions.questions.
    """
    found = kin.people([keep_id, other_id])
    if missing := {keep_id, other_id} - found.keys():
        raise NoSuchPerson(min(missing))
    return contradictions.questions(found[keep_id], found[other_id], fields)


def merge_marriage(keep_id: int, other_id: int, fields: Collection[str] = ()) -> MarriageKept:
    """The marital status and the spouse that `merge_people` would keep whatever was chosen; nothing where
    the values chosen say it already.
    """
    found = kin.people([keep_id, other_id])
    return contradictions.marriage_kept(found[keep_id], found[other_id], fields) if len(found) == 2 else {}


def undo_merge(acting: Acting, merge_id: UUID, *, basis: str, confirmed: Collection[str] = ()) -> None:
    """The two records are two people's after all: what was moved goes back, what came since stays with the
    kept one. Whose each declaration since is, the checkpoints ask afterwards (`checkpoints.parted`).

    Raises NoBasis, NoSuchMerge (also of people outside the jurisdiction), AlreadyUndone, LaterMerge,
    LaterEvent, MovedRowGone, NumberTaken, OutsideJurisdiction, and what parting.questions raises; AskFirst of
    what `confirmed` does not hold.
    """
    basis = _given(basis)
    merge = merge_of(merge_id)
    if not may_see_of(acting, [merge.person_id]):
        audit.record(acting, "register.view_refused", [merge.person_id])
        raise NoSuchMerge(merge_id)
    areas = visible_areas(acting)
    if areas is not None and merge.other["home_area"] not in areas:
        raise OutsideJurisdiction
    _undo(acting, merge_id, basis, confirmed)


@whole
def settle() -> int:
    """What was written under a merged record's id by transactions that had begun before the merge goes to the
    person; return how many rows.

    From cron, nightly. It also puts right what large tables without an index still name (see catalogue.MANY).
    """
    _sql.run("one_at_a_time")
    now, rows = timezone.now(), 0
    for merge in _sql.all("unsettled"):
        moved, pointed, aside = carrying.carry(merge["other_id"], merge["person_id"])
        rows += _note_moved(merge, moved, pointed, aside)
        changed_people.note([merge["person_id"]])
    holders = {merge["merge_id"]: merge for merge in _sql.all("unsettled")}
    for merge_id, entry in carrying.point_late():
        rows += _note_moved(holders[merge_id], [], [entry], [])
    _sql.run("settle", now=now, before=now - _LONGEST_TRANSACTION)
    return rows


@whole
def _merge(
    acting: Acting,
    keep_id: int,
    other_id: int,
    basis: str,
    fields: Collection[str],
    confirmed: Collection[str],
) -> UUID:
    people = _locked(keep_id, other_id)
    keep, other = people[keep_id], people[other_id]
    rows = versions.as_row(keep), versions.as_row(other)
    checks.ask(contradictions.questions(*rows, fields), confirmed)
    married = contradictions.marriage_kept(*rows, fields)
    merge_id, at = uuid.uuid7(), max(timezone.now(), *(_later(person) for person in people.values()))
    _sql.run(
        "add_merge",
        kept_id=keep_id,
        other_id=other_id,
        merge_id=merge_id,
        merged_at=at,
        merged_by=acting.official_id,
        basis=basis,
        **_as_json(other=other),
    )
    history = _into_history(other, at)
    _sql.run("remove_person", person_id=other_id)
    moved, pointed, aside = carrying.carry(other_id, keep_id)
    counting.note(other, None)
    home = homes.of_both(keep, other, fields)
    changes, taken = _take_fields(keep, other, fields, married, home)
    history["kept"] = {
        name: keep[name] for name in ("full_name", "given_key", "birth_date")
    }  # a search finds it so, too
    history["homes"] = homes.end_others(keep_id, homes.died_on(keep, other, fields))
    added = [*_former_numbers(keep, other, taken, basis), *homes.keep_former(keep_id, home)]
    sooner, history["wrong_homes"] = homes.one_at_a_time(keep_id)
    history["homes"] += sooner
    begun, before_birth = homes.begin_with_birth(keep_id)
    added += begun
    history["wrong_homes"] += before_birth
    told = {
        "history": history,
        "moved": moved,
        "pointed": pointed,
        "aside": aside,
        "added": added,
        "taken": taken,
    }
    _sql.all("tell_merge", person_id=keep_id, merge_id=merge_id, **_as_json(told=told))
    _note(acting, "merge", merge_id, keep_id, other_id, basis, changes)
    return merge_id


@whole
def _undo(acting: Acting, merge_id: UUID, basis: str, confirmed: Collection[str]) -> None:
    _sql.run("one_at_a_time")
    merge = _sql.one("lock_merge", merge_id=merge_id) or {}
    keep_id, other_id = merge["kept_id"], merge["other_id"]
    told = {
        name: json.loads(merge[name])
        for name in ("other", "history", "moved", "pointed", "aside", "added", "taken")
    }
    refuse_to_undo(merge, told["pointed"])
    named = carrying.people_in([entry for entry in told["pointed"] if entry["table"] == "person"])
    _sql.run("lock_relatives", person_ids=sorted({keep_id, *named}))
    _sql.all("lock_people", person_ids=[keep_id])
    parted = parting.Parting(acting, merge, named)
    _sql.all("end_merge", person_id=keep_id, merge_id=merge_id, by=acting.official_id, basis=basis)
    carrying.remove(told["added"], keep_id)
    homes.put_back(told["history"].get("wrong_homes", []))
    changes = giving_back.give_back(keep_id, told["taken"])
    _out_of_history(told["other"], told["history"])
    carrying.carry_back(told["moved"], told["pointed"], told["aside"], keep_id, other_id)
    giving_back.take_numbers(keep_id, told["added"])
    homes.give_back(keep_id, other_id, told["moved"])
    homes.begin_again(keep_id, other_id, told["history"].get("homes", []), told["moved"])
    checks.ask(parted.questions(), confirmed)
    _note(acting, "merge_undone", merge_id, keep_id, other_id, basis, changes)


def _given(basis: str) -> str:
    if not basis.strip():
        raise NoBasis
    return basis.strip()


def _locked(*person_ids: int) -> dict[int, dict[str, Any]]:
    """Both rows, held in the order of their ids; where another steward was faster, what is so now is told.
    Those to whom the rules bind them, and whose rows name them, are held too.
    """
    _sql.run("one_at_a_time")
    _sql.run(
        "lock_relatives", person_ids=sorted(kin.near(*kin.people(person_ids).values()).union(person_ids))
    )
    rows = {row["person_id"]: row for row in _sql.all("lock_people", person_ids=list(person_ids))}
    for person_id in person_ids:
        if person_id not in rows:
            refuse_merged(person_id)
            raise NoSuchPerson(person_id)
    return {person_id: json.loads(row["record"]) for person_id, row in rows.items()}


def _into_history(other: dict[str, Any], at: dt.datetime) -> dict[str, Any]:
    """The other record's present becomes its past; the register says nothing more of it from now on."""
    ended = _sql.all("end_versions", person_id=other["person_id"], at=at)
    version_id = uuid.uuid7()
    _versions.run(
        "add_version",
        person_id=other["person_id"],
        version_id=version_id,
        valid_from=other["valid_from"],
        valid_to=None,
        recorded_at=other["recorded_at"],
        superseded_at=at,
        record=json.dumps(other),
    )
    return {"ended": [row["version_id"] for row in ended], "written": version_id}


def _out_of_history(other: dict[str, Any], history: dict[str, Any]) -> None:
    person_id = other["person_id"]
    _sql.run("remove_version", person_id=person_id, version_id=history["written"])
    _sql.run("restore_versions", person_id=person_id, version_ids=history["ended"])
    try:
        with transaction.atomic():
            _sql.run("restore_person", record=json.dumps(other))
    except IntegrityError as clash:
        if not is_number_taken(clash):
            raise
        raise NumberTaken(other["pin"]) from clash
    counting.note(None, other)
    for name in RELATIVES:  # one who was merged meanwhile, as if this row had been there then
        for merge in _sql.all("merged_into", person_ids=[other.get(name)]):
            _note_moved(
                merge, [], carrying.point_one(name, person_id, merge["other_id"], merge["person_id"]), []
            )


def _take_fields(
    keep: Mapping[str, Any],
    other: Mapping[str, Any],
    fields: Collection[str],
    married: Mapping[str, Any],
    home: MergedHome,
) -> tuple[dict[str, list[Any]], dict[str, Any]]:
    """The other's values for these fields, and the marriage that stays, as if they had always been so,
    but for a home: (changes, and how it was before).
    """
    parts = [part for field in fields if field != "home_area" for part in (field, *TOGETHER.get(field, ()))]
    values = {**{part: other[part] for part in parts}, **married}
    values = {name: value for name, value in values.items() if name not in married or value != keep[name]}
    said = [
        row | {"record": json.loads(row["record"])}
        for row in _sql.all("standing", person_id=keep["person_id"])
    ]
    changes: dict[str, list[Any]] = {}
    for new, since in ((values, dt.date.min), (home.values, home.since)):
        with suppress(NothingChanged):
            changes |= versions.change(keep["person_id"], new, since)
    taken = values | home.values
    before = {part: [[row["valid_from"], row["record"][part]] for row in said] for part in taken}
    return changes, {part: {"value": value, "before": before[part]} for part, value in taken.items()}


def _former_numbers(
    keep: Mapping[str, Any], other: Mapping[str, Any], taken: Mapping[str, Any], basis: str
) -> list[carrying.Entry]:
    """Of each kind the number that no longer counts; a scan or a declaration with it finds the kept
    record.
    """
    numbers = [
        {"kind": kind, "number": lost, "replaced_by": stays}
        for kind in ("pin", "cmnd")
        for stays, lost in [(other[kind], keep[kind]) if kind in taken else (keep[kind], other[kind])]
        if lost and lost != stays
    ]
    rows = _sql.all(
        "add_former_numbers",
        person_id=keep["person_id"],
        numbers=json.dumps(numbers),
        on=timezone.localdate(),
        reason=basis,
    )
    keys = [{name: json.loads(row["record"])[name] for name in ("kind", "number")} for row in rows]
    return [{"table": "former_number", "column": "person_id", "keys": keys}] if keys else []


def _note_moved(merge: Mapping[str, Any], *what: list[carrying.Entry]) -> int:
    rows = sum(len(entry.get("keys") or entry["rows"]) for entries in what for entry in entries)
    if rows:
        told = dict(zip(("moved", "pointed", "aside"), what, strict=True))
        _sql.all(
            "tell_merge", person_id=merge["person_id"], merge_id=merge["merge_id"], **_as_json(told=told)
        )
    return rows


def _note(
    acting: Acting,
    kind: str,
    merge_id: UUID,
    keep_id: int,
    other_id: int,
    basis: str,
    changes: dict[str, list[Any]],
) -> None:
    changed_people.note([keep_id, other_id])
    _register.run(
        "add_event",
        person_id=keep_id,
        event_id=uuid.uuid7(),
        kind=kind,
        happened_on=timezone.localdate(),
        basis=basis,
        recorded_by=acting.official_id,
        changes=json.dumps(changes, cls=DjangoJSONEncoder),
    )
    audit.record(acting, f"register.{kind}", [keep_id, other_id], detail=str(merge_id))


def _later(person: Mapping[str, Any]) -> dt.datetime:
    return dt.datetime.fromisoformat(person["recorded_at"]) + dt.timedelta(
        microseconds=1
    )  # whatever another server's clock said


def _as_json(**values: Any) -> dict[str, str]:
    return {name: json.dumps(value, cls=DjangoJSONEncoder) for name, value in values.items()}
