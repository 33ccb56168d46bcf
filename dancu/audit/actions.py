"""Writing down who did what to whose data.

There is no way to change or remove an entry: this module has none, and in a country the program's database
user is not the tables' owner and is granted INSERT and SELECT on `audit_entry` alone.

A `detail` says what the columns do not: an id, a field's name, a count. Never a name, a PIN or a phone
number.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Protocol

from django.utils import timezone
from uuid_utils.compat import uuid7

from dancu.db.queries import Queries

NOBODY = 0  # the person of an entry about no person

_queries = Queries(__file__)


class Actor(Protocol):
    """An official at work in one role, as `accounts.lookups.Acting` is."""

    @property
    def official_id(self) -> int: ...
    @property
    def role(self) -> str: ...
    @property
    def jurisdiction_kind(self) -> str: ...
    @property
    def jurisdiction_id(self) -> int: ...
    @property
    def purpose(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def request_id(self) -> str: ...


def record(acting: Actor, action: str, person_ids: Iterable[int] = (), detail: str = "") -> None:
    """An official did `action` to these people's data: one entry each, in one statement.

    With no one in `person_ids` (a search that found nobody, a task about no person) one entry is about person
    0.
    """
    _write(
        person_ids,
        actor_kind="official",
        actor_id=acting.official_id,
        actor_role=acting.role,
        jurisdiction_kind=acting.jurisdiction_kind,
        jurisdiction_id=acting.jurisdiction_id,
        purpose=acting.purpose,
        action=action,
        detail=detail,
        address=acting.address or None,
        request_id=acting.request_id,
    )


def record_unless_within(
    span: timedelta,
    acting: Actor,
    action: str,
    person_ids: Iterable[int],
    detail: str = "",
    *,
    by_detail: bool = False,
) -> None:
    """As `record`, but only of people whom the same official in the same role did not do this to within
    `span`; `by_detail`: with this detail.

    For a list that refreshes itself every few seconds; of nobody no entry is made, of NOBODY one.
    """
    known = _queries.all(
        "known_since",
        person_ids=list(person_ids),
        since=timezone.now() - span,
        actor_id=acting.official_id,
        actor_role=acting.role,
        purpose=acting.purpose,
        action=action,
        detail=detail if by_detail else None,
    )
    if unknown := set(person_ids).difference(row["person_id"] for row in known):
        record(acting, action, unknown, detail)


def record_citizen(
    person_id: int,
    action: str,
    address: str,
    about: Iterable[int] = (),
    detail: str = "",
    request_id: str = "",
) -> None:
    """The citizen `person_id` did `action`, to their own data or to that of the people in `about` (their
    children).
    """
    _write(
        list(about) or [person_id],
        actor_kind="citizen",
        actor_id=person_id,
        action=action,
        detail=detail,
        address=address or None,
        request_id=request_id,
    )


def record_system(action: str, person_ids: Iterable[int] = (), detail: str = "", purpose: str = "") -> None:
    """dancu itself did `action`: a command, a nightly task, an import. About person 0 where `person_ids`
    is empty.
    """
    _write(person_ids, actor_kind="system", action=action, detail=detail, purpose=purpose)


_NOBODY = {
    "actor_id": 0,
    "actor_role": "",
    "jurisdiction_kind": "",
    "jurisdiction_id": 0,
    "purpose": "",
    "address": None,
    "request_id": "",
}


def _write(person_ids: Iterable[int], **entry: Any) -> None:
    people = list(dict.fromkeys(person_ids)) or [NOBODY]
    _queries.run("record", **(_NOBODY | entry), person_ids=people, entry_ids=[uuid7() for _ in people])
