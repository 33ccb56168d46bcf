"""Weights learnt from data, without labels or with some: Splink's sampling and EM, then EM once more over all
candidates.

u: Splink compares pairs drawn at random. m: Splink's EM (Fellegi and Sunter's model, Winkler 1988) over pairs
that share one key, for several keys. Both are starting points. Then the model is fitted once more as a whole
(fitting.py) to the pairs that share any of its blocks, where frequent values count, records that are the same
are no longer taken for chance, and few data do not lead astray.
"""

import logging
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

import duckdb
import polars as pl
from splink import DuckDBAPI, Linker
from splink.internals.exceptions import EMTrainingException, SplinkException

from dancu.linkage.model.candidates import pairs_sql
from dancu.linkage.model.fitting import Start, fit
from dancu.linkage.model.frequencies import frequencies_of
from dancu.linkage.model.model import DIFFERENT, Comparison, Model
from dancu.linkage.model.settings import splink_settings
from dancu.linkage.model.weights import Weights

SAMPLE_PAIRS = 600_000  # compared at random for u
_SESSIONS = 3  # keys over which Splink's EM runs
_SESSION_PAIRS = (30, 300_000)
Label = tuple[int, int, bool]  # rid of one, rid of the other, whether they are the same


def train(
    model: Model,
    left: pl.DataFrame,
    right: pl.DataFrame | None = None,
    *,
    seed: int = 1,
    labels: Iterable[Label] = (),
    provenance: dict[str, Any] | None = None,
) -> Weights:
    """Learn weights from prepared records (kinds.prepare_frame): of one file, or between two.

    `labels`: pairs by the numbers of their rows, the right file's counted on after the left's, and whether
    they are the same.
    """
    with duckdb.connect() as db:
        both = [
            frame.select(sorted(model.columns)).with_columns(pl.lit(side).alias("side"))
            for side, frame in enumerate([left, right])
            if frame is not None
        ]
        db.register("given", pl.concat(both).with_row_index("rid").to_arrow())
        db.execute("CREATE TABLE records AS SELECT * REPLACE (rid::INTEGER AS rid) FROM given")
        return train_on(db, model, right is not None, seed=seed, labels=labels, provenance=provenance)


def train_on(
    db: duckdb.DuckDBPyConnection,
    model: Model,
    two_files: bool,
    *,
    seed: int = 1,
    labels: Iterable[Label] = (),
    provenance: dict[str, Any] | None = None,
    near: bool | None = None,
) -> Weights:
    """The same over a table `records` (rid, side 0 or 1, prepared columns) in DuckDB; leaves a table `pairs`
    (l, r) of all candidates.

    `near`: whether many pairs are similar but different (near.py); None: find out.
    """
    counts = dict(db.execute("SELECT side, count(*) FROM records GROUP BY side").fetchall())
    records = sum(counts.values())
    every = counts.get(0, 0) * counts.get(1, 0) if two_files else records * (records - 1) // 2
    start, rules = _splinks(db, model, two_files, every, seed)
    frequencies = frequencies_of(db, model)
    db.execute(f"CREATE OR REPLACE TABLE pairs AS {pairs_sql(model.blocks, two_files)}")
    fitted = fit(db, model, start, frequencies, every, list(labels), near)
    told = {
        "trained_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "records": records,
        "pairs_fitted": fitted.pairs,
        "rounds": fitted.rounds,
        "rules": rules,
        "seed": seed,
        "versions": {name: version(name) for name in ("splink", "duckdb")},
    }
    return Weights(
        model.name,
        model.digest_of_levels,
        fitted.levels,
        fitted.frequencies,
        fitted.prior,
        provenance=told | (provenance or {}),
        even=fitted.even,
        households=fitted.households,
    )


def _splinks(
    db: duckdb.DuckDBPyConnection, model: Model, two_files: bool, every: int, seed: int
) -> tuple[Start, list[str]]:
    logging.getLogger("splink").setLevel(logging.ERROR)
    api = DuckDBAPI(connection=db)
    for side in (0, 1):
        db.execute(
            f"CREATE OR REPLACE TEMP VIEW side_{side} AS SELECT * EXCLUDE (side) FROM records WHERE side = "
            f"{side}"
        )
    tables = [
        api.register(f"side_{side}", dataset_display_name=f"of_{side}")
        for side in ((0, 1) if two_files else (0,))
    ]
    link_type = "link_only" if two_files else "dedupe_only"
    linker = Linker(
        tables if two_files else tables[0],
        splink_settings(model, link_type),
        log_level=None,
        validate_settings=False,
    )
    linker.training.estimate_u_using_random_sampling(
        max_pairs=min(every, SAMPLE_PAIRS), seed=seed, min_count_per_level=None, num_chunks=1
    )
    rules = _rules(db, model, two_files)
    for rule in rules:
        before = linker._settings_obj.core_model_settings.copy()
        try:
            linker.training.estimate_parameters_using_expectation_maximisation(
                " AND ".join(f"l.{column} = r.{column}" for column in rule),
                estimate_without_term_frequencies=True,
            )
        except (EMTrainingException, SplinkException, ZeroDivisionError, ValueError):
            # Splink 5.0 stops where an m comes out as 0, and leaves the comparisons of this session alone in
            # its settings
            linker._settings_obj.core_model_settings = before
    learnt = {comparison.output_column_name: comparison for comparison in linker._settings_obj.comparisons}
    m, u = {}, {}
    for comparison in model.comparisons:
        levels = learnt[comparison.field]._comparison_levels_excluding_null
        m[comparison.field] = [
            _number(level.m_probability) if level._trained_m_probabilities else None for level in levels
        ]
        u[comparison.field] = [_number(level.u_probability) for level in levels]
    for name in list(api._intermediate_table_cache):
        api._intermediate_table_cache[name].drop_table_from_database_and_remove_from_cache(
            force_non_splink_table=False
        )
    return Start(m, u, min(every, SAMPLE_PAIRS)), [" + ".join(rule) for rule in rules]


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _rules(db: duckdb.DuckDBPyConnection, model: Model, two_files: bool) -> list[list[str]]:
    """Keys for Splink's EM: what agreement in full means for one field, or two; most telling first, until
    each field is learnt twice.
    """
    counted = []
    singles = [_main_columns(comparison) for comparison in model.comparisons]
    doubles = [
        [*one, *other] for i, one in enumerate(singles) for other in singles[i + 1 :] if not {*one} & {*other}
    ]
    for rule in [*singles, *doubles]:
        pairs = _count(db, rule, two_files)
        if _SESSION_PAIRS[0] <= pairs <= _SESSION_PAIRS[1]:
            counted.append((len(rule) > 1, -pairs if pairs < 500 else pairs, rule))
    chosen: list[list[str]] = []
    learnt = dict.fromkeys((comparison.field for comparison in model.comparisons), 0)
    for _, _, rule in sorted(counted):
        new = [c.field for c in model.comparisons if not {*rule} & _columns(c) and learnt[c.field] < 2]
        if new and len(chosen) < _SESSIONS:
            chosen.append(rule)
            for name in new:
                learnt[name] += 1
    return chosen


def _main_columns(comparison: Comparison) -> list[str]:
    return sorted(comparison.levels[0].when.columns)


def _columns(comparison: Comparison) -> set[str]:
    return set(comparison.missing.columns).union(*(level.when.columns for level in comparison.levels))


def _count(db: duckdb.DuckDBPyConnection, columns: Sequence[str], two_files: bool) -> int:
    known = " AND ".join(f"{column} IS NOT NULL" for column in columns)
    pairs = "a * b" if two_files else "(a + b) * (a + b - 1) // 2"
    sides = "count(*) FILTER (side = 0)::HUGEINT AS a, count(*) FILTER (side = 1)::HUGEINT AS b"
    counted = f"SELECT {sides} FROM records WHERE {known} GROUP BY {', '.join(columns)}"
    return int(db.execute(f"SELECT coalesce(sum({pairs}), 0) FROM ({counted})").fetchall()[0][0])


__all__ = ["DIFFERENT", "Label", "train", "train_on"]
