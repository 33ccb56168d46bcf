"""Reading what of the list is asked for from a page's address, so that it can be kept, linked and
refreshed; what was typed stands sealed in it.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone

from dancu.isolation.lookups import ORDERS, STATES, Filters
from dancu.web import sought
from dancu.web.commune.wording import ARRIVING, OUTCOMES, PERIODS

PAGE = 50
LONGEST_TEXT = 60
_DAYS_OF = {
    "today": (0, 0),
    "tomorrow": (1, 1),
    "next-3": (0, 2),
    "next-7": (0, 6),
}  # those of wording.ARRIVING
_MOST_PAGES = 100_000
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

    @property
    def skip(self) -> int:
        return (self.page - 1) * PAGE

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

    @property
    def sort(self) -> str:
        return f"-{self.filters.order}" if self.filters.backwards else self.filters.order


def lead_on(request: HttpRequest) -> HttpResponse:
    """To the list that the form above it asks for."""
    sent = request.POST.copy()
    for name in ("from", "to"):
        if not _day(sent.get(name, "")):
            sent.pop(name, None)
    return redirect(f"{request.path}{sought.query(request, sent, _CHOSEN)}")


def read(request: HttpRequest, query: QueryDict | None = None) -> ListFilter:
    """What an address asks for: this page's, or that with this query. Whatever means nothing there is
    passed over.
    """
    query = sought.read(request, _CHOSEN, query)
    period, sort = query.get("days", ""), query.get("sort", "")
    first, last = _arriving(query, period)
    filters = Filters(
        leaving=query.get("list") == "left",
        states=_known(query.getlist("state"), STATES),
        outcomes=_known(query.getlist("outcome"), OUTCOMES),
        attention=query.get("attention") == "1",
        warned=query.get("warned") == "1",
        overdue=query.get("overdue") == "1",
        companions=query.get("companions") == "1",
        text=" ".join(query.get("q", "").replace("\0", "").split())[:LONGEST_TEXT],
        days=_number(period, PERIODS) or 7,
        arrives_from=first,
        arrives_until=last,
        area_id=_number(query.get("area", "")),
        other_area_id=_number(query.get("other", "")),
        order=sort.removeprefix("-") if sort.removeprefix("-") in ORDERS else "attention",
        backwards=sort.startswith("-") and sort[1:] in ORDERS,
    )
    dates = tuple(
        value.isoformat() if (value := _day(query.get(name, ""))) else "" for name in ("from", "to")
    )
    page = min(_number(query.get("page", "")) or 1, _MOST_PAGES)
    return ListFilter(
        filters, page, period if period in ARRIVING else str(filters.days), (dates[0], dates[1])
    )


def _arriving(query: QueryDict, period: str) -> tuple[dt.date | None, dt.date | None]:
    """The days of arrival: as they stand in two fields, else those that the period means."""
    first, last = _day(query.get("from", "")), _day(query.get("to", ""))
    if first or last:
        return first, last
    if period not in _DAYS_OF:
        return None, None
    today = timezone.localdate()
    after, until = _DAYS_OF[period]
    return today + dt.timedelta(days=after), today + dt.timedelta(days=until)


def _day(text: str) -> dt.date | None:
    """A day as a date field sends it; years that no list has are none."""
    try:
        day = dt.date.fromisoformat(text.strip()) if len(text) < 12 else None
    except ValueError:
        return None
    return day if day and 2000 <= day.year <= 2100 else None


def _known(values: list[str], known: Mapping[str, object] | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(value for value in known if value in values)


def _number(text: str, known: Mapping[int, object] | None = None) -> int | None:
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        return None
    number = int(text)
    return number if known is None or number in known else None
