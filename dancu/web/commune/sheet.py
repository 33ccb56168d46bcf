"""The list on paper: twenty-five people a page, each with a box to tick and room for a remark."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.http import HttpResponse
from django.shortcuts import render

from dancu.accounts.caller import OfficialRequest
from dancu.isolation import lookups
from dancu.web.access import duty
from dancu.web.commune.describing import filters_in_words, made_by, title
from dancu.web.commune.filters import read
from dancu.web.commune.rows import ArrivalRow, rows

A_PAGE = 25
MOST = 40 * A_PAGE  # more paper than that nobody carries


@dataclass(frozen=True)
class Page:
    """One sheet of paper. `before`: how many people stand on the sheets before it."""

    number: int
    before: int
    rows: list[ArrivalRow]


@duty("arrivals")
def sheet(request: OfficialRequest) -> HttpResponse:
    """The filtered list to be printed, in its order; at most a thousand people."""
    asked = read(request)
    found = list(lookups.every_arrival(request.acting, asked.filters, "print", MOST + 1))
    listed = rows(request.acting, found[:MOST])
    pages = [Page(number, (number - 1) * A_PAGE, chunk) for number, chunk in enumerate(_chunks(listed), 1)]
    context = {
        "title": title(request, asked),
        "asked": filters_in_words(asked),
        "made_by": made_by(request),
        "pages": pages,
        "people": len(listed),
        "is_cut": len(found) > MOST,
        "most": MOST,
        "query": request.GET.urlencode(),
        "filters": asked.filters,
    }
    return render(request, "commune/sheet.html", context)


def _chunks(listed: list[ArrivalRow]) -> Iterator[list[ArrivalRow]]:
    left = iter(listed)
    while chunk := list(islice(left, A_PAGE)):
        yield chunk
