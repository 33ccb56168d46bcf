"""Where the header of a file stands: in its first line, or under the titles of a list as offices write
them, in one row or in two.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from dancu.delimited.quoting import QuotedRow, rows_of

SEPARATORS = ",;\t|"
MOST_TITLES = 30  # rows above a header
_LINES = 500  # looked at
_SAID = re.compile(r"sep=(.)", re.IGNORECASE)  # what Excel writes before the header
_NUMBERED = re.compile(r"\(?(?:[A-Z]|(\d{1,2}))\)?")  # (1) or A, of a row that numbers the columns

IsHeader = Callable[[Sequence[str]], bool]


class Header(NamedTuple):
    """`names`: as they stand, spaces around them aside; `lines`: of the file before its first row;
    `titles`: how many of those are above.
    """

    separator: str
    names: list[str]
    lines: int
    titles: int = 0


def header_of(
    lines: list[str], separator: str | None = None, is_header: IsHeader | None = None
) -> Header | None:
    """The header in the first lines of a file; None where there is nothing but empty lines. `separator`: else
    the one most frequent in it.

    `is_header`: whether these names are those of a header. The first row for which it is true counts, and
    with it what belongs to a header of two rows and a row that numbers the columns; where no row is one, the
    first.
    """
    at = _next(lines, 0)
    if at < len(lines) and (said := _SAID.fullmatch(lines[at].strip())):
        separator, at = separator or said[1], _next(lines, at + 1)
    if at == len(lines):
        return None
    rows = _rows(lines[: at + _LINES], at, separator)
    first = next(rows)
    if is_header is None or is_header(first.names):
        return first if is_header is None else _whole(lines, first, is_header)
    above = first
    for _nth, header in zip(range(MOST_TITLES), rows, strict=False):
        if is_header(header.names):
            titles = header.titles
            filled = header._replace(names=_filled(header.names, above.names))
            return _whole(lines, filled, is_header)._replace(titles=titles)
        above = header
    return first


def _rows(lines: list[str], at: int, separator: str | None) -> Iterator[Header]:
    """Each row that is not empty, as if it were the header."""
    while at < len(lines):
        taken = separator or most_frequent(lines[at])
        row = _row(lines, at, taken)
        yield Header(taken, _names(row, taken), at + row.lines, at)
        at = _next(lines, at + row.lines)


def _next(lines: list[str], at: int) -> int:
    while at < len(lines) and not lines[at].strip():
        at += 1
    return at


def _row(lines: list[str], at: int, separator: str) -> QuotedRow:
    return next(iter(rows_of(lines[at : at + _LINES], separator, 0, final=True)))


def _names(row: QuotedRow, separator: str) -> list[str]:
    names = row.values or row.text.replace('"', "").split(separator)
    return [" ".join(name.split()) for name in names]


def _filled(names: list[str], above: list[str]) -> list[str]:
    """Names of a header of two rows whose lower one names nothing where the upper one reaches down."""
    if len(above) != len(names) or sum(map(bool, above)) < 2:
        return names
    return [name or upper for name, upper in zip(names, above, strict=True)]


def _whole(lines: list[str], header: Header, is_header: IsHeader) -> Header:
    """The header with a second row of names, unless it is none with those, and with a row of numbers,
    where these follow.
    """
    header = header._replace(titles=0)
    for join in (_joined, _numbered):
        at = _next(lines, header.lines)
        if at == len(lines):
            break
        row = _row(lines, at, header.separator)
        names = join(header.names, _names(row, header.separator))
        if names and is_header(names):
            header = header._replace(names=names, lines=at + row.lines)
    return header


def _joined(names: list[str], below: list[str]) -> list[str] | None:
    """The names with those of a second row, which tells apart what one name above it spans: Năm sinh |
    Nam, Nữ. None where it is none.
    """
    if len(below) != len(names) or any(re.search(r"\d", name) for name in below):
        return None
    spans = [_span(names, at) for at in range(len(names))]
    named = [at for at, name in enumerate(below) if name]
    if len(named) < 2 or not all(spans[at] for at in named) or all(names[at] for at in named):
        return None
    return [f"{spans[at]} {below[at]}" if below[at] else name for at, name in enumerate(names)]


def _span(names: list[str], at: int) -> str:
    """The name that spans this column and one beside it; "" where none does."""
    if names[at]:
        return names[at] if at + 1 < len(names) and not names[at + 1] else ""
    return next((name for name in reversed(names[:at]) if name), "")


def _numbered(names: list[str], below: list[str]) -> list[str] | None:
    """The names, where a row that numbers the columns follows: (1), (2), (3), or A, B, 1, 2."""
    found = [_NUMBERED.fullmatch(value) for value in below if value]
    numbers = [int(one[1]) for one in found if one and one[1]]
    counted = numbers == list(range(1, len(numbers) + 1))
    return names if len(found) > 2 and all(found) and counted and len(numbers) > 1 else None


def most_frequent(line: str) -> str:
    """The separator that stands most often in a line, outside quotes."""
    return max(SEPARATORS, key=re.sub(r'"[^"]*"', "", line).count)
