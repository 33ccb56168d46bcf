"""Figures of devices, for monitoring."""

from collections.abc import Mapping

from dancu.db.queries import Queries

_COUNTED_TO = 100_000
_STATES = ("at_work", "silent", "cut_off", "wiped")
_sql = Queries(__file__, "metrics.sql")


def devices() -> Mapping[str, int]:
    """By state: how many."""
    return dict.fromkeys(_STATES, 0) | {row["state"]: row["devices"] for row in _sql.all("states")}


def open_items() -> int:
    """How much of what they sent people have to look at."""
    return _sql.all("open_items", most=_COUNTED_TO)[0]["items"]


def carried() -> int:
    """How much waits on them, as they said last."""
    return _sql.all("carried")[0]["items"]


def oldest() -> float:
    """For how many seconds the oldest of it has waited."""
    return _sql.all("carried")[0]["seconds"]
