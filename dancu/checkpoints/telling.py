"""What the communes see of what happened at the stations. docs/decisions/0016-a-stop-stays.md"""

import datetime as dt
from typing import TypedDict
from uuid import UUID

from dancu.checkpoints.memory import PARTS
from dancu.checkpoints.reasons import OF_ILLNESS
from dancu.checkpoints.rows import JourneyKey
from dancu.db.queries import Queries
from dancu.isolation import actions as isolation
from dancu.isolation.health_policy import as_declared, counts_until
from dancu.isolation.signs import SIGNS, warnings_in

_memory = Queries(__file__, "memory.sql")
_STATES = {"through": "on_the_way", "secondary": "held", "back": "turned_back"}


class _Standing(TypedDict):
    """How far a journey is. Of its last crossing that counts, and of what was found, None where there is
    none.
    """

    decision: str | None
    crossed_at: dt.datetime | None
    official_id: int | None
    station_id: int | None
    plate: str | None
    is_elsewhere: bool | None  # that crossing is with another pass, and took a stop's place
    ended_as: str | None
    revoked_at: dt.datetime | None
    superseded_at: dt.datetime | None
    declared_at: dt.datetime
    symptoms: list[str]
    contact: bool
    test_result: str
    tested_on: dt.date | None
    is_mistaken: bool
    found: list[str] | None
    found_at: dt.datetime | None
    contact_at: dt.datetime | None  # there is one where "contact" is among what was found


def released_by(*crossing_ids: UUID) -> list[JourneyKey]:
    """The journeys whose stops ended with these crossings (rows with person_id and declaration_id): how
    far they are follows from these.
    """
    if not crossing_ids:
        return []
    return _memory.of(JourneyKey).all("released_by", crossings=list(crossing_ids))


def tell_communes(*of_journeys: JourneyKey) -> None:
    """How far these journeys are now (rows with person_id and declaration_id), after something that happened
    on the road: by the last crossing that counts, and off where their pass was revoked or replaced since; and
    what was declared and found of an illness. One after another, however many tell of one at once.
    """
    journeys = sorted({(row["person_id"], row["declaration_id"]) for row in of_journeys})
    isolation.hold_travellers([declaration_id for _person_id, declaration_id in journeys])
    for person_id, declaration_id in journeys:
        stands = _standing(person_id, declaration_id)
        if stands is None:
            continue
        declared = [] if stands["is_mistaken"] else warnings_in(as_declared(stands))
        until = counts_until(declared, stands["declared_at"], stands["tested_on"])
        codes: list[str] = stands["found"] or []
        found = list(dict.fromkeys(OF_ILLNESS.get(code, code) for code in codes))
        if stands["contact_at"]:  # nothing answers it but its time, as what is declared
            found.remove("contact")
            told = counts_until(["contact"], stands["contact_at"], None)["contact"]
            until["contact"] = max(told, until.get("contact", told))
        state, off_at = _STATES.get(stands["decision"] or "", "declared"), stands["revoked_at"]
        if not (
            until or found
        ):  # one with a sign of illness is looked after although it was replaced, as in expect_arrival
            off_at = min(filter(None, (off_at, stands["superseded_at"])), default=None)
        if off_at and (stands["is_elsewhere"] or _is_off(state, stands["crossed_at"], off_at)):
            state = "withdrawn"
        isolation.note_standing(
            person_id,
            declaration_id,
            state=state,
            crossed_at=stands["crossed_at"],
            crossed_by=stands["official_id"],
            station_id=stands["station_id"],
            plate=stands["plate"] or "",
            ended_as=stands["ended_as"] or "",
            declared=list(until),
            found=found,
            found_at=stands["found_at"],
            until=until,
        )


def _standing(person_id: int, declaration_id: UUID) -> _Standing | None:
    """Planned once: that takes six times as long as to run it."""
    rows = _memory.of(_Standing).prepared(
        "standing",
        PARTS,
        person_id=person_id,
        declaration_id=declaration_id,
        of_illness=[*OF_ILLNESS, *SIGNS],
    )
    return next(iter(rows), None)


def _is_off(state: str, crossed_at: dt.datetime | None, off_at: dt.datetime) -> bool:
    """Whether nobody travels any more whose pass counts no more since then: but who was stopped is, and
    who passed afterwards is on the way.
    """
    return state in ("declared", "on_the_way") and not (crossed_at and crossed_at > off_at)
