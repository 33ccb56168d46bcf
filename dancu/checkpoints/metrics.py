"""Figures of declarations, for monitoring."""

from dancu.db.queries import Queries

_COUNTED_TO = 10_000
_sql = Queries(__file__)


def doubtful() -> int:
    """How many declarations are still to be put before people."""
    return _sql.all("some_doubtful", most=_COUNTED_TO)[0]["declarations"]


def oldest_doubtful() -> float:
    """For how many seconds the first of them has waited."""
    return _sql.all("some_doubtful", most=1)[0]["seconds"]
