"""The peer: pgbench running a select of ours for numbers drawn at random, each of its latencies kept."""

import itertools
import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.db import connection

from dancu.db import embedded
from dancu.db.queries import copying

# pgbench has no list of texts to draw from: a transaction of its own reads a number into a variable, another
# one uses it, and only the latter's time counts. pgbench draws which one it runs; the turn that is not due is
# nothing.
_DRAW = (
    "\\if :due = 0\n\\set n random(1, {many})\nSELECT pin FROM bench_pin WHERE n = :n "
    "\\gset\n\\set due 1\n\\endif\n"
)
_SELECT = "\\if :due = 1\n{select};\n\\set due 0\n\\endif\n"


def latencies(select: str, pins: Sequence[str], clients: int, seconds: int) -> list[float]:
    """Seconds that each `select` of `:pin` took, prepared, from `clients` connections at once for
    `seconds`.
    """
    _keep(pins)
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for name, script in (
            ("draw", _DRAW.format(many=len(pins))),
            ("select", _SELECT.format(select=select)),
        ):
            files += ["-f", f"{Path(folder) / name}.sql@1"]
            (Path(folder) / f"{name}.sql").write_text(script)
        command = [
            embedded.binary("pgbench"),
            "-n",
            "-M",
            "prepared",
            "-c",
            clients,
            "-T",
            seconds,
            "-D",
            "due=0",
            "-D",
            "pin=0",
        ]
        command += ["-l", f"--log-prefix={folder}/log", *files, os.environ["DANCU_DATABASE_URL"]]
        subprocess.run([*map(str, command)], capture_output=True, check=True)
        return [took for log in Path(folder).glob("log*") for took in _selects(log)]


def _keep(pins: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "DROP TABLE IF EXISTS bench_pin; CREATE TABLE bench_pin (n integer PRIMARY KEY, pin text)"
        )
        with copying(cursor, "COPY bench_pin FROM STDIN") as copy:
            for row in zip(itertools.count(1), pins, strict=False):
                copy.write_row(row)
        cursor.execute("ANALYZE bench_pin")


def _selects(log: Path) -> list[float]:
    """Of a log (client, transaction, microseconds, script, …) the transactions of script 1 that ran the
    select: the first after a draw.
    """
    took, due = [], set()
    with log.open() as lines:
        for line in lines:
            client, _transaction, microseconds, script, _rest = line.split(" ", 4)
            if script == "0":
                due.add(client)
            elif client in due:
                due.discard(client)
                took.append(int(microseconds) / 1e6)
    return took
