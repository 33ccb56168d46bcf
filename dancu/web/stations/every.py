"""Every checkpoint of the jurisdiction, the worst first: growing queues on top, a map, and the table, which
is to be had as files. Where there is but one, that one.
"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from dancu.accounts.caller import OfficialRequest
from dancu.areas import lookups as areas
from dancu.checkpoints import lookups
from dancu.checkpoints.lookups import StationFigures
from dancu.web.access import duty
from dancu.web.checkpoint.queue_words import in_vehicles, queue_in_words
from dancu.web.kit.cells import link
from dancu.web.kit.columns import FILE, PAGE, ListColumn
from dancu.web.kit.lists import Listing
from dancu.web.kit.maps import MapPoint, PointMap, point_map
from dancu.web.kit.refreshing import Refreshing, digest
from dancu.web.shared.amounts import in_percent
from dancu.web.stations.words import AGAINST_IS, PACE_IS, queue_cell, seconds

_PIECE = "stations"


def _number(
    name: str, words: Any, number: Any, shown: Any = None, on: tuple[str, ...] = (PAGE, FILE)
) -> ListColumn[StationFigures]:
    return ListColumn(name, words, number, shown, on=on, order=name, key=number, falling=True, numeric=True)


def _against(each: StationFigures) -> list[Any]:
    more = ngettext(
        "%(count)d otherwise with the network", "%(count)d otherwise with the network", each.would_have
    )
    return [str(each.overridden), more % {"count": each.would_have} if each.would_have else ""]


def _devices(each: StationFigures) -> list[str]:
    """How many, and of each trouble how much there is."""
    told = (
        (len(each.devices), ngettext("%(count)d in use", "%(count)d in use", len(each.devices))),
        (each.silent, ngettext("%(count)d without contact", "%(count)d without contact", each.silent)),
        (each.unsent, ngettext("%(count)d not yet sent", "%(count)d not yet sent", each.unsent)),
        (each.waiting, ngettext("%(count)d to be looked at", "%(count)d to be looked at", each.waiting)),
    )
    return [words % {"count": many} for many, words in told if many]


def _pace(each: StationFigures) -> int | None:
    return round(each.pace_now["median"]) if each.pace_now else None


def _share(each: StationFigures) -> str:
    return _("not known") if each.by_hand is None else in_percent(each.by_hand)


def _name(each: StationFigures) -> list[Any]:
    url = reverse("stations:one", args=[each.station["station_id"]])
    return [link(url, each.station["name"]), each.station["road"]]


STATIONS: Listing[StationFigures] = Listing(
    gettext_lazy("Checkpoints"),
    (
        ListColumn("name", gettext_lazy("Checkpoint"), lambda each: each.station["name"], _name),
        ListColumn("road", gettext_lazy("Road"), lambda each: each.station["road"], on=(FILE,)),
        ListColumn(
            "queue",
            gettext_lazy("Queue"),
            lambda each: str(in_vehicles(each.queue.step)),
            lambda each: queue_cell(each.queue),
            order="queue",
            key=lambda each: each.queue.step,
            falling=True,
        ),
        ListColumn("tapped", gettext_lazy("Tapped"), lambda each: each.queue.tapped_at, on=(FILE,)),
        _number("hour", gettext_lazy("This hour"), lambda each: each.this_hour),
        _number("shift", gettext_lazy("In 12 hours"), lambda each: each.crossings),
        ListColumn(
            "pace",
            gettext_lazy("Seconds per traveller"),
            _pace,
            lambda each: seconds(_pace(each)),
            order="pace",
            key=_pace,
            falling=True,
            numeric=True,
        ),
        ListColumn(
            "hand",
            gettext_lazy("By hand"),
            _share,
            order="hand",
            key=lambda each: each.by_hand,
            falling=True,
            numeric=True,
        ),
        _number("against", gettext_lazy("Against the verdict"), lambda each: each.overridden, _against),
        _number(
            "otherwise",
            gettext_lazy("With the network otherwise"),
            lambda each: each.would_have,
            on=(FILE,),
        ),
        _number("held", gettext_lazy("Held now"), lambda each: each.held),
        ListColumn("devices", gettext_lazy("Devices"), lambda each: len(each.devices), _devices),
        _number("silent", gettext_lazy("Devices without contact"), lambda each: each.silent, on=(FILE,)),
        _number("unsent", gettext_lazy("Not yet sent"), lambda each: each.unsent, on=(FILE,)),
        _number("waiting", gettext_lazy("To be looked at"), lambda each: each.waiting, on=(FILE,)),
    ),
    "stations",
)


@duty("stations")
@require_safe
def stations(request: OfficialRequest) -> HttpResponse:
    """All of them; only the numbers, and these where they have changed, for the page that asks for itself."""
    here = lookups.stations(request.acting)
    if len(here) == 1:
        return redirect("stations:one", here[0]["station_id"])
    is_refreshing = request.headers.get("HX-Target") == _PIECE
    told = lookups.province_figures(request.acting, is_refreshing=is_refreshing)
    ordered = STATIONS.in_order(told, request.GET) if request.GET.get("sort") in _orders() else told
    shown = STATIONS.shown(request, ordered)
    refreshing = Refreshing(request, _PIECE, digest(line.cells for line in shown.lines))
    if refreshing.is_unchanged:
        return HttpResponse(status=204)
    context = {
        "refreshing": refreshing,
        "growing": [(each, queue_in_words(each.queue)) for each in told if each.queue.is_growing],
        "list": shown,
        "map": _map(told),
        "at": timezone.localtime(),
        "explained": (PACE_IS, AGAINST_IS),
    }
    return render(request, f"stations/{'numbers' if refreshing.is_piece else 'every'}.html", context)


@duty("stations")
@require_safe
def as_file(request: OfficialRequest, file: str) -> HttpResponse:
    """The table as CSV or as an Excel workbook."""
    return STATIONS.as_file(file, lookups.province_figures(request.acting))


def _orders() -> set[str]:
    return {sign + column.order for column in STATIONS.on(PAGE) if column.order for sign in ("", "-")}


def _map(told: list[StationFigures]) -> PointMap | None:
    """The stations where they are, each as large as its queue, over all communes of their provinces."""
    if not told:
        return None
    points = [
        MapPoint(
            f"{each.station['name']}, {queue_in_words(each.queue)}",
            (each.station["latitude"], each.station["longitude"]),
            each.queue.vehicles,
            reverse("stations:one", args=[each.station["station_id"]]),
        )
        for each in told
    ]
    provinces = {areas.get(each.station["area_id"]).province_id for each in told}
    ground = [
        (area.latitude, area.longitude)
        for area in areas.communes(timezone.localdate())
        if area.province_id in provinces and area.latitude is not None and area.longitude is not None
    ]
    words = gettext_lazy("Each circle is as large as the queue there. The dots are communes.")
    return point_map(words, points, ground)
