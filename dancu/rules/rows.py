"""What the statements of queries.sql give."""

import datetime as dt
from typing import TypedDict


class SignedVersion(TypedDict):
    """A version that two have signed."""

    rule_id: str
    version: int
    document: str  # JSON
    digest: str
    drafted_by: int
    drafted_at: dt.datetime
    signed_by: int
    signed_at: dt.datetime


class DraftedVersion(TypedDict):
    """A version, and who signed it; None where nobody has yet."""

    rule_id: str
    version: int
    document: str  # JSON
    digest: str
    drafted_by: int
    drafted_at: dt.datetime
    signed_by: int | None
    signed_at: dt.datetime | None
    ended_by: int | None  # who refused it, or withdrew it where they had drafted it; None where nobody did
    ended_at: dt.datetime | None
    ended_words: str | None
