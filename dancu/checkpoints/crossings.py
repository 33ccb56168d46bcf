"""Passing a station, being held or turned back there, and how that ends: each is one transaction, and the
same id is always the same row.

A stop (somebody was held or turned back) stays with the person until it is released: by a later decision,
which takes a reason, or without one, such as by handing them over. docs/decisions/0016-a-stop-stays.md
"""

import datetime as dt
from hashlib import blake2b
from uuid import UUID

from django.utils import timezone

from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.checkpoints import lookups, memory, told_apart
from dancu.checkpoints.ending import end, end_stops, never_was
from dancu.checkpoints.errors import (
    BadCrossingId,
    HandedOver,
    NoSuchPass,
    NotHeld,
    ReasonNeeded,
    TakenBack,
    TooLateToCorrect,
    TooLateToUndoCrossing,
    UnknownReason,
)
from dancu.checkpoints.holding import hold_person
from dancu.checkpoints.ids import time_in
from dancu.checkpoints.memory import PARTS
from dancu.checkpoints.reasons import (
    CLEARING,
    LONGEST,
    MISTAKE,
    NO_REASON,
    REASONS,
    Reason,
    answers,
    may_be_of,
    outlasts,
)
from dancu.checkpoints.rows import (
    JourneyKey,
    OfficersCrossing,
    PassInFull,
    RememberedCrossing,
    Stop,
    StopRelease,
)
from dancu.checkpoints.telling import released_by, tell_communes
from dancu.db.queries import Queries
from dancu.db.transactions import whole
from dancu.isolation import actions as isolation
from dancu.values.plates import tidy_plate

_sql = Queries(__file__)
_memory = Queries(__file__, "memory.sql")
_HELD = {"held": _sql.text("held").split("\n", 1)[1]}
_GRAVITY = ("through", "secondary", "back")

UNDO_WITHIN = dt.timedelta(minutes=2)
_PAGE_STAYS_OPEN = dt.timedelta(hours=2)
LATEST = _PAGE_STAYS_OPEN
"""How long after its id was made a decision is taken. What comes later was made up, or wants a new scan."""
_CLOCKS_DIFFER = dt.timedelta(minutes=1)


@whole
def record_crossing(
    acting: Acting,
    *,
    crossing_id: UUID,
    pass_id: int,
    station_id: int,
    direction: str,
    decision: str,
    reason: Reason = NO_REASON,
    plate: str = "",
    corrects: bool = False,
) -> bool:
    """Someone passed ('through'), was held for a second check ('secondary') or turned back ('back'). False:
    it was recorded before.

    The crossing's time is the time in its id (UUIDv7), at most two hours ago and not before the pass. A
    reason is needed for all but letting through, and for that too where the verdict, at that time or now, is
    to stop or the person was stopped before and not cleared: this decision then releases those stops.
    `corrects`: it is put in place of one pressed by mistake, which is a reason too. Raises NoSuchPass,
    NoSuchStation, ReasonNeeded, UnknownReason, BadCrossingId (also where another pass has this id),
    TakenBack.
    """
    _check(decision, reason, corrects)
    if decision != "through" and not reason:
        raise ReasonNeeded
    shown = held_pass(pass_id)
    # What is pressed of this traveller elsewhere at this moment is known here, or this is known there.
    isolation.hold_travellers([shown["declaration_id"]])
    crossed_at, plate = time_in(crossing_id), tidy_plate(plate) or shown["plate"]
    if crossed_at < shown["issued_at"] - _CLOCKS_DIFFER or (
        crossed_at < timezone.now() - LATEST and not corrects
    ):
        raise BadCrossingId
    _sql.all("one_with_this_id", crossing_id=crossing_id)
    if before := _sql.one("crossing_by_id", crossing_id=crossing_id, crossed_at=crossed_at):
        if before["pass_id"] != pass_id:
            raise BadCrossingId
        if before["retracted"]:
            raise TakenBack
        return False
    person = lookups.whose(shown)
    known = memory.of_declaration(shown, person, station_id=station_id)
    now = timezone.now()
    of_an_open_page = _CLOCKS_DIFFER < now - crossed_at <= _PAGE_STAYS_OPEN
    moments = [crossed_at, now] if of_an_open_page else [crossed_at]
    if not reason and any(lookups.needs_reason(shown, person, known, station_id, at) for at in moments):
        raise ReasonNeeded
    added = _sql.run(
        "add_crossing",
        person_id=shown["person_id"],
        crossed_at=crossed_at,
        crossing_id=crossing_id,
        pass_id=pass_id,
        declaration_id=shown["declaration_id"],
        official_id=acting.official_id,
        station_id=station_id,
        direction=direction,
        origin_area=shown["origin_area"],
        destination_area=shown["destination_area"],
        decision=decision,
        reason_code=reason.code,
        reason=reason.written.strip()[:LONGEST],
        about=reason.about,
        vehicle=shown["vehicle"],
        plate=plate,
    )
    if not added:
        raise BadCrossingId
    tell_communes(
        shown, *end_stops(acting, shown, known, crossing_id, crossed_at, station_id, decision, reason)
    )
    audit.record(acting, f"crossing.{decision}", [shown["person_id"]], detail=f"station {station_id}")
    return True


@whole
def release(acting: Acting, *, pass_id: int, crossing_id: UUID, station_id: int, reason: Reason) -> None:
    """Somebody's waiting ended without a crossing: they were handed over, went away, or were held by mistake,
    and then what that hold had ended stands again. Raises NotHeld, also where they are held at another
    station or were turned back, UnknownReason.
    """
    if not reason:
        raise ReasonNeeded
    if reason.code and reason.code not in REASONS["release"]:
        raise UnknownReason
    shown = held_pass(pass_id)
    stop = _claimed(shown, crossing_id)
    if stop["station_id"] != station_id or _waiting(shown, crossing_id) is None:
        raise NotHeld  # released by another while this one waited
    clears = reason.code in CLEARING
    end(acting, stop, station_id, reason, clears=clears, by_crossing=None)
    tell_communes(stop, *(never_was(crossing_id) if clears else released_by(crossing_id)))
    audit.record(acting, "crossing.released", [stop["person_id"]], detail=f"station {station_id}")


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
    _check(decision, reason, True)
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
    )
    if decision != "through":
        tell_communes(wrong, *_inherit(wrong, right, decision, reason))
    return added


def held_pass(pass_id: int) -> PassInFull:
    """The pass in full, which stays under its person until the transaction ends, as all that is theirs does.
    Raises NoSuchPass.

    Asked again: whoever waited for a merge, or for a steward's decision to be followed, finds it under
    another person.
    """
    for _before_and_after in range(3):
        found = _sql.one("holder", pass_id=pass_id)
        if found is None:
            continue
        hold_person(found["person_id"])
        shown = _sql.of(PassInFull).one("pass_in_full", _HELD, pass_id=pass_id)
        if shown and shown["person_id"] == found["person_id"]:
            return shown
    raise NoSuchPass


def _waiting(shown: PassInFull, crossing_id: UUID) -> RememberedCrossing | None:
    """This stop, if the person is still being held there."""
    stops = memory.of_declaration(shown, lookups.whose(shown)).stops
    return next(
        (
            stop
            for stop in stops
            if stop["crossing_id"] == crossing_id
            and stop["decision"] == "secondary"
            and stop["sure"]
            and not (stop["handed_to"] or stop["handed_note"])
        ),
        None,
    )


def _claimed(shown: PassInFull, crossing_id: UUID) -> RememberedCrossing:
    """The same, which stays under its person and waits for nobody else until the transaction ends. Raises
    NotHeld.
    """
    for _before_and_after in range(2):
        stop = _waiting(shown, crossing_id)
        if stop is None:
            break
        held = held_pass(stop["pass_id"])
        if _is_claimed(held["person_id"], crossing_id):
            return stop
    raise NotHeld


def _is_claimed(person_id: int, crossing_id: UUID) -> bool:
    """Whoever decides on this stop too waits from now on; whether it is still this person's."""
    _memory.run("claim", crossing_id=crossing_id)
    return _memory.one("is_there", person_id=person_id, crossing_id=crossing_id) is not None


def _check(decision: str, reason: Reason, corrects: bool = False) -> None:
    if corrects and decision == "through" and reason.code == MISTAKE:
        return
    if reason.code and reason.code not in REASONS["override" if decision == "through" else decision]:
        raise UnknownReason


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
        if _is_claimed(held["person_id"], crossing_id):
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
