"""The CSV file in which a site without a system of its own reports its records; its headings may be in either
language.
"""

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _

from dancu.delimited import TOO_FEW, TOO_MANY, NoTable, Table
from dancu.discrepancies import errors
from dancu.matching.normalising.names import illegible
from dancu.text.folding import fold
from dancu.text.fonts import legible
from dancu.text.garbled import mended
from dancu.text.invisible import visible

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


class RowProblem(NamedTuple):
    """Why a row was left out. `line`: counted from 1, as a spreadsheet does."""

    line: int
    message: str


@dataclass(frozen=True)
class SiteFile:
    """`records`: what was declared, by the site's own id."""

    records: dict[str, dict[str, str]] = field(default_factory=dict)
    problems: list[RowProblem] = field(default_factory=list)


def read_site_file(data: bytes) -> SiteFile:
    """Read a site's file. Rows that cannot be used are left out, each with its reason.

    It is UTF-8 or UTF-16; in anything else each value is read as typed in an old font (TCVN3, VNI). Commas,
    semicolons or tabs separate the values. Raises FileTooLarge, NotText, ColumnsMissing, ColumnsDoubled,
    TooManyRows.
    """
    if len(data) > LARGEST:
        raise errors.FileTooLarge(LARGEST // 1_000_000)
    table = _table(data)
    names = _names(table)
    if missing := [COLUMNS[name][0] for name in REQUIRED if name not in names]:
        raise errors.ColumnsMissing(", ".join(missing))
    read, old_font = SiteFile(), table.encoding == "latin-1"
    for batch in table.batches():
        for _row, line, unfit, _sent, *values in batch.iter_rows():
            if unfit:
                read.problems.append(RowProblem(line, _unfit(unfit, len(names))))
                continue
            given = {
                name: _meant(value or "", old_font) for name, value in zip(names, values, strict=True) if name
            }
            if any(given.values()):
                _take(read, line, given)
    return read


def _names(table: Table) -> list[str]:
    """The field of each column, "" for columns that are not used. Of two names for one field (STT beside an
    id of the site's own) the one that COLUMNS lists first counts. Raises ColumnsDoubled where a name is there
    twice.
    """
    keys = [fold(visible(name)) for name in table.names]
    if doubled := [
        name for name, key in zip(table.names, keys, strict=True) if key in _MEANT and keys.count(key) > 1
    ]:
        raise errors.ColumnsDoubled(", ".join(doubled))
    best = {
        name: min(found, key=list(_MEANT).index)
        for name in COLUMNS
        if (found := [key for key in keys if _MEANT.get(key) == name])
    }
    return [name if best.get(name := _MEANT.get(key, "")) == key else "" for key in keys]


def _table(data: bytes) -> Table:
    """Raises NotText, ColumnsMissing."""
    encoding = "utf-16" if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8"
    broken = data.decode(encoding, "replace").count("\ufffd")
    letters = len(re.findall(rb"[\xc3-\xf4][\x80-\xbf]+", data))
    if (
        encoding == "utf-8" and broken > 1 + letters // 10
    ):  # more than a letter here and there, which are told row by row
        encoding = "latin-1"
    if "\0" in data.decode(encoding, "replace"):
        raise errors.NotText
    try:
        table = Table(data, encoding)
    except NoTable:
        raise errors.ColumnsMissing(", ".join(COLUMNS[name][0] for name in REQUIRED)) from None
    if any("\ufffd" in name for name in table.columns):
        raise errors.NotText
    return table


def _meant(value: str, old_font: bool) -> str:
    """A value as it was meant: typed in an old font, taken for another code page, with what is unseen in
    it.
    """
    return visible(legible(value)[0] if old_font else mended(value)).strip()


def _unfit(unfit: str, columns: int) -> str:
    kind, values = unfit.split(" ")
    told = {"values": values, "columns": columns}
    if kind == TOO_MANY:
        return (
            _(
                "%(values)s values, but the first line names %(columns)s columns. Put quotation marks "
                "around any value that contains a comma."
            )
            % told
        )
    if kind == TOO_FEW:
        return (
            _(
                "%(values)s values, but the first line names %(columns)s columns. Leave unknown values "
                "empty, but keep their commas."
            )
            % told
        )
    return _('A quotation mark (") is not closed, or is inside a value. Close it, or write it twice.')


def _take(read: SiteFile, line: int, row: Mapping[str, str]) -> None:
    record_id = row.get("record_id", "")
    if problem := _wrong(read, record_id, row):
        read.problems.append(RowProblem(line, problem))
    elif len(read.records) >= MOST:
        raise errors.TooManyRows(MOST)
    else:
        read.records[record_id] = {
            name: value for name, value in row.items() if value and name != "record_id"
        }


def _wrong(read: SiteFile, record_id: str, row: Mapping[str, str]) -> str:
    if not record_id:
        return _("Record number is missing. Give every row your own record number.")
    if record_id in read.records:
        return _("Record number “%(record)s” is in the file twice. Give every row a different number.") % {
            "record": record_id[:40]
        }
    if not row.get("number") and not row.get("full_name"):
        return _("Personal number and name are both missing. Enter at least one of them.")
    for name, value in row.items():
        values = {"column": COLUMNS[name][0], "most": LONGEST}
        if len(value) > LONGEST:
            return (
                _("%(column)s: longer than %(most)d characters. Check that the columns have not shifted.")
                % values
            )
        if problem := illegible(value) if name == "full_name" else None:
            return str(problem)
        if "\ufffd" in value:
            return _("%(column)s: a letter has been lost and is shown as �. Type it again.") % values
        if not value.isprintable():
            return _("%(column)s: contains invalid characters. Type it again.") % values
    return ""
