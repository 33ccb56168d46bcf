"""Undoing an event that hit the wrong person: all that it did to everybody goes, and nothing that came
since. Decision 0017.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dancu.accounts.lookups import Acting
from dancu.db.queries import Queries
from dancu.db.transactions import whole
from dancu.register import counting, versions
from dancu.register.errors import (
    ChangedMeanwhile,
    ChangedSince,
    EventReachesOutside,
    HangsOnRecord,
    LaterEvent,
    LaterMerge,
    MarriageContradicts,
    NoSuchEvent,
    NotToBeUndone,
    NumberTaken,
    Question,
    UndoneAlready,
)
from dancu.register.events import beside, checks, kin, lives, married
from dancu.register.events.deaths import settle_marriage
from dancu.register.events.numbering import is_number_taken
from dancu.register.events.recording import LifeEvent, recording
from dancu.register.held import leaves_alone
from dancu.register.merging.carrying import hanging_on
from dancu.register.merging.lookups import current_ids
from dancu.register.visibility import may_see_of
from dancu.register.words import EVENTS, meaning

_sql = Queries(__file__)
_versions = Queries(versions.__file__, "versions.sql")

_COMPANIONS = {
    "spouse_death"
}  # whom they married since stands, and does not keep the event from being undone
_STAY = {"undone", "merge", "merge_undone"}
_RELATIVES = ("father_id", "mother_id", "spouse_id")
_OF_THE_RECORD = {"life_event", "person_change", "named_relative", "residence", "former_number"}

Row = Mapping[str, Any]


@whole
def undo_event(
    acting: Acting | None, person_id: int, event_id: UUID, basis: str, confirmed: Collection[str] = ()
) -> None:
    """The event never happened to these people: fields, residences, household, numbers and counts are as if
    it had not, and everybody's marriages are what the events that still stand give. What that makes of them
    goes by the rules of a correction.

    Raises NoBasis, NoSuchEvent, UndoneAlready, NotToBeUndone, EventReachesOutside where it would change
    somebody outside the official's jurisdiction, LaterEvent, LaterMerge, ChangedSince, HangsOnRecord,
    NumberTaken, MarriageContradicts, what lives.refuse and beside.questions raise, AskFirst of what they ask
    and where a marriage ends because the other one has married since.
    """
    with recording(acting, "undone", timezone.localdate(), basis) as undoing:
        lines = _lines(event_id, person_id)
        if any("new" in line["before"] for line in lines):
            leaves_alone()
        theirs = {line["person_id"] for line in lines if any(line["before"].values())}
        _refuse_outside(acting, theirs)
        circle = _hold(undoing, lines, event_id)
        if _lines(event_id, person_id) != lines:
            raise ChangedMeanwhile
        left = circle.without(event_id)
        _refuse_outside(acting, circle.changed(left) if left else ())
        for line in lines:
            _refuse_rested_on(line, event_id, is_replayed=left is not None)
        was = counting.between(undoing.held)
        if left:
            checks.ask([_question(ended) for ended in left.ended], confirmed)
        for line in lines:
            if "new" in line["before"]:
                _take_away(undoing, line, basis)
            else:
                _give_back(undoing, line, besides=married.FIELDS if left else ())
        if _sql.run("undone", event_id=event_id, undone_by=undoing.event_id) == 0:
            raise UndoneAlready
        if left:
            circle.settle(left)
        else:
            for line in lines:
                if {*married.FIELDS, "status"} & line["before"].get("fields", {}).keys():
                    settle_marriage(undoing, line["person_id"], line["happened_on"])
            _refuse_outside(acting, undoing.changed - theirs)
        doubtful = _doubtful(undoing, (event_id, lines[0]["recorded_at"]))
        _refuse_contradictions(undoing, event_id, was)
        checks.ask(doubtful, confirmed)


def _refuse_contradictions(undoing: LifeEvent, event_id: UUID, was: set[counting.Between]) -> None:
    """Nobody is married to the dead or widowed of the living by it, unless it was so before the event: a
    marriage of which only one record tells comes back as it was. Raises MarriageContradicts.
    """
    for each in counting.between(undoing.held) - was:
        names = [*married.FIELDS, "status"]
        if each.wrong == "not_mutual":  # both live now, whoever of them was held dead meanwhile
            names.remove("status")
        couple = [kin.one(one) for one in (each.person_id, each.other_id)]
        stood_so = all(row and _is_as_before(row, event_id, names) for row in couple)
        if each.wrong in counting.OF_MARRIAGES and not stood_so:
            raise MarriageContradicts(*(row["full_name"] if row else "" for row in couple))


def _is_as_before(row: Row, event_id: UUID, names: Collection[str]) -> bool:
    """Whether these fields of a record say what they did before the event: what it or else the first
    event since found.
    """
    found: dict[str, Any] = {}
    for line in _sql.all("since", person_id=row["person_id"], event_id=event_id):
        for name, field in json.loads(line["before"]).get("fields", {}).items():
            found.setdefault(name, field["before"][-1][1])
    if spouse := found.get("spouse_id"):
        found["spouse_id"] = current_ids([spouse]).get(spouse, spouse)
    return all(row[name] == found.get(name, row[name]) for name in names)


def _doubtful(undoing: LifeEvent, since: beside.Since) -> list[Question]:
    """What is to be asked of those who are otherwise now; what cannot be is refused as of a correction."""
    asked: list[Question] = []
    for person_id in sorted(undoing.changed):
        person, after = undoing.row(person_id), kin.one(person_id)
        if after:
            lives.refuse(person, after)
            asked += beside.questions(person, after, since)
    return list({question.key: question for question in asked}.values())


def _question(ended: married.Ended) -> Question:
    people = kin.people([ended.person_id, ended.spouse_id])
    words = _(
        "%(spouse)s has since married someone else, on %(day)s. That marriage remains valid, and "
        "%(name)s counts as divorced from that day. If it was recorded by mistake, undo it first. "
        "Did these two marry?"
    )
    told = {
        "spouse": people[ended.spouse_id]["full_name"],
        "name": people[ended.person_id]["full_name"],
        "day": checks.told_day(ended.on),
    }
    return Question("married_since", words % told, (ended.spouse_id,))


def _lines(event_id: UUID, person_id: int) -> list[dict[str, Any]]:
    """The event, by person. Raises NoSuchEvent, UndoneAlready, NotToBeUndone."""
    lines = _sql.all("event", event_id=event_id)
    if person_id not in {line["person_id"] for line in lines}:
        raise NoSuchEvent
    if any(line["undone_by"] for line in lines):
        raise UndoneAlready
    if any(line["before"] is None or line["kind"] in _STAY for line in lines):
        raise NotToBeUndone
    return [line | {"before": json.loads(line["before"])} for line in lines]


def _refuse_outside(acting: Acting | None, person_ids: Collection[int]) -> None:
    """Before anything is said of them. Raises EventReachesOutside."""
    if acting and set(person_ids) - may_see_of(acting, person_ids):
        raise EventReachesOutside


def _hold(undoing: LifeEvent, lines: list[dict[str, Any]], event_id: UUID) -> married.Circle:
    for line in lines:
        if merged := _sql.one("merged_since", person_id=line["person_id"], event_id=event_id):
            raise LaterMerge(merged["other_id"], line["person_id"])
    return married.Circle(undoing, [line["person_id"] for line in lines])


def _refuse_rested_on(line: Row, event_id: UUID, *, is_replayed: bool) -> None:
    """Nothing rests on what the event did to this person, and what it found was theirs: not another record's,
    which was parted from theirs since. `is_replayed`: the events explain how the marriages stand.

    Raises LaterEvent, ChangedSince.
    """
    later = next(_later(line, event_id), None)
    if later and not (is_replayed and line["kind"] in _COMPANIONS):
        raise LaterEvent(meaning(EVENTS, later["kind"]), checks.told_day(later["happened_on"]))
    fields = list(line["before"].get("fields", {}))
    is_parted = _sql.one("parted_since", person_id=line["person_id"], event_id=event_id, fields=fields)
    if is_parted or not _is_as_left(line, married.FIELDS if is_replayed else ()):
        raise ChangedSince((kin.one(line["person_id"]) or {"full_name": ""})["full_name"])


def _later(line: Row, event_id: UUID) -> Iterator[dict[str, Any]]:
    """Events since that changed what this one had changed."""
    before = line["before"]
    for later in _sql.all("later_events", person_id=line["person_id"], event_id=event_id):
        told = json.loads(later["before"] or "{}")
        if (
            "new" in before
            or before.get("fields", {}).keys() & told.get("fields", {}).keys()
            or _of_same_rows(before.get("rows", {}), told.get("rows", {}))
        ):
            yield later


def _of_same_rows(one: Mapping[str, Any], two: Mapping[str, Any]) -> bool:
    return any(
        row in two[table]["removed"] for table in one.keys() & two.keys() for row in one[table]["added"]
    )


def _is_as_left(line: Row, besides: Collection[str] = ()) -> bool:
    before, row = line["before"], _now(line["person_id"])
    if "new" in before:
        return {name: row.get(name) for name in versions.FIELDS} == before["new"]
    relatives = [
        field["value"]
        for name, field in before.get("fields", {}).items()
        if name in _RELATIVES and field["value"]
    ]
    now = current_ids(relatives)
    return all(
        row[name] == (now.get(field["value"], field["value"]) if name in _RELATIVES else field["value"])
        for name, field in before.get("fields", {}).items()
        if name not in besides
    )


def _give_back(undoing: LifeEvent, line: Row, besides: Collection[str] = ()) -> None:
    """Every field period by period, every row beside."""
    person_id, before = line["person_id"], line["before"]
    fields = {name: field for name, field in before.get("fields", {}).items() if name not in besides}
    days = sorted({day for field in fields.values() for day, _value in field["before"]})
    for nth, day in enumerate(days):
        values = {
            name: value for name, field in fields.items() for since, value in field["before"] if since == day
        }
        since = versions.as_day(day) if nth else versions.ALWAYS
        try:
            with transaction.atomic():
                undoing.change(person_id, values, since)
        except IntegrityError as clash:
            if not is_number_taken(clash):
                raise
            raise NumberTaken(values.get("pin")) from clash
    for table, rows in before.get("rows", {}).items():
        taken, put = _take(person_id, table, rows["added"]), _put(person_id, table, rows["removed"])
        if (taken, put) != (len(rows["added"]), len(rows["removed"])):
            raise ChangedSince(undoing.row(person_id)["full_name"])


def _take_away(undoing: LifeEvent, line: Row, basis: str) -> None:
    """A record that the event made leaves the register; its number is given to nobody else."""
    person_id = line["person_id"]
    row = undoing.row(person_id)
    _sql.run("hold_all", person_id=person_id)
    if hanging := {
        table: rows for table, rows in hanging_on(person_id).items() if table not in _OF_THE_RECORD
    }:
        raise HangsOnRecord(
            row["full_name"], ", ".join(f"{table}: {rows}" for table, rows in hanging.items())
        )
    if kin.children(row):
        raise HangsOnRecord(row["full_name"], "person")
    record, now = _now(person_id), timezone.now()
    _sql.run("end_versions", person_id=person_id, at=now)
    _versions.run(
        "add_version",
        person_id=person_id,
        version_id=undoing.event_id,
        valid_from=record["valid_from"],
        valid_to=None,
        recorded_at=record["recorded_at"],
        superseded_at=now,
        record=json.dumps(record),
    )
    for table, rows in line["before"].get("rows", {}).items():
        _take(person_id, table, rows["added"])
    _sql.run("remove_person", person_id=person_id)
    counting.note(record, None)
    if record["pin"]:
        _sql.run(
            "cancel_number", person_id=person_id, number=record["pin"], on=timezone.localdate(), reason=basis
        )


def _take(person_id: int, table: str, rows: list[Any]) -> int:
    """How many of these rows went. That a number was the person's is kept, but for one that they bear
    again.
    """
    if table == "former_number":
        return (_sql.one("take_numbers", person_id=person_id, numbers=json.dumps(rows)) or {})["taken"]
    return _sql.run("take_rows", {"table": table}, person_id=person_id, rows=json.dumps(rows))


def _put(person_id: int, table: str, rows: list[Any]) -> int:
    if table == "former_number":
        return _sql.run("put_numbers", person_id=person_id, rows=json.dumps(rows))
    return _sql.run("put_rows", {"table": table}, person_id=person_id, rows=json.dumps(rows))


def _now(person_id: int) -> dict[str, Any]:
    with suppress(IndexError):
        return json.loads(_sql.all("standing", person_id=person_id)[-1]["record"])
    return {}
