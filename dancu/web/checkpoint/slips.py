"""The slip that a traveller without a telephone takes along."""

from django.http import Http404, HttpResponse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from dancu.areas import lookups as areas
from dancu.audit import actions as audit
from dancu.checkpoints import lookups
from dancu.checkpoints.errors import BadPassCode, NoSuchPass
from dancu.checkpoints.rows import PassInFull
from dancu.credentials import qr
from dancu.web import paper
from dancu.web.access import duty
from dancu.web.checkpoint import banner
from dancu.web.checkpoint.banner import Banner
from dancu.web.checkpoint.pieces import show
from dancu.web.checkpoint.shift import StationRequest, on_shift


@duty("scan")
@on_shift
@require_safe
def page(request: StationRequest, code: str) -> HttpResponse:
    """The code to photograph or print, once a declaration was keyed in."""
    return shown(request, code, recorded=banner.kept(request))


@duty("scan")
@on_shift
@require_safe
def print_out(request: StationRequest, code: str) -> HttpResponse:
    """The slip as PDF, one page of A6."""
    slip = _handled(request, code)
    code = lookups.pass_code(slip["pass_id"])
    made = paper.pass_pdf(slip, get_language() or "vi")
    return HttpResponse(
        made,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{code}.pdf"'},
    )


def shown(request: StationRequest, code: str, recorded: Banner | None = None) -> HttpResponse:
    """The slip's piece of the desk. `recorded`: what was done just now."""
    slip = _handled(request, code)
    drawn = mark_safe(qr.svg(slip["qr_text"]))  # noqa: S308 (our own drawing)
    context = {
        "slip": slip, "code": lookups.pass_code(slip["pass_id"]), "drawn": drawn, "recorded": recorded,
        "origin": areas.get(slip["origin_area"]), "destination": areas.get(slip["destination_area"]),
    }  # fmt: skip
    return show(request, "slip", context)


def _handled(request: StationRequest, code: str) -> PassInFull:
    """A pass that this officer has keyed in, examined or recorded in this shift; for any other the
    address leads nowhere.
    """
    try:
        slip = lookups.handled(request.acting, lookups.pass_id_of(code))
    except (NoSuchPass, BadPassCode) as problem:
        raise Http404 from problem
    audit.record(
        request.acting, "pass.slip", [slip["person_id"]], detail=f"station {request.shift.station_id}"
    )
    return slip
