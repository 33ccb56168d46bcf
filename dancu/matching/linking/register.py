"""Duplicates inside the register: its own model, weights and keys (people.toml), over all of its people."""

import polars as pl
from duckdb import DuckDBPyConnection

from dancu.matching.answers import MODEL, WEIGHTS
from dancu.matching.batch.weighing import Weighing
from dancu.matching.files import Troubles
from dancu.matching.linking.blocking import Choice
from dancu.matching.linking.clusters import clusters_of, scored_pairs
from dancu.matching.linking.finding import Found, Tell, Wish
from dancu.matching.linking.scoring import score_pairs
from dancu.matching.model.candidates import pairs_sql
from dancu.matching.model.model import load_model
from dancu.matching.model.scoring import Scorer
from dancu.matching.model.weights import load_weights
from dancu.register import many_candidates as register


def find_in_register(db: DuckDBPyConnection, wish: Wish, tell: Tell) -> Found:
    """Compare all people who share a key of the model. The prior is one duplicate a hundred people; ids are `person_id`."""
    model = load_model(MODEL)
    weights = load_weights(WEIGHTS, model)
    people = _load(db, Weighing(Scorer(model, weights)))
    tell(f"{people:,} people read")
    db.execute(f"CREATE OR REPLACE TABLE pairs AS {pairs_sql(model.blocks, two_files=False)}")
    candidates = db.execute("SELECT count(*) FROM pairs").fetchall()[0][0]
    scorer = Scorer(model, weights, prior=0.02 / max(people, 100))
    score_pairs(db, scorer, least=weights.thresholds["review"])
    tell(f"{candidates:,} pairs compared")
    left, right, weight = scored_pairs(db)
    threshold = wish.threshold if wish.threshold is not None else weights.thresholds["match"]
    return Found(
        db, model, weights, Choice([list(block) for block in model.blocks]), [Troubles()], threshold, candidates, left, right, weight,
        clusters_of(left, right, weight, threshold, wish.chains),
    )  # fmt: skip


def _load(db: DuckDBPyConnection, weighing: Weighing) -> int:
    columns = sorted(weighing.model.columns)
    people = 0
    for piece in register.everyone():
        held = pl.lit(None, pl.String)
        prepared = weighing.prepared_people(
            piece.with_columns(held.alias("led_by"), pl.lit(None, pl.Int32).alias("lives_in"))
        )
        numbers = pl.int_range(people, people + len(prepared), dtype=pl.Int32)
        prepared = prepared.with_columns(numbers.alias("rid"), pl.lit(0, pl.Int8).alias("side"))
        ids = prepared.select(
            "rid",
            "side",
            pl.col("rid").alias("row"),
            pl.col("person_id").cast(pl.String).alias("_id"),
            held.alias("_label"),
        )
        for table, frame in (("records", prepared.select("rid", "side", *columns)), ("ids", ids)):
            db.register("piece", frame.to_arrow())
            db.execute(f"INSERT INTO {table} FROM piece" if people else f"CREATE TABLE {table} AS FROM piece")
            db.unregister("piece")
        people += len(prepared)
    if not people:
        for table, columns_ in (("records", ["rid INTEGER", "side TINYINT", *(f"{column} VARCHAR" for column in columns)]), ("ids", ["rid INTEGER", "side TINYINT", "row INTEGER", "_id VARCHAR", "_label VARCHAR"])):  # fmt: skip
            db.execute(f"CREATE TABLE {table} ({', '.join(columns_)})")
    return people
