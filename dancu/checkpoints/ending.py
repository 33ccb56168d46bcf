"""How stops end: by a later decision, which answers every earlier stop of the traveller that it can, or
without one; and what gives them back.

Whatever is taken back (a decision, a hold by mistake, who was taken for whom) takes back what it ended, and
nothing else: so a decision ends also what another has ended before it. docs/decisions/0016-a-stop-stays.md
"""

import datetime as dt
from uuid import UUID

from dancu.accounts.lookups import Acting
from dancu.checkpoints import memory, told_apart
from dancu.checkpoints.examining import pass_in_full, whose
from dancu.checkpoints.holding import hold_person
from dancu.checkpoints.memory import PARTS, SEEN_FOR, Memory
from dancu.checkpoints.reasons import LONGEST, OTHER_PERSON, Reason, answers
from dancu.checkpoints.rows import DecidedCrossing, EndedStop, JourneyKey, KnownCrossing, PassInFull
from dancu.checkpoints.telling import released_by
from dancu.db.queries import Queries

_memory = Queries(__file__, "memory.sql")


def end_stops(
    acting: Acting,
    shown: PassInFull,
    known: Memory,
    crossing_id: UUID,
    crossed_at: dt.datetime,
    station_id: int,
    decision: str,
    reason: Reason,
) -> list[JourneyKey]:
    """A crossing of this pass was recorded, of whose holder so much was known: what it ends. Returns the
    journeys that are told of it (rows).

    Who is let through for a reason is cleared; who is stopped again is not, but the later stop says so from
    now on. But who was found ill waits no longer, and stays it until found well. What happened after this
    crossing stands, and so does a stop of somebody else. Without a reason nothing that was cleared before is
    answered once more, and what is very old stands as it ended.
    """
    earlier = [
        stop
        for stop in known.crossings
        if stop["asks"]
        and stop["sure"]
        and stop["crossed_at"] <= crossed_at
        and told_apart.concerns(stop, shown, reason)
        if stop["uncleared"] or (reason and stop["crossed_at"] > crossed_at - SEEN_FOR)
    ]
    for stop in earlier:
        clears = answers(stop, reason, decision) and (
            decision == "through" or _is_told_of(stop, shown, crossing_id)
        )
        end(acting, stop, station_id, reason, clears=clears, by_crossing=crossing_id)
    is_another = decision == "through" and reason.code == OTHER_PERSON
    given_back = told_apart.give_back(shown["person_id"], crossed_at, crossing_id) if is_another else []
    ended = [stop for stop in earlier if stop["uncleared"]]
    return [*ended, *released_by(*(stop["crossing_id"] for stop in ended)), *given_back]


def end(
    acting: Acting,
    stop: DecidedCrossing,
    station_id: int,
    reason: Reason,
    *,
    clears: bool,
    by_crossing: UUID | None,
) -> None:
    """A stop (a row) ends by a crossing, or without one."""
    hold_person(stop["person_id"])
    _memory.run(
        "release",
        pass_id=stop["pass_id"],
        crossing_id=stop["crossing_id"],
        official_id=acting.official_id,
        station_id=station_id,
        by_crossing=by_crossing,
        clears=clears,
        reason_code=reason.code,
        reason=reason.written.strip()[:LONGEST],
        about=reason.about,
    )


def never_was(stop_id: UUID) -> list[JourneyKey]:
    """Somebody was held by mistake: what ended by that hold has not ended so. Returns the journeys that
    are told of it (rows).
    """
    told = released_by(stop_id)
    told_apart.stand_again(_memory.of(EndedStop).all("ended_by", PARTS, by_crossing=stop_id), stop_id)
    return told


def _is_told_of(stop: KnownCrossing, shown: PassInFull, crossing_id: UUID) -> bool:
    """Whether a later stop (`crossing_id`, with the pass `shown`) is surely theirs for whoever is shown
    the pass of the earlier one too.
    """
    if stop["person_id"] == shown["person_id"]:
        return True
    own = pass_in_full(stop["pass_id"])
    known = memory.of_declaration(own, whose(own)) if own else Memory([], [])
    return any(row["crossing_id"] == crossing_id and row["sure"] for row in known.crossings)
