"""How long the queue before a station is, as its officers tap it, and whether it grows. Kept by station and
moment; nobody is named.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypedDict

from django.utils import timezone

from dancu.accounts.lookups import Acting
from dancu.checkpoints.errors import NoSuchStep
from dancu.checkpoints.stations import SHIFT, my_station
from dancu.db.queries import Queries

_sql = Queries(__file__, "queues.sql")

STEPS = (0, 1, 6, 21, 51)  # vehicles: from how many on each step counts
LONGEST = len(STEPS) - 1
GROWS_BY, WITHIN = 2, dt.timedelta(minutes=30)  # so many steps more, so soon, are a notice
COUNTS_FOR = dt.timedelta(hours=1)  # afterwards nobody knows how long the queue is


class TappedQueue(TypedDict):
    """A station's last tap, and the shortest queue that was tapped a while before it."""

    station_id: int
    tapped_at: dt.datetime
    step: int
    least: int


@dataclass(frozen=True)
class StationQueue:
    """`step`: of STEPS, None where nobody tapped lately; `tapped_at`: the last tap of this shift, also where
    it counts no more; `is_growing`: whether people are to be told.
    """

    step: int | None = None
    tapped_at: dt.datetime | None = None
    is_growing: bool = False

    @property
    def vehicles(self) -> int | None:
        """At least so many."""
        return None if self.step is None else STEPS[self.step]


def tap_queue(acting: Acting, station_id: int, step: int) -> None:
    """The queue is so long now. Raises NoSuchStation outside the jurisdiction, NoSuchStep."""
    if step not in range(len(STEPS)):
        raise NoSuchStep
    _sql.run("add_tap", station_id=my_station(acting, station_id)["station_id"], step=step)


def queues(station_ids: Iterable[int]) -> dict[int, StationQueue]:
    """How it stands at each of these stations; nobody's data."""
    asked, now = list(station_ids), timezone.now()
    rows = _sql.of(TappedQueue).prepared("queues", station_ids=asked, since=now - SHIFT, within=WITHIN)
    told = {row["station_id"]: _standing(row, now) for row in rows}
    return {station_id: told.get(station_id, StationQueue()) for station_id in asked}


def queue(station_id: int) -> StationQueue:
    """The same of one station."""
    return queues([station_id])[station_id]


def grows(step: int, least: int) -> bool:
    """Whether a queue of this step is told of. `least`: the shortest within half an hour before."""
    return step == LONGEST or step - least >= GROWS_BY


def _standing(row: TappedQueue, now: dt.datetime) -> StationQueue:
    if now - row["tapped_at"] > COUNTS_FOR:
        return StationQueue(None, row["tapped_at"])
    return StationQueue(row["step"], row["tapped_at"], grows(row["step"], row["least"]))
