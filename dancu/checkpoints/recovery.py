"""Whether words of an officer's own, with which somebody is let through, may tell of a recovery: then the
press that records them says so, of what answers it. docs/decisions/0016-a-stop-stays.md
"""

from collections.abc import Iterable
from uuid import UUID

from dancu.checkpoints.memory import Memory
from dancu.checkpoints.reasons import FOUND_WELL, may_be_of
from dancu.checkpoints.rows import DeclaredSigns, RememberedCrossing
from dancu.isolation.health_policy import refuses
from dancu.isolation.signs import warnings_in

_DISPROVED = frozenset[str]().union(*FOUND_WELL.values())  # but a contact, which only its time answers

Illness = frozenset[str]  # what has to be disproved at once: "symptoms", "positive", or both


def open_illnesses(known: Memory, declared: DeclaredSigns, instead_of: UUID | None = None) -> set[Illness]:
    """What a thermometer or a test may answer of what is known of whoever declared this (a row): each stop
    that is surely theirs and is or may be of an illness, and each sign that was declared and asks for a
    reason.

    `instead_of`: a crossing that is to be corrected; what it ended or found is as if it had not been.
    """
    stops = (may_be_of(stop) & _DISPROVED for stop in known.crossings if _is_open(stop, instead_of))
    told: list[DeclaredSigns] = [known.left_of(declared), *(sign for sign in known.signs if not sign["of"])]
    signs = {sign for one in told if refuses(one) for sign in _DISPROVED.intersection(warnings_in(one))}
    if any(sign["test_result"] == "positive" for sign in known.signs):
        signs.add("positive")
    for row in known.crossings:
        if row["crossing_id"] == instead_of:
            signs |= FOUND_WELL.get(row["reason_code"], frozenset())
    return {Illness(ill) for ill in stops if ill} | {Illness({sign}) for sign in signs}


def answering(illnesses: Iterable[Illness]) -> set[str]:
    """The codes of what may be found, which answer one of these at least."""
    return {code for code, disproved in FOUND_WELL.items() if any(ill <= disproved for ill in illnesses)}


def only_a_test_answers(illnesses: Iterable[Illness]) -> bool:
    """Whether one of these is answered by nothing but a negative test."""
    return any("positive" in ill for ill in illnesses)


def _is_open(stop: RememberedCrossing, instead_of: UUID | None) -> bool:
    return (
        stop["asks"]
        and stop["sure"]
        and stop["crossing_id"] != instead_of
        and (stop["uncleared"] or (instead_of is not None and stop["ended_by"] == instead_of))
    )
