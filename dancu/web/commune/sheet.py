"""The list on paper: each person with a box to tick and room for a remark."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from dancu.accounts.caller import OfficialRequest
from dancu.isolation import lookups
from dancu.web.access import duty
from dancu.web.commune.columns import ARRIVALS
from dancu.web.commune.describing import filters_in_words, made_by, title
from dancu.web.commune.filters import read
from dancu.web.commune.rows import rows
from dancu.web.kit.paper import MOST, ListOnPaper


@duty("arrivals")
def sheet(request: OfficialRequest) -> HttpResponse:
    """The filtered list to be printed, in its order; at most a thousand people."""
    asked = read(request)
    found = list(lookups.every_arrival(request.acting, asked.filters, "print", MOST + 1))
    paper = ListOnPaper(
        title(request, asked),
        f"{filters_in_words(asked)} · {made_by(request)}",
        f"{reverse('commune:home')}?{request.GET.urlencode()}".rstrip("?"),
        ARRIVALS,
        rows(request.acting, found[:MOST]),
        MOST,
        len(found) > MOST,
    )
    return render(request, "commune/sheet.html", {"paper": paper, "filters": asked.filters})
