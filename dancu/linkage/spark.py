"""The same model on Splink's Spark backend, for files that outgrow one machine. Needs pyspark and Java 17,
which dancu does not bring.

The prepared records go to Spark with how frequent their values are and with their keys; Splink blocks,
compares and weighs there, and the pairs that weigh enough come back. A local session is started where none
runs; one on a cluster is taken as it is.
"""

import logging
import tempfile
from pathlib import Path

from duckdb import DuckDBPyConnection

from dancu.linkage.errors import NoSpark
from dancu.linkage.model.candidates import LARGEST_BLOCK
from dancu.linkage.model.scoring import Scorer
from dancu.linkage.model.settings import splink_settings
from dancu.linkage.scoring import LEAST, frequency_table_sql, weigh_records


def score_on_spark(db: DuckDBPyConnection, scorer: Scorer, two_files: bool) -> int:
    """Make the tables `pairs` and `scored` of what Spark finds; how many pairs there are. Raises NoSpark."""
    try:
        from pyspark.sql import SparkSession  # pyright: ignore[reportMissingImports]
        from splink import Linker, SparkAPI
        from splink.backends.spark import similarity_jar_location
    except ImportError as error:
        raise NoSpark from error
    logging.getLogger("splink").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory(prefix="dancu-spark-") as folder:
        _export(db, scorer, Path(folder))
        session = (
            SparkSession.builder.appName("dancu match")
            .config("spark.jars", similarity_jar_location())
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.sql.warehouse.dir", f"{folder}/warehouse")
            .config("spark.sql.shuffle.partitions", "8")
            .getOrCreate()
        )
        session.sparkContext.setLogLevel("ERROR")
        session.sparkContext.setCheckpointDir(f"{folder}/checkpoints")
        api = SparkAPI(spark_session=session, break_lineage_method="parquet")
        tables = [
            api.register(
                session.read.parquet(f"{folder}/side_{side}.parquet"), dataset_display_name=f"of_{side}"
            )
            for side in ((0, 1) if two_files else (0,))
        ]
        settings = splink_settings(
            scorer.model, "link_only" if two_files else "dedupe_only", scorer.weights, "spark"
        )
        rules = [f"l.key_{i} = r.key_{i}" if block else "1=1" for i, block in enumerate(scorer.model.blocks)]
        settings["blocking_rules_to_generate_predictions"] = [
            {"blocking_rule": rule, "sql_dialect": "spark"} for rule in rules
        ]
        linker = Linker(tables if two_files else tables[0], settings, log_level=None, validate_settings=False)
        for column in scorer.model.frequency_columns:
            shares = api.register(
                session.read.parquet(f"{folder}/tf_{column}.parquet"), table_name=f"shares_of_{column}"
            )
            linker.table_management.register_term_frequency_lookup(shares, column)
        predicted = linker.inference.predict(threshold_match_weight=LEAST)
        found = session.table(predicted.physical_name).select("rid_l", "rid_r", "match_weight").toPandas()
        session.stop()
    db.register("found", found)
    db.execute(
        "CREATE OR REPLACE TABLE scored AS SELECT least(rid_l, rid_r)::INTEGER AS l, greatest(rid_l, "
        "rid_r)::INTEGER AS r, match_weight::DOUBLE AS weight FROM found"
    )
    db.unregister("found")
    return len(found)


def _export(db: DuckDBPyConnection, scorer: Scorer, folder: Path) -> None:
    weigh_records(db, scorer)
    keys = "".join(
        f", CASE WHEN {' AND '.join(f'{column} IS NOT NULL' for column in block)} AND "
        f"count(*) OVER (PARTITION BY {', '.join(block)}) BETWEEN 2 AND {LARGEST_BLOCK} THEN "
        f"hash({', '.join(block)})::VARCHAR END AS key_{i}"
        for i, block in enumerate(scorer.model.blocks)
        if block
    )
    for side in (0, 1):
        db.execute(
            f"COPY (SELECT * EXCLUDE (side) FROM (SELECT * {keys} FROM records) WHERE side = {side}) "
            f"TO '{folder}/side_{side}.parquet' (FORMAT parquet)"
        )
    for column in scorer.model.frequency_columns:
        db.execute(
            f"COPY ({frequency_table_sql(scorer, column)}) TO '{folder}/tf_{column}.parquet' (FORMAT parquet)"
        )
