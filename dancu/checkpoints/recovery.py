"""Whether words of an officer's own, with which somebody is let through, may tell of a recovery: then the
press that records them says so. docs/decisions/0016-a-stop-stays.md
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from dancu.checkpoints.memory import Memory
from dancu.checkpoints.reasons import FOUND_WELL, may_be_of
from dancu.checkpoints.rows import DeclaredSigns, RememberedCrossing
from dancu.isolation.health_policy import refuses
from dancu.isolation.signs import warnings_in

_DISPROVED = frozenset[str]().union(*FOUND_WELL.values())  # but a contact, which only its time answers


def may_tell_of_recovery(known: Memory, declared: DeclaredSigns, instead_of: UUID | None = None) -> bool:
    """Whether a thermometer or a test may answer what is known of whoever declared this (a row): a stop that
    is surely theirs and is or may be of an illness, or an illness that was declared and asks for a reason.

    `instead_of`: a crossing that is to be corrected; what it ended or found is as if it had not been.
    """
    if any(_is_open(stop, instead_of) and may_be_of(stop) & _DISPROVED for stop in known.crossings):
        return True
    told: list[DeclaredSigns] = [known.left_of(declared), *(sign for sign in known.signs if not sign["of"])]
    return (
        any(refuses(one) and _DISPROVED.intersection(warnings_in(one)) for one in told)
        or any(sign["test_result"] == "positive" for sign in known.signs)
        or any(_is_finding(row, instead_of) for row in known.crossings)
    )


def _is_open(stop: RememberedCrossing, instead_of: UUID | None) -> bool:
    return (
        stop["asks"]
        and stop["sure"]
        and stop["crossing_id"] != instead_of
        and (stop["uncleared"] or (instead_of is not None and stop["ended_by"] == instead_of))
    )


def _is_finding(row: Mapping[str, Any], crossing_id: UUID | None) -> bool:
    return row["crossing_id"] == crossing_id and row["reason_code"] in FOUND_WELL
