"""Files that others send, as text: CSV with any separator and in any usual encoding, or Parquet, batch by batch.

A file that cannot be read says why in one sentence; a row that cannot be read is told with its number, and the rest goes on.
"""

import codecs
import re
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
from rapidfuzz import process

from dancu.folding import fold
from dancu.matching.errors import MatchingError
from dancu.matching.normalising.encodings import legible
from dancu.matching.normalising.syllables import is_syllable

BATCH = 200_000
_LOOK = 1 << 18  # bytes looked at to find out the encoding and the separator
_KNOWN_AS = {"windows-1258": "cp1258", "windows-1252": "cp1252", "tcvn3": "latin-1", "vni": "latin-1", "utf8": "utf-8"}
_NOT_GIVEN = ["", "NULL", "null", "\\N", "NaN", "nan", "N/A", "n/a", "#N/A", "-", "?"]


class UnreadableFile(MatchingError):
    """The file {0}: {1}."""


@dataclass
class Trouble:
    """A row that was left out, or a value that was read otherwise than it stands. `row`: counted from 1 after the header."""

    row: int
    column: str
    reason: str
    left_out: bool


@dataclass
class Troubles:
    """All of a file's: each row left out, of values read otherwise only the first hundred thousand; all are counted."""

    kept: list[Trouble] = field(default_factory=list)
    left_out: int = 0
    read_otherwise: int = 0

    def add(self, row: int, column: str, reason: str, left_out: bool) -> None:
        self.left_out += left_out
        self.read_otherwise += not left_out
        if left_out or self.read_otherwise <= 100_000:  # each row left out stands in a result with its reason
            self.kept.append(Trouble(row, column, reason, left_out))


@contextmanager
def opened(path: Path, separator: str | None = None, encoding: str | None = None) -> Iterator["SourceFile"]:
    """A file ready to be read; what it had to be rewritten into is gone afterwards. Raises UnreadableFile."""
    with tempfile.TemporaryDirectory(prefix="dancu-") as folder, duckdb.connect() as db:
        db.execute("SET enable_progress_bar = false")  # it would be drawn on standard output
        yield SourceFile(path, Path(folder), db, separator, encoding)


class SourceFile:
    """A CSV or Parquet file. `columns`: their names as they stand; `encoding`: what it turned out to be in."""

    def __init__(
        self, path: Path, folder: Path, db: duckdb.DuckDBPyConnection, separator: str | None, encoding: str | None
    ) -> None:
        self.path, self.troubles, self._db = path, Troubles(), db
        start = _start(path)
        self.is_parquet = start[:4] == b"PAR1"
        if self.is_parquet:
            self.encoding, self.separator, self._from = "parquet", "", f"read_parquet({_quoted(path)})"
        else:
            _refuse_other_formats(path, start)
            self.encoding = _known_encoding(path, encoding) if encoding else detected_encoding(path, start)
            plain = self.encoding in ("utf-8", "utf-8-sig") and _is_utf_8(path)
            readable = path if plain else _rewritten(path, folder, self.encoding)
            self.separator = separator or _sniffed(readable)
            self._from = (
                f"read_csv({_quoted(readable)}, all_varchar=true, header=true, store_rejects=true, delim={_quoted(self.separator)}, "
                "quote='\"', escape='\"', nullstr='', max_line_size=16000000)"
            )
        try:
            described = db.execute(f"DESCRIBE SELECT * FROM {self._from}").fetchall()
        except duckdb.Error as error:
            raise UnreadableFile(path.name, _first_sentence(error)) from error
        self._unreadable = [] if self.is_parquet else self._rows_that_cannot_be_read()
        self.columns = [row[0] for row in described]
        self._types = {row[0]: row[1] for row in described}

    def column(self, name: str) -> str:
        """The column that somebody calls `name`, spaces and capitals aside. Raises UnreadableFile with the nearest."""
        if name in self.columns:
            return name
        alike = {_key(column): column for column in self.columns}
        if _key(name) in alike:
            return alike[_key(name)]
        nearest = process.extractOne(name, self.columns, score_cutoff=60)
        meant = f' (did you mean "{nearest[0]}"?)' if nearest else ""
        raise UnreadableFile(self.path.name, f'has no column "{name}"{meant}; it has {", ".join(self.columns)}')

    def batches(self, columns: Mapping[str, str], long: Sequence[str] = ()) -> Iterator[pl.DataFrame]:
        """The columns as text, `row` before them. `columns`: the name wanted → the file's; `long`: those that may have long texts.

        An empty value is None. Control characters become spaces, more than 300 characters in what is not long are too many: both are
        troubles.
        """
        taken = {wanted: self.column(name) for wanted, name in columns.items()}
        for name in taken.values():
            if re.search(r"STRUCT|MAP|\[\]|BLOB|UNION", kind := self._types[name]):
                raise UnreadableFile(
                    self.path.name, f'column "{name}" holds {kind}, no text, number or date: write it as text'
                )
        said = ", ".join(
            f'"{name.replace(chr(34), chr(34) * 2)}"::VARCHAR AS "{wanted}"' for wanted, name in taken.items()
        )
        fonts: dict[str, bool] = {}
        try:
            reader = self._db.sql(f"SELECT {said} FROM {self._from}").to_arrow_reader(BATCH)
            before = 0
            for batch in reader:
                frame = pl.from_arrow(batch)
                assert isinstance(frame, pl.DataFrame)
                frame = self._numbered(frame, before)
                before += len(frame)
                yield self._cleaned(frame, list(taken), long, fonts)
        except duckdb.Error as error:
            raise UnreadableFile(self.path.name, _first_sentence(error)) from error
        for row, reason in self._unreadable:
            self.troubles.add(row, "", reason, left_out=True)

    def _rows_that_cannot_be_read(self) -> list[tuple[int, str]]:
        """Their numbers, counted from the first after the header (a quoted value of several lines counts as several), and what is wrong."""
        try:
            self._db.execute(f"SELECT count(*) FROM {self._from}").fetchall()
        except duckdb.Error as error:
            raise UnreadableFile(self.path.name, _first_sentence(error)) from error
        found = self._db.execute(
            "SELECT line - 1, any_value(error_message) FROM reject_errors GROUP BY 1 ORDER BY 1"
        ).fetchall()
        return [(row, reason.splitlines()[0]) for row, reason in found]

    def _numbered(self, frame: pl.DataFrame, before: int) -> pl.DataFrame:
        """Beside each row that could be read its number in the file, those that could not counted too."""
        read = np.arange(before + 1, before + 1 + len(frame))
        lost = np.array([row for row, _reason in self._unreadable], dtype=np.int64)
        numbers = read + np.searchsorted(lost - np.arange(len(lost)), read, side="right")
        return frame.insert_column(0, pl.Series("row", numbers, pl.UInt32))

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
            broken = values.str.contains("\ufffd", literal=True).fill_null(value=False)
            for row in frame["row"].filter(broken):
                self.troubles.add(
                    row, name, "holds bytes that are no letters of the file's encoding, read as \ufffd", left_out=False
                )
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
            if name not in fonts or not fonts[name]:
                fonts[name] = _is_old_font(values)
            if fonts[name]:
                values = values.map_elements(lambda text: legible(text)[0], return_dtype=pl.String)
            frame = frame.with_columns(values.alias(name))
        return frame


_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{feff}\n\r\t]+"


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
        raise UnreadableFile(path.name, "is called Parquet but is none: it does not begin with PAR1")
    if start[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        raise UnreadableFile(path.name, "is a spreadsheet or an archive: save it as CSV in UTF-8")
    if start[:5] == b"%PDF-" or start[:2] == b"\x1f\x8b":
        raise UnreadableFile(path.name, "is no CSV: unpack it, or save it as CSV in UTF-8")


def _known_encoding(path: Path, encoding: str) -> str:
    try:
        name = codecs.lookup(_KNOWN_AS.get(encoding.casefold(), encoding)).name
        b"text".decode(name, "replace")  # refuses what is no text's, such as base64
        return name
    except (LookupError, UnicodeError) as error:
        raise UnreadableFile(
            path.name, f'no encoding is called "{encoding}"; write utf-8, utf-16, windows-1258, tcvn3, vni …'
        ) from error


def detected_encoding(path: Path, start: bytes) -> str:
    """The encoding of a text file by its beginning, or by all of it where the beginning is plain ASCII."""
    for mark, name in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):  # fmt: skip
        if start.startswith(mark):
            return name
    half = max(len(start) // 2, 1)
    for name, zeros in (("utf-16-le", start[1::2].count(0)), ("utf-16-be", start[::2].count(0))):
        if zeros > 0.4 * half:
            return name
    if _is_utf_8(path):
        return "utf-8"
    valid = len(re.findall(rb"[\xc3-\xf4][\x80-\xbf]+", start))
    if valid > 20 and valid > 10 * start.decode("utf-8", "replace").count("\ufffd"):
        return "utf-8"  # some letters are broken; they are told
    words = re.findall(
        r"[^\W\d_]*[^\W\d_a-zA-Z][^\W\d_]*", unicodedata.normalize("NFC", start.decode("cp1258", "replace"))
    )[:2000]
    return "cp1258" if words and sum(map(is_syllable, words)) > 0.6 * len(words) else "cp1252"


def _is_utf_8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as source:
            while block := source.read(1 << 22):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _rewritten(path: Path, folder: Path, encoding: str) -> Path:
    target = folder / "as-utf-8.csv"
    try:
        with (
            path.open(encoding=encoding, errors="replace", newline="") as source,
            target.open("w", encoding="utf-8", newline="") as sink,
        ):
            while block := source.read(1 << 20):
                sink.write(block)
    except (UnicodeError, OSError) as error:
        raise UnreadableFile(path.name, f"cannot be read as {encoding}: {error}") from error
    return target


def _sniffed(path: Path) -> str:
    """The separator that stands most often in the header, outside quotes."""
    with path.open(encoding="utf-8-sig", errors="replace") as source:
        header = re.sub(r'"[^"]*"', "", source.readline())
    return max(",;\t|", key=header.count)


def _first_sentence(error: Exception) -> str:
    if "when sniffing file" in str(error):
        return (
            "its rows are of no common form: see that every quote is closed, and which separator it has (--separator)"
        )
    lines = [line for line in str(error).splitlines() if line.strip()]
    return f"cannot be read: {lines[0][:300]}" if lines else "cannot be read"


def _key(name: str) -> str:
    return re.sub(r"[\W_]+", "", fold(name))


def _quoted(text: object) -> str:
    return "'" + str(text).replace("'", "''") + "'"
