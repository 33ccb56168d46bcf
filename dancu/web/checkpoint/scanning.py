"""Scanning: one field, one picture or one camera in, one verdict out."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe
from uuid_utils.compat import uuid7

from dancu.areas import lookups as areas
from dancu.checkpoints import lookups
from dancu.checkpoints.errors import TooManyLookups
from dancu.checkpoints.journeys import VEHICLES
from dancu.checkpoints.lookups import Examination
from dancu.web.access import duty
from dancu.web.checkpoint import declaring, reading
from dancu.web.checkpoint.differences import declared_identity, number_end
from dancu.web.checkpoint.pieces import show
from dancu.web.checkpoint.reading import NotUnderstood, Shown
from dancu.web.checkpoint.ready import ready
from dancu.web.checkpoint.shift import on_shift
from dancu.web.checkpoint.verdicts import of_examination

WITHOUT_CROSSING = ("altered", "unknown_key", "withdrawn_key", "unreadable", "unknown_pass")


@duty("scan")
@on_shift
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Ready for the next one."""
    return ready(request)


@duty("scan")
@on_shift
@require_POST
def examine(request: HttpRequest) -> HttpResponse:
    """What was scanned, typed or photographed: a pass is examined, a number or a card is looked up in the register."""
    text = request.POST.get("text", "")
    try:
        picture = request.FILES.get("picture")
        shown = reading.read(reading.in_picture(picture) if picture and not text.strip() else text)
        if shown.number or shown.card:
            return declaring.begin(request, shown)
    except (NotUnderstood, TooManyLookups) as problem:
        return ready(
            request, text=text, problem=str(problem), status=429 if isinstance(problem, TooManyLookups) else 422
        )
    return result(request, _examined(request, shown))


@duty("scan")
@on_shift
@require_safe
def recent(request: HttpRequest) -> HttpResponse:
    """What this officer recorded last at the station."""
    rows = lookups.recent_crossings(request.acting, request.shift.station_id)
    found = areas.get_many(row["destination_area"] for row in rows)
    for row in rows:
        row["destination"] = found.get(row["destination_area"])
    return show(request, "recent", {"crossings": rows})


def result(request: HttpRequest, examined: Examination) -> HttpResponse:
    """The verdict and, where a pass stands behind it, the three decisions."""
    verdict, declared = of_examination(examined), examined.declaration
    context: dict[str, Any] = {"examined": examined, "verdict": verdict}
    if declared is None or examined.status in WITHOUT_CROSSING:
        return ready(request, problem="", **context)
    return show(request, "result", context | {
        "crossing_id": uuid7(), "declared": declared, "identity": declared_identity(declared), "number": number_end(declared["number"]),
        "vehicle": VEHICLES.get(declared["vehicle"], declared["vehicle"]), "again": declared["number_kind"] in ("pin", "cmnd"),
    })  # fmt: skip


def _examined(request: HttpRequest, shown: Shown) -> Examination:
    return lookups.examine(request.acting, request.shift.station_id, text=shown.text, pass_id=shown.pass_id)
