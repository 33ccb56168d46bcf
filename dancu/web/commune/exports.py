"""The filtered list as a file for a spreadsheet: the same rows in the same order and words, however many
there are.
"""

from collections.abc import Iterator
from itertools import islice

from django.http import HttpResponse

from dancu.accounts.caller import OfficialRequest
from dancu.isolation.lookups import every_arrival
from dancu.web.access import duty
from dancu.web.commune.columns import ARRIVALS
from dancu.web.commune.describing import filters_in_words, made_by, title
from dancu.web.commune.filters import ListFilter, read
from dancu.web.commune.rows import ArrivalRow, rows


@duty("arrivals")
def as_file(request: OfficialRequest, file: str) -> HttpResponse:
    """The list as CSV or as an Excel workbook."""
    asked = read(request)
    about = f"{title(request, asked)} · {filters_in_words(asked)} · {made_by(request)}"
    name = "left" if asked.filters.leaving else "coming"
    return ARRIVALS.as_file(file, _rows(request, asked, file), about, name)


def _rows(request: OfficialRequest, asked: ListFilter, file: str) -> Iterator[ArrivalRow]:
    """Every person, read and put on the record 500 at a time."""
    found = every_arrival(request.acting, asked.filters, file)
    while batch := list(islice(found, 500)):
        yield from rows(request.acting, batch)
