"""Reads a file's rows in processes of their own, while the part before is compared in the database."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

import polars as pl

from dancu.db.processes import pool

SLICE = 50_000  # rows that are read at once
_FEW_APART = 5_000
FEW = 20_000  # rows for which no other process is started, since starting one takes some seconds


class WorkerPool:
    """`read` gives a future of read_records of some rows, in another process or in this one."""

    def __init__(
        self, name_kinds: dict[str, str], on: Any, pool: ProcessPoolExecutor | None, processes: int = 1
    ) -> None:
        self.name_kinds, self.on, self.pool, self.processes = name_kinds, on, pool, processes

    def read(self, raw: pl.DataFrame) -> "list[Future[pl.DataFrame]]":
        """Futures of read_records of the rows, a slice each, in their order."""
        return [self._submit(raw[start : start + SLICE]) for start in range(0, len(raw), SLICE)]

    def apart(self, function: Callable[..., pl.DataFrame], frame: pl.DataFrame, *given: Any) -> pl.DataFrame:
        """`function(frame, *given)`, computed in shares, one for each process, and put together in the order
        of the rows.
        """
        if not self.pool or len(frame) < _FEW_APART:
            return function(frame, *given)
        share = -(-len(frame) // self.processes)
        return pl.concat(
            [
                one.result()
                for one in [
                    self.pool.submit(function, frame[start : start + share], *given)
                    for start in range(0, len(frame), share)
                ]
            ]
        )

    def _submit(self, rows: pl.DataFrame) -> "Future[pl.DataFrame]":
        from dancu.matching.batch.records import read_records

        if self.pool:
            return self.pool.submit(read_records, rows, self.name_kinds, self.on)
        done: Future[pl.DataFrame] = Future()
        done.set_result(read_records(rows, self.name_kinds, self.on))
        return done


@contextmanager
def worker_pool(name_kinds: dict[str, str], on: Any, processes: int) -> Iterator[WorkerPool]:
    """A pool of this many processes beside this one; with 0, which suits a small file, this process does the
    work.
    """
    if not processes:
        yield WorkerPool(name_kinds, on, None)
        return
    with pool(processes) as workers:
        yield WorkerPool(name_kinds, on, workers, processes)


def collect_rows(slices: "Iterable[Future[pl.DataFrame]]") -> pl.DataFrame:
    """The rows of all slices, in their order, each with its place `n`."""
    return pl.concat([one.result() for one in slices]).with_row_index("n")
