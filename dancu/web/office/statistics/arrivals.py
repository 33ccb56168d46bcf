"""How many people arrive where each day, and how far their journeys are: for officials, of their own area,
and as files for a spreadsheet.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from dancu.accounts.caller import OfficialRequest
from dancu.areas.lookups import Area
from dancu.isolation.by_day import ArrivalsByDay, JourneyNumbers, arrivals_by_day
from dancu.isolation.wording import STATES
from dancu.register.errors import NotYourArea
from dancu.text.folding import fold
from dancu.web.access import duty
from dancu.web.kit import address, charts
from dancu.web.kit.cells import link
from dancu.web.kit.columns import FILE, ListColumn
from dancu.web.kit.lists import Listing
from dancu.web.kit.refreshing import Refreshing, digest
from dancu.web.office.statistics.area_of import above, asked_area, name_of
from dancu.web.shared.amounts import NOT_TOLD

Words = str | Promise
DayRow = tuple[dt.date | None, JourneyNumbers]  # None: all days
PartRow = tuple[Area, JourneyNumbers]

BEFORE, DAYS = dt.timedelta(days=6), dt.timedelta(days=14)  # where the period begins before today, its length
_FIRST, _LAST = dt.date(2000, 1, 1), dt.date(2100, 1, 1)
_PIECE = "arrivals"


@duty("statistics")
def arrivals(request: OfficialRequest) -> HttpResponse:
    """The days of a fortnight, and the area's parts; only these, and that where they have changed, for the
    page that asks for itself.
    """
    try:
        told = _told(request)
    except NotYourArea as refused:
        if not request.GET.get("area"):
            return render(request, "office/arrivals_by_day.html", {"refused": refused}, status=403)
        return _refuse(request, refused)
    here, first = reverse("office:arrivals-by-day"), told.days[0][0]
    area = {"area": str(told.area.area_id)} if told.area else {}
    side = {"list": "left"} if told.leaving else {}
    period = {"from": first.isoformat()} if request.GET.get("from") else {}
    parts = _parts(told, side | period)
    days = _days(told).shown(request, [*told.days, (None, told.total)])
    shown = parts.shown(request, parts.in_order(told.parts, request.GET), "#areas")
    refreshing = Refreshing(request, _PIECE, digest(line.cells for line in (*days.lines, *shown.lines)))
    if refreshing.is_unchanged:
        return HttpResponse(status=204)
    context = {
        "told": told,
        "refreshing": refreshing,
        "name": name_of(told.area),
        "above": above(request, told.area, here, **side, **period),
        "last": told.days[-1][0],
        "first": first,
        "earlier": urlencode(area | side | {"from": str(max(first - DAYS, _FIRST))}),
        "later": urlencode(area | side | {"from": str(min(first + DAYS, _LAST))}),
        "coming_url": f"{here}?{urlencode(area | period)}",
        "leaving_url": f"{here}?{urlencode(area | period | {'list': 'left'})}",
        "chart": _chart(told),
        "days": days,
        "list": shown,
        "query": urlencode(area | side | period),
        "parts_query": urlencode({"table": "areas"} | area | side | period),
    }
    piece = "office/arrivals_numbers.html" if refreshing.is_piece else "office/arrivals_by_day.html"
    return render(request, piece, context)


@duty("statistics")
def as_file(request: OfficialRequest, file: str) -> HttpResponse:
    """A table as CSV or as an Excel workbook: the days, or (`table=areas`) the list of units."""
    try:
        told = _told(request, file)
    except NotYourArea as refused:
        return _refuse(request, refused)
    where = f"{told.area.code if told.area else 'vn'}-{told.days[0][0]}"
    side, title = "departures" if told.leaving else "arrivals", _("Arrivals")
    if request.GET.get("table") == "areas":
        return _parts(told).as_file(file, told.parts, name=f"{side}-areas-{where}", title=title)
    return _days(told).as_file(file, told.days, name=f"{side}-days-{where}", title=title)


def _told(request: OfficialRequest, detail: str = "") -> ArrivalsByDay:
    """A fortnight from the day of the address on; without one, that around today. Raises NotYourArea."""
    first = address.day(request.GET.get("from", "")) or timezone.localdate() - BEFORE
    first = min(max(first, _FIRST), _LAST)
    return arrivals_by_day(
        request.acting,
        first,
        first + DAYS - dt.timedelta(days=1),
        asked_area(request),
        leaving=request.GET.get("list") == "left",
        detail=detail,
        is_refreshing=request.headers.get("HX-Target") == _PIECE,
    )


def _refuse(request: OfficialRequest, refused: NotYourArea) -> HttpResponse:
    messages.error(request, str(refused))
    return redirect("office:arrivals-by-day")


def _days(told: ArrivalsByDay) -> Listing[DayRow]:
    return Listing(
        gettext_lazy("By day"),
        (ListColumn("day", gettext_lazy("Day of arrival"), lambda row: row[0], _day), *_numbers(told.total)),
    )


def _parts(told: ArrivalsByDay, kept: dict[str, str] | None = None) -> Listing[PartRow]:
    """`kept`: what else of the address leads on with an area."""

    def leads_on(row: PartRow) -> Any:
        return link(f"?{urlencode({'area': row[0].area_id} | (kept or {}))}", row[0].name)

    return Listing(
        gettext_lazy("By area"),
        (
            ListColumn("code", gettext_lazy("Code"), lambda row: row[0].code, on=(FILE,)),
            ListColumn(
                "name",
                gettext_lazy("Area"),
                lambda row: row[0].path,
                leads_on,
                order="name",
                key=lambda row: fold(row[0].short_name),
            ),
            *_numbers(told.parts[0][1] if told.parts else told.total, is_ordered=True),
        ),
        order="name",
    )


def _numbers(told: JourneyNumbers, *, is_ordered: bool = False) -> list[ListColumn[Any]]:
    """All journeys, and where they are told apart those in each state."""

    def column(name: str, words: Words, number: Callable[[JourneyNumbers], int | None]) -> ListColumn[Any]:
        return ListColumn(
            name,
            words,
            lambda row: NOT_TOLD if (many := number(row[1])) is None else many,
            order=name if is_ordered else "",
            key=lambda row: number(row[1]),
            falling=True,
            numeric=True,
        )

    return [
        column("journeys", gettext_lazy("All journeys"), lambda numbers: numbers.journeys),
        *(
            column(state, words, lambda numbers, state=state: (numbers.states or {})[state])
            for state, words in STATES.items()
            if told.states is not None
        ),
    ]


def _day(row: DayRow) -> Any:
    if row[0] is None:
        return _("All days")
    return [row[0], pgettext("day", "today")] if row[0] == timezone.localdate() else row[0]


def _chart(told: ArrivalsByDay) -> charts.Chart:
    """The days, and of each how many were met."""
    numbers = [numbers for _day, numbers in told.days]
    if told.total.states is None:
        series: list[Any] = [(_("All journeys"), [each.journeys for each in numbers])]
    else:
        met = [(each.states or {})["met"] for each in numbers]
        others = [(each.journeys or 0) - done for each, done in zip(numbers, met, strict=True)]
        series = [(_("Met"), met), (_("All others"), others)]
    words = _("A column for each day. The table shows the same numbers.")
    return charts.columns(_("Journeys each day"), words, [f"{day:%d/%m}" for day, _n in told.days], series)
