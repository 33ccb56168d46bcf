"""How long the queue is, in one tap at the foot of the desk. Nothing else of the desk moves."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from dancu.checkpoints import actions, lookups
from dancu.checkpoints.errors import NoSuchStep
from dancu.web.access import duty
from dancu.web.checkpoint.queue_words import BUTTONS, queue_in_words
from dancu.web.checkpoint.shift import StationRequest, on_shift
from dancu.web.htmx import is_htmx
from dancu.web.kit import address


@duty("scan")
@on_shift
@require_POST
def tap(request: StationRequest) -> HttpResponse:
    """It is so long now."""
    station_id, problem = request.shift.station_id, ""
    try:
        step = address.number(request.POST.get("step", ""))
        actions.tap_queue(request.acting, station_id, -1 if step is None else step)
    except NoSuchStep as refused:
        problem = str(refused)
    if not is_htmx(request):
        return redirect("checkpoint:home")
    context = {"shift": request.shift, "queue_problem": problem, **shown(station_id)}
    return render(request, "checkpoint/queue.html", context, status=422 if problem else 200)


def shown(station_id: int) -> dict[str, Any]:
    """What the piece shows: the queue, in words too, and the buttons."""
    found = lookups.queue(station_id)
    return {
        "queue": found,
        "queue_words": queue_in_words(found),
        "queue_steps": [*enumerate(BUTTONS)],
    }
