"""An officer saw by the card that somebody is not whom they were taken for: what was decided about them says nothing of that other one."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from dancu.checkpoints.holding import hold_person
from dancu.checkpoints.reasons import DOUBTS_WHO, Reason
from dancu.db.queries import Queries

_sql = Queries(__file__, "memory.sql")


def concerns(stop: Mapping[str, Any], shown: Mapping[str, Any], reason: Reason) -> bool:
    """Whether a decision for this reason on this pass (rows) is about whoever that stop stands under: not where it is about who is who."""
    return stop["person_id"] == shown["person_id"] or reason.code not in DOUBTS_WHO


def give_back(person_id: int, until: dt.datetime, found_by: UUID) -> list[dict[str, Any]]:
    """Stops of others that ended as this traveller was stopped later, until then, when they were taken for one, have not ended so, which
    the crossing `found_by` tells: rows of person_id and declaration_id.
    """
    ended = _sql.all("ended_by_stops_of", person_id=person_id, until=until)
    for row in ended:
        hold_person(row["person_id"])
        which = {name: row[name] for name in ("person_id", "crossing_id", "by_crossing")}
        _sql.run("not_ended_by", lifted_by=found_by, **which)
    return ended
