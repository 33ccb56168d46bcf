"""One comparison of a model while it is learnt: the level of every pair, and how frequent each level is."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from dancu.linkage.model.frequencies import Frequencies
from dancu.linkage.model.model import DIFFERENT, Comparison
from dancu.linkage.model.weights import SMALLEST

USUAL = 20.0  # pairs that the usual m is worth


class Field:
    """One comparison while it is learnt: the level of every pair (0 missing, 1 the strongest, the last
    different), m and u.
    """

    def __init__(
        self,
        comparison: Comparison,
        m: Sequence[float | None],
        u: Sequence[float | None],
        sampled: int,
        level: np.ndarray,
        table: dict[str, np.ndarray],
    ) -> None:
        """`m`, `u`: what to start from, by level; `sampled`: pairs that u is from; `table`: how frequent
        what pairs agree in is.
        """
        self.comparison, self.level = comparison, np.asarray(level, dtype=np.int64)
        many = len(comparison.levels) + 1
        self.usual = usual_m(many)
        given = [of if of is not None else usual for of, usual in zip(m, self.usual, strict=True)]
        self.m = whole((np.array(given) + 0.1 * self.usual) / 1.1)
        least = 0.5 / max(sampled, 1)
        self.seen = whole(np.array([max(of or 0.0, least) for of in u]))
        self.least = least
        self.often = {
            n: (
                spec.frequency,
                table[f"often_{spec.frequency}"],
                table[f"rare_{spec.frequency}"],
                spec.partly,
            )
            for n, spec in enumerate(comparison.levels, 1)
            if spec.frequency
        }
        self.rare_share: dict[str, float] = {}

    def weights(
        self, frequencies: dict[str, Frequencies], prior: float, m: np.ndarray | None = None
    ) -> np.ndarray:
        """The weight of this field for every pair, in bits. `m`: another than that of the same pairs."""
        m, u = self.m if m is None else m, self.u(prior)
        weight = np.concatenate([[0.0], np.log2(m) - np.log2(u)])[self.level]
        for n, (column, often, rare, partly) in self.often.items():
            there = self.level == n
            other = frequencies[column].other(self.rare_share.get(column, 0.0) * prior)
            share = np.where(rare[there], other, often[there])
            chance = max(sum(each * each for each in frequencies[column].listed.values()), SMALLEST)
            commonly = m[n - 1] / u[n - 1] * chance if partly else m[n - 1]
            weight[there] = np.log2(commonly) - np.log2(share)
        return weight

    def u(self, prior: float) -> np.ndarray:
        """u of pairs that are different: that of random pairs, less the share that is the same."""
        return whole(np.maximum(self.seen - prior * self.m, np.maximum(self.seen * 0.02, self.least)))

    def counts(self, share: np.ndarray) -> np.ndarray:
        """How many pairs are at each level, each pair counted by its share."""
        return np.bincount(self.level, weights=share, minlength=len(self.m) + 1)[1:]

    def learn(self, same: np.ndarray, usual: float = USUAL) -> None:
        """Learn m from the pairs that are the same. `usual`: how many pairs the usual m counts for."""
        self.m = whole(self.counts(same) + usual * self.usual)
        total = max(float(same.sum()), 1e-9)
        for n, (column, _often, rare, _partly) in self.often.items():
            if n == 1:
                self.rare_share[column] = float(same[(self.level == n) & rare].sum()) / total

    @property
    def tells(self) -> float:
        """The mean weight of this field for pairs that are the same, in bits."""
        return self._mean_bits(self.m)

    @cached_property
    def would_tell(self) -> float:
        """The same by the usual m, whatever was learnt."""
        return max(0.0, self._mean_bits(self.usual))

    def _mean_bits(self, m: np.ndarray) -> float:
        return float((m * (np.log2(m) - np.log2(self.seen))).sum())

    def m_and_u(self, prior: float) -> dict[str, tuple[float, float]]:
        names = [*(level.name for level in self.comparison.levels), DIFFERENT]
        return {name: (float(m), float(u)) for name, m, u in zip(names, self.m, self.u(prior), strict=True)}


def usual_m(many: int) -> np.ndarray:
    """The usual m: 80 % agree in full, 5 % are different, the rest is spread over the levels between."""
    if many == 2:
        return np.array([0.9, 0.1])
    return np.array([0.8, *np.full(many - 2, 0.15 / (many - 2)), 0.05])


def whole(shares: np.ndarray) -> np.ndarray:
    return shares / shares.sum()
