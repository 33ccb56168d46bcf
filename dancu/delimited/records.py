"""Which rows of a piece of text fit the header, found for all of them at once; only a piece with odd
quotes is read row by row.
"""

import csv
import io
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from dancu.delimited.quoting import rows_of

TOO_MANY, TOO_FEW, QUOTES = "too_many", "too_few", "quotes"
_NEWLINE, _QUOTE = 10, 34
LONGEST = 1 << 24  # bytes of one row


class Unfit(NamedTuple):
    """A row that cannot be read. `row`: counted from 1 after the header; `line`: of the file, from 1; `kind`:
    TOO_MANY, TOO_FEW or QUOTES; `values`: how many it has; `text`: as it stands.
    """

    row: int
    line: int
    kind: str
    values: int
    text: str


def why_unfit(unfit: str, line: int, columns: int) -> str:
    """What is wrong with such a row (Table's UNFIT), in a command's words."""
    kind, values = unfit.split(" ")
    if kind == QUOTES:
        return (
            f'line {line}: a quotation mark (") is not closed, or stands within a value; the row was left out'
        )
    meant = (
        "a separator too many, or no quotation marks around a value that holds one"
        if kind == TOO_MANY
        else "a separator too few"
    )
    return f"line {line}: has {values} values where the header names {columns}: {meant}; the row was left out"


@dataclass
class TextPiece:
    """`text`: rows that fit, in UTF-8, for any reader of CSV; `rows`, `lines`: the number and the first line
    of each; `rest`: what is no whole row yet; `as_it_was`: nothing was left out or written otherwise.
    """

    text: bytes
    rows: np.ndarray
    lines: np.ndarray
    unfit: list[Unfit] = field(default_factory=list)
    rest: bytes = b""
    as_it_was: bool = False


@dataclass
class Counter:
    """Goes through a file, piece by piece: how many rows and lines are behind it."""

    separator: str
    columns: int
    row: int = 0
    line: int = 0

    def part(self, text: bytes, *, final: bool) -> TextPiece:
        """The rows of the next piece: `rest` of the one before and what was read since. `final`: nothing
        follows.
        """
        if final and text and not text.endswith(b"\n"):
            text += b"\n"
        found = _scanned(text, self.separator)
        if found is None or (found.left > LONGEST) or (final and found.left):
            return self._slowly(text, final=final)
        return self._at_once(text, found)

    def _at_once(self, text: bytes, found: "_Scan") -> TextPiece:
        starts, ends = found.starts, found.ends
        wrong = found.values != self.columns
        blank = starts == ends
        for at in np.flatnonzero(wrong & (found.values == 1) & ~blank):
            blank[at] = not text[starts[at] : ends[at]].strip()
        numbers = self.row + np.cumsum(~blank)
        lines = self.line + 1 + np.arange(len(starts))  # no value holds a line end here
        bad = wrong & ~blank
        unfit = [
            Unfit(
                int(numbers[at]),
                int(lines[at]),
                TOO_MANY if found.values[at] > self.columns else TOO_FEW,
                int(found.values[at]),
                text[starts[at] : ends[at]].decode("utf-8", "replace"),
            )
            for at in np.flatnonzero(bad)
        ]
        kept = ~bad & ~blank
        whole = ends[-1] + 1 if len(ends) else 0
        fit = text[:whole] if kept.all() else b"".join(text[s:e] for s, e in _runs(starts, ends + 1, kept))
        self.row, self.line = int(numbers[-1]) if len(numbers) else self.row, self.line + len(starts)
        return TextPiece(fit, numbers[kept], lines[kept], unfit, text[whole:], bool(kept.all()))

    def _slowly(self, text: bytes, *, final: bool) -> TextPiece:
        *lines, last = text.decode("utf-8", "surrogateescape").split("\n")
        out, rows, starts, unfit = io.StringIO(), [], [], []
        write = csv.writer(
            out, delimiter=self.separator, lineterminator="\n", quoting=csv.QUOTE_MINIMAL
        ).writerow
        taken = 0
        for each in rows_of(lines, self.separator, self.columns, final=final):
            line, taken = self.line + 1, taken + each.lines
            self.line += each.lines
            if not each.text.strip():
                continue
            self.row += 1
            if each.values is not None and len(each.values) == self.columns:
                write(each.values)
                rows.append(self.row)
                starts.append(line)
                continue
            values = len(each.values or ())
            kind = QUOTES if each.values is None else TOO_MANY if values > self.columns else TOO_FEW
            unfit.append(Unfit(self.row, line, kind, values, _replaced(each.text)))
        rest = "\n".join([*lines[taken:], last])
        fit = out.getvalue().encode("utf-8", "surrogateescape")
        return TextPiece(
            fit,
            np.array(rows, np.int64),
            np.array(starts, np.int64),
            unfit,
            rest.encode("utf-8", "surrogateescape"),
        )


class _Scan(NamedTuple):
    """Where rows begin and end, how many values each has, and how many bytes are left after the last."""

    starts: np.ndarray
    ends: np.ndarray
    values: np.ndarray
    left: int


def _scanned(text: bytes, separator: str) -> _Scan | None:
    """None where quotes stand otherwise than around whole values, or hold a line end."""
    letters = np.frombuffer(text, np.uint8)
    ends, separators = np.flatnonzero(letters == _NEWLINE), np.flatnonzero(letters == ord(separator))
    if len(quotes := np.flatnonzero(letters == _QUOTE)):
        whole = ends[-1] + 1 if len(ends) else 0
        quotes = quotes[: np.searchsorted(quotes, whole)]
        if len(quotes) % 2 or not _stand_around_values(letters, quotes, ord(separator)):
            return None
        if (np.searchsorted(quotes, ends) % 2).any():
            return None
        separators = separators[np.searchsorted(quotes, separators) % 2 == 0]
    values = np.diff(np.searchsorted(separators, ends), prepend=0) + 1
    starts = np.concatenate(([0], ends[:-1] + 1)) if len(ends) else ends
    return _Scan(starts, ends, values, len(text) - (int(ends[-1]) + 1 if len(ends) else 0))


def _stand_around_values(letters: np.ndarray, quotes: np.ndarray, separator: int) -> bool:
    """Whether each first of two quotes begins a value and each second ends it; two side by side inside
    are one that is meant.
    """
    opening, closing = quotes[::2], quotes[1::2]
    before, after = letters[opening - 1], letters[closing + 1]  # a line end stands after the last
    begins = (opening == 0) | (before == separator) | (before == _NEWLINE)
    begins[1:] |= opening[1:] == closing[:-1] + 1
    ends = (after == separator) | (after == _NEWLINE)
    ends[:-1] |= closing[:-1] + 1 == opening[1:]
    return bool(begins.all() and ends.all())


def _runs(starts: np.ndarray, ends: np.ndarray, kept: np.ndarray) -> list[tuple[int, int]]:
    """Where what is kept begins and ends, neighbours together."""
    edges = np.diff(kept.astype(np.int8), prepend=0, append=0)
    return list(zip(starts[edges[:-1] == 1].tolist(), ends[edges[1:] == -1].tolist(), strict=True))


def _replaced(text: str) -> str:
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
