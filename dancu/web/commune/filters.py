"""Reading what of the list is asked for from a page's address, so that it can be kept, linked and
refreshed; what was typed stands sealed in it.
"""

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone

from dancu.isolation.lookups import STATES, Filters
from dancu.web import sought
from dancu.web.commune.columns import ARRIVALS
from dancu.web.commune.wording import ARRIVING, OUTCOMES, PERIODS
from dancu.web.kit.address import day, known, number, page
from dancu.web.kit.columns import ListOrder

PAGE = ARRIVALS.size
LONGEST_TEXT = 60
_DAYS_OF = {
    "today": (0, 0),
    "tomorrow": (1, 1),
    "next-3": (0, 2),
    "next-7": (0, 6),
}  # those of wording.ARRIVING
_FALLING = {column.order for column in ARRIVALS.columns if column.falling}
_CHOSEN = (  # from lists, and so in plain
    "list",
    "state",
    "outcome",
    "attention",
    "warned",
    "overdue",
    "companions",
    "days",
    "from",
    "to",
    "area",
    "other",
    "sort",
    "page",
)


@dataclass(frozen=True)
class ListFilter:
    """The filters, which page of the list, counted from 1, and the period as the page's form names it."""

    filters: Filters
    page: int
    period: str
    dates: tuple[str, str]
    sort: ListOrder

    @property
    def is_filtered(self) -> bool:
        asked = self.filters
        return bool(
            self.is_refined or asked.states or asked.attention or asked.overdue or asked.text or asked.area_id
        )

    @property
    def is_refined(self) -> bool:
        """Whether anything is asked for that stands among the further filters, but for the state and the
        period.
        """
        asked = self.filters
        return bool(
            asked.outcomes or asked.warned or asked.companions or asked.other_area_id or any(self.dates)
        )

    @property
    def is_by_hand(self) -> bool:
        """Whether anything is asked for that only the further filters ask for, and no count above the
        list.
        """
        asked = self.filters
        return bool(asked.outcomes or asked.warned or asked.companions or asked.other_area_id)

    @property
    def further(self) -> int:
        """How many of the further filters are set."""
        asked = self.filters
        flags = (
            asked.warned,
            asked.overdue,
            asked.companions,
            asked.other_area_id,
            asked.outcomes,
            asked.states,
        )
        return sum(map(bool, (*flags, *self.dates))) + (self.period != str(Filters.days))


def lead_on(request: HttpRequest) -> HttpResponse:
    """To the list that the form above it asks for."""
    sent = request.POST.copy()
    for name in ("from", "to"):
        if not day(sent.get(name, "")):
            sent.pop(name, None)
    return redirect(f"{request.path}{sought.query(request, sent, _CHOSEN)}")


def read(request: HttpRequest, query: QueryDict | None = None) -> ListFilter:
    """What an address asks for: this page's, or that with this query. Whatever means nothing there is
    passed over.
    """
    query = sought.read(request, _CHOSEN, query)
    period, sort = query.get("days", ""), ARRIVALS.order_in(query)
    first, last = _arriving(query, period)
    filters = Filters(
        leaving=query.get("list") == "left",
        states=known(query.getlist("state"), STATES),
        outcomes=known(query.getlist("outcome"), OUTCOMES),
        attention=query.get("attention") == "1",
        warned=query.get("warned") == "1",
        overdue=query.get("overdue") == "1",
        companions=query.get("companions") == "1",
        text=" ".join(query.get("q", "").replace("\0", "").split())[:LONGEST_TEXT],
        days=number(period, PERIODS) or 7,
        arrives_from=first,
        arrives_until=last,
        area_id=number(query.get("area", "")),
        other_area_id=number(query.get("other", "")),
        order=sort.by,
        backwards=sort.falling != (sort.by in _FALLING),
    )
    dates = tuple(value.isoformat() if (value := day(query.get(name, ""))) else "" for name in ("from", "to"))
    asked = period if period in ARRIVING else str(filters.days)
    return ListFilter(filters, page(query), asked, (dates[0], dates[1]), sort)


def _arriving(query: QueryDict, period: str) -> tuple[dt.date | None, dt.date | None]:
    """The days of arrival: as they stand in two fields, else those that the period means."""
    first, last = day(query.get("from", "")), day(query.get("to", ""))
    if first or last:
        return first, last
    if period not in _DAYS_OF:
        return None, None
    today = timezone.localdate()
    after, until = _DAYS_OF[period]
    return today + dt.timedelta(days=after), today + dt.timedelta(days=until)
