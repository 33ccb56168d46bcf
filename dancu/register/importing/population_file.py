"""The population file: its columns, and how it is read. Documented for senders in docs/population-file.md."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from dancu.register.errors import MissingColumns, NotAPopulationFile

BATCH_ROWS = 200_000

TEXTS = [
    "pin", "cmnd", "full_name", "birth_precision", "ethnicity", "religion", "nationality", "blood_group", "phone", "email",
    "household_no", "father_pin", "mother_pin", "spouse_pin", "father_name", "mother_name",
    "permanent_address", "temporary_address", "current_address", "former_address",
]  # fmt: skip
CODES = ["birth_registered_code", "native_code", "permanent_code", "temporary_code", "current_code", "former_code"]
DATES = [
    "birth_date", "status_on", "card_issued_on", "permanent_since", "temporary_since", "temporary_until", "former_since", "former_until",
]  # fmt: skip
NUMBERS = ["sex", "marital_status", "status", "relation_to_head"]
COLUMNS = [*TEXTS, *CODES, *DATES, *NUMBERS]
REQUIRED = ["full_name", "birth_date", "sex", "permanent_code"]
DEFAULTS = {"birth_precision": "D", "nationality": "VNM", "status": 1}


def read(
    path: Path, first: int = 0, rows: int | None = None, wanted: Sequence[str] = COLUMNS
) -> Iterator[pl.DataFrame]:
    """The file's rows in batches, dates and whole numbers as they are in Parquet and all else as text, with `row` counted from 1
    (the header of a CSV not counted). `first`, `rows`: only so many, after the first so many. `wanted`: only these columns.

    Raises NotAPopulationFile where it is neither CSV in UTF-8 nor Parquet, MissingColumns where a needed column is absent.
    """
    frame = _open(path)
    try:
        types, present = frame.collect_schema(), columns(path)
        frame = frame.select(_native(column, types[column]) for column in wanted if column in present)
        frame = frame.with_row_index("row", offset=1).slice(first, rows)
        yield from frame.collect_batches(chunk_size=BATCH_ROWS, maintain_order=True)
    except pl.exceptions.PolarsError as problem:
        raise NotAPopulationFile(path.name) from problem


def can_be_parted(path: Path) -> bool:
    """Whether rows in the middle of the file can be read without all that come before: of Parquet."""
    with path.open("rb") as file:
        return file.read(4) == b"PAR1"


def columns(path: Path) -> list[str]:
    """Those of our columns that the file has. Raises as `read` does."""
    try:
        present = _open(path).collect_schema().names()
    except pl.exceptions.PolarsError as problem:
        raise NotAPopulationFile(path.name) from problem
    if missing := [column for column in REQUIRED if column not in present]:
        raise MissingColumns(path.name, ", ".join(missing))
    return [column for column in COLUMNS if column in present]


def count(path: Path) -> int:
    """How many rows the file has. Raises as `read` does."""
    columns(path)
    try:
        return _open(path).select(pl.len()).collect().item()
    except pl.exceptions.PolarsError as problem:
        raise NotAPopulationFile(path.name) from problem


def _open(path: Path) -> pl.LazyFrame:
    with path.open("rb") as file:
        start = file.read(4)
    if start == b"PAR1":
        return pl.scan_parquet(path)
    if start[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in start:
        raise NotAPopulationFile(path.name)
    return pl.scan_csv(path, infer_schema=False, truncate_ragged_lines=True)


def _native(column: str, kind: pl.DataType) -> pl.Expr:
    """Dates and whole numbers stay as they are where they should be such; all else is read as text."""
    fits = (column in DATES and kind == pl.Date) or (column in NUMBERS and kind.is_integer())
    return pl.col(column) if fits else pl.col(column).cast(pl.String)
