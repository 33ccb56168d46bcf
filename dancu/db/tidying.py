"""What nobody needs any more is removed every night."""

from dancu.db.queries import Queries

_sql = Queries(__file__, "tidying.sql")
MESSAGES_KEPT = "7 days"


def tidy() -> dict[str, int]:
    """Remove sessions that ended and what was typed half an hour ago in others; messages of a week ago and
    the texts of all that were sent or given up; codes and counts that ended. Returns how many of each.
    """
    return {
        "sessions": _sql.run("end_sessions"),
        "drafts in others": _sql.run("end_typing"),
        "messages": _sql.run("end_messages", kept=MESSAGES_KEPT),
        "texts of others": _sql.run("end_texts"),
        "codes": _sql.run("end_codes"),
        "counts of tries": _sql.run("end_counts"),
    }
