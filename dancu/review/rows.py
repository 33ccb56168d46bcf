"""The rows of cases."""

import datetime as dt
from typing import Any, TypedDict

from dancu.linkage.model.scoring import EvidenceStep


class StoredCandidate(TypedDict):
    """A candidate as the case's row holds them, the best first."""

    person_id: int
    score: float  # bits
    waterfall: list[EvidenceStep]


class CaseColumns(TypedDict):
    """A row of the table without its JSON columns."""

    case_id: int
    opened_at: dt.datetime
    decided_at: dt.datetime | None
    claimed_until: dt.datetime | None  # until when nobody else is given this case
    claimed_by: int | None  # who has it before them, or had it last
    left_person: int | None  # of a duplicate
    person_id: int | None  # decided "same": who it is
    value: int  # how many records hang on it
    nearness: float  # bits between the best score and the threshold
    area_id: int | None  # the commune that was declared
    area_ids: list[int]  # where its people live; empty: the nation's
    answered_by: list[int]
    kind: str
    status: str
    decision: str | None
    chosen: int | None  # decided "same": the place among the candidates, from 1
    question: str
    source: str
    sender: str
    province: str


class StoredCase(CaseColumns):
    """A row with its JSON as text, as a statement gives it."""

    declared: str
    candidates: str


class CaseRow(CaseColumns):
    """A row with its JSON parsed."""

    declared: dict[str, Any]  # what was sent: of the fields IDENTITY, and any other
    candidates: list[StoredCandidate]
