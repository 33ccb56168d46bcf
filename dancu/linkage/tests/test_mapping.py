"""Columns may be called anything, words of SQL too."""

import csv
import logging

import duckdb
import pytest
import sqlglot

from dancu.linkage.finding import LinkOptions, find, working_database
from dancu.linkage.mapping import mapping_of

WORDS = sorted(
    word for (word,) in duckdb.execute("SELECT DISTINCT keyword_name FROM duckdb_keywords()").fetchall()
)


def fields_of(names):
    return [column.field for column in mapping_of({"columns": dict.fromkeys(names, "text")}).columns]


def test_no_field_is_called_by_a_word_that_an_engine_takes_for_its_own(caplog):
    logging.getLogger("sqlglot").setLevel(logging.CRITICAL)
    for word in WORDS:
        (field,) = fields_of([word])
        duckdb.execute(
            f"SELECT a.{field} AS {field}_l, {field} FROM (SELECT 1 AS {field}) a WHERE {field} = 1"
        )
        for dialect in ("duckdb", "spark"):
            parsed = sqlglot.parse_one(f"{field} = 1", read=dialect)
            assert parsed.find(sqlglot.exp.Column), (word, dialect)


@pytest.mark.parametrize(
    "names",
    [
        ("by", "left", "show"),
        ("row", "pivot", "side"),
        ("order", "values", "Việc làm"),
        ("select", "from", "2nd"),
    ],
)
def test_a_file_whose_columns_are_words_of_sql_is_deduped(tmp_path, names):
    people = [(f"nguyen {n}", f"street {n % 17} {n}", f"{n:05}") for n in range(60)]
    rows = [*people, *people[:20]]
    file = tmp_path / "people.csv"
    with file.open("w", newline="", encoding="utf-8") as target:
        csv.writer(target).writerows([names, *rows])
    columns = dict(zip(names, ("text", "address", "number"), strict=True))
    with working_database("1GB") as db:
        found = find(db, [file], mapping_of({"columns": columns}), LinkOptions(), lambda _: None)
        assert len(set(found.cluster_of.values())) == 20
