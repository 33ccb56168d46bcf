"""A population file into an empty register, beside a bare COPY of the same rows into a table without an
index.
"""

import time
from collections.abc import Iterator

import polars as pl
from django.db import connection
from django.utils import timezone

from bench import country
from bench.figures import Figure
from dancu.db.embedded import HOME
from dancu.db.queries import copying
from dancu.register import importing
from dancu.register.importing import population_file

TABLES = (
    "person, residence, household, named_relative, person_history, former_number, life_event, "
    "import_run, population_count, population_sum, population_change"
)
_SAMPLE = 2_000_000  # rows for what grows in proportion: the bare COPY, the second run


def measure(seconds: int) -> Iterator[Figure]:
    files = importing.population_files([country.population()])
    rows = sum(importing.rows_in(file) for file in files)
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {TABLES}")
        cursor.execute("CHECKPOINT")
    bare = _bare_copy(files[0], min(importing.rows_in(files[0]), _SAMPLE))
    began = time.perf_counter()
    report = importing.import_files(files, HOME / "rejected.csv", timezone.localdate())
    took = time.perf_counter() - began
    assert report.new == rows - report.rejected
    yield Figure("import.rows_per_second", rows / took, "rows/s", bare, 1)
    yield Figure("import.seconds_per_million", took / rows * 1e6, "s", 9, 1)
    if rows <= _SAMPLE:
        yield from _second_run(files, rows)
    yield from sizes(rows)


def _bare_copy(file, rows: int) -> float:
    """Rows a second by COPY of the file's rows, as text that is ready, into a table of text columns."""
    columns = population_file.columns(file)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_bare")
        cursor.execute(f"CREATE TABLE bench_bare ({', '.join(f'{column} text' for column in columns)})")
        took = 0.0
        for start in range(0, rows, 200_000):
            batch = (
                pl.scan_parquet(file)
                .slice(start, 200_000)
                .select(columns)
                .collect()
                .write_csv(include_header=False)
            )
            began = time.perf_counter()
            with copying(cursor, "COPY bench_bare FROM STDIN (FORMAT csv)") as copy:
                copy.write(batch)
            took += time.perf_counter() - began
        cursor.execute("DROP TABLE bench_bare")
    return rows / took


def _second_run(files, rows: int) -> Iterator[Figure]:
    began = time.perf_counter()
    report = importing.import_files(files, HOME / "rejected.csv", timezone.localdate())
    took = time.perf_counter() - began
    assert (report.new, report.changed) == (0, 0)
    yield Figure("import.second_run_rows_per_second", rows / took, "rows/s", rows / 120, 1)


def sizes(rows: int) -> Iterator[Figure]:
    """Of the whole register, and of each table and index that counts."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, sum(pg_relation_size(part)) FROM unnest(string_to_array(%s, ', ')) t, LATERAL ("
            "  SELECT t::regclass::oid AS part UNION ALL SELECT indexrelid FROM pg_index WHERE indrelid = "
            "t::regclass"
            ") parts JOIN pg_class c ON c.oid = part GROUP BY relname ORDER BY 2 DESC",
            [TABLES],
        )
        sizes = [(name, float(size) / rows) for name, size in cursor.fetchall()]
    yield Figure("register.bytes_per_person", sum(size for _name, size in sizes), "bytes", 400, 1)
    for name, size in sizes:
        if size >= 0.1:
            yield Figure(f"register.bytes_per_person.{name}", size, "bytes", 400, 1)
