"""A population file into an empty register, beside a bare COPY of the same rows into a table without an index."""

import time
from collections.abc import Iterator

import polars as pl
from django.db import connection
from django.utils import timezone

from bench import country
from bench.figures import Figure
from dancu.db.embedded import HOME
from dancu.register import importing, population_file

_TABLES = "person, residence, household, named_relative, person_history, former_number, life_event, import_run"


def measure(seconds: int) -> Iterator[Figure]:
    file = country.population()
    rows = importing.rows_in(file)
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {_TABLES}")
        cursor.execute("CHECKPOINT")
    bare = _bare_copy(file, rows)
    began = time.perf_counter()
    report = importing.import_files([file], HOME / "rejected.csv", timezone.localdate())
    took = time.perf_counter() - began
    assert report.new == rows - report.rejected
    yield Figure("import.rows_per_second", rows / took, "rows/s", rows / bare, 1)
    yield Figure("import.seconds_per_million", took / rows * 1e6, "s", 120, 1)
    yield from _second_run(file, rows)
    yield from _size(rows)


def _bare_copy(file, rows: int) -> float:
    """Seconds to COPY the file's rows, as text that is ready, into a table of text columns."""
    columns = population_file.columns(file)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_bare")
        cursor.execute(f"CREATE TABLE bench_bare ({', '.join(f'{column} text' for column in columns)})")
        took = 0.0
        for start in range(0, rows, 200_000):
            batch = (
                pl.scan_parquet(file).slice(start, 200_000).select(columns).collect().write_csv(include_header=False)
            )
            began = time.perf_counter()
            with cursor.copy("COPY bench_bare FROM STDIN (FORMAT csv)") as copy:
                copy.write(batch)
            took += time.perf_counter() - began
        cursor.execute("DROP TABLE bench_bare")
    return took


def _second_run(file, rows: int) -> Iterator[Figure]:
    began = time.perf_counter()
    report = importing.import_files([file], HOME / "rejected.csv", timezone.localdate())
    took = time.perf_counter() - began
    assert (report.new, report.changed) == (0, 0)
    yield Figure("import.second_run_rows_per_second", rows / took, "rows/s", rows / 120, 1)


def _size(rows: int) -> Iterator[Figure]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(pg_total_relation_size(t::regclass)) FROM unnest(string_to_array(%s, ', ')) t", [_TABLES]
        )
        (size,) = cursor.fetchone() or (0,)
    yield Figure("register.bytes_per_person", float(size) / rows, "bytes", 400, 1)
