"""Figures of the database, for monitoring."""

from collections.abc import Mapping
from datetime import UTC, datetime

from dancu.db import retention
from dancu.db.partitions import months_after, tables
from dancu.db.queries import Queries

_STATES = ("active", "idle", "idle in transaction")
_sql = Queries(__file__, "metrics.sql")


def connections() -> Mapping[str, int]:
    """By state, as PostgreSQL calls it: how many to this database."""
    found = {row["state"]: row["connections"] for row in _sql.all("connections")}
    return dict.fromkeys(_STATES, 0) | found


def allowed() -> int:
    """How many connections the server takes."""
    return _sql.all("allowed")[0]["connections"]


def months_ahead() -> Mapping[str, int]:
    """By table: of how many months after this one its part is made, without a gap."""
    made = {(month.table, month.month) for month in retention.months()}
    today = datetime.now(UTC).date()
    found = {}
    for table in tables():
        ahead = 0
        while (table, months_after(today, ahead + 1)) in made:
            ahead += 1
        found[table] = ahead
    return found


def months_past_keeping() -> Mapping[str, int]:
    """By table: how many months are kept no more and still there."""
    past = [month.table for month in retention.past_keeping()]
    return {table: past.count(table) for table in tables()}
