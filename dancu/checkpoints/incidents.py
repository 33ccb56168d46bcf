"""A code was shown that is no pass of ours: there is nobody under whom a crossing could be recorded, but
what was decided is.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.checkpoints.errors import NoSuchIncident, NotHeld, ReasonNeeded, UnknownReason
from dancu.checkpoints.ids import time_in
from dancu.checkpoints.memory import WAITING
from dancu.checkpoints.pictures import small
from dancu.checkpoints.reasons import LONGEST, REASONS, Reason, in_words
from dancu.db.queries import Queries
from dancu.values.plates import tidy_plate

_sql = Queries(__file__, "incidents.sql")

FORGED = "forged"  # the reason that goes without saying
KINDS = ("altered", "unknown_key", "withdrawn_key", "unknown_pass", "unreadable")
_LONGEST_CODE = 4000


@transaction.atomic
def report_incident(
    acting: Acting,
    *,
    incident_id: UUID,
    station_id: int,
    kind: str,
    decision: str,
    reason: Reason,
    plate: str = "",
    code_text: str = "",
    picture: bytes = b"",
) -> bool:
    """Report a code that is no pass of ours (`kind`: one of KINDS), and what was decided. False: it was
    reported before.

    Raises ReasonNeeded, UnknownReason, BadPicture, BadCrossingId (the id carries no time that makes sense).
    """
    if not reason:
        raise ReasonNeeded
    if kind not in KINDS or reason.code not in (
        "",
        FORGED,
        *REASONS["override" if decision == "through" else decision],
    ):
        raise UnknownReason
    added = _sql.run(
        "report",
        incident_id=incident_id,
        happened_at=time_in(incident_id),
        station_id=station_id,
        official_id=acting.official_id,
        kind=kind,
        decision=decision,
        reason_code=reason.code,
        reason=reason.written.strip()[:LONGEST],
        plate=tidy_plate(plate),
        code_text=code_text[:_LONGEST_CODE].replace("\x00", ""),
        picture=small(picture) if picture else None,
    )
    if added:
        audit.record(acting, "incident.reported", [], detail=f"station {station_id}")
    return bool(added)


@transaction.atomic
def end_incident(acting: Acting, *, incident_id: UUID, station_id: int, reason: Reason) -> None:
    """Whoever was held with a forged code is held no more. Raises NotHeld, ReasonNeeded, UnknownReason."""
    if not reason:
        raise ReasonNeeded
    if reason.code and reason.code not in REASONS["release"]:
        raise UnknownReason
    if not _sql.run(
        "end",
        incident_id=incident_id,
        station_id=station_id,
        official_id=acting.official_id,
        code=reason.code,
        reason=reason.written[:LONGEST],
    ):
        raise NotHeld
    audit.record(acting, "incident.ended", [], detail=str(incident_id))


def held_with_forged_codes(station_id: int) -> list[dict[str, Any]]:
    """Who is being held at a station with a forged code, the longest first; `why` in words. Nobody is
    known by name.
    """
    rows = _sql.all("waiting", station_id=station_id, since=timezone.now() - WAITING)
    return [row | {"why": in_words(row["reason_code"], row["reason"])} for row in rows]


def shown_before(code_text: str) -> list[dict[str, Any]]:
    """Where this very code was reported within the week, latest first: rows of happened_at, station,
    decision, and `why` in words.
    """
    rows = _sql.all(
        "same_code", code_text=code_text[:_LONGEST_CODE], since=timezone.now() - dt.timedelta(days=7)
    )
    return [row | {"why": in_words(row["reason_code"], row["reason"])} for row in rows]


def reported(incident_id: UUID) -> dict[str, Any] | None:
    """What an incident was reported as: kind and decision."""
    return _sql.one("stored", incident_id=incident_id)


def incidents(
    acting: Acting, station_id: int, within: dt.timedelta = dt.timedelta(days=7)
) -> list[dict[str, Any]]:
    """What was reported at a station of the jurisdiction lately, latest first, without the pictures;
    `why` in words.
    """
    audit.record(acting, "incident.list", [], detail=f"station {station_id}")
    rows = _sql.all("at_station", station_id=station_id, since=timezone.now() - within)
    return [row | {"why": in_words(row["reason_code"], row["reason"])} for row in rows]


def picture_of(acting: Acting, station_id: int, incident_id: UUID) -> bytes:
    """The photograph of an incident at this station. Raises NoSuchIncident, also where there is no
    picture.
    """
    found = _sql.one("picture", incident_id=incident_id, station_id=station_id)
    if not found:
        raise NoSuchIncident
    audit.record(acting, "incident.picture", [], detail=str(incident_id))
    return bytes(found["picture"])
