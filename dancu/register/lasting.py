"""Where somebody lives now, said once for all who ask: permanently by their row, or for now by a row of
`residence` that lasts.
"""

from datetime import date

from django.utils import timezone

from dancu.db.queries import Queries
from dancu.register.rows import RecordedResidence

_sql = Queries(__file__)
LASTS = _sql.text("lasts").splitlines()[-1]
"""SQL: whether a row r of `residence` lasts today."""


def residences(person_id: int, on: date | None = None) -> list[RecordedResidence]:
    """Where a person lives and lived, latest first. `on`: the day (today) by which what was agreed to end has
    ended.
    """
    return _sql.of(RecordedResidence).all("residences", person_id=person_id, on=on or timezone.localdate())
