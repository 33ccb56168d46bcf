"""One run of an import: which way the files take, and the note that it was."""

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import uuid_utils.compat as uuid
from django.db import connection
from django.utils import timezone

from dancu.areas import lookups as areas
from dancu.db.queries import Queries
from dancu.register import counting
from dancu.register.errors import InTheFuture, NoAreas, NoDayOfFiles, NoPopulationFiles
from dancu.register.importing import population_file
from dancu.register.importing.loading import clear, load
from dancu.register.importing.report import Progress, Report, silent
from dancu.register.importing.updating import update
from dancu.register.rules import is_in_the_future

_sql = Queries(__file__)


def import_files(
    paths: Sequence[Path],
    rejects: Path,
    on: date | None,
    progress: Progress = silent,
    *,
    begin_anew: bool = False,
) -> Report:
    """Load population files (CSV or Parquet, docs/population-file.md) as one whole.

    `rejects`: where the refused rows go, if there are any, as a CSV that can be mended and loaded itself.
    `on`: the day from which what the files say holds, and whose administrative units their current codes
    belong to; no day to come; today if None, which only an empty register takes: another one may know what
    happened later, and only the day tells. `progress` is told the step and how many more rows it has done.
    Into an empty register, outside a transaction, they are loaded part by part
    (dancu/register/importing/loading.py); `begin_anew`: even if an earlier load broke off, whose parts are
    given up then. Raises NoDayOfFiles, InTheFuture, NotAPopulationFile, MissingColumns, DoubledColumns,
    NoAreas, ImportRunning, LoadUnfinished, PeopleMeanwhile; then nothing was loaded.
    """
    if on and is_in_the_future(on, timezone.localdate()):
        raise InTheFuture(on)
    if not areas.ids_by_code_and_era():
        raise NoAreas
    started_at, digests = timezone.now(), [_sha256(path) for path in paths]
    is_empty = (_sql.one("register_is_empty") or {})["empty"]
    if on is None and not is_empty:
        raise NoDayOfFiles
    on = on or timezone.localdate()
    if connection.in_atomic_block or not is_empty:
        report = update(paths, rejects, on, progress)
        counting.fold()
        if not connection.in_atomic_block:
            report.given_up = clear()
    else:
        report = load(paths, digests, rejects, on, progress, begin_anew)
    for path, digest in zip(paths, digests, strict=True):
        _sql.run(
            "note_run",
            import_id=uuid.uuid7(),
            file_name=path.name,
            sha256=digest,
            started_at=started_at,
            rows_read=report.read,
            rows_new=report.new,
            rows_changed=report.changed,
            rows_rejected=report.rejected,
        )
    return report


def population_files(paths: Sequence[Path]) -> list[Path]:
    """The files meant: each of `paths`, and of a directory its .parquet and .csv files by name. Raises
    NoPopulationFiles.
    """
    found: list[Path] = []
    for path in paths:
        inside = (
            sorted(file for file in path.iterdir() if file.suffix.lower() in (".parquet", ".csv"))
            if path.is_dir()
            else [path]
        )
        if not inside:
            raise NoPopulationFiles(path)
        found += inside
    return found


def rows_in(path: Path) -> int:
    """How many rows a population file has. Raises NotAPopulationFile, MissingColumns, DoubledColumns."""
    return population_file.count(path)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
