"""The filtered list as a file for a spreadsheet: the same rows in the same order and words, however many there are."""

import csv
import datetime as dt
import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

import xlsxwriter
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dancu.isolation.lookups import every_arrival
from dancu.web.access import duty
from dancu.web.commune.filters import read
from dancu.web.commune.rows import Row, phone_in_groups, rows

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
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@duty("arrivals")
def as_csv(request: HttpRequest) -> HttpResponse:
    """The list as CSV in UTF-8 with its mark, so that Excel opens it rightly."""
    lines = _csv_lines(_table(request, "csv"), translation.get_language())
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    return _named(response, request, "csv")


@duty("arrivals")
def as_xlsx(request: HttpRequest) -> HttpResponse:
    """The list as an Excel workbook; every cell is text or a date, none a formula."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 (FileResponse closes it)
    with xlsxwriter.Workbook(file, {"constant_memory": True, "in_memory": False}) as book:
        sheet = book.add_worksheet(_("Arrivals")[:31])
        sheet.freeze_panes(1, 0)
        formats = {"head": book.add_format({"bold": True}), "day": book.add_format({"num_format": "dd/mm/yyyy"})}
        formats |= {"moment": book.add_format({"num_format": "hh:mm dd/mm/yyyy"})}
        for place, values in enumerate(_table(request, "xlsx")):
            for column, value in enumerate(values):
                _write_cell(sheet, place, column, value, formats)
    file.seek(0)
    return _named(FileResponse(file, content_type=_XLSX), request, "xlsx")


def safe(text: str) -> str:
    """Text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) or text.startswith(("\t", "\r", "\n")) else text


def _table(request: HttpRequest, kind: str) -> Iterator[list[Any]]:
    """Heads in the reader's language, then a line for each arrival, read and put on the record 500 at a time."""
    yield [words for words, _value in _columns()]
    found = every_arrival(request.acting, read(request.GET).filters, kind)
    while batch := list(islice(found, 500)):
        for row in rows(request.acting, batch):
            yield [value(row) for _words, value in _columns()]


def _columns() -> list[tuple[str, Callable[[Row], Any]]]:
    return [
        (_("Attention"), lambda row: str(row.mark_words)),
        (_("Full name"), lambda row: row.full_name),
        (_("Birth year"), lambda row: row.birth_year),
        (_("Telephone"), lambda row: phone_in_groups(row.phone)),
        (_("Compared with the register"), lambda row: str(row.outcome_words)),
        (_("What differs"), lambda row: _joined(row.differing)),
        (_("Warnings"), lambda row: _joined(row.warnings)),
        (_("State"), lambda row: row.state_words),
        (_("Since"), lambda row: row.changed_at),
        (_("From"), lambda row: row.origin),
        (_("To"), lambda row: row.destination),
        (_("Address"), lambda row: row.destination_detail),
        (_("Expected on"), lambda row: row.arrives_on),
        (_("Overdue"), lambda row: _("yes") if row.is_overdue else ""),
        (_("Number plate"), lambda row: row.plate),
        (_("Declared"), lambda row: row.declared_at),
        (_("Note"), lambda row: row.note),
    ]


def _joined(words: Iterable[Any]) -> str:
    return ", ".join(map(str, words))


def _csv_lines(table: Iterator[list[Any]], language: str | None) -> Iterator[bytes]:
    writer = csv.writer(_Echo())
    yield _BOM.encode()
    while True:
        with translation.override(language):  # the answer is sent after the request's own language is gone
            lines = [writer.writerow([safe(_as_text(value)) for value in values]) for values in islice(table, 100)]
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


def _write_cell(sheet: Any, place: int, column: int, value: Any, formats: dict[str, Any]) -> None:
    if place == 0:
        sheet.write_string(place, column, value, formats["head"])
    elif isinstance(value, dt.datetime):
        sheet.write_datetime(place, column, timezone.localtime(value).replace(tzinfo=None), formats["moment"])
    elif isinstance(value, dt.date):
        sheet.write_datetime(place, column, value, formats["day"])
    elif isinstance(value, int):
        sheet.write_number(place, column, value)
    else:
        sheet.write_string(place, column, value)


def _named(response: Any, request: HttpRequest, ending: str) -> HttpResponse:
    which = "left" if request.GET.get("list") == "left" else "coming"
    name = f"dancu-{which}-{timezone.localtime():%Y-%m-%d-%H%M}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
