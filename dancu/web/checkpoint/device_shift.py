"""Who works with a device from now on: asked for by the page while its officer is signed in."""

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from dancu.devices import actions, lookups
from dancu.devices.errors import DeviceError
from dancu.devices.problems import code_of
from dancu.web.access import duty
from dancu.web.checkpoint.shift import StationRequest, on_shift


@duty("scan")
@on_shift
@require_POST
def begin(request: StationRequest) -> HttpResponse:
    """The shift, for the device that signed this; 409 with `code` where it belongs elsewhere, is cut off or
    not known.
    """
    session = request.session.session_key or ""
    here = lookups.Place("station", request.shift.station_id)
    try:
        shift = actions.begin_shift(request.acting, lookups.device_of(request), here, session)
    except DeviceError as problem:
        answer = JsonResponse({"code": code_of(problem), "detail": str(problem)}, status=409)
        answer["Dancu-Time"] = lookups.in_iso(timezone.now())
        return answer
    return JsonResponse(
        {
            "shift": str(shift["shift_id"]),
            "until": lookups.in_iso(shift["until"]),
            "station": {"id": here.number, "name": request.shift.station["name"]},
            "direction": request.shift.direction,
            "officer": getattr(request.user, "full_name", ""),
        }
    )
