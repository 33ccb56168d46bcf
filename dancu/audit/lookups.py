"""Reading who did what to whose data."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings

from dancu.audit.actions import Actor
from dancu.audit.wording import FOR_A_REASON
from dancu.db.queries import Queries

_queries = Queries(__file__)


@dataclass(frozen=True)
class SeenByCitizen:
    """What a citizen is told of an entry about them: when, in which role, where, what for, what. No names."""

    at: datetime
    actor_kind: str  # 'official', 'citizen' or 'system'
    actor_role: str
    jurisdiction_kind: str
    jurisdiction_id: int
    purpose: str
    action: str


@dataclass(frozen=True)
class Look:
    """The same, of all such entries of one day in Vietnam together: how many, and when the first and the
    last.
    """

    day: date
    actor_kind: str
    actor_role: str
    jurisdiction_kind: str
    jurisdiction_id: int
    purpose: str
    action: str
    times: int
    first: datetime
    last: datetime
    reason: str = ""


@dataclass(frozen=True)
class AuditEntry:
    """An entry of the audit in full. `actor_id` is an official's number or, of a citizen, a person_id."""

    person_id: int
    at: datetime
    entry_id: UUID
    actor_kind: str
    actor_id: int
    actor_role: str
    jurisdiction_kind: str
    jurisdiction_id: int
    purpose: str
    action: str
    detail: str
    address: str | None
    request_id: str

    @property
    def place(self) -> tuple[datetime, UUID]:
        """Where the page after this entry goes on: `before` of `search`."""
        return self.at, self.entry_id


def of_person(*person_ids: int, limit: int = 100) -> list[SeenByCitizen]:
    """The last `limit` times someone acted on this person's data, newest first: for the person's own page.

    Entries are never rewritten, so a person whose records were merged is asked for by all their ids.
    """
    return [
        SeenByCitizen(**row) for row in _queries.all("of_person", person_ids=list(person_ids), limit=limit)
    ]


def looks_at(*person_ids: int) -> list[Look]:
    """All that was ever done with this person's data, the latest day first and of a day what was done last:
    for the person's own page. What one office did again and again on one day is one row, so that nothing is
    pushed out of sight.
    """
    rows = _queries.all(
        "looks_at", person_ids=list(person_ids), zone=settings.TIME_ZONE, for_a_reason=list(FOR_A_REASON)
    )
    return [Look(**row) for row in rows]


def done_since(actor: Actor, action: str, person_ids: Iterable[int], since: datetime) -> set[int]:
    """Of which of these people the same official, in the same role and for the same purpose, has done
    `action` since then.
    """
    rows = _queries.all(
        "known_since",
        person_ids=list(person_ids),
        since=since,
        actor_id=actor.official_id,
        actor_role=actor.role,
        purpose=actor.purpose,
        action=action,
        detail=None,
    )
    return {row["person_id"] for row in rows}


def search(
    since: datetime,
    until: datetime,
    *,
    official_id: int | None = None,
    person_id: int | None = None,
    former_ids: Collection[int] = (),
    action: str | None = None,
    before: tuple[datetime, UUID] | None = None,
    limit: int = 50,
) -> list[AuditEntry]:
    """A page of entries from `since` until before `until`, newest first, by any of the conditions.

    `former_ids`: under which the person's data stood before records were merged.

    The next page is asked for with `before` = the last entry's `place`: it costs as little as the first,
    however deep.
    """
    before_at, before_entry = before or (None, None)
    rows = _queries.all(
        "search",
        since=since,
        until=until,
        official_id=official_id,
        person_ids=None if person_id is None else [person_id, *former_ids],
        action=action,
        before_at=before_at,
        before_entry=before_entry,
        limit=limit,
    )
    return [AuditEntry(**row) for row in rows]
