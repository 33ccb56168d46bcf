"""Duplicates inside the register: its own model, weights and keys (people.toml), over all of its people.

The register is worked through in shares, so that one share at a time is in memory, whatever the country's
size. Two people are compared if they share a key of the model, and all people with that key are in one share:
shares of birth dates for keys with a birth date, of communes for keys with a home, of telephones for the
telephone.
"""

import time
from collections.abc import Collection, Sequence
from itertools import chain

import numpy as np
import polars as pl
from duckdb import DuckDBPyConnection

from dancu.audit import actions as audit
from dancu.files.source import Troubles
from dancu.linkage.blocking import BlockChoice
from dancu.linkage.clusters import UNKNOWN, clusters_of, scored_pairs
from dancu.linkage.finding import LinkOptions, LinkResult, Tell
from dancu.linkage.model.candidates import LARGEST_BLOCK
from dancu.linkage.model.model import MISSING, BadModel, load_model, used_columns
from dancu.linkage.model.scoring import Scorer
from dancu.linkage.model.ways import any_sql
from dancu.linkage.model.weights import load_weights
from dancu.linkage.scoring import joined_sql
from dancu.matching.answers import MODEL, WEIGHTS
from dancu.matching.batch.records import homes_today
from dancu.matching.batch.weighing import PairScorer
from dancu.register import partitions as register
from dancu.register.many_candidates import PEOPLE
from dancu.register.partitions import Share

DUPLICATES = 0.01  # the assumed share of records that are somebody's second
_DIVIDED_BY = {
    "birth": "birth_date",
    "home": "home_area",
    "phone": "phone",
}  # a key's column → how the register is divided
_UNIQUE = {"number"}  # no two people of the register have one (an index keeps it)


def find_in_register(db: DuckDBPyConnection, options: LinkOptions, tell: Tell) -> LinkResult:
    """Compare all people who share a key of the model, `options.share` people at a time; ids are `person_id`.
    `tell`: called with each line of progress.

    Afterwards `db` holds only the people of pairs found: those above the threshold of review.
    """
    began, model = time.monotonic(), load_model(MODEL)
    weights = load_weights(WEIGHTS, model)
    people = register.number_of_people()
    audit.record_system("register.dedupe", detail=f"{people} people", purpose="matching")
    tell(f"{people:,} people")
    scorer = Scorer(model, weights, prior=2 * DUPLICATES / max(people, 100))
    db.execute("CREATE TABLE found (l BIGINT, r BIGINT, weight DOUBLE)")
    compared = 0
    for blocks, share in _work(model.blocks, people, options.share):
        _load(db, PairScorer(scorer), share)
        compared += sum(_compare(db, scorer, block, weights.thresholds["review"]) for block in blocks)
        _keep(db)
        tell(f"{share.people:,} by {share.key or 'all keys'}: {compared:,} pairs compared")
    _number(db)
    _judge(db, scorer)
    left, right, weight = scored_pairs(db)
    threshold = options.threshold if options.threshold is not None else weights.thresholds["match"]
    joined = np.where(_may_be(db), weight, np.minimum(weight, threshold + UNKNOWN))
    return LinkResult(
        db,
        model,
        weights,
        BlockChoice([list(block) for block in model.blocks]),
        [Troubles()],
        threshold,
        compared,
        left,
        right,
        weight,
        clusters_of(left, right, joined, threshold, options.chains),
        scorer=scorer,
        records=people,
        seconds={"register": round(time.monotonic() - began, 2)},
    )


def _work(blocks: Sequence[Sequence[str]], people: int, most: int) -> list[tuple[list[Sequence[str]], Share]]:
    """The keys to compare within each share. Raises BadModel for a key with none of the columns by which the
    register is divided.
    """
    if people <= most:
        return [(list(blocks), register.everyone(people))]
    by: dict[str, list[Sequence[str]]] = {}
    for block in blocks:
        column = next((column for column in _DIVIDED_BY if column in block), None)
        if column:
            by.setdefault(_DIVIDED_BY[column], []).append(block)
        elif not _UNIQUE & set(block):
            raise BadModel(
                f"the register cannot be divided by the key {' + '.join(block)}: it has none of "
                f"{', '.join(_DIVIDED_BY)}"
            )
    return [
        (of_key, share)
        for key, of_key in by.items()
        for share in register.shares_by(key, most, _communes_today if key == "home_area" else None)
    ]


def _communes_today(area_ids: Collection[int]) -> dict[int, str]:
    """The present commune of each area; the model compares areas of one commune as the same. Areas without
    one are left out.
    """
    homes = homes_today(area_ids).drop_nulls("home").sort("home")
    return dict(homes.select("area_id", "home").iter_rows())


def _load(db: DuckDBPyConnection, weighing: PairScorer, share: Share) -> None:
    """Make the table `weighed`: the people of a share with the model's columns and the frequencies of their
    values.
    """
    frequencies = [f"tf_{column}" for column in weighing.model.frequency_columns]
    columns = [*sorted(weighing.model.columns), *frequencies]
    made = "CREATE OR REPLACE TABLE weighed AS"
    for piece in chain([pl.DataFrame(schema=PEOPLE)], register.people_of(share)):
        held = piece.with_columns(
            pl.lit(None, pl.String).alias("led_by"), pl.lit(None, pl.Int32).alias("lives_in")
        )
        prepared = weighing.prepared_people(held).select(pl.col("person_id").alias("rid"), *columns)
        db.register("piece", prepared.to_arrow())
        db.execute(f"{made} FROM piece")
        db.unregister("piece")
        made = "INSERT INTO weighed"


def _compare(db: DuckDBPyConnection, scorer: Scorer, block: Sequence[str], least: float) -> int:
    """Weigh the pairs that share a key, and put those above `least` into `found`. Gives how many pairs there
    were.
    """
    columns, known = ", ".join(block), " AND ".join(f"{column} IS NOT NULL" for column in block)
    sizes = f"SELECT {columns}, count(*) AS n FROM weighed WHERE {known} GROUP BY {columns} HAVING n > 1"
    pairs, crowded = db.execute(
        f"SELECT coalesce(sum(n * (n - 1) // 2) FILTER (n <= {LARGEST_BLOCK}), 0), count(*) FILTER (n > "
        f"{LARGEST_BLOCK}) FROM ({sizes})"
    ).fetchall()[0]
    side = "weighed"
    if crowded:
        db.execute(
            f"CREATE OR REPLACE TEMP TABLE crowded AS SELECT {columns} FROM ({sizes}) WHERE n > "
            f"{LARGEST_BLOCK}"
        )
        side = f"(SELECT * FROM weighed ANTI JOIN crowded USING ({columns}))"
    shared = " AND ".join(f"a.{column} = b.{column}" for column in block)
    db.execute(
        f"INSERT INTO found "
        f"{joined_sql(scorer, f'{side} a JOIN {side} b ON {shared} AND a.rid < b.rid', least)}"
    )
    return int(pairs)


def _keep(db: DuckDBPyConnection) -> None:
    """Keep the people of a share who are in a pair found."""
    db.execute(
        "CREATE TABLE IF NOT EXISTS kept AS FROM weighed LIMIT 0;"
        "INSERT INTO kept FROM weighed WHERE rid IN (SELECT l FROM found UNION SELECT r FROM found) AND rid "
        "NOT IN (SELECT rid FROM kept)"
    )


def _number(db: DuckDBPyConnection) -> None:
    """Make the tables `ids`, `records` and `weighty` of the people in `found`, numbered by person_id."""
    columns = ", ".join(
        row[0]
        for row in db.execute("DESCRIBE kept").fetchall()
        if row[0] != "rid" and not row[0].startswith("tf_")
    )
    db.execute(
        "CREATE TABLE ids AS SELECT (row_number() OVER (ORDER BY rid) - 1)::INTEGER AS rid, 0::TINYINT AS "
        "side, "
        "row_number() OVER (ORDER BY rid)::INTEGER AS row, rid::VARCHAR AS _id, NULL::VARCHAR AS _label, "
        "rid AS person_id FROM kept;"
        f"CREATE TABLE records AS SELECT i.rid, i.side, {columns} FROM kept k JOIN ids i ON i.person_id = "
        f"k.rid;"
        "CREATE TABLE weighty AS SELECT a.rid AS l, b.rid AS r, max(weight) AS weight FROM found f "
        "JOIN ids a ON a.person_id = f.l JOIN ids b ON b.person_id = f.r GROUP BY ALL"
    )


def _judge(db: DuckDBPyConnection, scorer: Scorer) -> None:
    """Make the table `scored` of the pairs found that can be one person, with whether people need not decide
    (model/ways.py), since kin share a telephone and a home. Two people with two numbers are taken for twins,
    unless they agree exactly.
    """
    model = scorer.model
    columns = sorted(
        {*model.deciding_columns, *(column for each in model.comparisons for column in used_columns(each))}
    )
    both = ", ".join(f"a.{column} AS {column}_l, b.{column} AS {column}_r" for column in columns)
    levels = ", ".join(f"{scorer.level_sql(each)} AS level_{each.field}" for each in model.comparisons)
    level = {each.field: f"level_{each.field}" for each in model.comparisons}
    one_number = " AND ".join(f"{level[field]} IN ('{MISSING}', 'same')" for field in sorted(_UNIQUE))
    may_be = f"{any_sql(model.automatic, level)} AND ({one_number} OR {any_sql(model.exact, level)})"
    pairs = (
        f"SELECT l, r, weight, {both} FROM weighty JOIN records a ON a.rid = l JOIN records b ON b.rid = r"
    )
    db.execute(
        f"CREATE TABLE scored AS SELECT l, r, weight, {may_be} AS may_be "
        f"FROM (SELECT *, {levels} FROM ({pairs})) WHERE {any_sql(model.possible, level)}"
    )


def _may_be(db: DuckDBPyConnection) -> np.ndarray:
    """Whether people need not decide, for each pair in the order of scored_pairs."""
    return np.asarray(
        db.execute("SELECT may_be FROM scored ORDER BY weight DESC, l, r").fetchnumpy()["may_be"], dtype=bool
    )
