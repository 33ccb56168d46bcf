"""Several threads of a load, each with a connection of its own."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Any

from django.db import connection

THREADS = 3  # on two processors: while one waits for the database, two reckon


def at_once(items: Sequence[Any], work: Callable[[Any], object], threads: int = THREADS) -> None:
    """`work` on every item, by several threads; the first failure stops it."""
    if len(items) == 1:
        work(items[0])
        return
    with ThreadPoolExecutor(threads) as pool:
        futures = [pool.submit(work, item) for item in items]
        done, waiting = wait(futures, return_when=FIRST_EXCEPTION)
        for future in waiting:
            future.cancel()
        for future in done:
            future.result()


@contextmanager
def own_connection() -> Iterator[Any]:
    """Another connection to the same database, without autocommit."""
    own = connection.copy()
    own.inc_thread_sharing()
    own.set_autocommit(False)
    try:
        yield own
    finally:
        own.close()
