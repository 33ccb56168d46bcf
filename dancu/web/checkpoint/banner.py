"""What was decided just now, in a line above the desk until the next code is read: whom it was about, in
the decision's colour.
"""

from dataclasses import dataclass, field
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from dancu.checkpoints import lookups
from dancu.checkpoints.lookups import pass_code
from dancu.web.checkpoint.ready import ready
from dancu.web.checkpoint.remembering import decided, remaining
from dancu.web.checkpoint.shift import StationRequest
from dancu.web.htmx import is_htmx

_ANSWERS = {"through": "go", "secondary": "check", "back": "stop"}
_KEY = "recorded"


@dataclass(frozen=True)
class Banner:
    """`answer`: go, check or stop, as the tag {% decision %} knows them. `code` and `crossing_id`: to take it
    back by. `remains`: for what somebody who was let through is stopped at the next station all the same, in
    lines.
    """

    answer: str
    name: str
    decided: str
    time: str
    code: str
    crossing_id: str
    remains: list[str] = field(default_factory=list)


def banner(decision: str, pass_id: int, crossing_id: UUID) -> Banner:
    """What this decision is told as."""
    shown, row = lookups.pass_in_full(pass_id), lookups.crossing(pass_id, crossing_id)
    at = f"{timezone.localtime(row['received_at'] if row else None):%H:%M}"
    was_asked = row and (row["reason_code"] or row["reason"])  # else there was nothing to be cleared
    remains = (
        remaining(lookups.memory_of(shown), shown) if shown and was_asked and decision == "through" else []
    )
    answer, name = "check" if remains else _ANSWERS[decision], shown["full_name"] if shown else ""
    return Banner(answer, name, decided(decision), at, pass_code(pass_id), str(crossing_id), remains)


def recorded(request: StationRequest, decision: str, pass_id: int, crossing_id: UUID) -> HttpResponse:
    """The desk ready for the next one, with the banner."""
    if is_htmx(request):
        return ready(request, recorded=banner(decision, pass_id, crossing_id))
    keep(request, decision, pass_id, crossing_id)
    return redirect("checkpoint:home")


def keep(request: HttpRequest, decision: str, pass_id: int, crossing_id: UUID) -> None:
    """For the page that a browser without htmx is led to."""
    request.session[_KEY] = [decision, pass_id, str(crossing_id)]


def kept(request: HttpRequest) -> Banner | None:
    """The banner that was kept, once."""
    if found := request.session.pop(_KEY, None):
        return banner(found[0], found[1], UUID(found[2]))
    return None
