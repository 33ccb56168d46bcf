"""Stations: where officers stand, what they did there, and who waits."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils import timezone

from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.audit import actions as audit
from dancu.checkpoints.errors import NoSuchStation
from dancu.checkpoints.incidents import held_with_forged_codes
from dancu.checkpoints.memory import PARTS, WAITING
from dancu.checkpoints.reasons import in_words
from dancu.db.queries import Queries

_sql = Queries(__file__)
_memory = Queries(__file__, "memory.sql")

SHIFT = dt.timedelta(hours=12)


def stations(acting: Acting) -> list[dict[str, Any]]:
    """The open stations of the official's jurisdiction."""
    kind = acting.jurisdiction_kind
    within = (
        None
        if kind in ("nation", "station")
        else areas.jurisdiction(acting.jurisdiction_id)
        if kind == "area"
        else []
    )
    return _sql.prepared("stations", areas=within, only=acting.jurisdiction_id if kind == "station" else None)


def all_stations() -> list[dict[str, Any]]:
    """Every open station, for the operator."""
    return _sql.prepared("stations", areas=None, only=None)


def station(station_id: int) -> dict[str, Any]:
    """One station. Raises NoSuchStation."""
    found = _sql.one("station", station_id=station_id)
    if found is None:
        raise NoSuchStation
    return found


def station_names(station_ids: Iterable[int]) -> dict[int, str]:
    """What these stations are called, closed ones too, by id."""
    return {
        row["station_id"]: row["name"] for row in _sql.all("station_names", station_ids=list(station_ids))
    }


def my_station(acting: Acting, station_id: int) -> dict[str, Any]:
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


def waiting(acting: Acting, station_id: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Who is being held at a station of the jurisdiction, the longest first, and whose waiting ended in this
    shift, latest first.

    For any officer of the station: it is what one shift hands over to the next.
    """
    now = timezone.now()
    held = _memory.all("waiting", PARTS, station_id=station_id, since=now - WAITING)
    released = _memory.all("released", PARTS, station_id=station_id, since=now - WAITING)
    audit.record(
        acting,
        "crossings.held_list",
        [row["person_id"] for row in (*held, *released)],
        detail=f"station {station_id}",
    )
    for row in released:
        row["result"] = in_words(row["result_code"], row["result"])
    return with_reasons(held), with_reasons(released)


def recent_crossings(
    acting: Acting,
    station_id: int,
    most: int = 10,
    *,
    until: dt.datetime | None = None,
    crossing_id: UUID | None = None,
) -> list[dict[str, Any]]:
    """What this officer did within the shift at the station, latest first; before `until`, or one
    crossing.
    """
    rows = _sql.all(
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


def with_reasons(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows whose reasons are codes, with `reason` in the reader's words, `written` what the officer wrote."""
    return [
        row
        | {
            "reason": in_words(row["reason_code"], row["reason"], row.get("about", "")),
            "written": row["reason"],
        }
        for row in rows
    ]
