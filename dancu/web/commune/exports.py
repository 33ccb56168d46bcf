"""The filtered list as a file for a spreadsheet: the same rows in the same order and words, however many
there are.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dancu.accounts.caller import OfficialRequest
from dancu.isolation.lookups import every_arrival
from dancu.values.phones import shown_phone
from dancu.web.access import duty
from dancu.web.commune.describing import filters_in_words, made_by, title
from dancu.web.commune.filters import read
from dancu.web.commune.rows import ArrivalRow, rows
from dancu.web.sheets import csv_file, xlsx_file


@duty("arrivals")
def as_csv(request: OfficialRequest) -> HttpResponse:
    """The list as CSV."""
    return csv_file(_table(request, "csv"), _name(request))


@duty("arrivals")
def as_xlsx(request: OfficialRequest) -> HttpResponse:
    """The list as an Excel workbook."""
    asked = read(request)
    about = f"{title(request, asked)} · {filters_in_words(asked)} · {made_by(request)}"
    return xlsx_file(_table(request, "xlsx"), _name(request), _("Arrivals"), about)


def _table(request: OfficialRequest, kind: str) -> Iterator[list[Any]]:
    """Heads in the reader's language, then a line for each person, read and put on the record 500 at a
    time.
    """
    yield [words for words, _value in _columns()]
    found = every_arrival(request.acting, read(request).filters, kind)
    while batch := list(islice(found, 500)):
        for row in rows(request.acting, batch):
            yield [value(row) for _words, value in _columns()]


def _columns() -> list[tuple[str, Callable[[ArrivalRow], Any]]]:
    return [
        (_("Priority"), lambda row: str(row.mark_words)),
        (_("Full name"), lambda row: row.full_name),
        (_("Birth year"), lambda row: row.birth_year),
        (_("Phone number"), lambda row: shown_phone(row.phone)),
        (_("Whose phone number"), lambda row: row.phone_whose),
        (_("Phone number differs from the register"), lambda row: _("yes") if row.phone_differs else ""),
        (_("Compared with the register"), lambda row: str(row.outcome_words)),
        (_("Differences"), lambda row: _joined(row.differing)),
        (_("Warnings"), lambda row: _joined(row.warnings)),
        (pgettext("of an arrival", "Status"), lambda row: row.state_words),
        (_("Since"), lambda row: row.changed_at),
        (_("From"), lambda row: row.origin),
        (_("To"), lambda row: row.destination),
        (_("Address"), lambda row: row.destination_detail),
        (_("Expected on"), lambda row: row.arrives_on),
        (_("Overdue since"), lambda row: row.overdue_since or ""),
        (_("Number plate"), lambda row: row.plate),
        (_("Companions"), lambda row: row.companions or ""),
        (_("Number of other journeys"), lambda row: len(row.others) or ""),
        (_("Declared"), lambda row: row.declared_at),
        (_("Note"), lambda row: row.note),
    ]


def _joined(words: Iterable[Any]) -> str:
    return ", ".join(map(str, words))


def _name(request: HttpRequest) -> str:
    which = "left" if request.GET.get("list") == "left" else "coming"
    return f"dancu-{which}-{timezone.localtime():%Y-%m-%d-%H%M}"
