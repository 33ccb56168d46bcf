"""No telephone, no declaration (four travellers in ten): the register fills in who, the officer adds where to and the plate."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from uuid_utils.compat import uuid7

from dancu.areas import lookups as areas
from dancu.checkpoints import actions, lookups
from dancu.checkpoints.errors import BadCrossingId, ReasonNeeded, TooManyLookups
from dancu.checkpoints.lookups import Traveller, pass_code
from dancu.matching.lookups import DeclaredDate
from dancu.web.access import duty
from dancu.web.checkpoint import slips
from dancu.web.checkpoint.claims import Claimed, compared, completed, held, meant, said
from dancu.web.checkpoint.deciding import ask_reason, recorded_in_words
from dancu.web.checkpoint.differences import differences, number_end
from dancu.web.checkpoint.forms import TravellerForm
from dancu.web.checkpoint.pieces import is_htmx, show
from dancu.web.checkpoint.reading import Shown
from dancu.web.checkpoint.ready import ready
from dancu.web.checkpoint.shift import on_shift
from dancu.web.checkpoint.verdicts import of_comparison

MOST_OFFERED = 5


@duty("scan")
@on_shift
@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest) -> HttpResponse:
    """GET: a form for one without any number. POST: the declaration; let through at once, or stopped for a reason."""
    if request.method != "POST":
        return _page(request, Claimed())
    form = TravellerForm(
        request.POST, offered=_offered(request, request.POST.get("to"), request.POST.get("home_area")),
        station_area=request.shift.station["area_id"],
    )  # fmt: skip
    try:
        return _declared(request, form) if form.is_valid() else _page(request, _claimed_in(form), form)
    except BadCrossingId as problem:
        form.add_error(None, str(problem))
        return _page(request, _claimed_in(form), form)
    except TooManyLookups as problem:
        return ready(request, problem=str(problem), status=429)


def begin(request: HttpRequest, shown: Shown) -> HttpResponse:
    """A number was typed or a card scanned: the form with what the register knows. Raises TooManyLookups."""
    if not (card := shown.card):
        return _page(request, Claimed(shown.number, "cmnd" if len(shown.number) == 9 else "pin"))
    birth = DeclaredDate(card.birth_year, card.birth_month, card.birth_day)
    home = areas.parse_address(card.address, card.issued_on or timezone.localdate()).area
    return _page(
        request, Claimed(card.number, card.number_kind, card.full_name, birth, card.sex, home and home.area_id)
    )


def _declared(request: HttpRequest, form: TravellerForm) -> HttpResponse:
    given, decision = form.cleaned_data, request.POST.get("decision", "through")
    if decision in ("secondary", "back"):
        return _ask_reason(request, form, decision)
    try:
        declared = actions.declare_and_let_through(
            form.journey(), request.acting, declaration_id=given["declaration_id"], crossing_id=given["crossing_id"],
            station_id=request.shift.station_id, direction=request.shift.direction,
        )  # fmt: skip
    except ReasonNeeded:
        return _ask_reason(request, form, "override")
    code = pass_code(declared.pass_id)
    if is_htmx(request):
        return slips.shown(request, code, recorded=recorded_in_words("through", given["crossing_id"]))
    messages.success(request, recorded_in_words("through", given["crossing_id"]))
    return redirect("checkpoint:slip", code=code)


def _ask_reason(request: HttpRequest, form: TravellerForm, decision: str) -> HttpResponse:
    """The declaration is taken; what is decided is recorded with its reason."""
    given = form.cleaned_data
    declared = actions.declare(form.journey(), given["declaration_id"], request.acting)
    return ask_reason(request, pass_code(declared.pass_id), given["crossing_id"], decision, given["plate"])


def _page(request: HttpRequest, claimed: Claimed, form: TravellerForm | None = None) -> HttpResponse:
    travellers = lookups.identify(request.acting, claimed.number) if claimed.number_kind in ("pin", "cmnd") else []
    picked = request.POST.get("person", "")
    if len(travellers) > 1 and not picked and not claimed.name:
        return show(
            request, "which", {"travellers": travellers, "number": claimed.number, "masked": number_end(claimed.number)}
        )
    traveller = meant(claimed, travellers, picked)
    claimed = completed(claimed, traveller)
    comparison = compared(claimed, traveller)
    found = differences(comparison.levels, said(claimed), held(traveller)) if traveller else []
    return show(request, "traveller", {
        "form": form or _form(request, claimed, traveller), "traveller": traveller, "claimed": claimed, "said": said(claimed),
        "home_today": _as_of_today(claimed.home_area), "masked": number_end(claimed.number), "verdict": of_comparison(comparison, found), "picked": picked,
        "passes": [_offer(row) for row in traveller.passes] if traveller else [],
    }, 422 if form else 200)  # fmt: skip


def _form(request: HttpRequest, claimed: Claimed, traveller: Traveller | None) -> TravellerForm:
    home = _as_of_today(claimed.home_area)
    return TravellerForm(
        offered=_offered(request, home), station_area=request.shift.station["area_id"],
        initial={
            "declaration_id": uuid7(), "crossing_id": uuid7(), "number_kind": claimed.number_kind, "number": claimed.number,
            "full_name": claimed.name, "birth": claimed.birth, "sex": claimed.sex or "", "home_area": claimed.home_area, "origin": home,
            "nationality": "VNM", "vehicle": "motorbike",
        },
    )  # fmt: skip


def _claimed_in(form: TravellerForm) -> Claimed:
    """What of the identity was keyed in well, of a form that goes back to the officer."""
    given = form.cleaned_data
    return Claimed(
        given.get("number", ""), given.get("number_kind", "none"), given.get("full_name", ""), given.get("birth"), given.get("sex") or 0,
        given.get("home_area"),
    )  # fmt: skip


def _offered(request: HttpRequest, *area_ids: int | str | None) -> list[areas.Area]:
    """Communes to tap: these, and where most went who passed the station last."""
    ids = [int(text) for text in map(str, area_ids) if text.isdecimal() and len(text) < 10]
    wanted = [areas.get_many([area_id]).get(area_id) for area_id in map(_as_of_today, ids) if area_id]
    wanted = [area for area in wanted if area and area.level == areas.COMMUNE]
    recent = lookups.recent_destinations(request.shift.station_id)
    return list({area.area_id: area for area in (*wanted, *recent)}.values())[:MOST_OFFERED]


def _as_of_today(area_id: int | None) -> int | None:
    """A commune that a reform has ended is today the one that took most of it."""
    area = areas.get_many([area_id]).get(area_id) if area_id else None
    while area and not area.stood(timezone.localdate()) and (after := areas.successors(area.area_id)):
        area = after[0]
    return area and area.area_id


def _offer(row: dict[str, Any]) -> dict[str, Any]:
    """A pass the traveller has already."""
    found = areas.get_many((row["origin_area"], row["destination_area"]))
    return row | {
        "code": pass_code(row["pass_id"]), "origin": found.get(row["origin_area"]), "destination": found.get(row["destination_area"]),
    }  # fmt: skip
