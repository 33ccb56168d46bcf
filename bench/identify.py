"""Identification by number over HTTP, single and in batches of 1,000, beside pgbench running the same
select in the same run.
"""

import itertools
import json
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.db import connection

from bench import country, driving
from bench.figures import Figure, percentile
from dancu.db import embedded
from dancu.db.queries import copying
from dancu.register import lookups
from dancu.serving import server as serving

CLIENTS, WORKERS = 8, 4  # more than cores: an identification waits for its audit row to reach the disk
_SELECT = lookups._sql.part("by_number").replace("%(number)s", ":pin")


def measure(seconds: int) -> Iterator[Figure]:
    pins = country.some_pins(100_000)
    peer = _pgbench(pins, seconds)
    headers = {"Authorization": f"Bearer {country.token()}", "Content-Type": "application/json"}
    port = serving.free_port()
    with serving.server(port, workers=WORKERS):
        one = [
            driving.request("/api/people/identify", json.dumps({"number": pin}).encode(), headers)
            for pin in pins
        ]
        driving.drive(port, one[:2000], CLIENTS, 2)
        single = driving.drive(port, one, CLIENTS, seconds)
        assert json.loads(single.last)["outcome"] == "found"
        yield Figure("identify.single_per_second", single.per_second, "req/s", 2000, len(single.latencies))
        yield Figure(
            "identify.single_share_of_pgbench", single.per_second, "req/s", peer, len(single.latencies)
        )
        yield Figure(
            "identify.single_p50", percentile(single.latencies, 0.5) * 1e3, "ms", 10, len(single.latencies)
        )
        yield Figure(
            "identify.single_p99", percentile(single.latencies, 0.99) * 1e3, "ms", 50, len(single.latencies)
        )
        batches = [pins[at : at + 1000] for at in range(0, len(pins) - 999, 1000)]
        many = [
            driving.request(
                "/api/people/identify-many",
                json.dumps({"people": [{"number": pin} for pin in batch]}).encode(),
                headers,
            )
            for batch in batches
        ]
        driving.drive(port, many[:4], 2, 2)
        batch = driving.drive(port, many, 3, seconds)
        assert len(json.loads(batch.last)["people"]) == 1000
        yield Figure(
            "identify.batch_per_second", batch.per_second * 1000, "people/s", 50_000, len(batch.latencies)
        )
        yield Figure(
            "identify.batch_share_of_pgbench", batch.per_second * 1000, "people/s", peer, len(batch.latencies)
        )


def _pgbench(pins: list[str], seconds: int) -> float:
    """Transactions a second of the same select for the same random numbers, from as many connections.

    pgbench has no list of texts, so it draws a row number and reads the number in a first statement; the
    second one alone is counted, by its own mean latency (-r).
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "DROP TABLE IF EXISTS bench_pin; CREATE TABLE bench_pin (n integer PRIMARY KEY, pin text)"
        )
        with copying(cursor, "COPY bench_pin FROM STDIN") as copy:
            for n, pin in zip(itertools.count(1), pins, strict=False):
                copy.write_row((n, pin))
        cursor.execute("ANALYZE bench_pin")
    script = (
        f"\\set n random(1, {len(pins)})\nSELECT pin FROM bench_pin WHERE n = :n "
        f"\\gset\n{' '.join(_SELECT.split())};\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "identify.sql"
        file.write_text(script)
        command = [
            embedded.binary("pgbench"),
            "-n",
            "-r",
            "-M",
            "prepared",
            "-c",
            CLIENTS,
            "-T",
            seconds,
            "-f",
            file,
        ]
        out = subprocess.run(
            [*map(str, command), os.environ["DANCU_DATABASE_URL"]], capture_output=True, text=True, check=True
        ).stdout
    latency_ms = float(re.findall(r"^\s+([\d.]+)\s+\d+\s+SELECT person_id", out, re.MULTILINE)[0])
    return CLIENTS / latency_ms * 1e3
