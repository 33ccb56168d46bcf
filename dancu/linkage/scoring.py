"""Every candidate pair scored in DuckDB, by the same Scorer that scores one pair in Python."""

from math import log2

import pyarrow as pa
from duckdb import DuckDBPyConnection

from dancu.linkage.model.model import used_columns
from dancu.linkage.model.scoring import Scorer
from dancu.linkage.model.weights import OTHERS

SURE, MOST_SURE = (
    3.0,
    60,
)  # bits from which a pair is sure enough to lead to others; not by a record with more of them
LEAST = -6.0  # bits; pairs that weigh less are not kept


def score_pairs(
    db: DuckDBPyConnection, scorer: Scorer, pairs: str = "pairs", into: str = "scored", least: float = LEAST
) -> int:
    """Make the table `scored` (l, r, weight) of the pairs that weigh at least `least`; how many there are."""
    weigh_records(db, scorer)
    joined = joined_sql(
        scorer, f"{pairs} p JOIN weighed a ON a.rid = p.l JOIN weighed b ON b.rid = p.r", least
    )
    db.execute(f"CREATE OR REPLACE TABLE {into} AS {joined}")
    return db.execute(f"SELECT count(*) FROM {into}").fetchall()[0][0]


def joined_sql(scorer: Scorer, joined: str, least: float) -> str:
    """SELECT of l, r and weight of the pairs that weigh at least `least`. `joined`: what makes them, of
    records (as `weighed`) a and b.
    """
    columns = sorted(
        {column for comparison in scorer.model.comparisons for column in used_columns(comparison)}
    )
    columns += [f"tf_{column}" for column in scorer.model.frequency_columns]
    both = ", ".join(f"a.{column} AS {column}_l, b.{column} AS {column}_r" for column in columns)
    weight = " + ".join(
        [f"{scorer.prior!r}::DOUBLE", *(f"({scorer.sql(each)})" for each in scorer.model.comparisons)]
    )
    return (
        f"SELECT * FROM (SELECT l, r, {weight} AS weight FROM (SELECT a.rid AS l, b.rid AS r, "
        f"{both} FROM {joined})) WHERE weight >= {least}"
    )


def score_neighbours(db: DuckDBPyConnection, scorer: Scorer) -> int:
    """Score too what no key brought together but a third record is sure to match both of; how many such
    pairs weigh enough.
    """
    sure = (
        f"SELECT l AS one, r AS other FROM scored WHERE weight >= {SURE} UNION ALL SELECT r, l FROM "
        f"scored WHERE weight >= {SURE}"
    )
    few = f"SELECT * FROM ({sure}) QUALIFY count(*) OVER (PARTITION BY one) <= {MOST_SURE}"
    db.execute(
        f"CREATE OR REPLACE TEMP TABLE neighbours AS WITH sure AS ({few}) "
        "SELECT DISTINCT a.other AS l, b.other AS r FROM sure a JOIN sure b ON a.one = b.one AND a.other < "
        "b.other "
        "ANTI JOIN pairs p ON p.l = a.other AND p.r = b.other"
    )
    found = score_pairs(db, scorer, "neighbours", "more")
    db.execute("INSERT INTO scored FROM more")
    db.execute("INSERT INTO pairs FROM neighbours")
    return found


def weigh_records(db: DuckDBPyConnection, scorer: Scorer) -> None:
    """Make the table `weighed`: the records, with how frequent each of their values is beside it (`tf_…`,
    NULL for rare ones).
    """
    joins, shares = "", ""
    for column in scorer.model.frequency_columns:
        listed = {
            value: share for value, share in scorer.weights.frequencies[column].items() if value != OTHERS
        }
        db.execute(f"CREATE OR REPLACE TEMP TABLE tf_{column} (value VARCHAR, share DOUBLE)")
        if listed:
            db.register(
                "listed",
                pa.table(
                    {"value": pa.array(listed, pa.string()), "share": pa.array(listed.values(), pa.float64())}
                ),
            )
            db.execute(f"INSERT INTO tf_{column} FROM listed")
        joins += f" LEFT JOIN tf_{column} ON tf_{column}.value = records.{column}"
        shares += f", tf_{column}.share AS tf_{column}"
    db.execute(f"CREATE OR REPLACE TABLE weighed AS SELECT records.* {shares} FROM records {joins}")


def frequency_table_sql(scorer: Scorer, column: str) -> str:
    """A look-up table for Splink, of `weighed`: every value there is, the rare ones with what they are on
    average.
    """
    rarest = scorer.weights.rarest(column)
    return (
        f"SELECT DISTINCT {column}, coalesce(tf_{column}, {rarest!r}::DOUBLE) AS tf_{column} FROM "
        f"weighed WHERE {column} IS NOT NULL"
    )


def bits(probability: float) -> float:
    return log2(probability / (1 - probability))
