"""A code was shown that is no pass of ours: there is nobody under whom a crossing could be recorded, but
what was decided is.
"""

import datetime as dt
from typing import NotRequired, TypedDict, TypeVar
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


class StoredIncident(TypedDict):
    """What an incident was reported as."""

    kind: str  # what was wrong with the code: one of KINDS
    decision: str


class _Explained(TypedDict):
    reason_code: str
    reason: str  # what was written besides
    why: NotRequired[str]  # both in words, once they are told


class HeldIncident(_Explained):
    """Somebody who is being held at a station with a forged code."""

    incident_id: UUID
    happened_at: dt.datetime
    official_id: int
    kind: str
    plate: str
    has_picture: bool


class ReportedIncident(HeldIncident):
    """A forged code, and what was decided."""

    decision: str


class ShownBefore(_Explained):
    """Where a forged code was shown before."""

    incident_id: UUID
    happened_at: dt.datetime
    decision: str
    station: str


_Incident = TypeVar("_Incident", bound=_Explained)


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


def held_with_forged_codes(station_id: int) -> list[HeldIncident]:
    """Who is being held at a station with a forged code, the longest first; `why` in words. Nobody is
    known by name.
    """
    rows = _sql.of(HeldIncident).all("waiting", station_id=station_id, since=timezone.now() - WAITING)
    return _in_words(rows)


def shown_before(code_text: str) -> list[ShownBefore]:
    """Where this very code was reported within the week, latest first: rows of happened_at, station,
    decision, and `why` in words.
    """
    since = timezone.now() - dt.timedelta(days=7)
    return _in_words(_sql.of(ShownBefore).all("same_code", code_text=code_text[:_LONGEST_CODE], since=since))


def reported(incident_id: UUID) -> StoredIncident | None:
    """What an incident was reported as: kind and decision."""
    return _sql.of(StoredIncident).one("stored", incident_id=incident_id)


def incidents(
    acting: Acting, station_id: int, within: dt.timedelta = dt.timedelta(days=7)
) -> list[ReportedIncident]:
    """What was reported at a station of the jurisdiction lately, latest first, without the pictures;
    `why` in words.
    """
    audit.record(acting, "incident.list", [], detail=f"station {station_id}")
    since = timezone.now() - within
    return _in_words(_sql.of(ReportedIncident).all("at_station", station_id=station_id, since=since))


def picture_of(acting: Acting, station_id: int, incident_id: UUID) -> bytes:
    """The photograph of an incident at this station. Raises NoSuchIncident, also where there is no
    picture.
    """
    found = _sql.one("picture", incident_id=incident_id, station_id=station_id)
    if not found:
        raise NoSuchIncident
    audit.record(acting, "incident.picture", [], detail=str(incident_id))
    return bytes(found["picture"])


def _in_words(rows: list[_Incident]) -> list[_Incident]:
    for row in rows:
        row["why"] = in_words(row["reason_code"], row["reason"])
    return rows
