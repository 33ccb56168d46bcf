"""What nobody needs any more is removed every night."""

from dancu.db.queries import Queries

_sql = Queries(__file__, "tidying.sql")
MESSAGES_KEPT = "7 days"


def tidy() -> dict[str, int]:
    """Remove sessions that ended, messages that were sent or given up a week ago, codes that ended; returns how many of each."""
    return {
        "sessions": _sql.run("end_sessions"),
        "messages": _sql.run("end_messages", kept=MESSAGES_KEPT),
        "codes": _sql.run("end_codes"),
        "counts of tries": _sql.run("end_counts"),
    }
