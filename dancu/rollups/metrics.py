"""Figures of the sums, for monitoring."""

from collections.abc import Mapping

from dancu.db.queries import Queries
from dancu.rollups import lookups
from dancu.rollups.sums import all_sums

_COUNTED_TO = 100_000
_sql = Queries(__file__)


def waiting() -> Mapping[str, int]:
    """By their code: how many changes are to be added up."""
    return {
        code: _sql.all("some", of.parts, most=_COUNTED_TO)[0]["waiting"] for code, of in all_sums().items()
    }


def differed() -> Mapping[str, int]:
    """By their code: how many cells the last recount found wrong."""
    return {code: row["differed"] for code, row in lookups.standing().items() if row["recounted_at"]}


def recounted() -> Mapping[str, float]:
    """By their code: when they were last counted anew, in seconds since 1970."""
    rows = lookups.standing().items()
    return {code: row["recounted_at"].timestamp() for code, row in rows if row["recounted_at"]}
