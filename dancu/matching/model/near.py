"""Files with few duplicates and many near ones: albums of one artist, editions, discs 1 and 2, firms of one name in one house.

Two kinds of pairs do not suffice there: what has much in common and is not the same is neither the same nor like two records drawn at
random, and EM, which has to put it somewhere, puts it to the same. The prior rises to ten times what it is, disagreement seems usual among
the same, and every weight sinks. So a third kind is fitted beside the two (Larsen and Rubin, 2001: "Iterative automated record linkage using
mixture models"), where those taken for the same turn out to differ in much of what is compared.
"""

from collections.abc import Sequence

import numpy as np

from dancu.matching.model.frequencies import Frequencies
from dancu.matching.model.learnt import USUAL, Field, whole

DOUBTFUL = 0.25  # of what is compared, that those taken for the same differ in. Measured: 0.02 to 0.1 in nine files, 0.37 in one of albums
_STRENGTH = (
    0.25  # pairs that the usual m is worth, for each that is taken for the same: what differs in most is not the same
)
_ROUNDS, _ENOUGH = 60, 1e-3


def is_doubtful(fields: Sequence[Field]) -> bool:
    """Whether the pairs taken for the same differ in too much of what is compared; each field counts by what it tells."""
    tells = np.array([max(each.tells, 0.0) for each in fields])
    differ = np.array([each.m[-1] for each in fields])
    return bool(tells.sum() > 0 and (tells * differ).sum() / tells.sum() > DOUBTFUL)


def three_kinds(
    fields: Sequence[Field], frequencies: dict[str, Frequencies], known: np.ndarray, scale: float, every: int, prior: float, taken: float
) -> tuple[float, int, float]:  # fmt: skip
    """Fit those that are the same, those that are near but different, and those that are different; only the first say what m is.

    `fields` as two kinds left them: what they took for the same, a share `taken` of all pairs, is where the near ones start from; those that are
    the same start from what is usual, and `prior`. Gives the prior, the rounds it took, and the weight from which on pairs are best taken for the same (`_best`).
    """
    near_m, near = [each.m for each in fields], taken
    for each in fields:
        each.m = each.usual
    before, rounds, same, weight = None, 0, np.zeros(len(known)), np.zeros(len(known))
    for rounds in range(1, _ROUNDS + 1):  # noqa: B007
        weight = np.full(len(known), np.log2(prior))
        weight_near = np.full(len(known), np.log2(near))
        for each, m in zip(fields, near_m, strict=True):
            weight += each.weights(frequencies, prior)
            weight_near += each.weights(frequencies, prior, m)
        other = np.log2(max(1 - prior - near, 1e-9))
        whole_weight = np.logaddexp2(np.logaddexp2(weight, weight_near), other)
        same = np.where(known >= 0, known, np.exp2(weight - whole_weight))
        nearly = np.where(known >= 0, 0.0, np.exp2(weight_near - whole_weight))
        prior, near = (min(0.5, max(float(share.sum()) * scale, 0.5) / max(every, 1)) for share in (same, nearly))
        for n, each in enumerate(fields):
            each.learn(same, USUAL + _STRENGTH * float(each.counts(same).sum()))
            near_m[n] = whole(each.counts(nearly) + USUAL * each.seen)
        now = np.concatenate([each.m for each in fields])
        if before is not None and np.abs(now - before).max() < _ENOUGH:
            break
        before = now
    odds = np.full(len(known), np.log2(prior / (1 - prior)))
    for each in fields:
        odds += each.weights(frequencies, prior)
    return prior, rounds, _best(odds, same)


def _best(weight: np.ndarray, same: np.ndarray) -> float:
    """The weight, 0 or more, from which on F1 is expected to be best, by how likely each pair is the same rather than near."""
    order = np.argsort(-weight, kind="stable")
    found = np.cumsum(same[order])
    expected = 2 * found / (np.arange(1, len(order) + 1) + same.sum())
    return max(0.0, float(weight[order[int(expected.argmax())]])) if len(order) else 0.0
