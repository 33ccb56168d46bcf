"""What decides besides the weight, and the order of candidates (decision 0014).

A shared value (a telephone, a home, a relative's number) may weigh more than a name and a birth date, but
never decides against them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dancu.linkage.model.model import Model
from dancu.linkage.model.scoring import Score
from dancu.linkage.model.ways import any_holds

MOST_BESIDE = 5  # the likeliest candidates, which are compared with one another


@dataclass(frozen=True)
class CandidateStanding:
    """`own`: the bits of name, birth date and sex alone. `may_be`: whether the candidate may be a match
    without people deciding; `rival`: whether more than a shared value speaks for them; `exact`: whether name,
    birth date and sex agree exactly; `named`: whether the name agrees exactly or abbreviated, so that no
    exact candidate of low weight has to be considered; `settled`: whether the search ends with this match.
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
    """The standing of two prepared records with this score; None where they cannot be one person."""
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
    """Whether another candidate, who may be a match, is so far ahead in name, birth date and sex that nothing
    shared with kin or neighbours makes this one a rival.
    """
    sure = max((of.own for of in others if of.may_be and of.weight >= limits["match"]), default=float("-inf"))
    return not one.rival and one.own + limits["ahead"] <= sure


def second_weight(ranked: Sequence[CandidateStanding], limits: Mapping[str, float]) -> float | None:
    """The weight that the first of these candidates has to be ahead of; None where there is no other. It is
    the next one's weight; or the first's own, where only a shared value puts the first before one who is far
    ahead in name, birth date and sex, or who is exact where the first is not: twins' names may sound alike.
    """
    first, rivals = ranked[0], ranked[1:MOST_BESIDE]
    if any(of.own >= first.own + limits["ahead"] or (of.exact and not first.exact) for of in rivals):
        return first.weight
    return rivals[0].weight if rivals else None
