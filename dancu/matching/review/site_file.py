"""The file by which a site without a system of its own lists its records: CSV, in the words of either language."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _

from dancu.folding import fold
from dancu.matching.normalising.encodings import legible
from dancu.matching.review import errors

LARGEST, MOST, LONGEST = 5_000_000, 5_000, 300  # bytes of a file, rows, letters of a value
COLUMNS: dict[str, tuple[str, ...]] = {  # the first is what the file we hand out says
    "record_id": ("Mã bản ghi", "record_id", "id", "STT", "Record"),
    "number": ("Số định danh", "number", "pin", "CCCD", "Số CCCD", "CCCD/CMND", "Personal number"),
    "full_name": ("Họ và tên", "full_name", "name", "Họ tên", "Full name"),
    "birth": ("Ngày sinh", "birth", "birth_date", "Năm sinh", "Birth date"),
    "sex": ("Giới tính", "sex", "Sex"),
    "phone": ("Điện thoại", "phone", "Số điện thoại", "SĐT", "Telephone"),
    "commune_code": ("Mã xã", "commune_code", "Mã phường xã", "Commune code"),
}
REQUIRED = ("record_id", "number", "full_name", "birth")
_MEANT = {fold(alias): name for name, aliases in COLUMNS.items() for alias in aliases}


class Problem(NamedTuple):
    """Why a row was left out. `line`: counted from 1, as a spreadsheet does."""

    line: int
    message: str


@dataclass(frozen=True)
class SiteFile:
    """`records`: what was declared, by the site's own id."""

    records: dict[str, dict[str, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_site_file(data: bytes) -> SiteFile:
    """Read a site's list; rows that cannot be used are left out with their reasons, the rest goes on.

    UTF-8 or UTF-16; of anything else each value is read as typed in an old font (TCVN3, VNI). Commas, semicolons or tabs between.
    Raises FileTooLarge, NotText, ColumnsMissing, TooManyRows.
    """
    if len(data) > LARGEST:
        raise errors.FileTooLarge(LARGEST // 1_000_000)
    text = _text(data)
    head = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(";\t,", key=head.count))
    read = SiteFile()
    try:
        names = [_MEANT.get(fold(name), "") for name in next(rows, [])]
        if missing := [COLUMNS[name][0] for name in REQUIRED if name not in names]:
            raise errors.ColumnsMissing(", ".join(missing))
        for values in rows:
            if any(value.strip() for value in values):
                _take(
                    read,
                    rows.line_num,
                    {name: value.strip() for name, value in zip(names, values, strict=False) if name},
                )
    except csv.Error as damaged:
        raise errors.NotText from damaged
    return read


def _text(data: bytes) -> str:
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "latin-1"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text if encoding != "latin-1" else "\n".join(map(_in_unicode, text.splitlines()))
    raise errors.NotText


def _in_unicode(line: str) -> str:
    """A line typed in an old font, value by value."""
    delimiter = max(";\t,", key=line.count)
    return delimiter.join(legible(value)[0] for value in line.split(delimiter))


def _take(read: SiteFile, line: int, row: Mapping[str, str]) -> None:
    record_id = row.get("record_id", "")
    if problem := _wrong(read, record_id, row):
        read.problems.append(Problem(line, problem))
    elif len(read.records) >= MOST:
        raise errors.TooManyRows(MOST)
    else:
        read.records[record_id] = {name: value for name, value in row.items() if value and name != "record_id"}


def _wrong(read: SiteFile, record_id: str, row: Mapping[str, str]) -> str:
    if not record_id:
        return _("Record: nothing stands there. Give each row the number by which you find it again.")
    if record_id in read.records:
        return _("Record: “%(record)s” stands in the file twice. Give each row a number of its own.") % {
            "record": record_id[:40]
        }
    if not row.get("number") and not row.get("full_name"):
        return _("Neither a personal number nor a name. Enter at least one of them.")
    for name, value in row.items():
        values = {"column": COLUMNS[name][0], "most": LONGEST}
        if len(value) > LONGEST:
            return _("%(column)s: longer than %(most)d letters. Check whether columns have shifted.") % values
        if not value.isprintable():
            return _("%(column)s: holds characters that are no text. Type it again.") % values
    return ""
