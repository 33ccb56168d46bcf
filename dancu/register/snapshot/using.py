"""A copy while somebody reads it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from dancu.register.snapshot.copies import Copy, locked, standing


@contextmanager
def opened() -> Iterator[Copy | None]:
    """The newest copy that may be used, which nobody removes meanwhile; None: there is none."""
    while copy := standing():
        with locked(copy.folder, fcntl.LOCK_SH):
            if copy.folder.is_dir():  # nobody has just removed it for a newer one
                _fetch(copy)
                yield copy
                return
    yield None


def _fetch(copy: Copy) -> None:
    """Let the system bring the files into its memory, from one end to the other: DuckDB reads them piece
    by piece, and waits for each.
    """
    if hasattr(os, "posix_fadvise"):
        for file in sorted(copy.folder.glob("people-*.parquet")):
            with file.open("rb") as opened:
                os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_WILLNEED)
