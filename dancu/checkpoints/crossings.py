"""Passing a station, being held or turned back there, and how that ends: each is one transaction, and the
same id is always the same row.

A stop (somebody was held or turned back) stays with the person until it is released: by a later decision,
which takes a reason, or without one, such as by handing them over. docs/decisions/0016-a-stop-stays.md
"""

import datetime as dt
from uuid import UUID

from django.utils import timezone

from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.checkpoints import lookups, memory
from dancu.checkpoints.against import seen
from dancu.checkpoints.ending import end, end_stops, never_was
from dancu.checkpoints.errors import (
    BadCrossingId,
    NoSuchPass,
    NotHeld,
    ReasonNeeded,
    TakenBack,
    UnknownReason,
)
from dancu.checkpoints.holding import hold_person
from dancu.checkpoints.ids import time_in
from dancu.checkpoints.reasons import (
    CLEARING,
    LONGEST,
    MISTAKE,
    NO_FINDING,
    NO_REASON,
    REASONS,
    Reason,
)
from dancu.checkpoints.rows import (
    PassInFull,
    RememberedCrossing,
)
from dancu.checkpoints.telling import released_by, tell_communes
from dancu.db.queries import Queries
from dancu.db.transactions import whole
from dancu.isolation import actions as isolation
from dancu.values.plates import tidy_plate

_sql = Queries(__file__)
_memory = Queries(__file__, "memory.sql")
_HELD = {"held": _sql.part("held")}

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
    vehicle_check: UUID | None = None,
) -> bool:
    """Someone passed ('through'), was held for a second check ('secondary') or turned back ('back'). False:
    it was recorded before.

    The crossing's time is the time in its id (UUIDv7), at most two hours ago and not before the pass. A
    reason is needed for all but letting through, and for that too where the verdict, at that time or now, is
    to stop or the person was stopped before and not cleared: this decision then releases those stops.
    `corrects`: it is put in place of one pressed by mistake, which is a reason too. `vehicle_check`: in which
    vehicle they sat with others (vehicles.py). Raises NoSuchPass, NoSuchStation, ReasonNeeded,
    UnknownReason, BadCrossingId (also where another pass has this id), TakenBack.
    """
    check(decision, reason, corrects)
    if decision != "through" and not reason:
        raise ReasonNeeded
    shown, crossed_at = held_at(crossing_id, pass_id)
    if crossed_at < timezone.now() - LATEST and not corrects:
        raise BadCrossingId
    if recorded_before(crossing_id, crossed_at, pass_id):
        return False
    person = lookups.whose(shown)
    known = memory.of_declaration(shown, person, station_id=station_id)
    now = timezone.now()
    of_an_open_page = _CLOCKS_DIFFER < now - crossed_at <= _PAGE_STAYS_OPEN
    moments = [crossed_at, now] if of_an_open_page else [crossed_at]
    judged = [lookups.judge(shown, person, known, station_id, at) for at in moments]
    if not reason and any(each.for_a_reason for each in judged):
        raise ReasonNeeded
    add_crossing(
        acting,
        shown,
        crossing_id=crossing_id,
        crossed_at=crossed_at,
        station_id=station_id,
        direction=direction,
        decision=decision,
        reason=reason,
        plate=plate,
        ruled_by=judged[0].ruled_by,
        vehicle_check=vehicle_check,
        against=seen(decision, judged),
    )
    tell_communes(
        shown, *end_stops(acting, shown, known, crossing_id, crossed_at, station_id, decision, reason)
    )
    return True


def held_at(crossing_id: UUID, pass_id: int) -> tuple[PassInFull, dt.datetime]:
    """The pass in full and the time in the crossing's id, and all that is its traveller's stays as it is
    until the transaction ends: what is pressed of them elsewhere at this moment is known here, or this is
    known there. Raises NoSuchPass; BadCrossingId, also for a time before the pass.
    """
    shown = held_pass(pass_id)
    isolation.hold_travellers([shown["declaration_id"]])
    crossed_at = time_in(crossing_id)
    if crossed_at < shown["issued_at"] - _CLOCKS_DIFFER:
        raise BadCrossingId
    _sql.all("one_with_this_id", crossing_id=crossing_id)
    return shown, crossed_at


def recorded_before(crossing_id: UUID, crossed_at: dt.datetime, pass_id: int) -> str:
    """What was decided under this id, "" where nothing was. Raises BadCrossingId where that was with another
    pass, TakenBack.
    """
    before = _sql.one("crossing_by_id", crossing_id=crossing_id, crossed_at=crossed_at)
    if before is None:
        return ""
    if before["pass_id"] != pass_id:
        raise BadCrossingId
    if before["retracted"]:
        raise TakenBack
    return before["decision"]


def add_crossing(
    acting: Acting,
    shown: PassInFull,
    *,
    crossing_id: UUID,
    crossed_at: dt.datetime,
    station_id: int,
    direction: str,
    decision: str,
    reason: Reason,
    plate: str,
    ruled_by: str,
    against: str,
    vehicle_check: UUID | None = None,
) -> None:
    """One row more, on the record. `against`: what stood against letting through (against.py). Raises
    BadCrossingId where somebody else's has this id.
    """
    if not _sql.run(
        "add_crossing",
        person_id=shown["person_id"],
        crossed_at=crossed_at,
        crossing_id=crossing_id,
        pass_id=shown["pass_id"],
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
        ruled_by=ruled_by,
        vehicle_check=vehicle_check,
        against=against,
        by_hand=bool(shown["official_id"]),
        vehicle=shown["vehicle"],
        plate=tidy_plate(plate) or shown["plate"],
    ):
        raise BadCrossingId
    audit.record(acting, f"crossing.{decision}", [shown["person_id"]], detail=f"station {station_id}")


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
        if is_claimed(held["person_id"], crossing_id):
            return stop
    raise NotHeld


def is_claimed(person_id: int, crossing_id: UUID) -> bool:
    """Whoever decides on this stop too waits from now on; whether it is still this person's."""
    _memory.run("claim", crossing_id=crossing_id)
    return _memory.one("is_there", person_id=person_id, crossing_id=crossing_id) is not None


def check(decision: str, reason: Reason, corrects: bool = False) -> None:
    """Whether this reason goes with this decision (`corrects`: put in place of another one, for which a
    mistake is reason enough to let through). Raises UnknownReason.
    """
    if corrects and decision == "through" and reason.code == MISTAKE:
        return
    if reason.about and (decision == "through") != (reason.about == NO_FINDING):
        raise UnknownReason
    if reason.code and reason.code not in REASONS["override" if decision == "through" else decision]:
        raise UnknownReason
