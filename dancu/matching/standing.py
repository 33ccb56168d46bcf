"""What decides besides the weight, and in which order those come who may be meant (decision 0014).

A shared value (a telephone, a home, a relative's number) may weigh more than a name and a birth date; it
settles nothing against them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dancu.linkage.model.model import Model
from dancu.linkage.model.scoring import Score
from dancu.linkage.model.ways import any_holds

MOST_BESIDE = 5  # people, the likeliest, who are compared with one another


@dataclass(frozen=True)
class CandidateStanding:
    """`own`: what the name, the birth date and the sex say by themselves, in bits. `may_be`: whether it may
    be a match without people deciding; `rival`: whether more than a shared value speaks for it; `exact`:
    whether it is theirs as it stands, in name, birth date and sex; `named`: whether the name is as it stands
    or abbreviated, so that nobody exact of little weight is asked about; `settled`: whether nobody better is
    looked for.
    """

    weight: float
    own: float
    may_be: bool
    rival: bool
    exact: bool
    named: bool
    settled: bool


def standing(
    model: Model, score: Score, left: Mapping[str, Any], right: Mapping[str, Any]
) -> CandidateStanding | None:
    """Of two prepared records and their score; None where it is not possible that they are one person."""
    levels = score.levels
    if not any_holds(model.possible, levels, left, right):
        return None
    own = sum(evidence.weight for evidence in score.waterfall if evidence.field in model.identity)
    automatic, rival, exact, named, settled = (
        any_holds(ways, levels, left, right)
        for ways in (model.automatic, model.rival, model.exact, model.named, model.settled)
    )
    return CandidateStanding(score.weight, own, automatic, rival, exact, named, settled)


def is_aside(
    one: CandidateStanding, others: Sequence[CandidateStanding], limits: Mapping[str, float]
) -> bool:
    """Whether somebody else, who may be a match, is meant so much better by what is their own that nothing
    this one shares with kin or neighbours makes them a rival.
    """
    sure = max((of.own for of in others if of.may_be and of.weight >= limits["match"]), default=float("-inf"))
    return not one.rival and one.own + limits["ahead"] <= sure


def second_weight(ranked: Sequence[CandidateStanding], limits: Mapping[str, float]) -> float | None:
    """The weight that the first of these has to be ahead of: the next one's, or the first's own, where only a
    shared value puts the first before another who is meant so much better by what is their own, or is exact
    where the first is not: twins' names may sound alike.
    """
    first, rivals = ranked[0], ranked[1:MOST_BESIDE]
    if any(of.own >= first.own + limits["ahead"] or (of.exact and not first.exact) for of in rivals):
        return first.weight
    return rivals[0].weight if rivals else None
