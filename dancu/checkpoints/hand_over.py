"""What one shift leaves to the next at a station: an officer's words and how the station stands, shown to who
comes until they have taken it over. Each is written once, and so is that it was taken over.
"""

import datetime as dt
from dataclasses import dataclass
from typing import TypedDict
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.checkpoints.errors import HandedOverOtherwise, NoSuchHandOver
from dancu.checkpoints.incidents import held_with_forged_codes
from dancu.checkpoints.queues import queue
from dancu.checkpoints.stations import SHIFT, my_station, waiting_count
from dancu.db.queries import Queries
from dancu.devices import lookups as devices

_sql = Queries(__file__, "hand_over.sql")

LONGEST_WORDS = 1000
_SHOWN_FOR = dt.timedelta(days=7)


@dataclass(frozen=True)
class LeftOver:
    """How a station stands: who is `held`, of them with `forged` codes, what devices sent that waits for
    people (`kept`), what waits on devices (`unsent`), and the queue's `step`, None where it is not known.
    """

    held: int
    forged: int
    kept: int
    unsent: int
    step: int | None


class HandOver(TypedDict):
    """What was handed over, as the station stood then (LeftOver)."""

    hand_over_id: UUID
    written_at: dt.datetime
    official_id: int
    words: str
    held: int
    forged: int
    kept: int
    unsent: int
    step: int | None


class EarlierHandOver(HandOver):
    """And who took it over; None where nobody has."""

    taken_at: dt.datetime | None
    taken_by: int | None


def left_over(station_id: int) -> LeftOver:
    """How the station stands now: numbers alone. The caller has passed the jurisdiction filter."""
    at_work = devices.devices_at("station", [station_id]).get(station_id, [])
    return LeftOver(
        held=waiting_count(station_id),
        forged=len(held_with_forged_codes(station_id)),
        kept=devices.open_count(devices.Place("station", station_id)),
        unsent=sum(each.device["waiting"] for each in at_work),
        step=queue(station_id).step,
    )


@transaction.atomic
def hand_over(acting: Acting, *, hand_over_id: UUID, station_id: int, words: str) -> bool:
    """The officer leaves the station to the next shift. False: it was written before. Raises NoSuchStation
    outside the jurisdiction, HandedOverOtherwise.
    """
    here, told = my_station(acting, station_id)["station_id"], words.replace("\0", "").strip()[:LONGEST_WORDS]
    added = _sql.run(
        "hand_over",
        hand_over_id=hand_over_id,
        station_id=here,
        official_id=acting.official_id,
        words=told,
        **vars(left_over(here)),
    )
    if added:
        audit.record(acting, "hand_over.written", detail=f"station {here}")
        return True
    before = _sql.one("by_id", hand_over_id=hand_over_id)
    if before != {"station_id": here, "official_id": acting.official_id, "words": told}:
        raise HandedOverOtherwise
    return False


@transaction.atomic
def take_over(acting: Acting, *, hand_over_id: UUID, station_id: int) -> bool:
    """The next shift has read it. False: somebody had before. Raises NoSuchStation outside the jurisdiction,
    NoSuchHandOver, also of another station.
    """
    here = my_station(acting, station_id)["station_id"]
    found = _sql.one("by_id", hand_over_id=hand_over_id)
    if found is None or found["station_id"] != here:
        raise NoSuchHandOver
    taken = _sql.run("take", hand_over_id=hand_over_id, official_id=acting.official_id)
    if taken:
        audit.record(acting, "hand_over.taken", detail=f"station {here}")
    return bool(taken)


def to_take_over(acting: Acting, station_id: int) -> list[HandOver]:
    """What waits at the officer's station to be taken over, the oldest first; what they wrote themselves once
    their shift is over. The caller has passed the jurisdiction filter.
    """
    now = timezone.now()
    return _sql.of(HandOver).prepared(
        "to_take",
        station_id=station_id,
        official_id=acting.official_id,
        since=now - _SHOWN_FOR,
        own_before=now - SHIFT,
    )


def hand_overs(station_id: int, most: int = 6) -> list[EarlierHandOver]:
    """The last ones of a station, latest first. The caller has passed the jurisdiction filter."""
    return _sql.of(EarlierHandOver).all(
        "lately", station_id=station_id, since=timezone.now() - _SHOWN_FOR, most=most
    )
