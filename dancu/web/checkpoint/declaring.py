"""No telephone, no declaration (four travellers in ten): the register fills in who, the officer adds
where to and the plate.
"""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from uuid_utils.compat import uuid7

from dancu.accounts.caller import OfficialRequest
from dancu.areas import lookups as areas
from dancu.checkpoints import actions, lookups
from dancu.checkpoints.errors import BadCrossingId, DeclaredOtherwise, ReasonNeeded, TakenBack, TooManyLookups
from dancu.checkpoints.lookups import Traveller, pass_code
from dancu.checkpoints.memory import Memory
from dancu.checkpoints.rows import ListedPass
from dancu.matching import lookups as matching
from dancu.matching.lookups import PartialDate
from dancu.web.access import duty
from dancu.web.checkpoint import banner, slips, undecided
from dancu.web.checkpoint.claims import (
    Claimed,
    best_traveller,
    claimed_identity,
    compared,
    completed,
    registered_identity,
)
from dancu.web.checkpoint.deciding import ask_reason
from dancu.web.checkpoint.differences import differences, number_end
from dancu.web.checkpoint.forms import DeskIdentityForm, TravellerForm
from dancu.web.checkpoint.lost import first_stands
from dancu.web.checkpoint.pieces import show
from dancu.web.checkpoint.reading import PresentedCode
from dancu.web.checkpoint.ready import ready
from dancu.web.checkpoint.shift import StationRequest, on_shift
from dancu.web.checkpoint.verdicts import of_comparison, remembered
from dancu.web.htmx import is_htmx

MOST_OFFERED = 5
NUMBERED = ("pin", "cmnd")  # papers whose number the register knows


@duty("scan")
@on_shift
@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: StationRequest) -> HttpResponse:
    """GET: to the question who it is. POST: the declaration; let through at once, or stopped for a reason.

    With `again` it comes back from a session that had ended: the form as it was keyed in, and nothing is
    recorded yet.
    """
    if request.method != "POST":
        return redirect("checkpoint:who")
    form = TravellerForm(
        request.POST, offered=_offered(request, request.POST.get("to"), request.POST.get("home_area")),
        station_area=request.shift.station["area_id"],
    )  # fmt: skip
    try:
        if form.is_valid() and "again" not in request.POST:
            return _declared(request, form)
        return _page(request, _claimed_in(form), form)
    except BadCrossingId as problem:
        form.add_error(None, str(problem))
        return _page(request, _claimed_in(form), form)
    except TakenBack as problem:
        return ready(request, problem=str(problem), status=422)
    except TooManyLookups as problem:
        return ready(request, problem=str(problem), status=429)


def _not_recorded(_request: HttpRequest) -> str:
    return _(
        "Your session ended, so nothing was recorded. Sign in, and what you entered will be shown again for "
        "you to send."
    )


declare.unsent = _not_recorded  # type: ignore[attr-defined]  # see web/access.py


@duty("scan")
@on_shift
@require_http_methods(["GET", "HEAD", "POST"])
def who(request: StationRequest) -> HttpResponse:
    """One without a code, card or number: who is it? POST: is it one of these; or, chosen or found none
    of them, the declaration's form.
    """
    if request.method != "POST":
        return show(
            request, "who", {"form": DeskIdentityForm(initial={"number_kind": "none", "nationality": "VNM"})}
        )
    form = DeskIdentityForm(request.POST)
    if not form.is_valid():
        return show(request, "who", {"form": form}, 422)
    claimed = _claimed_in(form)
    try:
        return (
            _page(request, claimed)
            if _settled(request, claimed)
            else _which(request, claimed, "checkpoint:who")
        )
    except TooManyLookups as problem:
        return ready(request, problem=str(problem), status=429)


who.unsent = _not_recorded  # type: ignore[attr-defined]


def ask_who(request: StationRequest, passport: str) -> HttpResponse:
    """A passport's number was typed, of which the register holds none: the form for who it is, with that
    number.
    """
    form = DeskIdentityForm(initial={"number_kind": "passport", "number": passport, "nationality": ""})
    return show(request, "who", {"form": form, "passport": passport})


def begin(request: StationRequest, shown: PresentedCode) -> HttpResponse:
    """A number was typed or a card scanned: the form with what the register knows. Raises TooManyLookups."""
    if not (card := shown.card):
        return _page(request, Claimed(shown.number, "cmnd" if len(shown.number) == 9 else "pin"))
    birth = PartialDate(card.birth_year, card.birth_month, card.birth_day)
    home = areas.parse_address(card.address, card.issued_on or timezone.localdate()).area
    return _page(
        request,
        Claimed(card.number, card.number_kind, card.full_name, birth, card.sex, home and home.area_id),
        of_card=True,
    )


def _declared(request: StationRequest, form: TravellerForm) -> HttpResponse:
    given, decision = form.cleaned_data, request.POST.get("decision", "through")
    lookups.count_keyed_in(request.acting)
    if not _settled(request, claimed := _claimed_in(form)):
        return _which(request, claimed, "checkpoint:declare")
    if decision in ("secondary", "back"):
        return _ask_reason(request, form, decision)
    if _is_asked_for(request, claimed):
        return _ask_reason(request, form, "override")
    try:
        declared = actions.declare_and_let_through(
            form.journey(),
            request.acting,
            declaration_id=given["declaration_id"],
            crossing_id=given["crossing_id"],
            station_id=request.shift.station_id,
            direction=request.shift.direction,
            person_id=_recognised(request, claimed),
        )
    except ReasonNeeded:
        return _ask_reason(request, form, "override")
    except DeclaredOtherwise as first:
        pass_id = lookups.pass_of_declaration(first.declaration_id)["pass_id"]
        return first_stands(request, pass_id, given["crossing_id"], "through", changed=True) or ready(request)
    if answer := first_stands(request, declared.pass_id, given["crossing_id"], "through"):
        return answer
    code = pass_code(declared.pass_id)
    undecided.settle(request, declared.pass_id)
    if is_htmx(request):
        return slips.shown(
            request, code, recorded=banner.banner("through", declared.pass_id, given["crossing_id"])
        )
    banner.keep(request, "through", declared.pass_id, given["crossing_id"])
    return redirect("checkpoint:slip", code=code)


def _is_asked_for(request: StationRequest, claimed: Claimed) -> bool:
    """Whether letting through takes a reason by what the page told of one whom the register does not know:
    who was stopped here is compared more widely than who is seen elsewhere.
    """
    if claimed.number_kind in NUMBERED or _recognised(request, claimed):
        return False
    known = _remembered(request, claimed)
    return bool(known.stops or known.is_refused())


def _remembered(request: StationRequest, claimed: Claimed) -> Memory:
    declared = matching.ClaimedIdentity(claimed.number, claimed.name, claimed.birth, claimed.sex)
    return lookups.remembered_of(request.acting, declared, request.shift.station_id)


def _ask_reason(request: StationRequest, form: TravellerForm, decision: str) -> HttpResponse:
    """The declaration is taken; what is decided is recorded with its reason."""
    given = form.cleaned_data
    chosen = _recognised(request, _claimed_in(form))
    declared = actions.declare(form.journey(), given["declaration_id"], request.acting, person_id=chosen)
    pressed = "through" if decision == "override" else decision
    if answer := first_stands(
        request, declared.pass_id, given["crossing_id"], pressed, changed=declared.differs
    ):
        return answer
    return ask_reason(request, pass_code(declared.pass_id), given["crossing_id"], decision, given["plate"])


def _page(
    request: StationRequest, claimed: Claimed, form: TravellerForm | None = None, *, of_card: bool = False
) -> HttpResponse:
    picked = request.POST.get("person", "")
    if claimed.number_kind in NUMBERED:
        travellers = lookups.identify(request.acting, claimed.number)
    else:
        travellers = (
            [one for one in _alike(request, claimed) if str(one.person.person_id) == picked] if picked else []
        )
    if len(travellers) > 1 and not picked and not claimed.name:
        return show(
            request,
            "which",
            {"travellers": travellers, "number": claimed.number, "masked": number_end(claimed.number)},
        )
    traveller = best_traveller(claimed, travellers, picked)
    if (
        traveller and claimed.number_kind not in NUMBERED
    ):  # the officer chose them: the register knows how they are written
        claimed = replace(claimed, name="", birth=None, sex=0)
    claimed = completed(claimed, traveller)
    comparison = compared(claimed, traveller)
    found = (
        differences(comparison.levels, claimed_identity(claimed), registered_identity(traveller))
        if traveller
        else []
    )
    verdict = of_comparison(comparison, found, claimed.number_kind)
    known = traveller.memory if traveller else _remembered(request, claimed)
    verdict = remembered(verdict, known)
    if verdict.answer == "stop" and claimed.number:
        undecided.note_number(
            request,
            claimed.number,
            claimed.name,
            typed=not of_card,
            stopped=any(stop["sure"] for stop in known.stops),
        )
    return show(
        request,
        "traveller",
        {
            "form": form or _form(request, claimed, traveller),
            "traveller": traveller,
            "claimed": claimed,
            "said": claimed_identity(claimed),
            "home_today": _as_of_today(claimed.home_area),
            "masked": number_end(claimed.number),
            "verdict": verdict,
            "picked": picked,
            "passes": [_offer(row) for row in traveller.passes] if traveller else [],
            "for_a_reason": bool(
                known.stops or known.is_refused() or (traveller and verdict.answer == "stop")
            ),
            "known": bool(traveller or claimed.name),
        },
        422 if form and form.errors else 200,
    )


def _form(request: StationRequest, claimed: Claimed, traveller: Traveller | None) -> TravellerForm:
    home = _as_of_today(claimed.home_area)
    return TravellerForm(
        offered=_offered(request, home),
        station_area=request.shift.station["area_id"],
        initial={
            "declaration_id": uuid7(),
            "crossing_id": uuid7(),
            "number_kind": claimed.number_kind,
            "number": claimed.number,
            "full_name": claimed.name,
            "birth": claimed.birth,
            "sex": claimed.sex or "",
            "home_area": claimed.home_area,
            "origin": home,
            "nationality": claimed.nationality or "VNM",
            "vehicle": "motorbike",
        },
    )


def _settled(request: OfficialRequest, claimed: Claimed) -> bool:
    """Whether it is known who this is: by a number, or because the officer chose among those alike, or
    none of them, or there are none.
    """
    chosen = request.POST.get("person") or request.POST.get("none_of_them")
    return bool(claimed.number_kind in NUMBERED or chosen or not _alike(request, claimed))


def _alike(request: OfficialRequest, claimed: Claimed) -> list[Traveller]:
    """The people of the register whom one without a number may be; asked once for each page."""
    asked = vars(request)
    if "alike" not in asked:
        identity = matching.declared_identity("", claimed.name, claimed.birth, claimed.sex)
        asked["alike"] = lookups.alike(request.acting, identity)
    return asked["alike"]


def _recognised(request: OfficialRequest, claimed: Claimed) -> int | None:
    """The person of the register whom the officer chose, if the register offered them for this name and
    birth date.
    """
    picked = request.POST.get("person", "")
    if claimed.number_kind in NUMBERED or not picked:
        return None
    return next(
        (one.person.person_id for one in _alike(request, claimed) if str(one.person.person_id) == picked),
        None,
    )


def _which(request: StationRequest, claimed: Claimed, page: str) -> HttpResponse:
    """Is it one of these? What was typed goes along; so does what is pressed."""
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
    return show(
        request,
        "alike",
        {
            "alike": [(one, registered_identity(one)) for one in _alike(request, claimed)],
            "said": claimed_identity(claimed),
            "typed": typed,
            "page": reverse(page),
        },
    )


def _claimed_in(form: DeskIdentityForm) -> Claimed:
    """What of the identity was keyed in well, of a form that goes back to the officer."""
    given = form.cleaned_data
    return Claimed(
        given.get("number", ""),
        given.get("number_kind", "none"),
        given.get("full_name", ""),
        given.get("birth"),
        given.get("sex") or 0,
        given.get("home_area"),
        given.get("nationality", ""),
    )


def _offered(request: StationRequest, *area_ids: int | str | None) -> list[areas.Area]:
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


def _offer(row: ListedPass) -> dict[str, Any]:
    """A pass the traveller has already."""
    found = areas.get_many((row["origin_area"], row["destination_area"]))
    return row | {
        "code": pass_code(row["pass_id"]),
        "origin": found.get(row["origin_area"]),
        "destination": found.get(row["destination_area"]),
    }
