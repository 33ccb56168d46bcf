"""The desk ready for the next traveller."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from dancu.checkpoints import lookups
from dancu.web.checkpoint.pieces import show


def ready(request: HttpRequest, status: int = 200, **context: Any) -> HttpResponse:
    """The field, the camera, and the station's day so far. `problem`: why the last thing shown led nowhere; `recorded`: what was done.

    The camera starts by itself, but not where something is to be read first.
    """
    starts = not (context.get("problem") or context.get("verdict"))
    return show(
        request,
        "scan",
        {"counts": lookups.station_counts(request.shift.station_id), "starts": starts} | context,
        status,
    )
