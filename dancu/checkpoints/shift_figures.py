"""How stations stand: what was recorded there hour by hour, by hand or against the verdict, how long a
traveller takes, who is held, and their devices. Numbers alone, counted when they are asked for (measured in
docs/figures/server.md).
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypedDict

from django.utils import timezone

from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.checkpoints.against import OVERRIDDEN, WOULD_HAVE
from dancu.checkpoints.memory import PARTS, WAITING
from dancu.checkpoints.queues import StationQueue, queues
from dancu.checkpoints.rows import Station
from dancu.checkpoints.stations import my_station, stations
from dancu.db.queries import Queries
from dancu.devices import lookups as devices

_sql = Queries(__file__, "shift_figures.sql")

HOURS = 12  # of a shift: the one that is under way and those before it
PAUSE = dt.timedelta(minutes=10)
_SEEN_WITHIN = dt.timedelta(hours=1)


class RecordedThen(TypedDict):
    """What was recorded at a station in an hour, in one direction, as one decision."""

    station_id: int
    hour: dt.datetime
    direction: str
    decision: str
    crossings: int
    by_hand: int
    not_known: int  # whether by hand
    overridden: int
    would_have: int


class Pace(TypedDict):
    """Seconds per traveller at a station. `measured`: of how many travellers."""

    station_id: int
    measured: int
    median: float
    ninetieth: float


@dataclass(frozen=True)
class HourCounts:
    """What was recorded in the hour that begins at `hour`."""

    hour: dt.datetime
    into: int
    out: int
    through: int
    held: int
    back: int


@dataclass(frozen=True)
class StationFigures:
    """A station in this shift. `by_hand`: the share, from 0 to 1, None where it is not known of any;
    `pace`: seconds per traveller of the shift, `pace_now` of the last hour, None where there were not two in
    a row; `unsent`: what waits on devices; `waiting`: what they sent that waits for people.
    """

    station: Station
    queue: StationQueue
    hours: Sequence[HourCounts]
    crossings: int
    this_hour: int
    by_hand: float | None
    overridden: int
    would_have: int
    pace: Pace | None
    pace_now: Pace | None
    held: int
    devices: Sequence[devices.DeviceStanding]
    waiting: int

    @property
    def unsent(self) -> int:
        """What waits on its devices, as they said last."""
        return sum(each.device["waiting"] for each in self.devices)

    @property
    def silent(self) -> int:
        """How many devices were not heard of for longer than they may work."""
        return sum(each.state == "silent" for each in self.devices)


def station_figures(acting: Acting, station_id: int, *, is_refreshing: bool = False) -> StationFigures:
    """A station of the jurisdiction, with the pace of the whole shift. On the record; of a page that
    refreshes itself once an hour. Raises NoSuchStation.
    """
    found = my_station(acting, station_id)
    _note(acting, f"station {station_id}", is_refreshing)
    return next(iter(_figures([found], of_the_shift=True)))


def province_figures(acting: Acting, *, is_refreshing: bool = False) -> list[StationFigures]:
    """Every open station of the jurisdiction, the worst first: whose queue grows, then the longest, then who
    takes longest for a traveller now. On the record, as a station is.
    """
    _note(acting, "", is_refreshing)
    return sorted(_figures(stations(acting), of_the_shift=False), key=_worst)


def _worst(each: StationFigures) -> tuple[bool, int, float, str]:
    step = -1 if each.queue.step is None else each.queue.step
    pace = each.pace_now["median"] if each.pace_now else 0.0
    return not each.queue.is_growing, -step, -pace, each.station["name"]


def _note(acting: Acting, detail: str, is_refreshing: bool) -> None:
    if is_refreshing:
        nobody = [audit.NOBODY]
        audit.record_unless_within(_SEEN_WITHIN, acting, "stations.seen", nobody, detail, by_detail=True)
    else:
        audit.record(acting, "stations.seen", detail=detail)


def _figures(found: Sequence[Station], *, of_the_shift: bool) -> list[StationFigures]:
    ids, now = [each["station_id"] for each in found], timezone.now()
    first = now.replace(minute=0, second=0, microsecond=0) - dt.timedelta(hours=HOURS - 1)
    recorded = _by_station(
        _sql.of(RecordedThen).all(
            "by_hour", station_ids=ids, since=first, overridden=[*OVERRIDDEN], would_have=[*WOULD_HAVE]
        )
    )
    shift, hour = (_pace(ids, first) if of_the_shift else {}), _pace(ids, now - dt.timedelta(hours=1))
    standing, held = queues(ids), _held(ids)
    at_work, waiting = devices.devices_at("station", ids), devices.open_counts("station", ids)
    return [
        _of_one(
            each,
            recorded.get(number := each["station_id"], []),
            first,
            queue=standing[number],
            pace=shift.get(number),
            pace_now=hour.get(number),
            held=held.get(number, 0),
            at_work=at_work.get(number, []),
            waiting=waiting.get(number, 0),
        )
        for each in found
    ]


def _of_one(
    station: Station,
    recorded: Sequence[RecordedThen],
    first: dt.datetime,
    *,
    queue: StationQueue,
    pace: Pace | None,
    pace_now: Pace | None,
    held: int,
    at_work: Sequence[devices.DeviceStanding],
    waiting: int,
) -> StationFigures:
    hours = [_hour(first + dt.timedelta(hours=nth), recorded) for nth in range(HOURS)]
    crossings = sum(row["crossings"] for row in recorded)
    known = crossings - sum(row["not_known"] for row in recorded)
    return StationFigures(
        station=station,
        queue=queue,
        hours=hours,
        crossings=crossings,
        this_hour=hours[-1].into + hours[-1].out,
        by_hand=sum(row["by_hand"] for row in recorded) / known if known else None,
        overridden=sum(row["overridden"] for row in recorded),
        would_have=sum(row["would_have"] for row in recorded),
        pace=pace,
        pace_now=pace_now,
        held=held,
        devices=at_work,
        waiting=waiting,
    )


def _hour(hour: dt.datetime, recorded: Iterable[RecordedThen]) -> HourCounts:
    rows = [row for row in recorded if row["hour"] == hour]

    def many(**told: str) -> int:
        return sum(row["crossings"] for row in rows if told.items() <= row.items())

    return HourCounts(
        hour,
        into=many(direction="in"),
        out=many(direction="out"),
        through=many(decision="through"),
        held=many(decision="secondary"),
        back=many(decision="back"),
    )


def _by_station(rows: Iterable[RecordedThen]) -> dict[int, list[RecordedThen]]:
    by: dict[int, list[RecordedThen]] = {}
    for row in rows:
        by.setdefault(row["station_id"], []).append(row)
    return by


def _pace(ids: list[int], since: dt.datetime) -> dict[int, Pace]:
    rows = _sql.of(Pace).all("pace", station_ids=ids, since=since, pause=PAUSE)
    return {row["station_id"]: row for row in rows}


def _held(ids: list[int]) -> dict[int, int]:
    rows = _sql.all("held", {"counts": PARTS["counts"]}, station_ids=ids, since=timezone.now() - WAITING)
    return {row["station_id"]: row["people"] for row in rows}
