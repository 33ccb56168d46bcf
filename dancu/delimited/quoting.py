"""The rows of a text with quotes, where they stand otherwise than they should or hold line ends:
carefully, one by one.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

MOST_LINES = 200  # of one value in quotes; a quote that is closed later than that was never meant to be open
_QUOTED = re.compile(r'"[^"]*+(?:""[^"]*+)*+"')
_DIGITS, _LETTERS = re.compile(r"\d+"), re.compile(r"[^\W\d_]+")


class QuotedRow(NamedTuple):
    """`lines`: how many it takes; `values`: None where its quotes do not fit together, `text` is then its
    first line alone.
    """

    lines: int
    text: str
    values: list[str] | None


def rows_of(lines: list[str], separator: str, columns: int, *, final: bool) -> Iterator[QuotedRow]:
    """The rows of these lines, empty lines among them. `columns`: how many the header names, 0 for itself.
    `final`: nothing follows.

    Where a value in quotes is open at the end and not all is there, its row and what follows are left for the
    next time. A quote that is never closed, or closed only after it has swallowed rows, spoils its own line
    and no other.
    """
    at = 0
    while at < len(lines):
        row = _row_at(lines, at, separator, columns, final=final)
        if row is None:
            return
        yield row
        at += row.lines


def split(text: str, separator: str) -> list[str] | None:
    """The values of one row. None where its quotes do not fit together. Raises EOFError where a quote is
    open at the end.
    """
    if '"' not in text:
        return text.split(separator)
    values, at = [], 0
    while True:
        if text.startswith('"', at):
            found = _QUOTED.match(text, at)
            if found is None:
                raise EOFError
            end = found.end()
            if end < len(text) and text[end] != separator:
                return None
            values.append(found[0][1:-1].replace('""', '"'))
        else:
            end = text.find(separator, at)
            end = len(text) if end < 0 else end
            values.append(text[at:end])
            if values[-1].count('"') % 2:
                return None
        if end == len(text):
            return values
        at = end + 1


def _row_at(lines: list[str], at: int, separator: str, columns: int, *, final: bool) -> QuotedRow | None:
    text = lines[at]
    for more in range(1, MOST_LINES + 1):
        try:
            values = split(text, separator)
        except EOFError:
            if at + more >= len(lines):
                if not final and more < MOST_LINES:
                    return None
                break
            text += "\n" + lines[at + more]
            continue
        if values is None or (
            more > 1 and columns and not _is_whole(values, lines[at : at + more], separator, columns)
        ):
            break
        return QuotedRow(more, text, values)
    return QuotedRow(1, lines[at], None)


def _is_whole(values: list[str], lines: list[str], separator: str, columns: int) -> bool:
    """Whether a row of several lines fits, and has not swallowed another: a line with as many values, of
    which the first looks alike.
    """
    first = _shape(lines[0].split(separator)[0])
    return len(values) == columns and not (
        columns > 1
        and any(
            len(parts := line.split(separator)) == columns and _shape(parts[0]) == first for line in lines[1:]
        )
    )


def _shape(value: str) -> str:
    return _LETTERS.sub("a", _DIGITS.sub("9", value.strip(' "')))
