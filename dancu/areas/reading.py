"""Reading a country's own list of units from CSV files (docs/areas.md): every field checked, nothing
guessed.
"""

import codecs
import re
from collections.abc import Callable, Collection, Iterator
from datetime import date
from pathlib import Path
from typing import Any, cast

from django.utils.translation import gettext as _

from dancu.delimited import QUOTES, NoTable, Table
from dancu.text.folding import fold
from dancu.text.garbled import mended, trouble
from dancu.text.invisible import visible
from dancu.values.days import moment

from .errors import Rejected, Rejection
from .rows import GivenLink, GivenUnit


def read_units(path: Path) -> list[GivenUnit]:
    """The rows of a units file, typed, each with its line. Raises Rejected with everything that is wrong."""
    units = _read(path, _UNIT, required={"code", "valid_from", "level", "kind", "name"})
    return cast(list[GivenUnit], units)  # what _UNIT reads


def read_links(path: Path) -> list[GivenLink]:
    """The rows of a links file, typed, each with its line. Raises Rejected with everything that is wrong."""
    links = _read(path, _LINK, required={"old_code", "old_valid_from", "new_code", "new_valid_from"})
    return cast(list[GivenLink], links)  # what _LINK reads


def _read(path: Path, fields: dict[str, Callable[[str], Any]], required: set[str]) -> list[dict[str, Any]]:
    rejections: list[Rejection] = []
    rows = []
    for line, given in _lines(path, required, known=fields.keys()):
        row: dict[str, Any] = {"line": line}
        for field, parse in fields.items():
            text = (given.get(field) or "").strip()
            try:
                if field in required and not text:
                    raise ValueError(_("must not be empty"))
                row[field] = parse(text)
            except ValueError as error:
                rejections.append(Rejection(line, field, text, str(error)))
        rows.append(row)
    if rejections:
        raise Rejected(rejections)
    return rows


def _lines(path: Path, required: set[str], known: Collection[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with its line. Raises Rejected with all rows that do not fit the header, or with the
    columns that are missing or stand twice.
    """
    table = _table(path)
    names = {column: _key(column) for column in table.columns}
    if missing := required.difference(names.values()):
        reason = _("the first line must name this column")
        raise Rejected([Rejection(1, column, "", reason) for column in sorted(missing)])
    keys = [_key(name) for name in table.names]
    if doubled := sorted(key for key in known if keys.count(key) > 1):
        reason = _("the first line names this column more than once: keep the right one")
        raise Rejected([Rejection(1, column, "", reason) for column in doubled])
    rows, unfit = [], []
    for batch in table.batches():
        for _row, line, kind, sent, *values in batch.iter_rows():
            if kind:
                unfit.append(Rejection(line, path.name, sent, _why_unfit(kind, len(names))))
            else:
                rows.append(
                    (line, dict(zip(names.values(), (visible(value or "") for value in values), strict=True)))
                )
    if unfit:
        raise Rejected(unfit)
    yield from rows


def _key(name: str) -> str:
    return re.sub(r"[\W_]+", "_", fold(name))


def _table(path: Path) -> Table:
    try:
        with path.open("rb") as file:
            start = file.read(2)
        encoding = "utf-16" if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8"
        path.read_bytes().decode(encoding)
        return Table(path, encoding)
    except (UnicodeDecodeError, NoTable) as error:
        reason = _("the file must be CSV in UTF-8")
        raise Rejected([Rejection(1, path.name, str(error), reason)]) from error


def _why_unfit(unfit: str, columns: int) -> str:
    kind, values = unfit.split(" ")
    if kind == QUOTES:
        return _("a quotation mark is not closed, or is inside a value")
    told = {"values": values, "columns": columns}
    return _("has %(values)s values, but the first line names %(columns)s columns") % told


def _text(text: str) -> str:
    text = " ".join(mended(text).split())
    if trouble(text):
        raise ValueError(
            _(
                "has letters that were lost or read with the wrong character encoding: type it again, and "
                "save the file as UTF-8"
            )
        )
    return text


def _code(text: str) -> str:
    if not text.isascii() or not text.isdigit() or len(text) > 10:
        raise ValueError(_("must be digits, with their leading zeros"))
    return text


def _date(text: str) -> date:
    written, clock = moment(text)
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise ValueError(_("must be a date like 2025-07-01")) from None
    return clock.in_vietnam(day) if clock else day


def _level(text: str) -> int:
    if text not in {"1", "2", "3"}:
        raise ValueError(_("must be 1 (province), 2 (district) or 3 (commune)"))
    return int(text)


def _degrees(limit: int) -> Callable[[str], float | None]:
    def parse(text: str) -> float | None:
        try:
            degrees = float(text) if text else None
        except ValueError:
            degrees = limit + 1.0
        if degrees is not None and not -limit <= degrees <= limit:
            raise ValueError(_("must be decimal degrees between -%(limit)d and %(limit)d") % {"limit": limit})
        return degrees

    return parse


def _yes(text: str) -> bool:
    if text.lower() not in {"", "yes", "true", "1", "no", "false", "0"}:
        raise ValueError(_("must be yes or no"))
    return text.lower() not in {"no", "false", "0"}


def _many(text: str) -> list[str]:
    return [_text(part) for part in text.split(";") if part.strip()]


def _optional(parse: Callable[[str], Any]) -> Callable[[str], Any]:
    return lambda text: parse(text) if text else None


_UNIT: dict[str, Callable[[str], Any]] = {
    "code": _code,
    "valid_from": _date,
    "valid_to": _optional(_date),
    "level": _level,
    "kind": _text,
    "name": _text,
    "short_name": _optional(_text),
    "parent_code": _optional(_code),
    "latitude": _degrees(90),
    "longitude": _degrees(180),
    "aliases": _many,
}
_LINK: dict[str, Callable[[str], Any]] = {
    "old_code": _code,
    "old_valid_from": _date,
    "new_code": _code,
    "new_valid_from": _date,
    "main": _yes,
}
