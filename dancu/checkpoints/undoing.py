"""A crossing pressed by mistake: undone, or another put in its place. Each is one transaction."""

import datetime as dt
from hashlib import blake2b
from uuid import UUID

from django.utils import timezone

from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.checkpoints import lookups, told_apart
from dancu.checkpoints.crossings import check, held_pass, is_claimed, record_crossing
from dancu.checkpoints.ending import never_was
from dancu.checkpoints.errors import (
    HandedOver,
    ReasonNeeded,
    TooLateToCorrect,
    TooLateToUndoCrossing,
)
from dancu.checkpoints.memory import PARTS
from dancu.checkpoints.reasons import (
    Reason,
    answers,
    may_be_of,
    outlasts,
)
from dancu.checkpoints.rows import (
    JourneyKey,
    OfficersCrossing,
    Stop,
    StopRelease,
)
from dancu.checkpoints.telling import released_by, tell_communes
from dancu.db.queries import Queries
from dancu.db.transactions import whole

_memory = Queries(__file__, "memory.sql")
_GRAVITY = ("through", "secondary", "back")

UNDO_WITHIN = dt.timedelta(minutes=2)


@whole
def undo_crossing(acting: Acting, crossing_id: UUID) -> OfficersCrossing:
    """A mis-tap: within two minutes of pressing, the officer takes it back as if it had not been; returns the
    crossing. Once.

    Raises TooLateToUndo, also for another officer's and for one taken back before, HandedOver.
    """
    return _retract(acting, crossing_id, UNDO_WITHIN, None)


def take_back(acting: Acting, crossing_id: UUID, pass_id: int) -> None:
    """What this officer decided with a pass within the shift was about somebody else. Raises
    TooLateToCorrect, also for another pass's.
    """
    if not lookups.crossing(pass_id, crossing_id):
        raise TooLateToCorrect
    _retract(acting, crossing_id, lookups.SHIFT, None)


@whole
def correct_crossing(acting: Acting, crossing_id: UUID, decision: str, reason: Reason) -> bool:
    """Another decision, or the same for another reason, is put in place of one this officer recorded within
    the shift, at its time.

    Raises TooLateToUndo, HandedOver, ReasonNeeded, UnknownReason. False where it says already what it should.
    """
    if not reason:
        raise ReasonNeeded
    check(decision, reason, True)
    wrong = _own(acting, crossing_id, lookups.SHIFT, TooLateToCorrect)
    before = Reason(wrong["reason_code"], wrong["reason"], wrong["about"])
    if (wrong["decision"], before) == (decision, reason.kept()):
        return False
    right = _same_moment(crossing_id)
    wrong = _retract(acting, crossing_id, lookups.SHIFT, right, remains_stop=decision != "through")
    added = record_crossing(
        acting,
        crossing_id=right,
        pass_id=wrong["pass_id"],
        station_id=wrong["station_id"],
        direction=wrong["direction"],
        decision=decision,
        reason=reason,
        plate=wrong["plate"],
        corrects=True,
        vehicle_check=wrong["vehicle_check"],
    )
    if decision != "through":
        tell_communes(wrong, *_inherit(wrong, right, decision, reason))
    return added


def _own(
    acting: Acting,
    crossing_id: UUID,
    within: dt.timedelta,
    too_late: type[TooLateToUndoCrossing] = TooLateToUndoCrossing,
) -> OfficersCrossing:
    """The crossing, which stays under its person until the transaction ends. Asked again, for whoever
    waited for a merge finds it moved.
    """
    for _before_and_after in range(3):
        found = _memory.of(OfficersCrossing).one(
            "own_crossing",
            crossing_id=crossing_id,
            official_id=acting.official_id,
            since=timezone.now() - within,
        )
        if found is None:
            raise too_late
        held = held_pass(found["pass_id"])
        if is_claimed(held["person_id"], crossing_id):
            return {**found, "person_id": held["person_id"]}
    raise too_late


def _retract(
    acting: Acting,
    crossing_id: UUID,
    within: dt.timedelta,
    replaced_by: UUID | None,
    remains_stop: bool = False,
) -> OfficersCrossing:
    too_late = TooLateToUndoCrossing if within == UNDO_WITHIN else TooLateToCorrect
    wrong = _own(acting, crossing_id, within, too_late)
    endings = [] if remains_stop else _endings(wrong)
    if any(row["by_crossing"] is None and outlasts(row) for row in endings):
        raise HandedOver
    if not _memory.run(
        "retract",
        person_id=wrong["person_id"],
        crossing_id=crossing_id,
        official_id=acting.official_id,
        replaced_by=replaced_by,
    ):
        raise too_late
    tell_communes(wrong, *released_by(crossing_id), *told_apart.given_back(wrong))
    audit.record(acting, "crossing.retracted", [wrong["person_id"]], detail=f"station {wrong['station_id']}")
    return wrong


def _inherit(wrong: OfficersCrossing, right: UUID, decision: str, reason: Reason) -> list[JourneyKey]:
    """How the waiting ended stands for the crossing in the other's place. Who cleared the wrong one has
    cleared the right one; but not what is graver than they knew, as an illness is. Returns the journeys that
    are told of it (rows).
    """
    stop = reason.stopping(decision)
    graver = _GRAVITY.index(decision) > _GRAVITY.index(wrong["decision"])
    clearing = [row for row in _endings(wrong) if row["clears"] and not graver and _still_answers(stop, row)]
    _memory.run(
        "inherit",
        PARTS,
        person_id=wrong["person_id"],
        crossing_id=wrong["crossing_id"],
        right=right,
        clearing=[row["released_at"] for row in clearing],
    )
    return never_was(right) if any(row["by_crossing"] is None for row in clearing) else released_by(right)


def _endings(stop: OfficersCrossing) -> list[StopRelease]:
    which = {"person_id": stop["person_id"], "crossing_id": stop["crossing_id"]}
    return _memory.of(StopRelease).all("releases", PARTS, **which)


def _still_answers(stop: Stop, release: StopRelease) -> bool:
    if release["by_crossing"] is None:  # it was said to be a mistake, which an illness is not
        return not may_be_of(stop)
    by = Reason(release["reason_code"], release["reason"], release["about"])
    return answers(stop, by, release["decision"] or "through")


def _same_moment(crossing_id: UUID) -> UUID:
    """The id of the crossing that replaces this one: of the same millisecond, and always the same, so
    that pressed twice it is one.
    """
    low = int.from_bytes(blake2b(crossing_id.bytes, digest_size=8).digest()) >> 2
    return UUID(int=crossing_id.int >> 62 << 62 | low)
