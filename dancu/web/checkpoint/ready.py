"""The desk ready for the next traveller."""

from typing import Any

from django.http import HttpResponse

from dancu.checkpoints import lookups
from dancu.devices import lookups as devices
from dancu.web.checkpoint import aboard, last_shift, queue, undecided
from dancu.web.checkpoint.pieces import show
from dancu.web.checkpoint.shift import StationRequest


def ready(request: StationRequest, status: int = 200, **context: Any) -> HttpResponse:
    """The field, the camera, and the station's day so far. `problem`: why the last thing shown led nowhere;
    `recorded`: a Banner.

    The camera starts by itself, but not where something is to be read first.
    """
    station_id, left = request.shift.station_id, undecided.waiting(request)
    begun = aboard.begun(request)
    if begun and aboard.is_recorded(request, begun):
        aboard.leave(request)
        begun = None
    starts = not (context.get("problem") or context.get("verdict") or left or begun)
    day = {"counts": lookups.station_counts(station_id), "held_now": lookups.waiting_count(station_id)}
    day["kept"] = devices.open_count(devices.Place("station", station_id))
    day |= queue.shown(station_id) | {"to_take_over": last_shift.to_take_over(request)}
    told = {**day, "starts": starts, "undecided": left, "vehicle_begun": begun}
    return show(request, "scan", told | context, status)
