"""What the statements of queries.sql give."""

import datetime as dt
from typing import TypedDict


class ClaimedJob(TypedDict):
    """What a worker was given; whoever has another number of `claims` has lost it."""

    kind: str
    claims: int
    attempts: int


class JobRow(TypedDict):
    """How a kind of work stands."""

    kind: str
    due_at: dt.datetime
    worker: str
    attempts: int
    started_at: dt.datetime | None
    ended_at: dt.datetime | None
    took: dt.timedelta | None
    error: str
