"""The kinds of work that modules announce, and when each is due."""

import datetime as dt
from collections.abc import Mapping
from functools import cache

from cronsim import CronSim
from django.utils import timezone

from dancu import modules
from dancu.modules import BackgroundJob

FIRST_WAIT, LONGEST_WAIT = dt.timedelta(seconds=30), dt.timedelta(hours=4)


@cache
def kinds() -> Mapping[str, BackgroundJob]:
    """Every kind by its code."""
    return modules.in_order(lambda module: module.jobs)


def next_time(job: BackgroundJob, after: dt.datetime) -> dt.datetime:
    """The next time of its timetable, by the country's clock."""
    return next(CronSim(job.when, timezone.localtime(after)))


def wait_after(attempts: int) -> dt.timedelta:
    """How long to wait after it went wrong so many times: 30 seconds, twice as long each time, four hours at
    most.
    """
    return min(FIRST_WAIT * 2 ** min(attempts - 1, 20), LONGEST_WAIT)
