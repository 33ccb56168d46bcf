"""How long notes are kept: as the rule says on the day of the note. The worker removes them after that."""

import datetime as dt

from django.utils import timezone

from dancu.audit import actions as audit
from dancu.db.queries import Queries
from dancu.db.transactions import whole
from dancu.rules import lookups as rules

from . import sums
from .rule_kinds import DAYS

_AT_ONCE, _COUNTED_TO = 1_000, 10_000
_sql = Queries(__file__, "keeping.sql")


def ends_on(born_on: dt.date) -> dt.date:
    """The day on which a note of today about somebody born then is kept no more."""
    today = timezone.localdate()
    days = rules.answer(DAYS.code, {"age": today.year - born_on.year})
    return today + dt.timedelta(days=int(days))


def forget() -> None:
    """The worker's: remove the notes that are kept no more, some at a time; what is gone stays so."""
    while _forget_some():
        pass


def left() -> int:
    """How many the worker has not removed yet, counted to 10,000."""
    return _sql.all("left", today=timezone.localdate(), most=_COUNTED_TO)[0]["notes"]


@whole
def _forget_some() -> int:
    gone = _sql.all("forget", today=timezone.localdate(), most=_AT_ONCE)
    if gone:
        sums.note_removed(each["area_id"] for each in gone)
        audit.record_system("example.forgotten", (each["person_id"] for each in gone))
    return len(gone)
