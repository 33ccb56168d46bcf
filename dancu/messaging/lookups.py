"""Reading the outbox."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dancu.db.queries import Queries

_queries = Queries(__file__)


@dataclass(frozen=True)
class Message:
    """A message and what became of it. Exactly one of `due_at`, `sent_at` and `failed_at` is set."""

    message_id: UUID
    created_at: datetime
    channel: str  # 'sms'
    recipient: str
    language: str
    text: str  # empty where it was secret and is sent or given up
    reason: str
    person_id: int | None
    due_at: datetime | None
    sent_at: datetime | None
    failed_at: datetime | None
    attempts: int
    error: str


def recent(limit: int) -> list[Message]:
    """The newest messages of everyone, newest first: for operators, and for the page of a demo. No page of a country shows them."""
    return [Message(**row) for row in _queries.all("recent", limit=limit)]


def waiting() -> int:
    """How many messages are still to be sent."""
    row = _queries.one("waiting")
    return row["messages"] if row else 0
