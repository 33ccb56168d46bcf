"""A stop as it counts now: whether somebody has to clear it still."""

import datetime as dt

from dancu.checkpoints.reasons import PAST
from dancu.checkpoints.rows import KnownCrossing, RememberedCrossing
from dancu.isolation.health_policy import counts_until


def as_they_count(
    crossings: list[KnownCrossing], own: set[int], apart: dt.datetime | None, now: dt.datetime
) -> list[RememberedCrossing]:
    """The same crossings (rows), without what they tell of a contact whose time is over, and whether each is
    `uncleared`: a stop that asks for somebody to clear it; `asks`: one that would, if nobody had;
    `stopped_again`: its waiting ended with another of these stops.

    `own`: under whom the traveller stands in any case; `apart`: when they were told apart from others by the
    card.
    """
    later = {row["crossing_id"] for row in crossings if row["decision"] != "through"}
    known = ((row, _still_asks(row, own, apart)) for row in (_as_of(one, now) for one in crossings))
    return [
        {
            **row,
            "asks": asks,
            "uncleared": asks and not row["cleared"],
            "stopped_again": row["ended_by"] in later,
        }
        for row, asks in known
    ]


def _still_asks(stop: KnownCrossing, own: set[int], apart: dt.datetime | None) -> bool:
    """Whether a crossing (a row) is a stop that somebody has to clear: not one of others from whom the
    traveller was told apart since, nor one for a contact whose time is over.
    """
    is_told_apart = apart and stop["person_id"] not in own and stop["crossed_at"] < apart
    return (
        stop["decision"] != "through"
        and bool(stop["reason_code"] or stop["about"] != PAST)
        and not is_told_apart
    )


def _as_of(stop: KnownCrossing, now: dt.datetime) -> KnownCrossing:
    """A stop (a row) without what it tells of a contact whose time is over, which is all that answers one."""
    about, notes = stop["about"], stop["notes_about"] or []
    if "contact" in (about, *notes) and _is_past_contact(stop["crossed_at"], now):
        notes = [PAST if note == "contact" else note for note in notes]
        about = PAST if about == "contact" else about
    return {**stop, "about": about, "notes_about": notes}


def _is_past_contact(at: dt.datetime, now: dt.datetime) -> bool:
    return counts_until(["contact"], at, None)["contact"] <= now
