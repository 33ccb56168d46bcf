"""A file of declarations against the bench's register: `dancu match FILE --out RESULT`, beside the bare
join of the same numbers.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import polars as pl
from django.db import connection
from django.utils import timezone

from bench import country
from bench.declarations import OUTSIDERS, REPORTED_SEED
from bench.figures import Figure
from dancu.db.embedded import HOME
from dancu.db.queries import copying
from dancu.register import lookups
from dancu.synthetic import corruption as noise

_PER_SECOND = 100_000  # declarations by second of --seconds: a million in the ten of the default


def measure(seconds: int) -> Iterator[Figure]:
    records = min(_PER_SECOND * max(1, seconds), lookups.number_of_people())
    file = _declarations(records)
    bare = _bare_join(file)
    began = time.perf_counter()
    told = _compared(file)
    took = time.perf_counter() - began
    assert told["sent"] == records
    yield Figure("batch.records_per_second", records / took, "records/s", records / bare, records)
    yield Figure("batch.seconds_per_million", took / records * 1e6, "s", 120, records)
    yield Figure(
        "batch.largest_process", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, "MB", 6000, 1
    )


def _declarations(records: int) -> Path:
    file = HOME / f"bench-declared-{records}.parquet"
    if not file.exists():
        noise.generate(
            country.population(), records, REPORTED_SEED, "declaration", file, timezone.localdate(), OUTSIDERS
        )
    return file


def _compared(file: Path) -> dict[str, int]:
    """The command as an operator gives it, its start included."""
    out = HOME / "bench-compared.parquet"
    command = [sys.executable, "-m", "dancu", "match", str(file), "--out", str(out), "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _bare_join(file: Path) -> float:
    """Seconds that PostgreSQL alone takes to join the file's numbers with the register and give back the
    rows.
    """
    numbers = pl.read_parquet(file, columns=["number"]).write_csv(include_header=False)
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_numbers")
        cursor.execute("CREATE UNLOGGED TABLE bench_numbers (number text)")
        with copying(cursor, "COPY bench_numbers FROM STDIN (FORMAT csv)") as copy:
            copy.write(numbers)
        cursor.execute("ANALYZE bench_numbers")
        rows = "SELECT p.* FROM bench_numbers b JOIN person p ON p.pin = b.number"
        with copying(cursor, f"COPY ({rows}) TO STDOUT") as copy:
            for _row in copy:
                pass
    took = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bench_numbers")
    return took
