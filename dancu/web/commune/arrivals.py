"""The commune's list: who is coming, who has left, what needs attention first. It refreshes itself every
twenty seconds.
"""

import datetime as dt
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from dancu.accounts.caller import OfficialRequest
from dancu.areas import lookups as areas
from dancu.isolation import lookups
from dancu.web.access import duty
from dancu.web.commune import wording
from dancu.web.commune.columns import ARRIVALS
from dancu.web.commune.communes import counts_by_area, has_units, provinces
from dancu.web.commune.counts import counted
from dancu.web.commune.describing import period_in_words
from dancu.web.commune.filters import PAGE, ListFilter, lead_on, read
from dancu.web.commune.meeting import just_met
from dancu.web.commune.rows import commune_name, rows
from dancu.web.htmx import is_htmx
from dancu.web.kit.address import without_page
from dancu.web.kit.paging import Pages
from dancu.web.kit.refreshing import Refreshing

LIST = "arrivals-list"  # the piece of the page that refreshes itself


@duty("arrivals")
def home(request: OfficialRequest) -> HttpResponse:
    """The whole page, or only the list where htmx asks for it; 204 where the list has not changed since it
    was sent. What the form above it asks for is led on to.
    """
    if request.method == "POST":
        return lead_on(request)
    asked = read(request)
    news = lookups.news(request.acting, asked.filters)
    refreshing = Refreshing(request, LIST, *news, timezone.localdate())
    if refreshing.is_unchanged:
        return HttpResponse(status=204)
    context = list_context(request, asked, refreshing.since, refreshing.by_itself)
    context |= {"refreshing": refreshing, "warned_elsewhere": news.warned_elsewhere}
    return render(request, "commune/list.html" if refreshing.is_piece else "commune/arrivals.html", context)


@duty("arrivals")
def units(request: OfficialRequest) -> HttpResponse:
    """The counts by unit, for officers of more than one commune; only the table where htmx asks for it."""
    asked = read(request)
    context = {
        "filters": asked.filters,
        "groups": counts_by_area(request.acting, asked.filters),
        "query": without_page(request.GET).urlencode(),
    }
    piece = is_htmx(request)
    return render(request, "commune/units_table.html" if piece else "commune/units.html", context)


def list_context(
    request: OfficialRequest, asked: ListFilter, since: dt.datetime | None = None, refreshed: bool = False
) -> dict[str, Any]:
    """What the list's templates show. `since`: when the reader last saw it; `refreshed`: by itself."""
    acting, filters = request.acting, asked.filters
    pages = Pages(asked.page, PAGE, 0)
    found = lookups.listing(acting, filters, PAGE, pages.skip, refreshed)
    if asked.page > 1 and not found.people:  # further than the list goes: its last page
        pages = Pages(Pages(1, PAGE, lookups.how_many(acting, filters)).last, PAGE, 0)
        found = lookups.listing(acting, filters, PAGE, pages.skip, refreshed)
    listed = rows(acting, found.people, since)
    pages = replace(pages, total=found.total)
    return {
        "asked": asked,
        "filters": filters,
        "rows": listed,
        "total": found.total,
        "first": pages.skip + 1,
        "last": pages.skip + len(listed),
        "pages": pages,
        "period": period_in_words(asked),
        "counted": counted(request.GET, filters, found.counts),
        "heads": ARRIVALS.heads(request.GET),
        "can_meet": any(row.is_expected for row in listed),
        "has_units": has_units(acting, filters),
        "is_province": has_units(acting, lookups.Filters()),
        "chosen_area": _chosen(filters.area_id),
        "new": sum(row.is_new for row in listed),
        "here": request.get_full_path(),
        "query": without_page(request.GET).urlencode(),
        "just_met": just_met(request),
        "provinces": provinces(),
        "words": {
            "states": wording.STATES,
            "outcomes": wording.OUTCOMES,
            "periods": {str(days): words for days, words in wording.PERIODS.items()},
            "arriving": wording.ARRIVING,
        },
        "now": timezone.now(),
    }


def _chosen(area_id: int | None) -> str:
    return commune_name(areas.get_many([area_id]).get(area_id)) if area_id else ""
