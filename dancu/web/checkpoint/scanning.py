"""Scanning: one field, one picture or one camera in, one verdict out."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe
from uuid_utils.compat import uuid7

from dancu.checkpoints import lookups
from dancu.checkpoints.errors import TooManyLookups
from dancu.checkpoints.journeys import VEHICLES
from dancu.checkpoints.lookups import Examination
from dancu.web.access import duty, takes_files
from dancu.web.checkpoint import (
    aboard,
    banner,
    declaring,
    incidents,
    reading,
    remembering,
    undecided,
    vehicle,
)
from dancu.web.checkpoint.differences import declared_identity, number_end
from dancu.web.checkpoint.pieces import show
from dancu.web.checkpoint.reading import FORGED, ForgedGroup, NotUnderstood, PresentedCode
from dancu.web.checkpoint.ready import ready
from dancu.web.checkpoint.shift import StationRequest, on_shift
from dancu.web.checkpoint.verdicts import of_examination


@duty("scan")
@on_shift
@require_safe
def home(request: StationRequest) -> HttpResponse:
    """Ready for the next one."""
    return ready(request, recorded=banner.kept(request), vehicle=aboard.told(request))


@takes_files
@duty("scan")
@on_shift
@require_POST
def examine(request: StationRequest) -> HttpResponse:
    """What was scanned, typed or photographed: a pass is examined, a number or a card is looked up in the
    register, the holder of a passport is keyed in.
    """
    text = request.POST.get("text", "")
    aboard.forget_finished(request)
    if request.POST.get("mistyped"):
        undecided.dismiss(request, text)
        return ready(request)
    try:
        picture = request.FILES.get("picture")
        shown = reading.read(reading.in_picture(picture) if picture and not text.strip() else text)
        if shown.passport:
            return declaring.ask_who(request, shown.passport)
        if shown.number or shown.card:
            return declaring.begin(request, shown)
        if shown.group:
            return vehicle.begin_with(request, shown.group)
    except ForgedGroup as forged:
        verdict = of_examination(Examination(forged.status, "red"))
        return incidents.begin(request, verdict, forged.status, text.strip())
    except (NotUnderstood, TooManyLookups) as problem:
        return ready(
            request,
            text=text,
            problem=str(problem),
            status=429 if isinstance(problem, TooManyLookups) else 422,
        )
    return result(request, _examined(request, shown), text=shown.text)


def examined_again(
    request: StationRequest, pass_id: int, notice: str, *, offers_revoking: bool = False
) -> HttpResponse:
    """The verdict on a pass that was on the desk before, with what was done to it just now."""
    examined = lookups.examine(request.acting, request.shift.station_id, pass_id=pass_id)
    return result(request, examined, notice=notice, offers_revoking=offers_revoking)


def result(
    request: StationRequest,
    examined: Examination,
    *,
    text: str = "",
    notice: str = "",
    offers_revoking: bool = False,
) -> HttpResponse:
    """The verdict and, where a pass stands behind it, the three decisions; a forged code becomes an
    incident.
    """
    verdict, declared = of_examination(examined), examined.declaration
    context: dict[str, Any] = {
        "examined": examined,
        "verdict": verdict,
        "notice": notice,
        "offers_revoking": offers_revoking,
    }
    if examined.status in FORGED or (examined.status == "unknown_pass" and examined.facts):
        return incidents.begin(request, verdict, examined.status, text)
    if declared is None:
        return ready(request, problem="", **context)
    if verdict.answer == "stop":
        undecided.note(request, declared["pass_id"])
    elif not declared[
        "official_id"
    ]:  # who was keyed in has a pass and is expected from now on, whatever the verdict
        undecided.forget(request, declared["pass_id"])
    known = examined.memory
    return show(
        request,
        "result",
        context
        | {
            "crossing_id": uuid7(),
            "declared": declared,
            "identity": declared_identity(declared),
            "number": number_end(declared["number"]),
            "vehicle": VEHICLES.get(declared["vehicle"], declared["vehicle"]),
            "again": declared["number_kind"] in ("pin", "cmnd"),
            "may_be_known": declared["person_id"]
            < 0,  # nobody's yet: who it may be is looked up by name, as for one without a pass
            "history": remembering.history(known) if known else [],
            "for_a_reason": examined.for_a_reason,
        },
    )


def _examined(request: StationRequest, shown: PresentedCode) -> Examination:
    return lookups.examine(request.acting, request.shift.station_id, text=shown.text, pass_id=shown.pass_id)
