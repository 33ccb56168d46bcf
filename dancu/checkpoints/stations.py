"""Stations: where officers stand, what they did there, and who waits."""

import datetime as dt
from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.audit import actions as audit
from dancu.checkpoints.errors import NoSuchStation
from dancu.checkpoints.incidents import held_with_forged_codes
from dancu.checkpoints.memory import PARTS, WAITING
from dancu.checkpoints.reasons import in_words
from dancu.checkpoints.rows import Reasoned, Station
from dancu.db.queries import Queries

_sql = Queries(__file__)
_memory = Queries(__file__, "memory.sql")

SHIFT = dt.timedelta(hours=12)

OfReason = TypeVar("OfReason", bound=Reasoned)


class OwnCrossing(Reasoned):
    """What an officer did at the station."""

    crossed_at: dt.datetime
    crossing_id: UUID
    pass_id: int
    direction: str
    decision: str
    about: str
    vehicle: str
    plate: str
    destination_area: int
    full_name: str
    birth_year: int
    person_id: int
    retracted: bool


class StationHold(Reasoned):
    """Somebody who is being held at a station."""

    person_id: int
    crossing_id: UUID
    crossed_at: dt.datetime
    pass_id: int
    decision: str
    about: str
    plate: str
    official_id: int
    full_name: str
    birth_year: int
    phone: str


class EndedHold(Reasoned):
    """Somebody whose waiting at a station ended."""

    crossing_id: UUID
    crossed_at: dt.datetime
    about: str
    full_name: str
    birth_year: int
    person_id: int
    released_at: dt.datetime
    result_code: str
    result: str  # what was written of that; in words, once these are read
    result_about: str
    official_id: int
    by_decision: str | None  # what this station decided then; None where the waiting ended without that


def stations(acting: Acting) -> list[Station]:
    """The open stations of the official's jurisdiction."""
    kind = acting.jurisdiction_kind
    within = (
        None
        if kind in ("nation", "station")
        else areas.jurisdiction(acting.jurisdiction_id)
        if kind == "area"
        else []
    )
    return _sql.of(Station).prepared(
        "stations", areas=within, only=acting.jurisdiction_id if kind == "station" else None
    )


def all_stations() -> list[Station]:
    """Every open station, for the operator."""
    return _sql.of(Station).prepared("stations", areas=None, only=None)


def by_number() -> list[tuple[int, str]]:
    """Every open station's number and name, as devices are enrolled to."""
    return [(each["station_id"], each["name"]) for each in all_stations()]


def station_in_words(station_id: int) -> str:
    """Its name; its number where no such station is known."""
    try:
        return station(station_id)["name"]
    except NoSuchStation:
        return _("Checkpoint no. %(number)s") % {"number": station_id}


def station(station_id: int) -> Station:
    """One station. Raises NoSuchStation."""
    found = _sql.of(Station).one("station", station_id=station_id)
    if found is None:
        raise NoSuchStation
    return found


def station_names(station_ids: Iterable[int]) -> dict[int, str]:
    """What these stations are called, closed ones too, by id."""
    return {
        row["station_id"]: row["name"] for row in _sql.all("station_names", station_ids=list(station_ids))
    }


def my_station(acting: Acting, station_id: int) -> Station:
    """A station of the official's jurisdiction. Raises NoSuchStation."""
    for found in stations(acting):
        if found["station_id"] == station_id:
            return found
    raise NoSuchStation


def recent_destinations(station_id: int, most: int = 4) -> list[areas.Area]:
    """Where the last people who passed the station were going, the most frequent first: nobody's data."""
    rows = _sql.all("recent_destinations", station_id=station_id, since=timezone.now() - SHIFT, most=most)
    found = areas.get_many(row["destination_area"] for row in rows)
    return [found[row["destination_area"]] for row in rows if row["destination_area"] in found]


def waiting_count(station_id: int) -> int:
    """How many are being held at a station now."""
    held = _memory.all("waiting", PARTS, station_id=station_id, since=timezone.now() - WAITING)
    return len(held) + len(held_with_forged_codes(station_id))


def waiting(acting: Acting, station_id: int) -> tuple[list[StationHold], list[EndedHold]]:
    """Who is being held at a station of the jurisdiction, the longest first, and whose waiting ended in this
    shift, latest first.

    For any officer of the station: it is what one shift hands over to the next.
    """
    now = timezone.now()
    held = _memory.of(StationHold).all("waiting", PARTS, station_id=station_id, since=now - WAITING)
    released = _memory.of(EndedHold).all("released", PARTS, station_id=station_id, since=now - WAITING)
    audit.record(
        acting,
        "crossings.held_list",
        [row["person_id"] for row in (*held, *released)],
        detail=f"station {station_id}",
    )
    for row in released:
        row["result"] = in_words(row["result_code"], row["result"], row["result_about"])
    return with_reasons(held), with_reasons(released)


def recent_crossings(
    acting: Acting,
    station_id: int,
    most: int = 10,
    *,
    until: dt.datetime | None = None,
    crossing_id: UUID | None = None,
) -> list[OwnCrossing]:
    """What this officer did within the shift at the station, latest first; before `until`, or one
    crossing.
    """
    rows = _sql.of(OwnCrossing).all(
        "recent_at_station",
        station_id=station_id,
        official_id=acting.official_id,
        most=most,
        since=timezone.now() - SHIFT,
        until=until,
        crossing_id=crossing_id,
    )
    audit.record(
        acting, "crossings.own_list", [row["person_id"] for row in rows], detail=f"station {station_id}"
    )
    return with_reasons(rows)


def with_reasons(rows: list[OfReason]) -> list[OfReason]:
    """Rows whose reasons are codes, with `reason` in the reader's words, `written` what the officer wrote."""
    told = [row.copy() for row in rows]
    for row in told:
        written = row["written"] = row["reason"]
        row["reason"] = in_words(row["reason_code"], written, row.get("about", ""))
    return told
