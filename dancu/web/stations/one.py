"""One checkpoint in this shift: its queue, its hours, how long a traveller takes, its devices, and what was
handed over.
"""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from dancu.accounts import lookups as accounts
from dancu.accounts.caller import OfficialRequest
from dancu.areas import lookups as areas
from dancu.checkpoints import lookups
from dancu.checkpoints.errors import NoSuchStation
from dancu.checkpoints.lookups import StationFigures
from dancu.checkpoints.shift_figures import HourCounts
from dancu.devices.lookups import DeviceStanding
from dancu.web.access import duty
from dancu.web.checkpoint.queue_words import in_vehicles, queue_in_words
from dancu.web.kit import charts
from dancu.web.kit.cells import mark
from dancu.web.kit.columns import ListColumn
from dancu.web.kit.lists import Listing
from dancu.web.kit.refreshing import Refreshing, digest
from dancu.web.shared.amounts import in_digits, in_percent
from dancu.web.stations.words import AGAINST_IS, PACE_IS, Words, seconds
from dancu.web.templatetags.dancu import moment

_PIECE = "station"


def _count(name: str, words: Words, of: Any) -> ListColumn[HourCounts]:
    return ListColumn(name, words, of, numeric=True)


_HOUR = ListColumn[HourCounts]("hour", gettext_lazy("Hour"), lambda each: _hour(each))
DECIDED: Listing[HourCounts] = Listing(
    gettext_lazy("Decisions each hour"),
    (
        _HOUR,
        _count("through", gettext_lazy("Let through"), lambda each: each.through),
        _count("held", gettext_lazy("Held"), lambda each: each.held),
        _count("back", gettext_lazy("Turned back"), lambda each: each.back),
    ),
)
WAYS: Listing[HourCounts] = Listing(
    gettext_lazy("Crossings each hour by direction"),
    (
        _HOUR,
        _count("in", gettext_lazy("Entering"), lambda each: each.into),
        _count("out", gettext_lazy("Leaving"), lambda each: each.out),
    ),
)
_STATES: dict[str, tuple[Words, str]] = {
    "": (gettext_lazy("At work"), "green"),
    "silent": (gettext_lazy("Without contact"), "amber"),
    "cut_off": (gettext_lazy("Cut off"), "red"),
    "wiped": (gettext_lazy("Cut off"), "grey"),
}
DEVICES: Listing[DeviceStanding] = Listing(
    gettext_lazy("Devices of the checkpoint"),
    (
        ListColumn("name", gettext_lazy("Device"), lambda each: each.device["name"]),
        ListColumn("state", gettext_lazy("State"), shown=lambda each: mark(*_STATES[each.state])),
        ListColumn("seen", gettext_lazy("Last heard of"), lambda each: each.device["seen_at"]),
        ListColumn("unsent", gettext_lazy("Not yet sent"), lambda each: _unsent(each), numeric=True),
        ListColumn(
            "open", gettext_lazy("To be looked at"), lambda each: each.device["open_items"], numeric=True
        ),
    ),
)


@duty("stations")
@require_safe
def station(request: OfficialRequest, station_id: int) -> HttpResponse:
    """The page; only its numbers, and these where they have changed, for the page that asks for itself."""
    is_refreshing = request.headers.get("HX-Target") == _PIECE
    try:
        told = lookups.station_figures(request.acting, station_id, is_refreshing=is_refreshing)
    except NoSuchStation as problem:
        raise Http404 from problem
    latest = [*reversed(told.hours)]
    decided, ways, at_work = (
        DECIDED.shown(request, latest),
        WAYS.shown(request, latest),
        DEVICES.shown(request, told.devices),
    )
    earlier, figures, queue = _handed_over(station_id), _figures(told), queue_in_words(told.queue)
    lines = [line.cells for shown in (decided, ways, at_work) for line in shown.lines]
    refreshing = Refreshing(request, _PIECE, digest([*lines, figures, queue, earlier]))
    if refreshing.is_unchanged:
        return HttpResponse(status=204)
    context = {
        "refreshing": refreshing,
        "told": told,
        "area": areas.get(told.station["area_id"]),
        "queue": queue,
        "figures": figures,
        "drawings": ((_drawn_decided(told), decided), (_drawn_ways(told), ways)),
        "devices": at_work,
        "earlier": earlier,
        "at": timezone.localtime(),
        "explained": (PACE_IS, AGAINST_IS),
        "is_at_the_desk": request.acting.may("scan"),
        "reviews": request.acting.may("overrides"),
        "has_others": len(lookups.stations(request.acting)) > 1,
    }
    return render(request, f"stations/{'one_numbers' if refreshing.is_piece else 'one'}.html", context)


def _figures(told: StationFigures) -> list[tuple[Words, str]]:
    """What, and how many."""
    pace, now = told.pace, told.pace_now
    by_hand = _("not known") if told.by_hand is None else in_percent(told.by_hand)
    return [
        (_("Crossings in 12 hours"), in_digits(told.crossings)),
        (_("Keyed in by an officer"), by_hand),
        (_("Time per traveller, median"), seconds(pace["median"] if pace else None)),
        (_("Nine of ten take less than"), seconds(pace["ninetieth"] if pace else None)),
        (_("Median in the last hour"), seconds(now["median"] if now else None)),
        (_("Against the verdict"), in_digits(told.overridden)),
        (_("With the network otherwise"), in_digits(told.would_have)),
        (_("Held now"), in_digits(told.held)),
        (_("Not yet sent by devices"), in_digits(told.unsent)),
        (_("Sent by devices, to be looked at"), in_digits(told.waiting)),
    ]


def _hour(each: HourCounts) -> str:
    return f"{timezone.localtime(each.hour):%H}:00"


def _unsent(each: DeviceStanding) -> Any:
    many, oldest = each.device["waiting"], each.device["oldest_at"]
    since = _("the oldest from %(since)s") % {"since": moment(oldest)} if oldest and many else ""
    return [str(many), since]


def _drawn_decided(told: StationFigures) -> charts.Chart:
    """What was decided, hour by hour."""
    return charts.columns(
        _("Decisions each hour"),
        _("A column for each hour. The table shows the same numbers."),
        [_hour(each)[:2] for each in told.hours],
        [
            (_("Let through"), [each.through for each in told.hours]),
            (_("Held"), [each.held for each in told.hours]),
            (_("Turned back"), [each.back for each in told.hours]),
        ],
    )


def _drawn_ways(told: StationFigures) -> charts.Chart:
    """Which way, hour by hour."""
    return charts.columns(
        _("Crossings each hour by direction"),
        _("A column for each hour. The table shows the same numbers."),
        [_hour(each)[:2] for each in told.hours],
        [
            (_("Entering"), [each.into for each in told.hours]),
            (_("Leaving"), [each.out for each in told.hours]),
        ],
    )


def _handed_over(station_id: int) -> list[dict[str, Any]]:
    """What was handed over in the last week, latest first, in words."""
    rows = lookups.hand_overs(station_id)
    names = accounts.usernames(
        each for row in rows for each in (row["official_id"], row["taken_by"]) if each is not None
    )
    return [
        {
            **row,
            "officer": names.get(row["official_id"], ""),
            "taker": names.get(row["taken_by"] or 0, ""),
            "queue": in_vehicles(row["step"]),
        }
        for row in rows
    ]
