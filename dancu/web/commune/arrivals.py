"""The commune's list: who is coming, who has left, what needs attention first. It refreshes itself every
twenty seconds.
"""

import datetime as dt
from dataclasses import replace
from math import ceil
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from dancu.accounts.caller import OfficialRequest
from dancu.areas import lookups as areas
from dancu.isolation import lookups
from dancu.web.access import duty
from dancu.web.commune import wording
from dancu.web.commune.columns import columns
from dancu.web.commune.communes import counts_by_area, has_units, provinces
from dancu.web.commune.counts import counted
from dancu.web.commune.describing import period_in_words
from dancu.web.commune.filters import PAGE, ListFilter, lead_on, read
from dancu.web.commune.meeting import just_met
from dancu.web.commune.rows import commune_name, rows
from dancu.web.htmx import is_htmx
from dancu.web.moments import moment_in

LIST = "arrivals-list"  # the piece of the page that refreshes itself
SEEN = "Dancu-Seen"  # header: what the list looked like when the reader got it


@duty("arrivals")
def home(request: OfficialRequest) -> HttpResponse:
    """The whole page, or only the list where htmx asks for it; 204 where the list has not changed since it
    was sent. What the form above it asks for is led on to.
    """
    if request.method == "POST":
        return lead_on(request)
    asked = read(request)
    news = lookups.news(request.acting, asked.filters)
    seen, now = request.headers.get(SEEN, ""), _seen(news)
    piece = request.headers.get("HX-Target") == LIST
    if piece and seen == now:
        return HttpResponse(status=204)
    context = list_context(
        request, asked, since=_latest(seen) if piece else None, refreshed=piece and bool(seen)
    )
    context |= {"seen": now, "is_piece": piece, "warned_elsewhere": news.warned_elsewhere}
    return render(request, "commune/list.html" if piece else "commune/arrivals.html", context)


@duty("arrivals")
def units(request: OfficialRequest) -> HttpResponse:
    """The counts by unit, for officers of more than one commune; only the table where htmx asks for it."""
    asked = read(request)
    context = {
        "filters": asked.filters,
        "groups": counts_by_area(request.acting, asked.filters),
        "query": _query(request),
    }
    piece = is_htmx(request)
    return render(request, "commune/units_table.html" if piece else "commune/units.html", context)


def list_context(
    request: OfficialRequest, asked: ListFilter, since: dt.datetime | None = None, refreshed: bool = False
) -> dict[str, Any]:
    """What the list's templates show. `since`: when the reader last saw it; `refreshed`: by itself."""
    acting, filters = request.acting, asked.filters
    found = lookups.listing(acting, filters, PAGE, asked.skip, refreshed)
    if asked.page > 1 and not found.people:  # further than the list goes: its last page
        asked = replace(asked, page=max(ceil(lookups.how_many(acting, filters) / PAGE), 1))
        found = lookups.listing(acting, filters, PAGE, asked.skip, refreshed)
    listed = rows(acting, found.people, since)
    pages = Paginator(range(found.total), PAGE)
    return {
        "asked": asked,
        "filters": filters,
        "rows": listed,
        "total": found.total,
        "first": asked.skip + 1,
        "last": asked.skip + len(listed),
        "pages": pages.get_elided_page_range(asked.page) if pages.num_pages > 1 else [],  # pyright: ignore
        "num_pages": pages.num_pages,
        "period": period_in_words(asked),
        "counted": counted(request.GET, filters, found.counts),
        "columns": columns(request.GET, filters),
        "can_meet": any(row.is_expected for row in listed),
        "has_units": has_units(acting, filters),
        "is_province": has_units(acting, lookups.Filters()),
        "chosen_area": _chosen(filters.area_id),
        "new": sum(row.is_new for row in listed),
        "here": request.get_full_path(),
        "query": _query(request),
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


def _query(request: HttpRequest) -> str:
    """What is asked for but the page, for the same list elsewhere."""
    asked = request.GET.copy()
    asked.pop("page", None)
    return asked.urlencode()


def _chosen(area_id: int | None) -> str:
    return commune_name(areas.get_many([area_id]).get(area_id)) if area_id else ""


def _seen(news: lookups.News) -> str:
    """As a header takes it; the latest time stands first."""
    said = [value.isoformat() if isinstance(value, dt.datetime) else str(value or "") for value in news]
    return " ".join([*said, str(timezone.localdate())])


def _latest(seen: str) -> dt.datetime | None:
    return moment_in(seen.partition(" ")[0])
