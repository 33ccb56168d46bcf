"""Figures of messages, for monitoring."""

from dancu.db.queries import Queries

_COUNTED_TO = 100_000
_sql = Queries(__file__, "metrics.sql")


def waiting() -> int:
    """How many are still to be sent."""
    return _sql.all("waiting", most=_COUNTED_TO)[0]["messages"]


def overdue() -> float:
    """For how many seconds the first of them has been due."""
    return _sql.all("oldest")[0]["seconds"]
