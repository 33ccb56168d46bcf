"""A table as a file for a spreadsheet, CSV or Excel, however long: no cell of it is ever run as a formula."""

import csv
import datetime as dt
import tempfile
from collections.abc import Iterator
from itertools import islice
from typing import Any

import xlsxwriter
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils import timezone, translation

Table = Iterator[list[Any]]  # the heads first, then text, numbers, days and moments

_BOM = "\ufeff"  # without it Excel takes UTF-8 for the code page of the machine
_FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "＝",
    "＋",
    "－",
    "＠",
)  # what a spreadsheet may run (OWASP, CSV injection)
_NARROWEST, _WIDEST, _ARROW, _A4 = (
    7.0,
    60.0,
    3.0,
    9,
)  # in digits; the filter's arrow; xlsxwriter's number of the paper
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_file(table: Table, name: str) -> HttpResponse:
    """CSV in UTF-8 with its mark, so that Excel opens it rightly. `name`: of the file, without its ending."""
    lines = _csv_lines(table, translation.get_language())
    return _named(StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8"), f"{name}.csv")


def xlsx_file(table: Table, name: str, title: str, about: str = "") -> HttpResponse:
    """An Excel workbook of one sheet called `title`; every cell is text, a number or a date.

    Columns are as wide as what stands in them, the heads stay in sight and can be filtered by. `about`: a
    first line above the heads.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 (FileResponse closes it)
    with xlsxwriter.Workbook(file, {"constant_memory": True, "in_memory": False}) as book:
        sheet = book.add_worksheet(title[:31])
        formats = {
            "head": book.add_format({"bold": True, "bottom": 1}),
            "day": book.add_format({"num_format": "dd/mm/yyyy"}),
        }
        formats |= {
            "moment": book.add_format({"num_format": "hh:mm dd/mm/yyyy"}),
            "about": book.add_format({"bold": True, "font_size": 13}),
        }
        heads, last = (1 if about else 0), 0
        widths: list[float] = []
        if about:
            sheet.write_string(0, 0, about, formats["about"])
        for place, values in enumerate(table, heads):
            widths += [_NARROWEST] * (len(values) - len(widths))
            for column, value in enumerate(values):
                _write_cell(sheet, place, column, value, formats, place == heads)
                widths[column] = max(widths[column], _width(value) + (_ARROW if place == heads else 0))
            last = place
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(width, _WIDEST))
        sheet.freeze_panes(heads + 1, 0)
        if widths:
            sheet.autofilter(heads, 0, last, len(widths) - 1)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(heads)
    file.seek(0)
    return _named(FileResponse(file, content_type=_XLSX), f"{name}.xlsx")


def safe(text: str) -> str:
    """Text that a spreadsheet does not take for a formula."""
    return (
        f"'{text}" if text.lstrip(" ").startswith(_FORMULA) or text.startswith(("\t", "\r", "\n")) else text
    )


def _csv_lines(table: Table, language: str | None) -> Iterator[bytes]:
    writer = csv.writer(_Echo())
    yield _BOM.encode()
    while True:
        with translation.override(language):  # the answer is sent after the request's own language is gone
            lines = [
                writer.writerow([safe(_as_text(value)) for value in values]) for values in islice(table, 100)
            ]
        if not lines:
            return
        yield "".join(lines).encode()


class _Echo:
    """What csv.writer writes to, handed straight back."""

    def write(self, line: str) -> str:
        return line


def _as_text(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return f"{timezone.localtime(value):%H:%M %d/%m/%Y}"
    return f"{value:%d/%m/%Y}" if isinstance(value, dt.date) else str(value)


def _write_cell(
    sheet: Any, place: int, column: int, value: Any, formats: dict[str, Any], is_head: bool
) -> None:
    if is_head:
        sheet.write_string(place, column, value, formats["head"])
    elif isinstance(value, dt.datetime):
        sheet.write_datetime(place, column, timezone.localtime(value).replace(tzinfo=None), formats["moment"])
    elif isinstance(value, dt.date):
        sheet.write_datetime(place, column, value, formats["day"])
    elif isinstance(value, int):
        sheet.write_number(place, column, value)
    else:
        sheet.write_string(place, column, value)


def _width(value: Any) -> float:
    """In the digits of Excel's own measure, with room at both sides; a date that is wider than its column
    is shown as ########.
    """
    return len(_as_text(value)) * 1.1 + 2


def _named(response: Any, name: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
