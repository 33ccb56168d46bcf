"""A delimited file with a header: its columns, and its rows in frames."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

import polars as pl

from dancu.delimited.header import MOST_TITLES, Header, IsHeader, header_of
from dancu.delimited.lines import is_plain, pieces
from dancu.delimited.records import LONGEST, Counter, TextPiece, Unfit

ROW, LINE, UNFIT, SENT = "@row", "@line", "@unfit", "@sent"
MOST_ROWS = 200_000  # of a frame


class NoTable(Exception):
    """There is no header, or what is no line: of more than 64 MB."""


class Table:
    """`names`: the header's, without spaces around them; `columns`: the same, each once; `separator`: given,
    or the one most frequent in the header; `header_lines`: before the first row; `titles`: how many of those
    are above the header.
    """

    def __init__(
        self,
        source: Path | bytes,
        encoding: str = "utf-8",
        separator: str | None = None,
        is_header: IsHeader | None = None,
    ) -> None:
        """`is_header`: whether a row's values are a header, so that titles above it are left aside
        (header.py). Raises NoTable, OSError, LookupError.
        """
        self.encoding, self._source = encoding, source
        self.separator, self.names, self.header_lines, self.titles = self._header(separator, is_header)
        self.columns = _each_once(self.names)

    def batches(self, wanted: Sequence[str] | None = None) -> Iterator[pl.DataFrame]:
        """The rows in order, each value as text or null, with ROW (counted from 1 after the header) and LINE
        (where it begins in the file, from 1). `wanted`: only these columns.

        A row that does not fit the header is there too, all its values null: UNFIT is the kind of Unfit and
        how many values it has ("too_many 5"), null of all others, and SENT is what stands there.
        """
        chosen = [name for name in self.columns if wanted is None or name in wanted]
        for part in self._parts():
            if part.unfit or len(part.rows):
                yield from self._frame(part, chosen).iter_slices(MOST_ROWS)

    def survey(self) -> tuple[int, bool]:
        """How many rows there are, unfit ones too; and whether the file is plain: any reader of CSV would
        read the same rows as this one.
        """
        rows, plain = 0, is_plain(self._source, self.encoding)
        for part in self._parts():
            rows += len(part.rows) + len(part.unfit)
            plain &= part.as_it_was
        return rows, plain

    def scan(self) -> pl.LazyFrame:
        """All rows of a plain file, which polars alone reads three times as fast."""
        return pl.scan_csv(
            self._source,
            has_header=False,
            infer_schema=False,
            separator=self.separator,
            skip_lines=self.header_lines,
            new_columns=self.columns,
        )

    def _parts(self) -> Iterator[TextPiece]:
        counter, rest = Counter(self.separator, len(self.columns), line=self.header_lines), b""
        skipped = False
        for piece in pieces(self._source, self.encoding):
            rest += piece
            if not skipped:
                parts = rest.split(b"\n", self.header_lines)
                if len(parts) <= self.header_lines:
                    continue
                skipped, rest = True, parts[-1]
            part = counter.part(rest, final=False)
            rest = part.rest
            if len(rest) > 4 * LONGEST:
                raise NoTable
            yield part
        if skipped and rest:
            yield counter.part(rest, final=True)

    def _header(self, separator: str | None, is_header: IsHeader | None) -> Header:
        start, most = b"", 1 if is_header is None else MOST_TITLES
        for piece in pieces(self._source, self.encoding):
            start += piece
            if (start.strip() and start.strip(b"\n ").count(b"\n") >= most) or len(start) > LONGEST:
                break
        header = header_of(start[:LONGEST].decode("utf-8", "replace").split("\n"), separator, is_header)
        if header is None:
            raise NoTable
        return header

    def _frame(self, part: TextPiece, chosen: list[str]) -> pl.DataFrame:
        frame = _read(part.text, self.separator, self.columns, chosen) if len(part.rows) else _nothing(chosen)
        frame = frame.select(
            pl.Series(ROW, part.rows, pl.UInt32), pl.Series(LINE, part.lines, pl.UInt32),
            pl.lit(None, pl.String).alias(UNFIT), pl.lit(None, pl.String).alias(SENT), pl.all(),
        )  # fmt: skip
        if not part.unfit:
            return frame
        return pl.concat([frame, _unfit(part.unfit)], how="diagonal").sort(ROW)


def _each_once(names: Sequence[str]) -> list[str]:
    """Names that stand twice are told apart by a number; those without a name are called by their place."""
    made: list[str] = []
    for place, name in enumerate(names):
        name = name or f"column{place}"
        again = sum(other == name for other in names[:place])
        made.append(f"{name}_{again}" if again else name)
    return made


def _read(text: bytes, separator: str, columns: Sequence[str], chosen: Sequence[str]) -> pl.DataFrame:
    places = [columns.index(name) for name in chosen]

    def read(text: bytes) -> pl.DataFrame:
        return pl.read_csv(
            BytesIO(text), has_header=False, infer_schema=False, separator=separator, columns=places
        )

    try:
        frame = read(text)
    except pl.exceptions.ComputeError:  # some letters are broken: they are told where the values are read
        frame = read(text.decode("utf-8", "replace").encode())
    return frame.rename(dict(zip(frame.columns, chosen, strict=True)))


def _nothing(chosen: Sequence[str]) -> pl.DataFrame:
    return pl.DataFrame(schema=dict.fromkeys(chosen, pl.String))


def _unfit(rows: Sequence[Unfit]) -> pl.DataFrame:
    return pl.DataFrame(
        [(each.row, each.line, f"{each.kind} {each.values}", each.text) for each in rows],
        schema={ROW: pl.UInt32, LINE: pl.UInt32, UNFIT: pl.String, SENT: pl.String},
        orient="row",
    )
