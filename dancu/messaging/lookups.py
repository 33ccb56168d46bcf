"""Reading the outbox."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from dancu.db.queries import Queries
from dancu.messaging.contents import Unreadable, opened
from dancu.messaging.one_time_codes import LENGTHS, long_code_window

__all__ = ["LENGTHS", "Message", "long_code_window", "recent", "waiting"]

_queries = Queries(__file__)


@dataclass(frozen=True)
class Message:
    """A message and what became of it. Exactly one of `due_at`, `sent_at` and `failed_at` is set."""

    message_id: UUID
    created_at: datetime
    channel: str  # 'sms'
    recipient: str  # both are empty where the server's secret is another one than when it was written
    language: str
    # empty where it is not kept any more: a secret as soon as it is sent or given up, any other after that
    # night
    text: str
    reason: str
    person_id: int | None
    due_at: datetime | None
    sent_at: datetime | None
    failed_at: datetime | None
    attempts: int
    error: str


def recent(limit: int) -> list[Message]:
    """The newest messages of everyone, newest first: for operators, and for the page of a demo. No page
    of a country shows them.
    """
    return [Message(**row | _contents(row)) for row in _queries.all("recent", limit=limit)]


def waiting() -> int:
    """How many messages are still to be sent."""
    row = _queries.one("waiting")
    return row["messages"] if row else 0


def _contents(row: dict[str, Any]) -> dict[str, Any]:
    try:
        return {what: opened(row["message_id"], what, row[what]) for what in ("recipient", "text")}
    except Unreadable:
        return {"recipient": "", "text": ""}
