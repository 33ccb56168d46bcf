"""How many people live where, of what age and sex: for officials, of their own area, and as files for a
spreadsheet.
"""

from dataclasses import replace
from operator import attrgetter
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dancu.accounts.caller import OfficialRequest
from dancu.areas import lookups as areas
from dancu.register import lookups
from dancu.register.errors import NotYourArea
from dancu.register.lookups import AgeBand, Statistics, StatisticsPart
from dancu.text.folding import fold
from dancu.web.access import duty
from dancu.web.forms import CommuneField, helper
from dancu.web.kit.cells import link
from dancu.web.kit.columns import FILE, PAGE, ListColumn
from dancu.web.kit.lists import Listing
from dancu.web.kit.maps import MapPoint, PointMap, point_map
from dancu.web.office.sign_in.forms import sent
from dancu.web.office.statistics.area_of import above, asked_area, name_of
from dancu.web.office.statistics.pyramid import drawn, label
from dancu.web.shared.amounts import NOT_TOLD, in_digits, in_percent

Words = str | Promise


def _cell(people: int | None) -> int | str:
    return NOT_TOLD if people is None else people


def _number(name: str, words: Words, share: str = "") -> ListColumn[Any]:
    """A number of people; on the page the share of them that is `share`, where there is one."""
    told = attrgetter(share or name)
    return ListColumn(
        name,
        words,
        lambda part: _cell(getattr(part, name)),
        lambda part: in_percent(told(part)) if share else in_digits(told(part)),
        order={"under_16": "children", "from_60": "old"}.get(name, name),
        key=told,
        falling=True,
        numeric=True,
    )


_PEOPLE = [
    ("people", gettext_lazy("People")),
    ("men", gettext_lazy("Male")),
    ("women", gettext_lazy("Female")),
]
AREAS: Listing[StatisticsPart] = Listing(
    gettext_lazy("By area"),
    (
        ListColumn("code", gettext_lazy("Code"), lambda part: part.area.code, on=(FILE,)),
        ListColumn(
            "name",
            gettext_lazy("Area"),
            lambda part: part.area.path,
            lambda part: link(f"?area={part.area.area_id}", part.area.name),
            order="name",
            key=lambda part: fold(part.area.short_name),
        ),
        *(_number(name, words) for name, words in _PEOPLE),
        _number("under_16", gettext_lazy("Under 16"), "share_under_16"),
        _number("from_60", gettext_lazy("60 and over"), "share_from_60"),
    ),
    order="name",
)


class ChoiceOfArea(forms.Form):
    """A commune to see the statistics of."""

    commune = CommuneField(label=gettext_lazy("Commune"), on=timezone.localdate)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("commune", submit=gettext_lazy("Show"))


@duty("statistics")
def statistics(request: OfficialRequest) -> HttpResponse:
    """The pyramid and totals of an area, and its parts; or, where a commune was asked for by name, the
    way to it.
    """
    form = ChoiceOfArea(sent(request))
    if form.is_valid():
        return redirect(
            f"{reverse('office:statistics')}?{urlencode({'area': form.cleaned_data['commune'].area_id})}"
        )
    try:
        told = lookups.statistics(request.acting, asked_area(request))
    except NotYourArea as refused:
        if not request.GET.get("area"):
            return render(request, "office/statistics.html", {"refused": refused}, status=403)
        messages.error(request, str(refused))
        return redirect("office:statistics")
    kind, number = request.acting.jurisdiction_kind, request.acting.jurisdiction_id
    context = {
        "told": told,
        "form": form,
        "can_choose": kind == "nation" or areas.get(number).level != areas.COMMUNE,
        "name": name_of(told.area),
        "above": above(request, told.area, reverse("office:statistics")),
        "figures": _figures(told),
        "pyramid": drawn(told.bands),
        "ages": _ages(told.year).shown(request, reversed(told.bands)),
        "hides": None
        in [each for band in told.bands for each in (band.men, band.women)]
        + [part.men for part in told.parts],
        "map": _map(told),
        "list": AREAS.shown(request, AREAS.in_order(told.parts, request.GET), "#areas"),
        "query": urlencode(query := {"area": told.area.area_id} if told.area else {}),
        "parts_query": urlencode({"table": "areas", **query}),
    }
    return render(request, "office/statistics.html", context)


@duty("statistics")
def as_file(request: OfficialRequest, file: str) -> HttpResponse:
    """A table as CSV or as an Excel workbook: the list of units, or (`table=ages`) the ages."""
    try:
        told = lookups.statistics(request.acting, asked_area(request), width=1, detail=file)
    except NotYourArea as refused:
        messages.error(request, str(refused))
        return redirect("office:statistics")
    where = told.area.code if told.area else "vn"
    if request.GET.get("table") == "areas":
        return AREAS.as_file(file, told.parts, name=f"areas-{where}", title=_("Population"))
    return _ages(told.year).as_file(file, told.bands, name=f"ages-{where}", title=_("Population"))


def _ages(year: int) -> Listing[AgeBand]:
    """Single years of provinces and the country, of communes bands of five."""
    numbers = (replace(_number(name, words), order="") for name, words in _PEOPLE[1:] + _PEOPLE[:1])
    ages = (
        ListColumn("age", gettext_lazy("Age"), label, on=(PAGE,)),
        ListColumn("reached", _("Age reached in %(year)s") % {"year": year}, label, on=(FILE,)),
    )
    return Listing(gettext_lazy("By age"), (*ages, *numbers))


def _map(told: Statistics) -> PointMap | None:
    """The parts where they are, over all communes of the area; None where there are none."""
    points = [
        MapPoint(part.area.name, where, part.people, f"?area={part.area.area_id}")
        for part in told.parts
        if (where := _place(part.area))
    ]
    here = (
        area
        for area in areas.communes(timezone.localdate())
        if told.area in (None, areas.get(area.province_id))
    )
    ground = [where for area in here if (where := _place(area))]
    words = gettext_lazy("Each circle is as large as its number of people. The dots are communes.")
    return point_map(words, points, ground) if points else None


def _place(area: areas.Area) -> tuple[float, float] | None:
    if area.latitude is None or area.longitude is None:
        return None
    return area.latitude, area.longitude


def _figures(told: Statistics) -> list[tuple[Words, str, str]]:
    """What, how many, and what share of the living."""
    return [
        (_("People"), in_digits(told.people), ""),
        (_("Male"), in_digits(told.men), _share(told.men, told.people)),
        (_("Female"), in_digits(told.women), _share(told.women, told.people)),
        (_("Children under 16"), in_digits(told.under_16), _share(told.under_16, told.people)),
        (_("60 and over"), in_digits(told.from_60), _share(told.from_60, told.people)),
        (_("Declared missing"), in_digits(told.missing), ""),
        (_("Deceased"), in_digits(told.dead), ""),
    ]


def _share(part: int | None, whole: int | None) -> str:
    return in_percent(part / whole) if part is not None and whole else ""
