"""Pairs of records that may be one person's go to review. Nothing is merged here: a reviewer who answers
"same" is taken to the page that merges records.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np

from dancu.linkage.finding import LinkResult
from dancu.linkage.model.scoring import Score
from dancu.linkage.results import explained
from dancu.register import lookups as register
from dancu.register.lookups import RegisteredPerson
from dancu.review import actions as review
from dancu.review import lookups as reviewed
from dancu.review.actions import Case, CaseCandidate
from dancu.review.cases import DUPLICATE

Pair = tuple[int, int]  # person_id, the smaller one first
SOURCE = "dancu match dedupe --register"


class ProposalCounts(NamedTuple):
    """How many pairs are new in the queue (`new`), were there before (`existing`), are certainly two people
    (`certain`), and were compared by reviewers before (`settled`).
    """

    new: int = 0
    existing: int = 0
    certain: int = 0
    settled: int = 0


def propose(result: LinkResult) -> ProposalCounts:
    """Make a case of kind "duplicate" of each pair in `result`. The same pair becomes one case, however often
    it is proposed.

    Left out are pairs that are certainly two people (`_are_two`), and pairs that people have compared before:
    by answering any case about them, or by undoing their merge.
    """
    ids = {rid: int(person_id) for rid, person_id in result.db.execute("SELECT rid, _id FROM ids").fetchall()}
    told = np.zeros(4, dtype=int)
    for batch in explained(result, np.arange(len(result.weight))):
        scores = {_in_order(ids[a], ids[b]): score for a, b, score in batch}
        told += _propose(scores, result.threshold)
    return ProposalCounts(*told.tolist())


def _propose(scores: Mapping[Pair, Score], threshold: float) -> ProposalCounts:
    people = register.people({person_id for pair in scores for person_id in pair})
    there = [
        pair for pair in scores if pair[0] in people and pair[1] in people
    ]  # both records still exist: neither was merged since they were read
    possible = [pair for pair in there if not _are_two(people[pair[0]], people[pair[1]])]
    settled = reviewed.settled(possible) | register.undone_merges(possible)
    asked = [pair for pair in possible if pair not in settled]
    new = review.propose(_cases({pair: scores[pair] for pair in asked}, threshold))
    return ProposalCounts(new, len(asked) - new, len(there) - len(possible), len(settled))


def _cases(scores: Mapping[Pair, Score], threshold: float) -> Iterator[Case]:
    """The cases, with the older record on the left."""
    hanging = register.hanging_on_many({person_id for pair in scores for person_id in pair})
    for (left, right), score in scores.items():
        beside = [CaseCandidate(right, score.weight, score.as_json())]
        yield Case(
            DUPLICATE,
            beside,
            left_person=left,
            source=SOURCE,
            threshold=threshold,
            value=1 + hanging[left] + hanging[right],
        )


def _are_two(one: RegisteredPerson, other: RegisteredPerson) -> bool:
    """Whether they cannot be one person, whatever is wrong in their records: parent and child, husband and
    wife, or one was dead when the other was born.
    """
    for two in ((one, other), (other, one)):
        if two[1]["person_id"] in (two[0]["father_id"], two[0]["mother_id"], two[0]["spouse_id"]):
            return True
        if (
            two[0]["status"] == register.DEAD
            and two[0]["status_on"]
            and two[0]["status_on"] < two[1]["birth_date"]
        ):
            return True
    return False


def _in_order(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)
