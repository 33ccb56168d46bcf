"""Bringing population files into a register that holds people: checked in polars, copied into a temporary
table, moved into the register in one transaction. An empty field, as a column that a file does not have, says
nothing: what the register knows stays.

A crash at any point leaves the register as it was: the temporary table goes with the connection, the
transaction with it. The second run of a file finds every row as it stands and changes nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from django.db import connection, transaction

from dancu import private
from dancu.areas import lookups as areas
from dancu.db.queries import Queries, copying
from dancu.register.held import none_leaves_meanwhile
from dancu.register.importing import (
    absent,
    ending,
    judging,
    keeping,
    marks,
    numbers,
    population_file,
    refusing,
    residing,
    units,
)
from dancu.register.importing.checking import check
from dancu.register.importing.indexes import without_indexes
from dancu.register.importing.report import INDEXES, LAST, READING, Progress, Report, warnings_beside
from dancu.register.importing.writing import Writing

_sql = Queries(__file__, "updating.sql")
_runs = Queries(__file__)

# The columns of `person` that a file may fill.
_FILLED = (
    "household_id",
    "father_id",
    "mother_id",
    "spouse_id",
    "birth_date",
    "status_on",
    "card_issued_on",
    "birth_area",
    "native_area",
    "home_area",
    "home_since",
    "home_address",
    "given_key",
    "ends_key",
    "sex",
    "status",
    "marital_status",
    "relation",
    "birth_precision",
    "pin",
    "cmnd",
    "phone",
    "full_name",
    "ethnicity",
    "religion",
    "nationality",
    "blood_group",
    "father_name",
    "mother_name",
    "email",
)

# What else is known of a row when it stands beside the register.
_BESIDE = (
    "person_id",
    "is_new",
    "lived_since",
    "lived_address",
    "temporary_area",
    "temporary_since",
    "temporary_until",
    "temporary_address",
    "current_area",
    "current_address",
    "former_area",
    "former_since",
    "former_until",
    "former_address",
    "was_merged",
    "father_pin",
    "mother_pin",
    "spouse_pin",
    "said_status",
    "said_since",
    "old_area",
    "old_since",
    "old_address",
    "seen",
)

# By these a person without a number is known, so that of a record that was merged into another they are no
# news.
_KNOWN_BY = ("full_name", "given_key", "ends_key", "birth_date", "birth_precision")

_NEWS = "CASE WHEN r.{0} IS NOT DISTINCT FROM q.{0} THEN p.{0} ELSE r.{0} END"

_COUNTED = ("home_area", "birth_date", "sex", "status")

_STAGED = [
    "file_no",
    "row",
    "household_key",
    *population_file.TEXTS,
    *population_file.DATES,
    *population_file.NUMBERS,
    "given_key",
    "ends_key",
    "home_area",
    "temporary_area",
    "current_area",
    "former_area",
    "birth_area",
    "native_area",
]

_PLACE = {"file_no": pl.Int16, "row": pl.UInt32}

# The household_id that a number of plain digits says (register/migrations/0001_register.sql); in SQL it took
# a tenth of a run in which nothing changed.
_HOUSEHOLD_KEY = (
    pl.when(pl.col("household_no").str.contains("^[0-9]{1,17}$"))
    .then(pl.lit("1") + pl.col("household_no"))
    .str.to_integer(strict=False)
)

# As dancu.text.folding.fold, for the few who have no number: an index has found those of that birth date
# whose last word sounds so.
_BARE_NAME = (
    r"lower(translate(regexp_replace(normalize({}.full_name, NFD), '[\u0300-\u036f]', '', "
    r"'g'), 'đĐðÐ', 'dddd'))"
)

# Its marks, word by word, wherever in a word they were written (Hòa, Hoà).
_MARKS = r"regexp_replace(lower(normalize({}.full_name, NFD)), '[^\u0300-\u036fđð ]', '', 'g')"

_DIED_BEFORE = "p.status = 2 AND p.home_since IS NULL"  # the home that their death ended stays ended


@dataclass
class _Updated(Report):
    refused: list[pl.DataFrame] = field(default_factory=list)
    doubted: list[pl.DataFrame] = field(default_factory=list)
    writings: list[Writing] = field(default_factory=list)


def update(paths: Sequence[Path], rejects: Path, on: date, progress: Progress) -> Report:
    """All of it in one transaction, row by row against whom the register holds. Raises as
    population_file.read does.
    """
    report = _Updated()
    _sql.run("forget")
    _sql.run("stage")
    try:
        for file_no, path in enumerate(paths):
            _stage(file_no, path, on, report, progress)
        _refuse_by_files(paths, report)
        with transaction.atomic():
            none_leaves_meanwhile()
            _merge(on, paths, report, progress)
    finally:
        if not connection.needs_rollback:
            _sql.run("forget")
    if report.refused:
        refused = pl.concat(report.refused, how="diagonal_relaxed")
        with private.opened(rejects) as out:
            refused.select(pl.exclude(LAST), *(name for name in LAST if name in refused.columns)).write_csv(
                out
            )
        report.rejects = rejects
    _tell_doubted(report, rejects)
    return report


def _stage(file_no: int, path: Path, on: date, report: _Updated, progress: Progress) -> None:
    eras = areas.ids_by_code_and_era()
    writing = Writing()
    with connection.cursor() as cursor:
        for batch in population_file.read(path):
            writing.look(batch)
            checked = check(batch, on, eras)
            report.read += len(batch)
            report.doubted.append(checked.warnings.select(pl.lit(path.name).alias("file"), "row", "warnings"))
            _refuse(report, path, checked.rejected)
            rows = checked.good.with_columns(file_no=pl.lit(file_no), household_key=_HOUSEHOLD_KEY).select(
                _STAGED
            )
            with copying(cursor, _sql.text("copy")) as copy:
                copy.write(rows.write_csv(include_header=False, null_value=r"\N", quote_style="necessary"))
            progress(READING, len(batch))
    report.writings.append(writing)


def _tell_doubted(report: _Updated, rejects: Path) -> None:
    """Each row that was taken, once, with all that is doubtful of it."""
    each = (
        pl.concat(report.doubted)
        .group_by("file", "row", maintain_order=True)
        .agg(pl.col("warnings").str.join("; "))
    )
    refused = [rows.select("file", pl.col("row").cast(pl.Int64)) for rows in report.refused]
    taken = (
        each.join(pl.concat(refused), on=["file", "row"], how="anti", maintain_order="left")
        if refused
        else each
    )
    report.warned = len(taken)
    if report.warned:
        report.warnings = warnings_beside(rejects)
        with private.opened(report.warnings) as out:
            taken.write_csv(out)


def _refuse_by_files(paths: Sequence[Path], report: _Updated) -> None:
    _refuse_unsure(paths, report)
    names = {"bare_name": _BARE_NAME.format("import_row"), "marks": _MARKS.format("import_row")}
    twice = _sql.all("twice_in_file", names)
    by_number = "pin: is in the file twice; the first row was taken"
    _refuse_found([row for row in twice if row["pin"]], by_number, paths, report)
    by_name = (
        "full_name: is in the file twice with this birth date and household; the first row was "
        "taken. If they are two people, ask a steward to record this one"
    )
    _refuse_found([row for row in twice if not row["pin"]], by_name, paths, report)


def _refuse_unsure(paths: Sequence[Path], report: _Updated) -> None:
    """Rows of which only the whole file tells how they were written, and that may be read wrongly."""
    for file_no, writing in enumerate(report.writings):
        if writing.order.is_open("birth_date"):
            known = _sql.one("known_births", file_no=file_no) or {}
            writing.order.weigh("birth_date", known["exchanged"], known["agreeing"])
        unsure = writing.unsure
        if len(unsure):
            there = {row["row"] for row in _sql.all("let_out", file_no=file_no, rows=unsure["row"].to_list())}
            found = unsure.filter(pl.col("row").is_in(there)).with_columns(file_no=pl.lit(file_no))
            _refuse_rows(found, paths, report)
        name = pl.lit(paths[file_no].name).alias("file")
        report.doubted.append(writing.told.select(name, "row", "warnings"))


def _refuse_found(found: list[dict[str, Any]], problem: str, paths: Sequence[Path], report: _Updated) -> None:
    frame = pl.DataFrame([{name: row[name] for name in _PLACE} for row in found], schema=_PLACE)
    _refuse_rows(frame.with_columns(problems=pl.lit(problem)), paths, report)


def _refuse_rows(found: pl.DataFrame, paths: Sequence[Path], report: _Updated) -> None:
    """`found`: file_no, row and problems."""
    for (file_no,), rows in found.group_by("file_no"):
        path = paths[file_no]  # pyright: ignore
        for batch in population_file.read(path):
            wrong = rows.select(pl.col("row").cast(batch.schema["row"]), "problems")
            _refuse(report, path, batch.join(wrong, on="row", maintain_order="left"))


def _refuse(report: _Updated, path: Path, rows: pl.DataFrame) -> None:
    if len(rows):
        report.rejected += len(rows)
        report.refused.append(rows.select(pl.lit(path.name).alias("file"), pl.exclude("unfit")))


def _parts() -> dict[str, str]:
    """The parts of the merging statements that are said more than once."""
    said, held, register = (
        f"({', '.join(f'{row}{column}' for column in _FILLED)})" for row in ("r.", "held_", "p.")
    )
    marks_of_r, marks_of_q = _MARKS.format("r"), _MARKS.format("q")
    differs = (
        f"NOT is_new AND ({held} IS DISTINCT FROM {said} OR (held_status <> 1 AND said_status <> "
        f"held_status))"
    )
    return {
        "resolved": _sql_of("resolved"),
        **units.PARTS,
        "columns": ", ".join(_FILLED),
        "household_id": "coalesce(r.household_key, h.household_id)",
        "died_before": _DIED_BEFORE,
        "status": "CASE WHEN p.status = 2 THEN p.status ELSE coalesce(r.status, p.status, 1::smallint) END",
        "unmarries": _sql_of("unmarries"),
        "was_right": _sql_of("was_right"),
        "bare_name_of_r": _BARE_NAME.format("r"),
        "bare_name_of_q": _BARE_NAME.format("q"),
        "marks_of_r": marks_of_r,
        "marks_of_q": marks_of_q,
        "one_name": f"({marks_of_q} = {marks_of_r} OR '' IN (btrim({marks_of_q}), btrim({marks_of_r})))",
        "news": ", ".join(
            f"{column} = {f'p.{column}' if column in _KNOWN_BY else _NEWS.format(column)}"
            for column in _FILLED
            if column not in ("home_since", "home_address")
        ),
        "moved": "(q.home_area <> r.home_area AND NOT ({status_after} = 2 AND p.status = 2))",
        "status_after": _NEWS.format("status"),
        "from_file": ", ".join(f"r.{column}" for column in _FILLED),
        "counted_after": ", ".join(f"r.{column}" for column in _COUNTED),
        "record": f"{', '.join((*_BESIDE, *_FILLED))}, {differs} AS differs",
        "held": ", ".join(f"p.{column} AS held_{column}" for column in _FILLED),
        "differs": f"{register} IS DISTINCT FROM {said}",
    }


def _sql_of(name: str) -> str:
    return _sql.part(name)


def _merge(on: date, paths: Sequence[Path], report: _Updated, progress: Progress) -> None:
    parts = _parts()

    def step(name: str, told: str, **values: Any) -> int:
        progress(told, 0)
        return _sql.run(name, parts, **values)

    empty = (_runs.one("register_is_empty") or {})["empty"]
    _sql.run("more_memory")
    step("analyze", "finding people")
    step("number_people", "finding people")
    renumbered = step("recognise_renumbered", "finding people", on=on)
    _refuse_rows(numbers.cancelled(), paths, report)
    step("add_households", "households")
    merged = step("recognise_merged", "finding people")
    if merged or renumbered:
        _refuse_named_twice(paths, report)
    step("analyze_people", "finding people")
    step("find_numbers", "relatives")
    units.make()
    step("resolve", "relatives", on=on)
    if merged:
        step("leave_old", "relatives")
    keeping.make()
    if step("differ", "relatives"):
        _keep(on, paths, report)
    residing.make()
    lived = residing.plan(on)
    with without_indexes(empty, lambda: progress(INDEXES, 0)):
        step("hold_changed", "history")
        if outdated := [row["person_id"] for row in _sql.all("outdated")]:
            step("resolve_again", "relatives", on=on, person_ids=outdated)
            if merged:
                step("leave_old", "relatives")
            step("differ_again", "relatives", person_ids=outdated)
            _keep(on, paths, report, outdated)
        if outdated or lived:
            marks.keep_homes()
            residing.plan(on)  # by the homes of people who are held now
            step("let_go", "history")
        kept, unmarked = marks.keep()
        _doubt(unmarked, paths, report)
        if kept:
            step("let_go", "history")
        problem = "was merged into another record at this moment; import this row again"
        _refuse_found(_sql.all("gone"), problem, paths, report)
        if (_sql.one("is_news") or {})["news"]:
            report.new = _add(step, on, paths, report)
            step("keep_older", "history", on=on)
            step("keep_history", "history", on=on)
            step("count_changed", "history")
            report.changed = step("change_people", "changed people", on=on)
            step("forget_spouses", "changed people")
            step("note_changed", "history")
            ending.end(on)
            progress("residences", 0)
            report.changed += residing.write()
        _tell_kept(on, bool(renumbered), paths, report)
        step("add_relatives", "relatives")
        _doubt(absent.absent(_refused_numbers(report)), paths, report)


def _refuse_named_twice(paths: Sequence[Path], report: _Updated) -> None:
    found = _sql.all("named_twice")
    for why, is_merged in (("their records were merged", True), ("the number was replaced", False)):
        rows = [row for row in found if row["merged"] == is_merged]
        _refuse_found(rows, f"is the same person as another row: {why}", paths, report)


def _keep(on: date, paths: Sequence[Path], report: _Updated, person_ids: Sequence[int] | None = None) -> None:
    """What the register has from later than the files stays, and who died stays dead."""
    wrong, problems = keeping.keep(on, person_ids)
    if wrong:
        _refuse_rows(refusing.of_people(zip(wrong, problems, strict=True)), paths, report)


def _tell_kept(on: date, renumbered: bool, paths: Sequence[Path], report: _Updated) -> None:
    for found in (keeping.told(), units.told()):
        _doubt(found, paths, report)
    later = [(row, row["field"], "move", row["day"]) for row in residing.later(on)]
    if renumbered:
        later += [(row, "pin", "new_number", row["day"]) for row in _sql.all("renumbered")]
    rows = [
        (row["file_no"], row["row"], f"{field}: {keeping.later(kind, day)}")
        for row, field, kind, day in later
    ]
    _doubt(pl.DataFrame(rows, schema=["file_no", "row", "problems"], orient="row"), paths, report)


def _add(step: Callable[..., int], on: date, paths: Sequence[Path], report: _Updated) -> int:
    """Judge, and write the new people; where somebody else was given a number of theirs, that row comes
    back and the rest is judged without it.
    """
    while True:
        with transaction.atomic():
            wrong, doubtful = judging.judge()
            step("let_go", "history")
            added = step("add_people", "new people", on=on)
            taken = numbers.taken(added)
            if taken:
                transaction.set_rollback(True)
        if not taken:
            break
        _refuse_rows(refusing.refuse(taken), paths, report)
    _refuse_rows(wrong, paths, report)
    _doubt(doubtful, paths, report)
    return added


def _refused_numbers(report: _Updated) -> list[str]:
    theirs = [
        rows["pin"].cast(pl.String).str.strip_chars() for rows in report.refused if "pin" in rows.columns
    ]
    return pl.concat(theirs).drop_nulls().to_list() if theirs else []


def _doubt(found: pl.DataFrame, paths: Sequence[Path], report: _Updated) -> None:
    """`found`: file_no, row and problems."""
    for (file_no,), rows in found.group_by("file_no", maintain_order=True):
        name = pl.lit(paths[file_no].name).alias("file")  # pyright: ignore
        report.doubted.append(
            rows.select(name, pl.col("row").cast(pl.Int64), pl.col("problems").alias("warnings"))
        )
