"""Files with few duplicates and many records that are similar but different: members of a household, albums
of one artist, editions, firms of one name in one house.

A model with two kinds of pairs, the same and different, fails there. Pairs that have much in common without
being the same are like neither kind, and EM counts them as the same: the prior rises to ten times the truth,
disagreement seems usual among the same, and every weight sinks. So a third kind of pairs is fitted (Larsen
and Rubin, 2001: "Iterative automated record linkage using mixture models") where the pairs counted as the
same differ in much of what is compared, or in what is a person's own.

In households EM gives nearly all weight to the shared telephone and address. A name and a birth date that
differ in nine of ten pairs then tell nothing, and EM sees no doubt. Hence `kin_pairs`, which uses the weights
that names and birth dates usually have.
"""

from collections.abc import Collection, Sequence

import numpy as np

from dancu.linkage.model.frequencies import Frequencies
from dancu.linkage.model.learnt import USUAL, Field, whole

# of what is compared, that those taken for the same differ in. Measured: 0.02 to 0.1 in nine files, 0.37 in
# one of albums
DOUBTFUL = 0.25
# of those taken for the same, kin. Measured: at most 0.02 in six files of people, 0.09 to 0.9 in 14 with
# households
_KIN = 0.05
_KIN_BY_LITTLE = (
    0.5  # the same where what is a person's own tells little: a given name alone is often a nickname
)
_TOLD = 8.0  # bits that are not little
_KIN_DIFFER = (
    0.7  # of those bits, that kin differ in: a father and a son of one given name do, a nickname does not
)
_DIFFER = (
    0.25  # the same, of the near ones to start from: twins, and couples of nearly one age, differ in less
)
# pairs that the usual m is worth, for each that is taken for the same: what differs in most is not the same
_STRENGTH = 0.25
_ROUNDS, _ENOUGH = 60, 1e-3


def is_doubtful(fields: Sequence[Field]) -> bool:
    """Whether the pairs counted as the same differ in too much of what is compared, each field weighted by
    the bits it tells.
    """
    tells = np.array([max(each.tells, 0.0) for each in fields])
    differ = np.array([each.m[each.comparison.differs_from - 1 :].sum() for each in fields])
    return bool(tells.sum() > 0 and (tells * differ).sum() / tells.sum() > DOUBTFUL)


def kin_pairs(fields: Sequence[Field], own: Collection[str], same: np.ndarray) -> np.ndarray | None:
    """Which pairs differ in much of what is a person's own; None unless many of the pairs counted as the same
    differ in most of it, as members of a household do. Each field is weighted by the bits that it would
    usually tell. `own`: the names of a person's own fields; `same`: the probability of each pair to be the
    same.
    """
    personal = [each for each in fields if each.comparison.field in own]
    least = min(_TOLD, sum(each.would_tell for each in personal))
    if least <= 0:
        return None
    told, differs = np.zeros(len(same)), np.zeros(len(same))
    for each in personal:
        told += each.would_tell * (each.level > 0)
        differs += each.would_tell * (each.level >= each.comparison.differs_from)
    found = (told >= least) & (differs >= _KIN_DIFFER * told)
    many = _KIN if least >= _TOLD else _KIN_BY_LITTLE
    return differs > _DIFFER * told if float(same[found].sum()) > many * float(same.sum()) else None


def match_probability(
    fields: Sequence[Field], frequencies: dict[str, Frequencies], labels: np.ndarray, prior: float
) -> np.ndarray:
    """The probability of each pair to be the same, in a model of two kinds. `labels`: 1 or 0 where a label
    says it, else −1.
    """
    weight = np.full(len(labels), np.log2(prior / (1 - prior)))
    for each in fields:
        weight += each.weights(frequencies, prior)
    return np.where(labels >= 0, labels, 1 / (1 + np.exp2(-np.clip(weight, -60, 60))))


def fit_three_kinds(
    fields: Sequence[Field],
    frequencies: dict[str, Frequencies],
    labels: np.ndarray,
    scale: float,
    every: int,
    prior: float,
    taken: float,
    start: tuple[np.ndarray, np.ndarray] | None = None,
) -> tuple[float, int, float]:
    """Fit three kinds of pairs: the same, the similar but different, and the different. m is learnt from the
    first only.

    `fields`: as the model of two kinds left them. The pairs that it counted as the same, a share `taken` of
    all pairs, are the start for the similar ones; the same start from what is usual and from `prior`.
    `start`: instead of that, the probability of each pair to be the same, and to be similar. Gives the prior,
    the number of rounds, and the weight from which pairs are best counted as the same (`_best`).
    """

    def share(of: np.ndarray) -> float:
        return min(0.5, max(float(of.sum()) * scale, 0.5) / max(every, 1))

    near_m, near = [each.m for each in fields], taken
    for each in fields:
        each.m = each.usual
    if start:
        near_m = [whole(each.counts(start[1]) + USUAL * each.seen) for each in fields]
        prior, near = share(start[0]), share(start[1])
        for each in fields:
            each.learn(start[0])
    before, rounds, same, weight = None, 0, np.zeros(len(labels)), np.zeros(len(labels))
    for rounds in range(1, _ROUNDS + 1):  # noqa: B007
        weight = np.full(len(labels), np.log2(prior))
        weight_near = np.full(len(labels), np.log2(near))
        for each, m in zip(fields, near_m, strict=True):
            weight += each.weights(frequencies, prior)
            weight_near += each.weights(frequencies, prior, m)
        other = np.log2(max(1 - prior - near, 1e-9))
        whole_weight = np.logaddexp2(np.logaddexp2(weight, weight_near), other)
        same = np.where(labels >= 0, labels, np.exp2(weight - whole_weight))
        nearly = np.where(labels >= 0, 0.0, np.exp2(weight_near - whole_weight))
        prior, near = share(same), share(nearly)
        for n, each in enumerate(fields):
            each.learn(same, USUAL + _STRENGTH * float(each.counts(same).sum()))
            near_m[n] = whole(each.counts(nearly) + USUAL * each.seen)
        now = np.concatenate([each.m for each in fields])
        if before is not None and np.abs(now - before).max() < _ENOUGH:
            break
        before = now
    odds = np.full(len(labels), np.log2(prior / (1 - prior)))
    for each in fields:
        odds += each.weights(frequencies, prior)
    return prior, rounds, _best(odds, same)


def _best(weight: np.ndarray, same: np.ndarray) -> float:
    """The weight, 0 or more, from which the expected F1 is best, given the probability of each pair to be the
    same.
    """
    order = np.argsort(-weight, kind="stable")
    found = np.cumsum(same[order])
    expected = 2 * found / (np.arange(1, len(order) + 1) + same.sum())
    return max(0.0, float(weight[order[int(expected.argmax())]])) if len(order) else 0.0
