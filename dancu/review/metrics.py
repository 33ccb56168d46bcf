"""Figures of the queue, for monitoring."""

from collections.abc import Mapping

from dancu.db.queries import Queries
from dancu.review.cases import KINDS

_COUNTED_TO = 100_000
_sql = Queries(__file__)


def open_cases() -> Mapping[str, int]:
    """By kind: how many cases nobody has decided yet."""
    rows = _sql.all("open_cases", kinds=list(KINDS), most=_COUNTED_TO)
    return {row["kind"]: row["cases"] for row in rows}
