"""Who is married to whom by the events that stand: replayed one after the other, so that an event undone
leaves what the rest gives.
"""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dancu.db.queries import Queries
from dancu.register import versions
from dancu.register.codes import DEAD, DIVORCED, MARRIED, SEPARATED, WIDOWED
from dancu.register.events import kin
from dancu.register.events.recording import LifeEvent
from dancu.register.merging.lookups import current_ids

_sql = Queries(__file__)

FIELDS = ("marital_status", "spouse_id")
_KINDS = ["marriage", "divorce", "death", "spouse_death", "return", "spouse_return", "correction", "undone"]

Timeline = list[tuple[dt.date, Any]]  # since when it was so, beginning with date.min
Timelines = dict[tuple[int, str], Timeline]  # by person and field


@dataclass(frozen=True)
class Ended:
    """`person_id` is divorced because `spouse_id` has married another one since, on that day (Law on
    Marriage and Family 2014, art. 67).
    """

    person_id: int
    spouse_id: int
    on: dt.date


@dataclass(frozen=True)
class Left:
    """What the events that stand give, and the marriages that end by it."""

    timelines: Timelines
    ended: list[Ended]


@dataclass(frozen=True)
class _Happening:
    event_id: UUID
    on: dt.date
    stands: bool
    lines: dict[int, tuple[str, Mapping[str, Any]]]  # person: kind of their line, fields


class Circle:
    """The people of an event and all who are or were bound to them by marriages, held until the transaction
    ends.

    Raises NoSuchPerson.
    """

    def __init__(self, event: LifeEvent, person_ids: Iterable[int]) -> None:
        asked = set(person_ids)
        people = _circle(asked)
        _sql.all("lock", person_ids=sorted(people))  # all in the order of their ids
        event.hold(*asked)
        event.hold(beside=people, told=False)
        self._event, self._people = event, people
        self._happenings = _happenings(people)
        self._moved = {
            UUID(row["event_id"]) for row in _sql.all("moved_by_merges", person_ids=sorted(people))
        }
        self._begins, self._now, self._dead = {}, {}, set()
        for person_id in people:
            self._look_at(person_id)

    def without(self, event_id: UUID) -> Left | None:
        """How everybody's marriages stand without that event. None where the events do not explain how they
        stand now, since files or merges changed them. What happened to a record that was merged since
        happened to another marriage, so that it counts only where nothing else explains them.
        """
        own = [each for each in self._happenings if each.event_id not in self._moved]
        for happenings in (own, self._happenings) if self._moved else (own,):
            nth = next((nth for nth, each in enumerate(happenings) if each.event_id == event_id), -1)
            for start in range(nth + 1):
                with_it = _Replay(self, happenings[start:])
                if with_it.timelines == self._now:
                    left = _Replay(self, happenings[start:], event_id)
                    return Left(left.timelines, [each for each in left.ended if each not in with_it.ended])
        return None

    def changed(self, left: Left) -> set[int]:
        """Whose marriages would stand otherwise."""
        return {
            person_id
            for (person_id, name), line in left.timelines.items()
            if line != self._now[person_id, name]
        }

    def settle(self, left: Left) -> None:
        """Let it be so, period by period."""
        for person_id in sorted(self.changed(left)):
            told = {name: left.timelines[person_id, name] for name in FIELDS}
            changed = {name: line for name, line in told.items() if line != self._now[person_id, name]}
            for day in sorted({day for line in changed.values() for day, _value in line}):
                values = {
                    name: value for name, line in changed.items() for since, value in line if since == day
                }
                self._event.change(person_id, values, day)

    def _look_at(self, person_id: int) -> None:
        row = self._event.row(person_id)
        said = _sql.all("standing", person_id=person_id)
        self._begins[person_id] = said[0]["valid_from"]
        if kin.is_dead(row):
            self._dead.add(person_id)
        records = [(each["valid_from"], json.loads(each["record"])) for each in said]
        for name in FIELDS:
            self._now[person_id, name] = _timeline(name, [(day, record[name]) for day, record in records])


class _Replay:
    """Everybody's marriages by these events, one after the other; `without` one of them."""

    def __init__(self, circle: Circle, happenings: list[_Happening], without: UUID | None = None) -> None:
        self._circle = circle
        self.timelines: Timelines = {key: list(line) for key, line in circle._now.items()}
        self._dead = set(circle._dead)
        self.ended: list[Ended] = []
        for each in reversed(happenings):  # how it was before the first of them that changed it
            self._before(each)
        for each in happenings:
            if each.stands and each.event_id != without:
                self._happen(each)

    def _before(self, happening: _Happening) -> None:
        for person_id, (_kind, fields) in happening.lines.items():
            for name in FIELDS:
                if name in fields:
                    was = [(versions.as_day(day), value) for day, value in fields[name]["before"]]
                    self.timelines[person_id, name] = _timeline(name, was)
            if "status" in fields:
                was_dead = fields["status"]["before"][-1][1] == DEAD
                (self._dead.add if was_dead else self._dead.discard)(person_id)

    def _happen(self, happening: _Happening) -> None:
        lines, on = happening.lines, happening.on
        couple = [person_id for person_id, (kind, _fields) in lines.items() if kind == "marriage"]
        for person_id in couple:
            self._end_former(person_id, couple, on)
        for person_id in couple:
            self._put(person_id, MARRIED, next((each for each in couple if each != person_id), None), on)
        for person_id, (kind, fields) in lines.items():
            if kind == "divorce":
                self._put(person_id, DIVORCED, None, on)
            elif kind == "death":
                self._die(person_id, on)
            elif kind == "return":
                self._return(person_id, on)
            elif kind == "correction":
                for name in FIELDS:
                    if name in fields:
                        self.timelines[person_id, name] = _timeline(
                            name, [(versions.ALWAYS, fields[name]["value"])]
                        )

    def _end_former(self, person_id: int, couple: list[int], on: dt.date) -> None:
        former = self._spouse(person_id) if self._is_married(person_id) else None
        if (
            former
            and former not in couple
            and former not in self._dead
            and self._is_spouse_of(former, person_id)
        ):
            self._put(former, DIVORCED, None, on)
            self.ended.append(Ended(former, person_id, on))

    def _die(self, person_id: int, on: dt.date) -> None:
        self._dead.add(person_id)
        spouse = self._spouse(person_id)
        if spouse and spouse not in self._dead and self._is_spouse_of(spouse, person_id):
            self._put(spouse, WIDOWED, person_id, on)

    def _return(self, person_id: int, on: dt.date) -> None:
        self._dead.discard(person_id)
        spouse = self._spouse(person_id) if self._is_married(person_id) else None
        if spouse is None:
            return
        named, state = self._is(spouse, "spouse_id"), self._is(spouse, "marital_status")
        if spouse in self._dead:
            self._put(person_id, WIDOWED, self._is(person_id, "spouse_id"), on)
        elif named == person_id and state == WIDOWED:
            self._put(spouse, MARRIED, person_id, on)
        elif named not in (person_id, None) or state == DIVORCED:
            self._put(person_id, DIVORCED, None, on)

    def _is(self, person_id: int, name: str) -> Any:
        return self.timelines[person_id, name][-1][1]

    def _is_married(self, person_id: int) -> bool:
        return self._is(person_id, "marital_status") in (MARRIED, SEPARATED)

    def _is_spouse_of(self, person_id: int, other: int) -> bool:
        return self._is_married(person_id) and self._is(person_id, "spouse_id") in (other, None)

    def _spouse(self, person_id: int) -> int | None:
        if named := self._is(person_id, "spouse_id"):
            return named if named in self._circle._people else None
        living = [
            other
            for other in self._circle._people
            if self._is(other, "spouse_id") == person_id and other not in self._dead
        ]
        return min(living, key=lambda other: (not self._is_married(other), other), default=None)

    def _put(self, person_id: int, state: int, spouse: int | None, on: dt.date) -> None:
        since = versions.ALWAYS if on <= self._circle._begins[person_id] else on
        for name, value in zip(FIELDS, (state, spouse), strict=True):
            line = [each for each in self.timelines[person_id, name] if each[0] < since]
            self.timelines[person_id, name] = _timeline(name, [*line, (since, value)])


def _timeline(name: str, told: list[tuple[dt.date, Any]]) -> Timeline:
    """Beginning with always, what is so twice in a row told once, a spouse by the record that it is now."""
    now = current_ids({value for _day, value in told if value}) if name == "spouse_id" else {}
    line: Timeline = []
    for day, value in told:
        if not line or line[-1][1] != now.get(value, value):
            line.append((day if line else versions.ALWAYS, now.get(value, value)))
    return line


def _circle(person_ids: set[int]) -> set[int]:
    known: set[int] = set()
    asked = person_ids
    while asked:
        known |= asked
        near = {spouse["person_id"] for row in kin.people(asked).values() if (spouse := kin.spouse_of(row))}
        for happening in _happenings(asked):
            near |= happening.lines.keys()
            for _kind, fields in happening.lines.values():
                if told := fields.get("spouse_id"):
                    near |= {told["value"], *(value for _day, value in told["before"])} - {None}
        asked = {person["person_id"] for person in kin.people(near).values()} - known
    return known


def _happenings(people: set[int]) -> list[_Happening]:
    """Events by which people marry and marriages end, the first that was recorded first."""
    found: dict[UUID, _Happening] = {}
    for row in _sql.all("marital_events", person_ids=sorted(people), kinds=_KINDS):
        fields = json.loads(row["before"]).get("fields", {})
        happening = _Happening(row["event_id"], row["happened_on"], row["undone_by"] is None, {})
        found.setdefault(row["event_id"], happening).lines[row["person_id"]] = row["kind"], fields
    return list(found.values())
