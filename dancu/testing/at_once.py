"""The same thing at the same moment: in threads, or in other processes, on the test's own database.

For tests marked `django_db(transaction=True)`: what they write has to be there for the other connections.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection
from psycopg.conninfo import make_conninfo

_SET_UP = """
import sys, django
django.setup()
from django.db import connection
from dancu.credentials import actions as credentials
from dancu.messaging import actions as messaging
connection.ensure_connection()
print('ready', flush=True)
sys.stdin.readline()
"""


def at_once(times: int, function: Callable[..., Any], *args: Any) -> list[Any]:
    """What each of `times` threads returns that call the function together, on a connection of its own."""
    ready = Barrier(times)

    def one(_nth: int) -> Any:
        try:
            connection.ensure_connection()
            ready.wait(20)
            return function(*args)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


def run_at_once(program: str, processes: int = 2, **environment: str) -> list[str]:
    """What each of `processes` printed after running `program` at the same moment as the others. It must have
    succeeded.

    The actions of `credentials` and `messaging` are imported under these names.
    """
    running = [_begin(program, environment) for _ in range(processes)]
    for process in running:
        assert process.stdout
        assert process.stdout.readline() == "ready\n", process.communicate()
    for process in running:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = [process.communicate(timeout=60) for process in running]
    assert all(process.returncode == 0 for process in running), answers
    return [out.strip() for out, _ in answers]


def database_url() -> str:
    """The test's own database, for another process."""
    settings = connection.settings_dict
    return make_conninfo(
        dbname=settings["NAME"],
        user=settings["USER"],
        password=settings["PASSWORD"],
        host=settings["HOST"],
        port=settings["PORT"],
    )


def _begin(program: str, environment: dict[str, str]) -> subprocess.Popen[Any]:
    return subprocess.Popen(
        [sys.executable, "-c", _SET_UP + program],
        env=os.environ | {"DANCU_DATABASE_URL": database_url()} | environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
