"""Other processes beside this one, for what takes long: each with Django, on this one's database."""

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from threading import Thread
from typing import Any

from django.db import connection

from dancu.garbage import collect_seldom


@contextmanager
def pool(processes: int) -> Iterator[ProcessPoolExecutor]:
    """So many of them; what is not begun when the block is left is not done any more."""
    workers = ProcessPoolExecutor(
        processes,
        multiprocessing.get_context("spawn"),
        initializer=_begin,
        initargs=(dict(connection.settings_dict),),
    )
    try:
        yield workers
    finally:
        workers.shutdown(cancel_futures=True)


def _begin(database: dict[str, Any]) -> None:
    """Django, on the database of the process that began this one, and the end of this one when that is
    killed.
    """
    end_with_parent()
    collect_seldom()
    os.environ["POLARS_MAX_THREADS"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dancu.settings")
    import django
    from django.db import connections

    django.setup()
    connections["default"].settings_dict.update(database)


def end_with_parent() -> None:
    """From now on this process ends when the one that began it does, however that is killed; nothing
    where none did.
    """
    if parent := multiprocessing.parent_process():
        Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: Any) -> None:
    """A process that waits for work holds the other end of the queue as well: it would never learn that
    nobody fills it any more.
    """
    parent.join()
    os._exit(1)
