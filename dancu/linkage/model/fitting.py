"""Expectation maximisation of the whole model over all candidate pairs, with frequencies, from where Splink's
training left off.

Pairs that share no block are taken for different people. What random pairs showed (u) is freed of the share
that are the same, which in a file of ten records a person is most of what agrees. Prior counts (Dirichlet)
keep m near what is usual where there are few pairs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from duckdb import DuckDBPyConnection

from dancu.linkage.model.frequencies import Frequencies
from dancu.linkage.model.learnt import USUAL, Field
from dancu.linkage.model.model import Comparison, Model, used_columns
from dancu.linkage.model.near import fit_three_kinds, is_doubtful, kin_pairs, match_probability
from dancu.linkage.model.own import others
from dancu.linkage.model.weights import OTHERS

MOST_PAIRS = 2_000_000  # fitted; of more, every n-th
_ROUNDS, _ENOUGH = 40, 1e-3
_FIXED = 1e12  # pairs that the usual m is worth, where nothing is learnt of it


@dataclass(frozen=True)
class Start:
    """m and u by field, in the order of its levels, `different` last; None where not learnt. `sampled`:
    pairs that u is from.
    """

    m: dict[str, list[float | None]]
    u: dict[str, list[float | None]]
    sampled: int


@dataclass(frozen=True)
class Fitted:
    """`even`: the weight from which on a pair is taken for the same: 0, more where near ones that are
    different were told apart. `households`: whether people of one household were told apart by what is their
    own (own.py).
    """

    levels: dict[str, dict[str, tuple[float, float]]]
    frequencies: dict[str, dict[str, float]]
    prior: float
    pairs: int
    rounds: int
    even: float = 0.0
    households: bool = False


def fit(
    db: DuckDBPyConnection,
    model: Model,
    start: Start,
    frequencies: dict[str, Frequencies],
    every: int,
    labels: Sequence[tuple[int, int, bool]] = (),
    near: bool | None = None,
) -> Fitted:
    """Fit m, u, the prior and the frequency of rare values to the tables `records` and `pairs`. `every`:
    pairs there are in all.

    `near`: whether a third kind of pairs is told apart, similar but different; None: where those of two kinds
    leave a doubt, or are kin.
    """
    taken, table = _levels_of(db, model, frequencies, labels)
    scale = max(db.execute("SELECT count(*) FROM pairs").fetchall()[0][0], 1) / max(taken, 1)
    known, even = np.asarray(table["label"]), 0.0
    fields = _fields(model, start, table)
    two_people = others(fields, model, scale, every) if near is not False else None
    if two_people is not None:
        known = np.where((known < 0) & two_people, 0, known)
        for each in fields:
            each.m = each.usual
    first = min(0.5, max(2 / max(every, 4), _first_prior(fields, known, scale, every)))
    prior, rounds = _two_kinds(fields, frequencies, known, scale, every, first, learns=two_people is None)
    if two_people is None and near is not False:
        same = match_probability(fields, frequencies, known, prior)
        related = kin_pairs(fields, model.identity, same)
        if near or related is not None or is_doubtful(fields):
            begin = None if related is None else (same * ~related, same * related)
            prior, rounds, even = fit_three_kinds(
                fields, frequencies, known, scale, every, first, prior, begin
            )
    levels = {each.comparison.field: each.m_and_u(prior) for each in fields}
    listed = {
        column: of.listed | {OTHERS: of.other(_by_matches(fields, column, prior))}
        for column, of in frequencies.items()
    }
    return Fitted(levels, listed, prior, taken, rounds, even, two_people is not None)


def _fields(model: Model, start: Start, table: dict[str, np.ndarray]) -> list[Field]:
    return [
        Field(each, start.m[each.field], start.u[each.field], start.sampled, table[f"level_{i}"], table)
        for i, each in enumerate(model.comparisons)
    ]


def _two_kinds(
    fields: Sequence[Field],
    frequencies: dict[str, Frequencies],
    known: np.ndarray,
    scale: float,
    every: int,
    prior: float,
    learns: bool = True,
) -> tuple[float, int]:
    """Pairs that are the same and pairs that are different: the prior, and in how many rounds it was found.
    `learns`: whether m is learnt; where households share what tells most and few are the same, it would be
    learnt of strangers of one name, and stays what is usual.
    """
    before = None
    for rounds in range(1, _ROUNDS + 1):
        same = match_probability(fields, frequencies, known, prior)
        prior = min(0.9, max(float(same.sum()) * scale, 0.5) / max(every, 1))
        for each in fields:
            each.learn(same, USUAL if learns else _FIXED)
        now = np.concatenate([each.m for each in fields])
        if before is not None and np.abs(now - before).max() < _ENOUGH:
            return prior, rounds
        before = now
    return prior, _ROUNDS


def _first_prior(fields: Sequence[Field], known: np.ndarray, scale: float, every: int) -> float:
    """Pairs that agree in full in most of what both have are nearly always the same."""
    agreeing = sum((each.level == 1).astype(np.int16) for each in fields)
    compared = sum((each.level > 0).astype(np.int16) for each in fields)
    return (
        float(((agreeing >= 2) & (agreeing >= 0.7 * compared) & (known != 0)).sum()) * scale / max(every, 1)
    )


def _by_matches(fields: Sequence[Field], column: str, prior: float) -> float:
    """Of random pairs, those that agree in a column's rarer value since they are the same."""
    return max((each.rare_share.get(column, 0.0) * prior for each in fields), default=0.0)


def _levels_of(
    db: DuckDBPyConnection,
    model: Model,
    frequencies: dict[str, Frequencies],
    labels: Sequence[tuple[int, int, bool]],
) -> tuple[int, dict[str, np.ndarray]]:
    """The level of every comparison for candidate pairs, how frequent what they agree in is, and the
    labels.
    """
    total = db.execute("SELECT count(*) FROM pairs").fetchall()[0][0]
    every_nth = -(-total // MOST_PAIRS)
    chosen = f"SELECT l, r FROM pairs WHERE hash(l, r) % {max(every_nth, 1)} = 0"
    db.execute("CREATE OR REPLACE TEMP TABLE labelled (l INTEGER, r INTEGER, same TINYINT)")
    if labels:
        db.executemany(
            "INSERT INTO labelled VALUES (?, ?, ?)",
            [(min(a, b), max(a, b), int(same)) for a, b, same in labels],
        )
        chosen = f"({chosen}) UNION SELECT l, r FROM labelled"
    columns = sorted({column for comparison in model.comparisons for column in used_columns(comparison)})
    both = ", ".join(f"a.{column} AS {column}_l, b.{column} AS {column}_r" for column in columns)
    levels = ", ".join(
        f"{level_number_sql(comparison)} AS level_{i}" for i, comparison in enumerate(model.comparisons)
    )
    often, joins = "", ""
    for i, column in enumerate(model.frequency_columns):
        names = "(SELECT unnest(?) AS value, unnest(?) AS share)"
        joins += (
            f" LEFT JOIN {names} f{i} ON f{i}.value = c.{column}_l LEFT JOIN {names} g{i} ON "
            f"g{i}.value = c.{column}_r"
        )
        often += (
            f", greatest(coalesce(f{i}.share, 0), coalesce(g{i}.share, 0)) AS often_{column}, "
            f"(f{i}.share IS NULL AND g{i}.share IS NULL) AS rare_{column}"
        )
    given = [
        part
        for column in model.frequency_columns
        for _ in "lr"
        for part in (list(frequencies[column].listed), list(frequencies[column].listed.values()))
    ]
    found = db.execute(
        f"WITH c AS (SELECT p.l, p.r, {both} FROM ({chosen}) p JOIN records a ON a.rid = p.l JOIN records b "
        f"ON b.rid = p.r) "
        f"SELECT {levels} {often}, coalesce(k.same, -1)::TINYINT AS label FROM c {joins} LEFT JOIN labelled "
        f"k ON k.l = c.l AND k.r = c.r",
        given,
    ).fetchnumpy()
    return len(found["label"]), {name: np.asarray(values) for name, values in found.items()}


def level_number_sql(comparison: Comparison) -> str:
    """The number of the level of a pair: 0 missing, 1 the strongest, the last different."""
    cases = " ".join(f"WHEN {level.when.sql()} THEN {n}" for n, level in enumerate(comparison.levels, 1))
    return (
        f"(CASE WHEN {comparison.missing.sql()} THEN 0 {cases} ELSE {len(comparison.levels) + 1} "
        f"END)::UTINYINT"
    )
