"""Loading a whole country into an empty register: part by part, beside the register, moved in when it is
whole.

A part (a file, or a million rows of one) is one transaction: checked, its relatives found, copied. What a
crash interrupts is a part that is not there; the next run of the same files goes on with those that are
missing. Readers see the empty register until the last step, which changes the tables for the new ones in one
transaction. docs/decisions/0006-a-country-in-forty-gigabytes.md.
"""

import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any

import polars as pl
from django.db import connection, transaction
from django.utils import timezone

from dancu import private
from dancu.areas import lookups as areas
from dancu.db.queries import Queries
from dancu.register import counting
from dancu.register.errors import ImportRunning, LoadUnfinished, PeopleMeanwhile, RegisterError
from dancu.register.importing import absent, parts, population_file
from dancu.register.importing.directory import Directory
from dancu.register.importing.kin import Kin
from dancu.register.importing.report import (
    INDEXES,
    LAST,
    NUMBERS,
    READING,
    Progress,
    Report,
    Unfinished,
    warnings_beside,
)
from dancu.register.importing.threads import at_once, own_connection
from dancu.register.importing.writing import Writing

_sql = Queries(__file__, "loading.sql")

TABLES = ["person", "residence", "household", "named_relative", "population_count", "population_sum"]
PART_ROWS = 1_000_000
FREEZE_EVERY = 5  # parts


@dataclass(frozen=True)
class Load:
    """What is loaded: its parts, and the numbers that are reserved for its rows."""

    parts: Sequence[parts.ImportPart]
    first_person_id: int
    first_household_id: int


def load(
    paths: Sequence[Path],
    digests: Sequence[str],
    rejects: Path,
    on: date,
    progress: Progress,
    begin_anew: bool = False,
) -> Report:
    """Fill the empty register from these files as one whole.

    `begin_anew`: give up what a load that broke off has brought in, also one of these files. Raises
    ImportRunning, LoadUnfinished, PeopleMeanwhile, and what population_file.read does.
    """
    if not _sql.one("only_one")["mine"]:  # type: ignore[index]
        raise ImportRunning
    try:
        rows = [population_file.count(path) for path in paths]
        begun = _begin(paths, list(_parts(paths, rows)), digests, on, begin_anew)
        try:
            _load_parts(begun, on, progress)
            _finish(begun, sum(rows), progress)
            return _move_in(rejects)
        except RegisterError:  # what was built is of no use: the files must be mended, or others came first
            _sql.run("away")
            raise
    finally:
        _sql.run("unlock")


def clear() -> Unfinished | None:
    """Nobody goes on with a load that broke off, now that the register holds people; return what was
    given up, if parts were in.
    """
    if not _sql.one("only_one")["mine"]:  # type: ignore[index]
        return None
    found = _unfinished()
    _sql.run("away")
    _sql.run("unlock")
    return _told(found) if found and found["parts_in"] else None


def _parts(paths: Sequence[Path], rows: Sequence[int]) -> Iterator[parts.ImportPart]:
    """A CSV is one part, since it can be read only from its beginning; a Parquet file is parted by the
    million rows.
    """
    done = 0
    for path, many in zip(paths, rows, strict=True):
        each = PART_ROWS if population_file.can_be_parted(path) else max(many, 1)
        for first in range(0, many, each):
            yield parts.ImportPart(path, first, min(each, many - first), done + first)
        done += many


def _begin(
    paths: Sequence[Path],
    pieces: Sequence[parts.ImportPart],
    digests: Sequence[str],
    on: date,
    begin_anew: bool,
) -> Load:
    """Go on with what the same files began, or begin. Raises LoadUnfinished."""
    files = json.dumps([digests, PART_ROWS])
    if not begin_anew and (there := _unfinished()):
        if there["files"] == files and there["effective_on"] == on:
            _sql.run("warned_there")
            return Load(pieces, there["first_person_id"], there["first_household_id"])
        if there["parts_in"]:
            told = _told(there)
            raise LoadUnfinished(
                told.files, timezone.localtime(told.began), told.parts_in, told.parts or "?", told.on
            )
    with transaction.atomic():
        _sql.run("away")
        _sql.run("begin")
        for table in TABLES:
            _sql.run("like", {"table": table})
        _sql.run("all_valid_from", {"on": f"'{on.isoformat()}'"})
        reserved = _sql.one("reserve") or {}
        _sql.run("reserved", rows=sum(piece.rows for piece in pieces), **reserved)
        _sql.run(
            "note_load",
            files=files,
            effective_on=on,
            started_at=timezone.now(),
            parts=len(pieces),
            names=" … ".join(dict.fromkeys([paths[0].name, paths[-1].name])),
            **reserved,
        )
    return Load(pieces, **reserved)


def _unfinished() -> dict[str, Any] | None:
    return _sql.one("load") if _sql.one("unfinished")["there"] else None  # type: ignore[index]


def _told(load: dict[str, Any]) -> Unfinished:
    return Unfinished(
        load["names"] or "?", load["started_at"], load["effective_on"], load["parts_in"], load["parts"]
    )


def _load_parts(load: Load, on: date, progress: Progress) -> None:
    there = {row["part"] for row in _sql.all("parts_there")}
    for part in there:
        progress(READING, load.parts[part].rows)
    missing = [number for number in range(len(load.parts)) if number not in there]
    if not missing:
        return
    eras, told, looking = areas.ids_by_code_and_era(), Lock(), Lock()

    def tell(step: str, rows: int) -> None:
        with told:
            progress(step, rows)

    with tempfile.TemporaryDirectory(prefix="dancu-import-") as where:
        writings = {part.path: Writing() for part in load.parts}
        directory, kin = Directory(Path(where)), Kin(Path(where), sum(part.rows for part in load.parts))

        def enter(part: parts.ImportPart) -> None:
            for first, keys, batch in part.who():
                directory.add(first, keys)
                kin.enter(first, batch)
                with looking:
                    writings[part.path].look(batch)
            tell(NUMBERS, part.rows)

        at_once(load.parts, enter)
        directory.seal()
        kin.seal(directory)
        work = parts.Work(directory, writings, kin, load.first_person_id, load.first_household_id, on, eras)
        freezing = Lock()

        def load_part(number: int) -> None:
            _load_part(number, load.parts[number], work, tell)
            if number % FREEZE_EVERY == FREEZE_EVERY - 1 and freezing.acquire(blocking=False):
                _freeze()
                freezing.release()

        at_once(missing, load_part)
        _freeze()


def _load_part(number: int, part: parts.ImportPart, work: parts.Work, tell) -> None:
    with own_connection() as own, own.cursor() as cursor:
        read = rejected = warned = 0
        for batch in parts.prepared(part, work):
            for table, (columns, rows) in batch.rows.items():
                with cursor.copy(f"COPY dancu_loading.{table} ({', '.join(columns)}) FROM STDIN") as copy:
                    copy.write(rows)
            if batch.refused:
                with cursor.copy("COPY dancu_loading.refused FROM STDIN") as copy:
                    for refusal in batch.refused:
                        copy.write_row((number, *refusal))
            if batch.warned:
                with cursor.copy("COPY dancu_loading.warned FROM STDIN") as copy:
                    for warning in batch.warned:
                        copy.write_row((number, *warning))
            read, rejected, warned = (
                read + batch.read,
                rejected + len(batch.refused),
                warned + len(batch.warned),
            )
            tell(READING, batch.read)
        noted = {
            "part": number,
            "rows_read": read,
            "rows_new": read - rejected,
            "rows_rejected": rejected,
            "rows_warned": warned,
        }
        cursor.execute(_sql.text("note_part"), noted)
        own.commit()


def _freeze() -> None:
    with own_connection() as own, own.cursor() as cursor:
        own.set_autocommit(True)
        for table in ("person", "residence"):
            cursor.execute(_sql.text("freeze").replace("{table}", table))


def _finish(load: Load, rows: int, progress: Progress) -> None:
    """All that can be done again where it broke off."""
    if _sql.one("refused_people")["there"]:  # type: ignore[index]
        progress("relatives", 0)
        absent.unlink(load.parts, load.first_person_id)
    made = {row["indexname"] for row in _sql.all("indexes_to_make", tables=TABLES)}
    if "household_no" in made:
        progress("households", 0)
        with transaction.atomic():
            if _sql.run("households_twice"):
                _sql.run("join_households")
                _sql.run("drop_households")
            _sql.run("drop_twice")
    if "population_sum_pkey" in made:
        progress("counted", 0)
        with transaction.atomic():
            _sql.run("forget_counts")
            _sql.run("count_people")
            counting.sum_up("dancu_loading.")
    wanted = _sql.all("indexes_to_make", tables=TABLES)
    told = Lock()

    def make(index: dict[str, Any]) -> None:
        with own_connection() as own, own.cursor() as cursor:
            cursor.execute("SET max_parallel_maintenance_workers = 0")
            cursor.execute(
                re.sub(r" ON \S+ USING ", f" ON dancu_loading.{index['tablename']} USING ", index["indexdef"])
            )
            own.commit()
        with told:
            progress(INDEXES, rows // len(wanted))

    at_once(wanted, make, threads=2)
    for key in _sql.all("keys_to_make", tables=TABLES):
        table, name = key["table_name"], key["conname"]
        _sql.run("make_key", {"table": table, "key": name})
    _sql.run("valid_from_again")
    progress("statistics", 0)
    for table in TABLES:
        _sql.run("vacuum_again", {"table": table})
        _sql.run("analyze", {"table": table})


def _move_in(rejects: Path) -> Report:
    report = Report()
    for part in _sql.all("parts_there"):
        report.read += part["rows_read"]
        report.new += part["rows_new"]
        report.rejected += part["rows_rejected"]
        report.warned += part["rows_warned"]
    if report.rejected:
        _write(rejects, "refused_rows")
        report.rejects = rejects
    if report.warned:
        report.warnings = warnings_beside(rejects)
        _write(report.warnings, "warned_rows")
    with transaction.atomic():
        for table in TABLES:
            _sql.run("lock", {"table": table})
        if _sql.one("anybody")["there"]:  # type: ignore[index]
            raise PeopleMeanwhile
        schema = (_sql.one("schema") or {})["name"]
        grants = [row["statement"] for row in _sql.all("grants", tables=TABLES)]
        with connection.cursor() as cursor:
            for grant in grants:
                cursor.execute(grant)
        for table in TABLES:
            _sql.run("replace", {"table": table})
            _sql.run("move_in", {"table": table, "schema": schema})
        _sql.run("forget_changes")
        _sql.run("away")
    return report


def _write(file: Path, which: str) -> None:
    """One table of all files' refused (or warned) rows, though each file has its own columns."""
    columns: dict[str, Any] = {}
    for batch in _sql.batches(which, size=20_000):
        columns |= dict.fromkeys((name for row in batch for name in json.loads(row["record"])), pl.String)
    columns = {name: columns[name] for name in sorted(columns, key=lambda name: name in LAST)}
    with private.opened(file) as out:
        for nth, batch in enumerate(_sql.batches(which, size=20_000)):
            records = [json.loads(row["record"]) for row in batch]
            pl.DataFrame(records, schema=columns).write_csv(out, include_header=nth == 0)
