"""The commune's list: who is coming, who has left, what needs attention first. It refreshes itself every twenty seconds."""

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from dancu.areas import lookups as areas
from dancu.isolation import lookups
from dancu.web.access import duty
from dancu.web.commune import wording
from dancu.web.commune.communes import counts_by_area
from dancu.web.commune.counts import counted
from dancu.web.commune.filters import PAGE, Asked, read
from dancu.web.commune.rows import commune_name, rows

LIST = "arrivals-list"  # the piece of the page that refreshes itself
SEEN = "Dancu-Seen"  # header: what the list looked like when the reader got it


@duty("arrivals")
def home(request: HttpRequest) -> HttpResponse:
    """The whole page, or only the list where htmx asks for it; 204 where the list has not changed since it was sent."""
    asked = read(request.GET)
    news = lookups.news(request.acting, asked.filters)
    seen, now = request.headers.get(SEEN, ""), _seen(news)
    piece = request.headers.get("HX-Target") == LIST
    if piece and seen == now:
        return HttpResponse(status=204)
    context = shown(request, asked, since=_latest(seen) if piece else None, refreshed=piece and bool(seen))
    context |= {"seen": now}
    return render(request, "commune/list.html" if piece else "commune/arrivals.html", context)


def shown(
    request: HttpRequest, asked: Asked, since: dt.datetime | None = None, refreshed: bool = False
) -> dict[str, Any]:
    """What the list's templates show. `since`: when the reader last saw it; `refreshed`: by itself."""
    acting, filters = request.acting, asked.filters
    found = lookups.arrivals(acting, filters, PAGE, asked.skip, refreshed)
    listed = rows(acting, found, since)
    total = found[0]["total"] if found else 0
    pages = Paginator(range(total), PAGE)
    return {
        "asked": asked,
        "filters": filters,
        "rows": listed,
        "total": total,
        "first": asked.skip + 1,
        "last": asked.skip + len(listed),
        "pages": pages.get_elided_page_range(asked.page) if pages.num_pages > 1 else [],
        "num_pages": pages.num_pages,
        "counted": counted(request.GET, filters, lookups.summary(acting, filters)),
        "groups": counts_by_area(acting, filters),
        "chosen_area": _chosen(filters.area_id),
        "new": sum(row.is_new for row in listed),
        "here": request.get_full_path(),
        "query": request.GET.urlencode(),
        "words": {
            "states": wording.STATES,
            "outcomes": wording.OUTCOMES,
            "periods": wording.PERIODS,
        },
        "now": timezone.now(),
    }


def _chosen(area_id: int | None) -> str:
    return commune_name(areas.get_many([area_id]).get(area_id)) if area_id else ""


def _seen(news: dict[str, Any]) -> str:
    latest = news["latest"].isoformat() if news["latest"] else ""
    return f"{latest} {news['people']} {timezone.localdate()}"


def _latest(seen: str) -> dt.datetime | None:
    try:
        at = dt.datetime.fromisoformat(seen.partition(" ")[0])
    except ValueError:
        return None
    return at if timezone.is_aware(at) else None
