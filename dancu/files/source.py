"""Files that others send, as text: CSV with any separator and in any usual encoding, or Parquet, batch by
batch.

A file that cannot be read says why in one sentence; a row that cannot be read is told with its number, and
the rest goes on.
"""

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import polars as pl
from rapidfuzz import process

from dancu.delimited import LINE, ROW, UNFIT, IsHeader, NoTable, Table, why_unfit
from dancu.errors import DancuError
from dancu.files.detecting import detected_encoding
from dancu.text.folding import fold
from dancu.text.fonts import legible
from dancu.text.garbled import ODD, mended
from dancu.text.invisible import visible
from dancu.values.days import VIETNAM

BATCH = 200_000
_LOOK = 1 << 18  # bytes looked at to find out the encoding and the separator
_KNOWN_AS = {
    "windows-1258": "cp1258",
    "windows-1252": "cp1252",
    "tcvn3": "latin-1",
    "vni": "latin-1",
    "utf8": "utf-8",
}
_NOT_GIVEN = ["", "NULL", "null", "\\N", "NaN", "nan", "N/A", "n/a", "#N/A", "-", "?"]


class UnreadableFile(DancuError):
    """The file {0}: {1}."""


@dataclass
class Trouble:
    """A row that was left out, or a value that was read otherwise than it stands. `row`: counted from 1
    after the header.
    """

    row: int
    column: str
    reason: str
    left_out: bool


@dataclass
class Troubles:
    """All of a file's: each row left out, of values read otherwise only the first hundred thousand; all
    are counted.
    """

    kept: list[Trouble] = field(default_factory=list)
    left_out: int = 0
    read_otherwise: int = 0

    def add(self, row: int, column: str, reason: str, left_out: bool) -> None:
        self.left_out += left_out
        self.read_otherwise += not left_out
        if left_out or self.read_otherwise <= 100_000:  # each row left out stands in a result with its reason
            self.kept.append(Trouble(row, column, reason, left_out))


@contextmanager
def opened(
    path: Path, separator: str | None = None, encoding: str | None = None, is_header: IsHeader | None = None
) -> Iterator["SourceFile"]:
    """A file ready to be read. `is_header`: which row of a CSV is its header, where titles may stand
    above it. Raises UnreadableFile.
    """
    with duckdb.connect() as db:
        db.execute("SET enable_progress_bar = false")  # it would be drawn on standard output
        db.execute(
            f"SET TimeZone = '{VIETNAM.key}'"
        )  # a moment with its zone is shown by the clock of Vietnam
        yield SourceFile(path, db, separator, encoding, is_header)


class SourceFile:
    """A CSV or Parquet file. `columns`: their names as they stand, `names`: also those that stand twice;
    `encoding`: what it turned out to be in; `titles`: how many lines above the header are none of it.
    """

    def __init__(
        self,
        path: Path,
        db: duckdb.DuckDBPyConnection,
        separator: str | None = None,
        encoding: str | None = None,
        is_header: IsHeader | None = None,
    ) -> None:
        self.path, self.troubles, self._db, self.titles = path, Troubles(), db, 0
        start = _start(path)
        self.is_parquet = start[:4] == b"PAR1"
        if self.is_parquet:
            self.encoding, self.separator, self._from = "parquet", "", f"read_parquet({_quoted(path)})"
            described = self._asked(f"DESCRIBE SELECT * FROM {self._from}").fetchall()
            self._types = {row[0]: row[1] for row in described}
            self.names = self.columns = list(self._types)
        else:
            _refuse_other_formats(path, start)
            self.encoding = _known_encoding(path, encoding) if encoding else detected_encoding(path, start)
            self._table = _table(path, self.encoding, separator, is_header)
            self.titles = self._table.titles
            self.separator, self.columns, self.names = (
                self._table.separator,
                self._table.columns,
                self._table.names,
            )

    def column(self, name: str) -> str:
        """The column that somebody calls `name`, spaces and capitals aside. Raises UnreadableFile with
        the nearest, or where it may be several.
        """
        if name in self.columns and self.names.count(name) < 2:
            return name
        if alike := [column for column in self.names if column_key(column) == column_key(name)]:
            if len(alike) > 1:
                told = ", ".join(alike)
                raise UnreadableFile(
                    self.path.name,
                    f'has more than one column "{name}" ({told}): rename the others',
                )
            return alike[0]
        nearest = process.extractOne(name, self.columns, score_cutoff=60)
        meant = f' (did you mean "{nearest[0]}"?)' if nearest else ""
        raise UnreadableFile(
            self.path.name, f'has no column "{name}"{meant}; it has {", ".join(self.columns)}'
        )

    def batches(self, columns: Mapping[str, str], long: Sequence[str] = ()) -> Iterator[pl.DataFrame]:
        """The columns as text, `row` before them. `columns`: the name wanted → the file's; `long`: those that
        may have long texts.

        An empty value is None. Control characters become spaces, more than 300 characters in what is not long
        are too many: both are troubles.
        """
        taken = {wanted: self.column(name) for wanted, name in columns.items()}
        fonts: dict[str, bool] = {}
        for frame in self._of_parquet(taken) if self.is_parquet else self._of_table(taken):
            yield self._cleaned(frame, list(taken), long, fonts)

    def as_it_stands(self, columns: Sequence[str]) -> Iterator[pl.DataFrame]:
        """`row` and these columns (of `columns`) as text, batch by batch, without rows that do not fit: to be
        looked at before they are read.

        Columns that hold no text, number or date are left out.
        """
        taken = {
            name: name for name in columns if not self.is_parquet or not _NO_TEXT.search(self._types[name])
        }
        yield from self._of_parquet(taken) if self.is_parquet else self._fitting(taken, Troubles())

    def _of_parquet(self, taken: Mapping[str, str]) -> Iterator[pl.DataFrame]:
        for name in taken.values():
            if _NO_TEXT.search(kind := self._types[name]):
                raise UnreadableFile(
                    self.path.name,
                    f'column "{name}" contains {kind}, which is not text, a number or a date: convert it to '
                    f"text",
                )
        said = ", ".join(
            f'"{name.replace(chr(34), chr(34) * 2)}"::VARCHAR AS "{wanted}"' for wanted, name in taken.items()
        )
        try:
            before = 0
            with (
                self._db.cursor() as reading
            ):  # of its own: whoever looks only at the beginning leaves a result open
                for batch in reading.sql(f"SELECT {said} FROM {self._from}").to_arrow_reader(BATCH):
                    frame = pl.from_arrow(batch)
                    assert isinstance(frame, pl.DataFrame)
                    yield frame.with_row_index("row", offset=before + 1)
                    before += len(frame)
        except duckdb.Error as error:
            raise UnreadableFile(self.path.name, _first_sentence(error)) from error

    def _of_table(self, taken: Mapping[str, str]) -> Iterator[pl.DataFrame]:
        """The rows that fit the header; the others are troubles."""
        yield from self._fitting(taken, self.troubles)

    def _fitting(self, taken: Mapping[str, str], troubles: Troubles) -> Iterator[pl.DataFrame]:
        said = [pl.col(name).alias(wanted) for wanted, name in taken.items()]
        try:
            for batch in self._table.batches(list(taken.values())):
                unfit = batch.filter(pl.col(UNFIT).is_not_null())
                for row, line, why in unfit.select(ROW, LINE, UNFIT).iter_rows():
                    troubles.add(row, "", why_unfit(why, line, len(self.columns)), left_out=True)
                fit = batch.filter(pl.col(UNFIT).is_null()) if len(unfit) else batch
                yield fit.select(pl.col(ROW).alias("row"), *said)
        except (OSError, NoTable, pl.exceptions.PolarsError) as error:
            raise UnreadableFile(self.path.name, _first_sentence(error)) from error

    def _asked(self, query: str) -> duckdb.DuckDBPyConnection:
        try:
            return self._db.execute(query)
        except duckdb.Error as error:
            raise UnreadableFile(self.path.name, _first_sentence(error)) from error

    def _cleaned(
        self, frame: pl.DataFrame, columns: list[str], long: Sequence[str], fonts: dict[str, bool]
    ) -> pl.DataFrame:
        for name in columns:
            values = frame[name].replace(_NOT_GIVEN, None)
            stray = values.str.contains(_CONTROL).fill_null(value=False)
            if stray.any():
                for row in frame["row"].filter(stray):
                    self.troubles.add(row, name, "holds control characters, read as spaces", left_out=False)
                values = values.str.replace_all(_CONTROL, " ")
            if (odd := values.str.contains(ODD).fill_null(value=False)).any():
                values = self._mended(frame["row"], name, values, odd, fonts)
            values = values.str.normalize("NFC").str.strip_chars().replace("", None)
            if name not in long:
                too_long = (values.str.len_chars() > 300).fill_null(value=False)
                for row, much in zip(
                    frame["row"].filter(too_long), values.filter(too_long).str.len_chars(), strict=True
                ):
                    self.troubles.add(
                        row, name, f"has {much} characters, at most 300 are read: left empty", left_out=False
                    )
                values = pl.select(pl.when(~too_long).then(values)).to_series()
            frame = frame.with_columns(values.alias(name))
        return frame

    def _mended(
        self, rows: pl.Series, name: str, values: pl.Series, odd: pl.Series, fonts: dict[str, bool]
    ) -> pl.Series:
        """The values, of which those that are `odd` hold more than Vietnamese letters: of another code
        page or font, or unseen.
        """
        meant = {text: mended(text) for text in values.filter(odd).unique()}
        if not fonts.get(name):
            fonts[name] = _is_old_font(values)
        for row, text in zip(rows.filter(odd), values.filter(odd), strict=True):
            if meant[text] != text:
                self.troubles.add(
                    row,
                    name,
                    "was taken for another alphabet (code page) or written in codes, and mended",
                    left_out=False,
                )
            if "\ufffd" in text:
                self.troubles.add(row, name, _BROKEN, left_out=False)
        if fonts[name]:  # before what is unseen goes: ư of an old font is a soft hyphen
            meant = {text: legible(meant.get(text, text) or "")[0] for text in values.drop_nulls().unique()}
        return values.replace({text: visible(right) for text, right in meant.items()})


_BROKEN = "holds bytes that are no letters of the file's encoding, read as \ufffd"
_NO_TEXT = re.compile(r"STRUCT|MAP|\[\]|BLOB|UNION")  # types of Parquet
_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\n\r\t]+"


def _is_old_font(values: pl.Series) -> bool:
    """Whether what is not ASCII in a column was mostly typed in a font of before Unicode."""
    marked = values.drop_nulls().unique().head(2000)
    marked = [text for text in marked if not text.isascii()][:300]
    return len(marked) > 0 and sum(legible(text)[1] is not None for text in marked) > len(marked) / 2


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as source:
            start = source.read(_LOOK)
    except FileNotFoundError as error:
        raise UnreadableFile(path, "there is no such file") from error
    except OSError as error:
        raise UnreadableFile(path, error.strerror or str(error)) from error
    if not start.strip():
        raise UnreadableFile(path.name, "is empty")
    return start


def _refuse_other_formats(path: Path, start: bytes) -> None:
    if path.suffix.casefold() in (".parquet", ".pq"):
        raise UnreadableFile(
            path.name, "is named Parquet but is not a Parquet file: it does not begin with PAR1"
        )
    if start[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        raise UnreadableFile(path.name, "is a spreadsheet or an archive: save it as CSV in UTF-8")
    if start[:5] == b"%PDF-" or start[:2] == b"\x1f\x8b":
        raise UnreadableFile(path.name, "is not a CSV file: unpack it, or save it as CSV in UTF-8")


def _known_encoding(path: Path, encoding: str) -> str:
    try:
        name = codecs.lookup(_KNOWN_AS.get(encoding.casefold(), encoding)).name
        b"text".decode(name, "replace")  # refuses what is no text's, such as base64
        return name
    except (LookupError, UnicodeError) as error:
        raise UnreadableFile(
            path.name, f'unknown encoding "{encoding}": use utf-8, utf-16, windows-1258, tcvn3, vni …'
        ) from error


def _table(path: Path, encoding: str, separator: str | None, is_header: IsHeader | None) -> Table:
    try:
        return Table(path, encoding, separator, is_header)
    except (NoTable, UnicodeError, OSError) as error:
        raise UnreadableFile(
            path.name, f"cannot be read as {encoding}: {error or 'it has no header'}"
        ) from error


def _first_sentence(error: Exception) -> str:
    lines = [line for line in str(error).splitlines() if line.strip()]
    return f"cannot be read: {lines[0][:300]}" if lines else "cannot be read"


def column_key(name: str) -> str:
    """A column's name as such names are compared: without spaces, marks and capitals."""
    return re.sub(r"[\W_]+", "", fold(name))


def _quoted(text: object) -> str:
    return "'" + str(text).replace("'", "''") + "'"
