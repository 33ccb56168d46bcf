"""The population file: its columns, and how it is read. Documented for senders in docs/population-file.md."""

import codecs
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import polars as pl

from dancu.delimited import LINE, ROW, SENT, UNFIT, NoTable, Table, why_unfit
from dancu.register.errors import DoubledColumns, MissingColumns, NotAPopulationFile
from dancu.text.folding import fold
from dancu.values.days import as_days

BATCH_ROWS = 200_000
_FRACTION = r"^\s*([0-9]+)[.,]0+\s*$"

TEXTS = [
    "pin",
    "cmnd",
    "full_name",
    "birth_precision",
    "ethnicity",
    "religion",
    "nationality",
    "blood_group",
    "phone",
    "email",
    "household_no",
    "father_pin",
    "mother_pin",
    "spouse_pin",
    "father_name",
    "mother_name",
    "permanent_address",
    "temporary_address",
    "current_address",
    "former_address",
]
CODES = [
    "birth_registered_code",
    "native_code",
    "permanent_code",
    "temporary_code",
    "current_code",
    "former_code",
]
DATES = [
    "birth_date",
    "status_on",
    "card_issued_on",
    "permanent_since",
    "temporary_since",
    "temporary_until",
    "former_since",
    "former_until",
]
NUMBERS = ["sex", "marital_status", "status", "relation_to_head"]
COLUMNS = [*TEXTS, *CODES, *DATES, *NUMBERS]
REQUIRED = ["full_name", "birth_date", "sex", "permanent_code"]
DEFAULTS = {
    "birth_precision": "D",
    "nationality": "VNM",
    "status": 1,
}  # of people whom the register does not hold yet


def read(
    path: Path, first: int = 0, rows: int | None = None, wanted: Sequence[str] = COLUMNS
) -> Iterator[pl.DataFrame]:
    """The file's rows in batches, dates and whole numbers as they are in Parquet and all else as text, with
    `row` counted from 1 (the header of a CSV not counted). `first`, `rows`: only so many, after the first so
    many. `wanted`: only these columns.

    Of a CSV there is `line` too, and of a row that does not fit the header nothing but `unfit`, why, and
    `as_sent`, what stands there. Raises NotAPopulationFile where it is neither CSV in UTF-8 or UTF-16 nor
    Parquet, MissingColumns where a needed column is absent, DoubledColumns where one stands twice.
    """
    present = columns(path)
    chosen = [column for column in wanted if column in present]
    try:
        if can_be_parted(path):
            frame = pl.scan_parquet(path)
            types, named = frame.collect_schema(), _named(path.name, tuple(frame.collect_schema().names()))
            late = _late(path, path.stat().st_size, path.stat().st_mtime_ns)
            frame = frame.select(
                _native(column, named[column], types[named[column]], column in late) for column in chosen
            )
            frame = frame.with_row_index("row", offset=1).slice(first, rows)
            yield from map(_whole, frame.collect_batches(chunk_size=BATCH_ROWS, maintain_order=True))
        else:
            for frame in map(_whole, _of_table(path, chosen)):
                since = frame if not first else frame.filter(pl.col("row") > first)
                some = since if rows is None else since.filter(pl.col("row") <= first + rows)
                if len(some):
                    yield some
    except (pl.exceptions.PolarsError, NoTable) as problem:
        raise NotAPopulationFile(path.name) from problem


def _of_table(path: Path, chosen: Sequence[str]) -> Iterator[pl.DataFrame]:
    table = _table(path)
    named = _named(path.name, tuple(table.columns), tuple(table.names))
    if _survey(path, path.stat().st_size, path.stat().st_mtime_ns)[1]:
        rows = table.scan().select(pl.col(named[column]).alias(column) for column in chosen)
        rows = rows.with_row_index("row", offset=1)
        lines = (
            (pl.col("row") + table.header_lines).alias("line"),
            *(pl.lit(None, pl.String).alias(name) for name in ("unfit", "as_sent")),
        )
        yield from rows.select("row", *lines, *chosen).collect_batches(
            chunk_size=BATCH_ROWS, maintain_order=True
        )
        return
    for batch in table.batches([named[column] for column in chosen]):
        unfit = batch.select(UNFIT, LINE).drop_nulls()
        why = {(kind, line): why_unfit(kind, line, len(table.columns)) for kind, line in unfit.iter_rows()}
        yield batch.select(
            pl.col(ROW).alias("row"),
            pl.col(LINE).alias("line"),
            pl.Series(
                "unfit",
                [why.get(told) for told in batch.select(UNFIT, LINE).iter_rows()]
                if why
                else [None] * len(batch),
                pl.String,
            ),
            pl.col(SENT).alias("as_sent"),
            *(pl.col(named[column]).alias(column) for column in chosen),
        )


def _whole(rows: pl.DataFrame) -> pl.DataFrame:
    """Numbers of households without the .0 of a column that was taken for fractions: 324.0 is the
    household of 324, and another one's by its letters.
    """
    if "household_no" not in rows.columns or not rows["household_no"].str.contains(_FRACTION).any():
        return rows
    return rows.with_columns(pl.col("household_no").str.replace(_FRACTION, "$1"))


def can_be_parted(path: Path) -> bool:
    """Whether rows in the middle of the file can be read without all that come before: of Parquet."""
    with path.open("rb") as file:
        return file.read(4) == b"PAR1"


def columns(path: Path) -> list[str]:
    """Those of our columns that the file has, spaces and capitals in their names aside. Raises as `read`
    does.
    """
    try:
        if can_be_parted(path):
            present = names = tuple(pl.scan_parquet(path).collect_schema().names())
        else:
            table = _table(path)
            present, names = tuple(table.columns), tuple(table.names)
    except (pl.exceptions.PolarsError, NoTable) as problem:
        raise NotAPopulationFile(path.name) from problem
    named = _named(path.name, present, names)
    return [column for column in COLUMNS if column in named]


def as_written(path: Path) -> list[str]:
    """Those of our columns whose writing tells something of the whole file: names, and dates that are
    text. Raises as `read` does.
    """
    present = columns(path)
    types = pl.scan_parquet(path).collect_schema() if can_be_parted(path) else {}
    named = _named(path.name, tuple(types)) if types else {}
    late = _late(path, path.stat().st_size, path.stat().st_mtime_ns) if types else frozenset()
    days = [
        name
        for name in DATES
        if name in late or not types.get(named.get(name, ""), pl.String()).is_temporal()
    ]
    return [column for column in ("full_name", "father_name", "mother_name", *days) if column in present]


def with_defaults(rows: pl.DataFrame) -> pl.DataFrame:
    """What is said of a new person where the field is empty."""
    return rows.with_columns(pl.col(column).fill_null(value) for column, value in DEFAULTS.items())


def count(path: Path) -> int:
    """How many rows the file has, those that do not fit its header too. Raises as `read` does."""
    columns(path)
    try:
        if can_be_parted(path):
            return pl.scan_parquet(path).select(pl.len()).collect().item()
        return _survey(path, path.stat().st_size, path.stat().st_mtime_ns)[0]
    except (pl.exceptions.PolarsError, NoTable) as problem:
        raise NotAPopulationFile(path.name) from problem


@lru_cache(maxsize=256)  # an import reads a file four times
def _survey(path: Path, _size: int, _changed: int) -> tuple[int, bool]:
    return _table(path).survey()


@lru_cache(maxsize=256)
def _named(file: str, present: tuple[str, ...], names: tuple[str, ...] = ()) -> dict[str, str]:
    """Our columns, and what the file calls them (`present`); `names`: as they stand in its header. Raises
    MissingColumns, DoubledColumns.
    """
    alike = {_key(name): name for name in reversed(present)}
    named = {column: column if column in present else alike.get(column, "") for column in COLUMNS}
    if missing := [column for column in REQUIRED if not named[column]]:
        raise MissingColumns(file, ", ".join(missing))
    keys = [_key(name) for name in names or present]
    if doubled := [
        name for name, key in zip(names or present, keys, strict=True) if key in named and keys.count(key) > 1
    ]:
        raise DoubledColumns(file, ", ".join(doubled))
    return {column: name for column, name in named.items() if name}


def _key(name: str) -> str:
    return re.sub(r"[\W_]+", "_", fold(name))


def _table(path: Path) -> Table:
    """Raises NotAPopulationFile, NoTable."""
    with path.open("rb") as file:
        start = file.read(1 << 18)
    encoding = "utf-16" if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8"
    if encoding == "utf-8" and (b"\0" in start or _is_no_utf_8(start)):
        raise NotAPopulationFile(path.name)
    table = Table(path, encoding)
    if any(re.search("[\0\ufffd]", name) for name in table.columns):
        raise NotAPopulationFile(path.name)
    return table


def _is_no_utf_8(start: bytes) -> bool:
    """Whether more is broken of it than a letter here and there, which are told row by row."""
    letters = len(re.findall(rb"[\xc2-\xf4][\x80-\xbf]+", start))
    return start.decode("utf-8", "replace").count("\ufffd") > 1 + letters // 10


@lru_cache(maxsize=256)
def _late(path: Path, _size: int, _changed: int) -> frozenset[str]:
    """Columns of dates in a Parquet file that are moments without a zone, and none of them a midnight:
    see moments.py.
    """
    frame = pl.scan_parquet(path)
    types = frame.collect_schema()
    naive = [
        (column, name)
        for column, name in _named(path.name, tuple(types.names())).items()
        if column in DATES and isinstance(kind := types[name], pl.Datetime) and not kind.time_zone
    ]
    if not naive:
        return frozenset()
    midnights = frame.select(
        (pl.col(name).dt.truncate("1d") == pl.col(name)).any().alias(column) for column, name in naive
    )
    return frozenset(column for column, some in midnights.collect().row(0, named=True).items() if not some)


def _native(column: str, name: str, kind: pl.DataType, is_late: bool) -> pl.Expr:
    """Dates and whole numbers stay as they are where they should be such; all else is read as text, and
    so are moments none of which is a midnight.
    """
    if is_late:
        return pl.col(name).dt.strftime("%Y-%m-%d %H:%M:%S").alias(column)
    if column in DATES and kind in (pl.Date, pl.Datetime):
        return as_days(pl.col(name), kind).alias(column)
    fits = column in NUMBERS and kind.is_integer()
    return (pl.col(name) if fits else pl.col(name).cast(pl.String)).alias(column)
