"""What stewards decided not to be the same person. It takes precedence over sameness.py, since one number may
be a whole family's.
"""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from dancu.matching import sameness
from dancu.register import lookups as register
from dancu.review import lookups as reviewed
from dancu.review.adjudication import DIFFERENT
from dancu.review.cases import DECLARATION


def people_ruled_out(declared: Collection[Mapping[str, Any]]) -> dict[UUID, set[int]]:
    """The people whom each of these declarations (rows, with their declaration_id) is certainly not of, by
    declaration_id: the candidates of its case, or of a case with exactly the same facts, where a steward
    decided that it was none of them.

    The statements are the same whatever was decided, since a citizen may wait for the answer and must not
    learn it from the time it takes.
    """
    rows = {str(row["declaration_id"]): row for row in declared}
    apart = reviewed.non_matches("", rows, DECLARATION)
    told = {record_id: sameness.of_declaration(rows[record_id]) for record_id in (rows if apart else ())}
    return {
        UUID(record_id): {
            person
            for other, people in apart.items()
            if other == record_id or sameness.tells_the_same(told[record_id], told[other])
            for person in people
        }
        for record_id in told
    }


def are_two_people(one: int, other: int) -> bool:
    """Whether a steward decided that two records of the register are of two people, or undid their merge."""
    pair = min(one, other), max(one, other)
    return bool(reviewed.settled([pair], DIFFERENT) or register.undone_merges([pair]))
