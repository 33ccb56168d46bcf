"""What the statements of queries.sql give."""

import datetime as dt
from typing import TypedDict


class NamedArea(TypedDict):
    """An area that a decision in force names, and the decision."""

    area_id: int
    level: int
    decision_id: int
    citation: str
    valid_from: dt.datetime
    signed_at: dt.datetime


class DecisionRow(TypedDict):
    """A decision, who signed it and what withdraws it; None where nobody and nothing does."""

    decision_id: int
    citation: str
    valid_from: dt.datetime
    areas: list[int]
    levels: list[int]
    withdraws: int | None
    digest: str
    drafted_by: int
    drafted_at: dt.datetime
    signed_by: int | None
    signed_at: dt.datetime | None
    withdrawn_by: int | None
    withdrawn_from: dt.datetime | None
