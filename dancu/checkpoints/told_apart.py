"""An officer saw by the card that somebody is not whom they were taken for: what was decided about them
says nothing of that other one.
"""

import datetime as dt
from uuid import UUID

from dancu.checkpoints.holding import hold_person
from dancu.checkpoints.memory import PARTS
from dancu.checkpoints.reasons import DOUBTS_WHO, OTHER_PERSON, Reason
from dancu.checkpoints.rows import DecidedCrossing, EndedStop, JourneyKey
from dancu.db.queries import Queries

_sql = Queries(__file__, "memory.sql")


def concerns(stop: JourneyKey, shown: JourneyKey, reason: Reason) -> bool:
    """Whether a decision for this reason on this pass (rows) is about whoever that stop stands under: not
    where it is about who is who.
    """
    return stop["person_id"] == shown["person_id"] or reason.code not in DOUBTS_WHO


def give_back(person_id: int, until: dt.datetime, found_by: UUID) -> list[EndedStop]:
    """What was decided until then about others, when this traveller was taken for them, has ended no stop of
    this one's, nor the other way round, which the crossing `found_by` tells. Returns the stops that stand
    again: rows of person_id and declaration_id.
    """
    ended = _sql.of(EndedStop).all("ended_between", PARTS, person_id=person_id, until=until)
    stand_again(ended, found_by)
    return ended


def given_back(crossing: DecidedCrossing) -> list[EndedStop]:
    """The stops of which this crossing (a row) may have told that; whatever else was told of them since."""
    if (crossing["decision"], crossing["reason_code"]) != ("through", OTHER_PERSON):
        return []
    anyhow, person_id = PARTS | {"counts": ""}, crossing["person_id"]
    return _sql.of(EndedStop).all("ended_between", anyhow, person_id=person_id, until=crossing["crossed_at"])


def stand_again(ended: list[EndedStop], found_by: UUID) -> None:
    """These stops have not ended by those crossings (rows of person_id, crossing_id, by_crossing), as
    long as the one that tells so counts.
    """
    for row in ended:
        hold_person(row["person_id"])
        _sql.run(
            "not_ended_by",
            PARTS,
            lifted_by=found_by,
            person_id=row["person_id"],
            crossing_id=row["crossing_id"],
            by_crossing=row["by_crossing"],
        )
