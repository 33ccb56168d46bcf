"""How the work stands that nobody waits for, for the operator."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from dancu import modules
from dancu.db.queries import Queries
from dancu.modules import BackgroundJob
from dancu.work.kinds import kinds
from dancu.work.rows import JobRow

_sql = Queries(__file__)
_LONG = dt.timedelta(hours=2)
_LATE = dt.timedelta(minutes=2)  # a worker looks every second
TROUBLES = ("late", "failing", "dying", "long")


@dataclass(frozen=True)
class JobStanding:
    """`row`: None where no worker has seen it yet. `waits`: how much waits for it; None where it counts
    nothing.
    """

    kind: str
    job: BackgroundJob
    row: JobRow | None
    waits: int | None

    @property
    def trouble(self) -> str:
        """“late” (nobody has begun it in time: perhaps no worker runs), “failing” (it went wrong last time),
        “dying” (its worker ended without a word), “long” (it has been going on for very long), or “”.
        """
        row, now = self.row, timezone.now()
        if row is None or (not row["worker"] and row["due_at"] < now - _LATE):
            return "late"
        if row["error"]:
            return "failing"
        if row["attempts"] > 1 or (row["attempts"] and not row["worker"]):
            return "dying"
        return "long" if row["worker"] and row["started_at"] and row["started_at"] < now - _LONG else ""


def standing(with_waiting: bool = True) -> list[JobStanding]:
    """Every kind of work, in the order of the modules; `with_waiting`: how much waits is counted too."""
    rows = {row["kind"]: row for row in _sql.of(JobRow).all("jobs")}
    return [
        JobStanding(
            kind, job, rows.get(kind), modules.at(job.waiting)() if job.waiting and with_waiting else None
        )
        for kind, job in kinds().items()
    ]
