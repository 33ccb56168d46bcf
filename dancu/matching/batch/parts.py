"""A result's parts on disk, beside where the result will be: each is written whole or not at all, so that a
run that was cut off goes on.

RESULT.parts/ holds manifest.json (of what), part-00000.parquet … (what), and is gone once RESULT is there.
"""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polars as pl

from dancu import private
from dancu.matching.batch.errors import BeingCompared, WhichResult

_LISTS = ("differing", "number_disagrees")


class ResultParts:
    """`made_of`: what tells one run from another; parts of any other are thrown away. `begun_anew`: which
    of it has changed since.
    """

    def __init__(self, result: Path, made_of: Mapping[str, Any]) -> None:
        self.result, self.folder = result, result.with_name(result.name + ".parts")
        self.begun_anew = self._prepare(dict(made_of))

    def has(self, nth: int) -> bool:
        return self._file(nth).exists()

    def any(self) -> bool:
        return any(self.folder.glob("part-*.parquet"))

    def write(self, nth: int, rows: pl.DataFrame) -> None:
        """Write a part; it is there wholly, or not at all."""
        partial = self.folder / "partial"
        rows.write_parquet(partial)
        _settle(partial, self._file(nth))

    def rows(self) -> pl.LazyFrame:
        """All that was written, in the order of the parts."""
        return pl.scan_parquet(sorted(self.folder.glob("part-*.parquet")))

    def finish(self, summary: str) -> None:
        """Make the result of all parts, with its summary beside it, and remove them."""
        partial = self.result.with_name(self.result.name + ".partial")
        private.opened(partial).close()
        if self.result.suffix == ".csv":
            self.rows().with_columns(pl.col(name).list.join("; ") for name in _LISTS).sink_csv(partial)
        else:
            self.rows().sink_parquet(partial)
        _settle(partial, self.result)
        _write(self.result.with_name(self.result.name + ".summary.json"), summary)
        shutil.rmtree(self.folder)

    def _prepare(self, made_of: dict[str, Any]) -> list[str]:
        manifest = self.folder / "manifest.json"
        known = json.loads(manifest.read_text(encoding="utf-8")) if manifest.exists() else {}
        if known == made_of:
            return []
        for old in self.folder.glob("part-*.parquet"):
            old.unlink()
        _write(manifest, json.dumps(made_of, indent=1))
        return [name for name in made_of if known and known.get(name) != made_of[name]]

    def _file(self, nth: int) -> Path:
        return self.folder / f"part-{nth:05}.parquet"


@contextmanager
def reserved(result: Path) -> Iterator[None]:
    """Nobody else writes this result meanwhile. Raises WhichResult, BeingCompared."""
    if result.suffix not in (".parquet", ".csv"):
        raise WhichResult(result.name)
    folder = result.with_name(result.name + ".parts")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise BeingCompared(result.name) from None
        try:
            yield
        finally:  # of a run that never began nothing stays
            if folder.exists() and all(file.name == "lock" for file in folder.iterdir()):
                shutil.rmtree(folder)


def digest_of(path: Path) -> str:
    """What tells one file's content from another's."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(path: Path, text: str) -> None:
    partial = path.with_name(path.name + ".partial")
    with private.opened(partial) as out:
        out.write(text.encode())
    _settle(partial, path)


def _settle(partial: Path, whole: Path) -> None:
    """What was written is on disk under its name, even if the machine stops in this moment; for its owner
    alone, since it tells of people.
    """
    partial.chmod(0o600)
    with partial.open("rb") as written:
        os.fsync(written.fileno())
    partial.replace(whole)
