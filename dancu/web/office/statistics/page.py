"""How many people live where, of what age and sex: for officials, of their own area, and as files for a
spreadsheet.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
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
from dancu.register.lookups import Statistics, StatisticsPart
from dancu.text.folding import fold
from dancu.web.access import duty
from dancu.web.forms import CommuneField, helper
from dancu.web.office.sign_in.forms import sent
from dancu.web.office.statistics.amounts import NOT_TOLD, in_digits, in_percent
from dancu.web.office.statistics.pyramid import drawn, label
from dancu.web.shared.places import place
from dancu.web.sheets import Table, csv_file, xlsx_file

Words = str | Promise

# sort key in the address: heading, what is sorted by, how it is shown
_COLUMNS: dict[str, tuple[Words, Callable[[StatisticsPart], Any], Callable[[Any], str]]] = {
    "name": (gettext_lazy("Area"), lambda part: fold(part.area.short_name), str),
    "people": (gettext_lazy("People"), attrgetter("people"), in_digits),
    "men": (gettext_lazy("Male"), attrgetter("men"), in_digits),
    "women": (gettext_lazy("Female"), attrgetter("women"), in_digits),
    "children": (gettext_lazy("Under 16"), attrgetter("share_under_16"), in_percent),
    "old": (gettext_lazy("60 and over"), attrgetter("share_from_60"), in_percent),
}


class ChoiceOfArea(forms.Form):
    """A commune to see the statistics of."""

    commune = CommuneField(label=gettext_lazy("Commune"), on=timezone.localdate)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("commune", submit=gettext_lazy("Show"))


@dataclass(frozen=True)
class Heading:
    """Of a column: its words, where a click on it leads, and how it is sorted now (aria-sort)."""

    words: Words
    url: str
    sorted: str


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
        told = lookups.statistics(request.acting, _asked(request))
    except NotYourArea as refused:
        if not request.GET.get("area"):
            return render(request, "office/statistics.html", {"refused": refused}, status=403)
        messages.error(request, str(refused))
        return redirect("office:statistics")
    sort = _sort(request)
    kind, number = request.acting.jurisdiction_kind, request.acting.jurisdiction_id
    context = {
        "told": told,
        "form": form,
        "can_choose": kind == "nation" or areas.get(number).level != areas.COMMUNE,
        "name": told.area.path if told.area else place("nation", 0),
        "above": _above(request, told),
        "figures": _figures(told),
        "pyramid": drawn(told.bands),
        "bands": [
            (label(band), *map(in_digits, (band.men, band.women, band.people)))
            for band in reversed(told.bands)
        ],
        "hides": None
        in [each for band in told.bands for each in (band.men, band.women)]
        + [part.men for part in told.parts],
        "headings": [_heading(request, key, sort) for key in _COLUMNS],
        "parts": [
            (
                part.area,
                [show(value(part)) for key, (_words, value, show) in _COLUMNS.items() if key != "name"],
            )
            for part in _sorted(told.parts, sort)
        ],
        "query": urlencode(query := {"area": told.area.area_id} if told.area else {}),
        "parts_query": urlencode({"table": "areas", **query}),
    }
    return render(request, "office/statistics.html", context)


@duty("statistics")
def as_csv(request: OfficialRequest) -> HttpResponse:
    """A table as CSV: the list of units, or (`table=ages`) the ages."""
    return _file(request, "csv", lambda table, name: csv_file(table, name))


@duty("statistics")
def as_xlsx(request: OfficialRequest) -> HttpResponse:
    """The same as an Excel workbook."""
    return _file(request, "xlsx", lambda table, name: xlsx_file(table, name, _("Population")))


def _file(request: OfficialRequest, kind: str, made: Callable[[Table, str], HttpResponse]) -> HttpResponse:
    try:
        told = lookups.statistics(request.acting, _asked(request), width=1, detail=kind)
    except NotYourArea as refused:
        messages.error(request, str(refused))
        return redirect("office:statistics")
    by_area = request.GET.get("table") == "areas"
    code = told.area.code if told.area else "vn"
    name = f"dancu-{'areas' if by_area else 'ages'}-{code}-{timezone.localdate()}"
    return made(_areas(told) if by_area else _ages(told), name)


def _ages(told: Statistics) -> Table:
    """Single years of provinces and the country, of communes bands of five."""
    yield [_("Age reached in %(year)s") % {"year": told.year}, _("Male"), _("Female"), _("People")]
    for band in told.bands:
        yield [label(band), *map(_cell, (band.men, band.women, band.people))]


def _areas(told: Statistics) -> Iterator[list[Any]]:
    yield [_("Code"), _("Area"), _("People"), _("Male"), _("Female"), _("Under 16"), _("60 and over")]
    for part in told.parts:
        numbers = (part.people, part.men, part.women, part.under_16, part.from_60)
        yield [part.area.code, part.area.path, *map(_cell, numbers)]


def _cell(people: int | None) -> int | str:
    return NOT_TOLD if people is None else people


def _asked(request: HttpRequest) -> int | None:
    """The area of the address; one that no unit can have where it is no number."""
    asked = request.GET.get("area", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else -1 if asked else None


def _above(request: OfficialRequest, told: Statistics) -> list[tuple[Words, str]]:
    """What this area lies in, as far as the official may look, the widest first."""
    here = reverse("office:statistics")
    if told.area is None or told.area.area_id == request.acting.jurisdiction_id:
        return []
    if request.acting.jurisdiction_kind == "nation":
        trail: list[tuple[Words, str]] = [(place("nation", 0), here)]
        units = told.area.ancestors
    else:
        trail, own = [], request.acting.jurisdiction_id
        units = [unit for unit in told.area.ancestors if unit == own or own in areas.get(unit).ancestors]
    return trail + [
        (areas.get(unit).name, f"{here}?area={unit}")
        for unit in sorted(units, key=lambda unit: areas.get(unit).level)
    ]


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


def _sort(request: HttpRequest) -> tuple[str, bool]:
    """The column, and whether the largest comes first."""
    asked = request.GET.get("sort", "name")
    key = asked.removeprefix("-")
    return (key, asked.startswith("-")) if key in _COLUMNS else ("name", False)


def _sorted(parts: Any, sort: tuple[str, bool]) -> list[StatisticsPart]:
    """What is not told comes last, whichever way."""
    value = _COLUMNS[sort[0]][1]
    told = [part for part in parts if value(part) is not None]
    return sorted(told, key=value, reverse=sort[1]) + [part for part in parts if value(part) is None]


def _heading(request: HttpRequest, key: str, sort: tuple[str, bool]) -> Heading:
    """Numbers are sorted from the largest first, names from A; a second click turns it round."""
    descending = not sort[1] if key == sort[0] else key != "name"
    query = request.GET.copy()
    query["sort"] = f"{'-' if descending else ''}{key}"
    now = ("descending" if sort[1] else "ascending") if key == sort[0] else "none"
    return Heading(_COLUMNS[key][0], f"?{query.urlencode()}#areas", now)
