"""Making a copy: by several processes, each some people after the other, into a folder that counts once
it is whole.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import as_completed
from pathlib import Path
from uuid import UUID

import duckdb
import polars as pl
import uuid_utils.compat as uuid
from fasteners import InterProcessLock

from dancu.db import processes
from dancu.db.queries import Queries
from dancu.register import changed_people
from dancu.register.errors import NoRoomForCopy
from dancu.register.snapshot import copies
from dancu.register.snapshot.copies import FOLDER, GATHERED, OLDEST, Copy, former, locked, people
from dancu.register.snapshot.encoding import code_of, encoded

_sql = Queries(__file__)

AT_ONCE = 1_000_000  # people, that one process copies at once: some 500 MB
_BYTES = 40  # that a person takes, and some to spare (measured: 22)
Progress = Callable[[str, int], None]


def make(progress: Progress = lambda step, people: None) -> Copy:
    """A copy of the register as it stands, and the older ones go once nobody reads them. Where another
    process has just made one, that.

    `progress`: called with each step and how many people it is for. Raises NoRoomForCopy.
    """
    FOLDER.mkdir(mode=0o700, parents=True, exist_ok=True)
    begun = uuid.uuid7()
    with InterProcessLock(str(FOLDER / "making.lock")):
        if (there := copies.standing()) and there.copy_id > begun:
            return there
        _remove_old()
        return _make(uuid.uuid7(), progress)


def _make(copy_id: UUID, progress: Progress) -> Copy:
    folder = FOLDER / str(copy_id)
    folder.mkdir(mode=0o700)
    try:
        snapshot = changed_people.snapshot()
        copied = 0
        for some in _written(folder):
            copied += some
            progress("copying the register", some)
        _gather(folder)
        _sql.run("register_copy", copy_id=copy_id, snapshot=snapshot, people=copied)
    except BaseException:
        shutil.rmtree(folder)
        raise
    _sql.run("forget_old", days=OLDEST)
    return next(copy for copy in copies.made() if copy.copy_id == copy_id)


def _written(folder: Path) -> Iterator[int]:
    """How many people each piece of work has written; of a small register by this process alone."""
    span = _sql.one("range") or {}
    first, last = span["first"] or 0, span["last"] or 0
    _refuse_without_room(last - first + 1)
    pieces = [(start, start + AT_ONCE - 1) for start in range(first, last + 1, AT_ONCE)]
    if len(pieces) == 1:
        yield write(folder, *pieces[0])
        return
    with processes.pool(min(4, os.cpu_count() or 1)) as pool:
        for done in as_completed([pool.submit(write, folder, *piece) for piece in pieces]):
            yield done.result()


def write(folder: Path, first: int, last: int) -> int:
    """Copy the people from one person_id to another; how many they are."""
    which = f"person_id BETWEEN {first} AND {last}"
    some = people(which)
    _save(some, encoded("frame"), folder / f"people-{first:020}.parquet")
    numbers = former(which)
    _save(
        numbers,
        f"SELECT person_id, {code_of('number')} AS number FROM frame",
        folder / f"former-{first:020}.parquet",
    )
    return some["person_id"].n_unique()


def _gather(folder: Path) -> None:
    """What is asked of everybody at the start of a comparison, in files of its own."""
    with duckdb.connect(config={"threads": 2}) as database:
        for name, select in GATHERED.items():
            people = f"read_parquet('{folder}/people-*.parquet')"
            database.execute(
                f"COPY ({select.format(people=people)}) TO '{folder}/{name}-all.parquet' (FORMAT parquet)"
            )


def _save(frame: pl.DataFrame, select: str, file: Path) -> None:
    with duckdb.connect(config={"threads": 1}) as database:
        database.register("frame", frame.to_arrow())
        database.execute(
            f"COPY ({select}) TO '{file}' (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2)"
        )
    with file.open("rb") as written:
        os.fsync(written.fileno())


def _refuse_without_room(people: int) -> None:
    needed, free = people * _BYTES, shutil.disk_usage(FOLDER).free
    if free < needed:
        raise NoRoomForCopy(str(FOLDER), needed >> 20, free >> 20)


def _remove_old() -> None:
    """Every copy that nobody reads, also what a maker left that was killed."""
    for folder in FOLDER.iterdir():
        if folder.is_dir():
            with locked(folder, fcntl.LOCK_EX | fcntl.LOCK_NB) as mine:
                if mine:
                    shutil.rmtree(folder)
                    folder.with_suffix(".lock").unlink()
