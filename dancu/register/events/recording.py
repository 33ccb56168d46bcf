"""One event under way: whom it is about is held, whatever is done to them is seen, and what it was before
is kept with the event.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import UUID

import uuid_utils.compat as uuid
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.db.queries import Queries
from dancu.register import changed_people, counting, versions
from dancu.register.errors import ChangedMeanwhile, NoBasis, NoSuchPerson, NothingChanged
from dancu.register.rows import PersonFacts

_sql = Queries(__file__)
_STAYS = {"entry"}  # kinds of which nothing is given back
_TOLD_AS_RESIDENCE = {
    "home_since",
    "home_address",
}  # the record shows these among the residences, not with the event

Changes = dict[str, list[Any]]  # field: [old, new]


@dataclass(frozen=True)
class Effect:
    """What an event did to one person: `row` as it is now, `changes` of fields, and whether the record is
    new, or gone since.
    """

    person_id: int
    kind: str
    row: PersonFacts
    changes: Changes
    is_new: bool
    is_gone: bool = False


@dataclass
class _Person:
    """One of the people, as they were before."""

    row: dict[str, Any] | None
    standing: list[dict[str, Any]]
    beside: dict[str, list[dict[str, Any]]]
    kind: str
    told: bool
    changes: Changes = field(default_factory=dict)


effects: ContextVar[list[Effect] | None] = ContextVar("effects", default=None)  # what a rehearsal looks at


@contextmanager
def recording(acting: Acting | None, kind: str, on: dt.date, basis: str) -> Iterator["LifeEvent"]:
    """The one way to record an event: a transaction at whose end everything is written. Raises NoBasis,
    NothingChanged.
    """
    if acting and not basis.strip():
        raise NoBasis
    with transaction.atomic():
        event = LifeEvent(acting, kind, on, basis.strip())
        yield event
        event.write()


class LifeEvent:
    """What `recording` hands over: `hold` people before they are looked at, then change them."""

    def __init__(self, acting: Acting | None, kind: str, on: dt.date, basis: str) -> None:
        self.event_id: UUID = uuid.uuid7()
        self._acting, self._kind, self._on, self._basis = acting, kind, on, basis
        self._people: dict[int, _Person] = {}

    @property
    def kind(self) -> str:
        return self._kind

    def hold(
        self, *person_ids: int | None, beside: Iterable[int] = (), told: bool = True
    ) -> dict[int, dict[str, Any]]:
        """The current rows, which nobody else changes until the transaction ends. `beside`: relatives whose
        ids were read a moment ago. `told`: each gets a line of what happened even if nothing of theirs
        changes. Raises NoSuchPerson, ChangedMeanwhile.
        """
        relatives = {*beside} - {*person_ids}
        asked = sorted({person_id for person_id in (*person_ids, *relatives) if person_id})
        found = {row["person_id"]: row for row in _sql.all("lock", person_ids=asked)}
        for person_id in asked:
            if person_id not in found:
                raise ChangedMeanwhile if person_id in relatives else NoSuchPerson(person_id)
            if person_id not in self._people:
                row = versions.as_row(json.loads(found[person_id]["record"]))
                self._people[person_id] = _Person(
                    row, _standing(person_id), _beside(person_id), self._kind, told
                )
        return {person_id: self.row(person_id) for person_id in asked}

    @property
    def held(self) -> set[int]:
        """Who is held until now."""
        return set(self._people)

    @property
    def changed(self) -> set[int]:
        """Whose fields were changed until now."""
        return {person_id for person_id, person in self._people.items() if person.changes}

    def row(self, person_id: int) -> dict[str, Any]:
        """The row of one who is held, as it was before the event."""
        return self._people[person_id].row or {}

    def change(self, person_id: int, changes: Mapping[str, Any], valid_from: dt.date) -> None:
        """Let this be so from that day on; what is so already is no matter."""
        with suppress(NothingChanged):
            person = self._people[person_id]
            for name, (old, new) in versions.change(person_id, dict(changes), valid_from).items():
                person.changes[name] = [person.changes[name][0] if name in person.changes else old, new]

    def added(self, person_id: int, kind: str | None = None) -> None:
        """A person who was not in the register is, since this event."""
        self._people[person_id] = _Person(None, [], {}, kind or self._kind, told=True)

    def calls(self, person_id: int, kind: str, *, told: bool = False) -> None:
        """For this person the event is called otherwise: a spouse's death, a child's birth."""
        self._people[person_id].kind = kind
        self._people[person_id].told = told

    def write(self) -> None:
        """Of each person what happened, what it was before, and the audit. Raises NothingChanged."""
        after = {person_id: (_standing(person_id), _beside(person_id)) for person_id in self._people}
        before = {person_id: self._before(person_id, *then) for person_id, then in after.items()}
        if self._people and not any(before.values()):
            raise NothingChanged
        touched = [person_id for person_id, was in before.items() if was]
        changed_people.note(touched)
        for person_id, person in self._people.items():
            if before[person_id] or person.told:
                self._write_one(person_id, person, before[person_id], after[person_id][0])

    def _write_one(
        self, person_id: int, person: _Person, before: Any, standing: list[dict[str, Any]]
    ) -> None:
        changes = {name: pair for name, pair in person.changes.items() if name not in _TOLD_AS_RESIDENCE}
        _sql.run(
            "add_event",
            person_id=person_id,
            event_id=self.event_id,
            kind=person.kind,
            happened_on=self._on,
            basis=self._basis,
            recorded_by=self._acting.official_id if self._acting else 0,
            changes=_json(changes),
            before=None if person.kind in _STAYS else _json(before or {}),
        )
        action = f"register.{person.kind}"
        if self._acting:
            audit.record(self._acting, action, [person_id], detail=", ".join(changes))
        else:
            audit.record_system(action, [person_id])
        if (seen := effects.get()) is not None:
            row = versions.as_row(standing[-1]["record"]) if standing else person.row or {}
            facts, is_new = cast(PersonFacts, row), person.row is None  # `as_row` makes such rows
            seen.append(Effect(person_id, person.kind, facts, person.changes, is_new, not standing))

    def _before(self, person_id: int, standing: list[dict[str, Any]], beside: Any) -> dict[str, Any] | None:
        """What `undoing` needs; None where nothing changed."""
        person = self._people[person_id]
        if person.row is None:
            new = {name: standing[-1]["record"][name] for name in versions.FIELDS}
            return {"new": new, "rows": _differing({}, beside)}
        fields = {
            name: {
                "value": standing[-1]["record"][name],
                "before": [[each["valid_from"], each["record"][name]] for each in person.standing],
            }
            for name in person.changes
        }
        rows = _differing(person.beside, beside)
        return {"fields": fields, "rows": rows} if fields or rows else None


def count_new(row: Mapping[str, Any]) -> None:
    """A person who was not in the register is counted."""
    counting.note(None, row)


def _standing(person_id: int) -> list[dict[str, Any]]:
    return [
        {"valid_from": row["valid_from"].isoformat(), "record": json.loads(row["record"])}
        for row in _sql.all("standing", person_id=person_id)
    ]


def _beside(person_id: int) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in _sql.all("beside", person_id=person_id):
        found.setdefault(row["table"], []).append(json.loads(row["record"]))
    return found


def _differing(
    before: Mapping[str, list[Any]], after: Mapping[str, list[Any]]
) -> dict[str, dict[str, list[Any]]]:
    """table: the rows that came and those that went; a row that changed came and went."""
    found = {}
    for table in before.keys() | after.keys():
        was, now = before.get(table, []), after.get(table, [])
        added, removed = [row for row in now if row not in was], [row for row in was if row not in now]
        if added or removed:
            found[table] = {"added": added, "removed": removed}
    return found


def _json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder)
