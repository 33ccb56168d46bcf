"""Whom stewards found not to be one: it goes before what is told of people (sameness.py), for one number
may be a whole family's.
"""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from dancu.matching import sameness
from dancu.register import lookups as register
from dancu.review import lookups as reviewed
from dancu.review.adjudication import DIFFERENT
from dancu.review.cases import DECLARATION


def not_theirs(declared: Collection[Mapping[str, Any]]) -> dict[UUID, set[int]]:
    """Of declarations that the register did not recognise (rows, with their declaration_id) whose they are
    not: by declaration_id the people of the register who were beside it, or beside one that tells the same,
    when a steward found it to be of none of them.

    The same statements whatever was decided, as a citizen may wait for the answer.
    """
    rows = {str(row["declaration_id"]): row for row in declared}
    apart = reviewed.told_apart("", rows, DECLARATION)
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


def are_two(one: int, other: int) -> bool:
    """Whether a steward found two records of the register to be of two people, or parted them after they
    were merged.
    """
    pair = min(one, other), max(one, other)
    return bool(reviewed.settled([pair], DIFFERENT) or register.undone_merges([pair]))
