"""Expectation maximisation of the whole model over all candidate pairs, with frequencies, from where Splink's training left off.

Pairs that share no block are taken for different people. What random pairs showed (u) is freed of the share that are the same, which in
a file of ten records a person is most of what agrees. Prior counts (Dirichlet) keep m near what is usual where there are few pairs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from duckdb import DuckDBPyConnection

from dancu.matching.model.frequencies import Frequencies
from dancu.matching.model.model import DIFFERENT, Comparison, Model
from dancu.matching.model.weights import OTHERS, SMALLEST

MOST_PAIRS = 2_000_000  # fitted; of more, every n-th
USUAL = 20.0  # pairs that the usual m is worth
_ROUNDS, _ENOUGH = 40, 1e-3


@dataclass(frozen=True)
class Start:
    """m and u by field, in the order of its levels, `different` last; None where not learnt. `sampled`: pairs that u is from."""

    m: dict[str, list[float | None]]
    u: dict[str, list[float | None]]
    sampled: int


@dataclass(frozen=True)
class Fitted:
    levels: dict[str, dict[str, tuple[float, float]]]
    frequencies: dict[str, dict[str, float]]
    prior: float
    pairs: int
    rounds: int


def fit(db: DuckDBPyConnection, model: Model, start: Start, frequencies: dict[str, Frequencies], every: int, labels: Sequence[tuple[int, int, bool]] = ()) -> Fitted:  # fmt: skip
    """Fit m, u, the prior and the frequency of rare values to the tables `records` and `pairs`. `every`: pairs there are in all."""
    taken, table = _levels_of(db, model, frequencies, labels)
    scale = max(db.execute("SELECT count(*) FROM pairs").fetchall()[0][0], 1) / max(taken, 1)
    fields = [_Field(comparison, start, table[f"level_{i}"], table) for i, comparison in enumerate(model.comparisons)]
    known = np.asarray(table["label"])
    prior, rounds, before = min(0.5, max(2 / max(every, 4), _first_prior(fields, scale, every))), 0, None
    for rounds in range(1, _ROUNDS + 1):  # noqa: B007
        weight = np.full(taken, np.log2(prior / (1 - prior)))
        for each in fields:
            weight += each.weights(frequencies, prior)
        same = 1 / (1 + np.exp2(-np.clip(weight, -60, 60)))
        same = np.where(known >= 0, known, same)
        matches = float(same.sum()) * scale
        prior = min(0.9, max(matches, 0.5) / max(every, 1))
        for each in fields:
            each.learn(same, prior)
        now = np.concatenate([each.m for each in fields])
        if before is not None and np.abs(now - before).max() < _ENOUGH:
            break
        before = now
    levels = {each.comparison.field: each.said(prior) for each in fields}
    listed = {
        column: of.listed | {OTHERS: of.other(_by_matches(fields, column, prior))} for column, of in frequencies.items()
    }
    return Fitted(levels, listed, prior, taken, rounds)


def _first_prior(fields: Sequence["_Field"], scale: float, every: int) -> float:
    """Pairs that agree in full in most of what both have are nearly always the same."""
    agreeing = sum((each.level == 1).astype(np.int16) for each in fields)
    compared = sum((each.level > 0).astype(np.int16) for each in fields)
    return float(((agreeing >= 2) & (agreeing >= 0.7 * compared)).sum()) * scale / max(every, 1)


def _by_matches(fields: Sequence["_Field"], column: str, prior: float) -> float:
    """Of random pairs, those that agree in a column's rarer value since they are the same."""
    return max((each.rare_share.get(column, 0.0) * prior for each in fields), default=0.0)


class _Field:
    """One comparison while it is learnt: the level of every pair (0 missing, 1 the strongest, the last different), m and u."""

    def __init__(self, comparison: Comparison, start: Start, level: np.ndarray, table: dict[str, np.ndarray]) -> None:
        self.comparison, self.level = comparison, np.asarray(level, dtype=np.int64)
        many = len(comparison.levels) + 1
        self.usual = _usual(many)
        given = [m if m is not None else usual for m, usual in zip(start.m[comparison.field], self.usual, strict=True)]
        self.m = _whole((np.array(given) + 0.1 * self.usual) / 1.1)
        least = 0.5 / max(start.sampled, 1)
        self.seen = _whole(np.array([max(u or 0.0, least) for u in start.u[comparison.field]]))
        self.least = least
        self.often = {
            n: (spec.frequency, table[f"often_{spec.frequency}"], table[f"rare_{spec.frequency}"], spec.partly)
            for n, spec in enumerate(comparison.levels, 1)
            if spec.frequency
        }
        self.rare_share: dict[str, float] = {}

    def weights(self, frequencies: dict[str, Frequencies], prior: float) -> np.ndarray:
        """What this field says of every pair, in bits."""
        bits = np.concatenate([[0.0], np.log2(self.m) - np.log2(self.u(prior))])
        weight = bits[self.level]
        u = self.u(prior)
        for n, (column, often, rare, partly) in self.often.items():
            there = self.level == n
            other = frequencies[column].other(self.rare_share.get(column, 0.0) * prior)
            share = np.where(rare[there], other, often[there])
            chance = max(sum(each * each for each in frequencies[column].listed.values()), SMALLEST)
            commonly = self.m[n - 1] / u[n - 1] * chance if partly else self.m[n - 1]
            weight[there] = np.log2(commonly) - np.log2(share)
        return weight

    def u(self, prior: float) -> np.ndarray:
        """u of pairs that are different: what random pairs showed, less those that are the same."""
        return _whole(np.maximum(self.seen - prior * self.m, np.maximum(self.seen * 0.02, self.least)))

    def learn(self, same: np.ndarray, prior: float) -> None:
        counts = np.bincount(self.level, weights=same, minlength=len(self.m) + 1)[1:]
        self.m = _whole(counts + USUAL * self.usual)
        total = max(float(same.sum()), 1e-9)
        for n, (column, _often, rare, _partly) in self.often.items():
            if n == 1:
                self.rare_share[column] = float(same[(self.level == n) & rare].sum()) / total

    def said(self, prior: float) -> dict[str, tuple[float, float]]:
        names = [*(level.name for level in self.comparison.levels), DIFFERENT]
        return {name: (float(m), float(u)) for name, m, u in zip(names, self.m, self.u(prior), strict=True)}


def _usual(many: int) -> np.ndarray:
    """What m mostly is: 80 % agree in full, 5 % are different, the rest spread over the levels between."""
    if many == 2:
        return np.array([0.9, 0.1])
    return np.array([0.8, *np.full(many - 2, 0.15 / (many - 2)), 0.05])


def _whole(shares: np.ndarray) -> np.ndarray:
    return shares / shares.sum()


def _levels_of(db: DuckDBPyConnection, model: Model, frequencies: dict[str, Frequencies], labels: Sequence[tuple[int, int, bool]]) -> tuple[int, dict[str, np.ndarray]]:  # fmt: skip
    """The level of every comparison for candidate pairs, how frequent what they agree in is, and the labels."""
    total = db.execute("SELECT count(*) FROM pairs").fetchall()[0][0]
    every_nth = -(-total // MOST_PAIRS)
    chosen = f"SELECT l, r FROM pairs WHERE hash(l, r) % {max(every_nth, 1)} = 0"
    db.execute("CREATE OR REPLACE TEMP TABLE labelled (l INTEGER, r INTEGER, same TINYINT)")
    if labels:
        db.executemany(
            "INSERT INTO labelled VALUES (?, ?, ?)", [(min(a, b), max(a, b), int(same)) for a, b, same in labels]
        )
        chosen = f"({chosen}) UNION SELECT l, r FROM labelled"
    columns = sorted({column for comparison in model.comparisons for column in used_columns(comparison)})
    both = ", ".join(f"a.{column} AS {column}_l, b.{column} AS {column}_r" for column in columns)
    levels = ", ".join(f"{level_number_sql(comparison)} AS level_{i}" for i, comparison in enumerate(model.comparisons))
    often, joins = "", ""
    for i, column in enumerate(model.frequency_columns):
        names = "(SELECT unnest(?) AS value, unnest(?) AS share)"
        joins += (
            f" LEFT JOIN {names} f{i} ON f{i}.value = c.{column}_l LEFT JOIN {names} g{i} ON g{i}.value = c.{column}_r"
        )
        often += f", greatest(coalesce(f{i}.share, 0), coalesce(g{i}.share, 0)) AS often_{column}, (f{i}.share IS NULL AND g{i}.share IS NULL) AS rare_{column}"  # fmt: skip
    given = [part for column in model.frequency_columns for _ in "lr" for part in (list(frequencies[column].listed), list(frequencies[column].listed.values()))]  # fmt: skip
    found = db.execute(
        f"WITH c AS (SELECT p.l, p.r, {both} FROM ({chosen}) p JOIN records a ON a.rid = p.l JOIN records b ON b.rid = p.r) "
        f"SELECT {levels} {often}, coalesce(k.same, -1)::TINYINT AS label FROM c {joins} LEFT JOIN labelled k ON k.l = c.l AND k.r = c.r",
        given,
    ).fetchnumpy()
    return len(found["label"]), {name: np.asarray(values) for name, values in found.items()}


def used_columns(comparison: Comparison) -> set[str]:
    """The prepared columns that a comparison reads, its frequencies' among them."""
    columns = set(comparison.missing.columns)
    for level in comparison.levels:
        columns |= level.when.columns | ({level.frequency} if level.frequency else set())
    return columns


def level_number_sql(comparison: Comparison) -> str:
    """The number of the level of a pair: 0 missing, 1 the strongest, the last different."""
    cases = " ".join(f"WHEN {level.when.sql()} THEN {n}" for n, level in enumerate(comparison.levels, 1))
    return f"(CASE WHEN {comparison.missing.sql()} THEN 0 {cases} ELSE {len(comparison.levels) + 1} END)::UTINYINT"
