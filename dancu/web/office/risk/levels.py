"""Which commune has which level of risk, now or on any day: a list, a map beside it, and files."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from dancu.accounts.caller import OfficialRequest
from dancu.accounts.duties import ANY
from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.risk import lookups
from dancu.risk.levels import LEVELS, NOT_DECIDED, in_words
from dancu.risk.lookups import LevelInForce
from dancu.text.folding import fold
from dancu.web.access import duty
from dancu.web.kit import address
from dancu.web.kit.cells import link
from dancu.web.kit.columns import FILE, ListColumn
from dancu.web.kit.filters import ListChoice, ListDay
from dancu.web.kit.lists import Listing
from dancu.web.kit.maps import MapPoint, PointMap, point_map
from dancu.web.kit.paging import Pages
from dancu.web.office.risk.showing import level_mark

_NONE = "none"  # in an address: communes without a level
_LEADING_ON = 200  # circles of a map that are links: of more they would be too small to be pressed


@dataclass(frozen=True)
class CommuneRow:
    """A commune, and its level where it has one."""

    area: areas.Area
    found: LevelInForce | None

    @property
    def level(self) -> int | None:
        return self.found.level if self.found else None

    @property
    def url(self) -> str:
        """Of the decision by which it has its level."""
        return reverse("office:risk-decision", args=[self.found.decision_id]) if self.found else ""


@require_http_methods(["GET", "HEAD", "POST"])
@duty(ANY)
def levels(request: OfficialRequest) -> HttpResponse:
    """The communes of the official's area that the form asks for."""
    listing = _listing(request)
    if request.method == "POST":
        return listing.lead_on(request)
    every = _rows(request, listing)
    pages = Pages(address.page(request.GET), listing.size, len(every))
    page = every[pages.skip : pages.skip + pages.size]
    day = address.day(request.GET.get("on", ""))
    context = {
        "list": listing.shown(request, page),
        "pages": pages,
        "map": _map(every),
        "counts": _counts(every),
        "day": None if day == timezone.localdate() else day,
        "may_decide": request.acting.may("risk"),
    }
    return render(request, "office/risk_levels.html", context)


@duty(ANY)
def as_file(request: OfficialRequest, file: str) -> HttpResponse:
    """All that the page is asked for, as CSV or as an Excel workbook."""
    listing = _listing(request)
    return listing.as_file(file, _rows(request, listing))


def _rows(request: OfficialRequest, listing: Listing[CommuneRow]) -> list[CommuneRow]:
    asked = listing.asked(request)
    day = address.day(asked["on"])
    standing = lookups.standing_at(lookups.moment_of(day))
    found = (
        CommuneRow(area, standing.get(area.area_id))
        for area in _communes(request.acting, day or timezone.localdate())
        if asked["province"] in ("", areas.get(area.province_id).code)
    )
    wanted = [row for row in found if asked["level"] in ("", str(row.level or _NONE))]
    return listing.in_order(wanted, request.GET)


def _communes(acting: Acting, day: Any) -> list[areas.Area]:
    """Those of the official's area; levels are no secret, so whoever has none has all."""
    communes = areas.communes(day)
    if acting.jurisdiction_kind != "area":
        return communes
    own = set(areas.jurisdiction(acting.jurisdiction_id))
    return [area for area in communes if area.area_id in own]


def _listing(request: OfficialRequest) -> Listing[CommuneRow]:
    day = address.day(request.GET.get("on", "")) or timezone.localdate()
    units = areas.get_many({area.province_id for area in _communes(request.acting, day)}).values()
    provinces = sorted(((area.code, area.name) for area in units), key=lambda one: fold(one[1]))
    return Listing(
        gettext_lazy("Levels of risk"),
        _COLUMNS,
        "risk-levels",
        filters=(
            ListDay("on", gettext_lazy("On the day")),
            *((ListChoice("province", gettext_lazy("Province"), lambda: provinces),) if provinces else ()),
            ListChoice("level", gettext_lazy("Level"), _levels),
        ),
        order="name",
    )


def _levels() -> list[tuple[str, str | Promise]]:
    return [*((str(level), in_words(level)) for level in LEVELS), (_NONE, NOT_DECIDED)]


_COLUMNS: Sequence[ListColumn[CommuneRow]] = (
    ListColumn("code", gettext_lazy("Code"), lambda row: row.area.code, on=(FILE,)),
    ListColumn(
        "name",
        gettext_lazy("Commune"),
        lambda row: row.area.path,
        lambda row: [link(row.url, row.area.name) if row.url else row.area.name, _province(row)],
        order="name",
        key=lambda row: (fold(row.area.short_name), row.area.code),
    ),
    ListColumn(
        "level",
        gettext_lazy("Level"),
        lambda row: row.level,
        lambda row: level_mark(row.level),
        order="level",
        key=lambda row: row.level,
        falling=True,
    ),
    ListColumn("words", gettext_lazy("In words"), lambda row: in_words(row.level), on=(FILE,)),
    ListColumn("since", gettext_lazy("Since"), lambda row: row.found and row.found.since, on=(FILE,)),
    ListColumn(
        "citation",
        gettext_lazy("Decision"),
        lambda row: row.found and row.found.citation,
        lambda row: row.found and [row.found.citation, row.found.since],
    ),
)


def _province(row: CommuneRow) -> str:
    return areas.get(row.area.province_id).name


def _counts(rows: Sequence[CommuneRow]) -> list[tuple[Any, int]]:
    """How many communes have each level, the highest first; last, how many have none."""
    many = Counter(row.level for row in rows)
    return [(level_mark(level), many[level]) for level in (*sorted(LEVELS, reverse=True), None)]


def _map(rows: Sequence[CommuneRow]) -> PointMap | None:
    """Those with a level where they are, over all; None where there is none to be shown."""
    decided = [row for row in rows if row.found]
    points = [
        MapPoint(
            row.area.name,
            (row.area.latitude, row.area.longitude),
            row.level,
            row.url if len(decided) <= _LEADING_ON else "",
            in_words(row.level),
            f"level-{row.level}",
        )
        for row in decided
        if row.area.latitude is not None and row.area.longitude is not None
    ]
    ground = [
        (row.area.latitude, row.area.longitude)
        for row in rows
        if row.area.latitude is not None and row.area.longitude is not None
    ]
    words = _("Each circle is a commune with a level: the higher, the larger. The dots are communes without.")
    return point_map(words, points, ground, [level_mark(level) for level in LEVELS]) if points else None
