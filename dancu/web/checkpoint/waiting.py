"""Those being held at the station: since when, why, and how their waiting ends; what one shift hands over
to the next.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dancu.accounts import lookups as accounts
from dancu.checkpoints import actions, lookups
from dancu.checkpoints.errors import (
    AboutNeeded,
    BadPassCode,
    NoSuchPass,
    NotHeld,
    ReasonNeeded,
    UnknownReason,
)
from dancu.checkpoints.incidents import held_with_forged_codes
from dancu.checkpoints.lookups import pass_code
from dancu.checkpoints.reasons import ABOUT, REASONS
from dancu.web.access import duty
from dancu.web.checkpoint.deciding import DecisionReasonForm
from dancu.web.checkpoint.pieces import show
from dancu.web.checkpoint.remembering import decided
from dancu.web.checkpoint.shift import StationRequest, on_shift
from dancu.web.checkpoint.times import ago
from dancu.web.checkpoint.verdicts import of_forgery


class ReleaseForm(DecisionReasonForm):
    """Of a crossing by its pass, or of an incident, which has none."""

    code = forms.CharField(max_length=20, required=False)
    crossing_id = forms.UUIDField(required=False)
    incident_id = forms.UUIDField(required=False)


@duty("scan")
@on_shift
@require_safe
def held(request: StationRequest) -> HttpResponse:
    """Who waits, the longest first."""
    return _list(request)


@duty("scan")
@on_shift
@require_POST
def release(request: StationRequest) -> HttpResponse:
    """The waiting ends without a crossing: handed over, gone, or held by mistake."""
    form = ReleaseForm(request.POST)
    if not form.is_valid():
        return _list(request, problem=_("The form did not arrive intact. Try again."))
    given = form.cleaned_data
    try:
        if given["incident_id"]:
            actions.end_incident(
                request.acting,
                incident_id=given["incident_id"],
                station_id=request.shift.station_id,
                reason=form.given(),
            )
            return _list(request, notice=_("The hold has ended."))
        if not given["crossing_id"]:
            raise NotHeld
        pass_id = lookups.pass_id_of(given["code"])
        actions.release(
            request.acting,
            pass_id=pass_id,
            crossing_id=given["crossing_id"],
            station_id=request.shift.station_id,
            reason=form.reason_for("release"),
        )
    except AboutNeeded as problem:
        return _list(request, asks=str(problem), asked=given)
    except (NotHeld, NoSuchPass, BadPassCode, ReasonNeeded, UnknownReason) as problem:
        return _list(request, problem=str(problem))
    name = (lookups.pass_in_full(pass_id) or {"full_name": ""})["full_name"]
    return _list(request, notice=_("%(name)s is no longer being held.") % {"name": name})


def _list(
    request: StationRequest,
    *,
    notice: str = "",
    problem: str = "",
    asks: str = "",
    asked: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """`asks`: what is asked of the words in `asked`, which were sent for one of them."""
    holds, ended = lookups.waiting(request.acting, request.shift.station_id)
    names = accounts.usernames({row["official_id"] for row in (*holds, *ended)})
    waiting: list[dict[str, Any]] = [
        {
            **row,
            "officer": names.get(row["official_id"], ""),
            "code": pass_code(row["pass_id"]),
            "ago": ago(row["crossed_at"]),
        }
        for row in holds
    ]
    for row in waiting:
        if asked and asked["crossing_id"] == row["crossing_id"]:
            row |= {"asks": asks, "written": asked["other_reason"]}
    if not any("asks" in row for row in waiting):  # released meanwhile
        problem, asks = problem or asks, ""
    waiting.sort(key=lambda row: "asks" not in row)  # found again at once, however long the list is
    released = [
        {
            **row,
            "officer": names.get(row["official_id"], ""),
            "ended": decided(row["by_decision"]) if row["by_decision"] else "",
        }
        for row in ended
    ]
    forged = [
        row | {"what": of_forgery(row["kind"])[0], "ago": ago(row["happened_at"])}
        for row in held_with_forged_codes(request.shift.station_id)
    ]
    context = {
        "forged": forged,
        "held_now": len(waiting) + len(forged),
        "waiting": waiting,
        "released": released,
        "endings": REASONS["release"].items(),
        "about": ABOUT.items(),
        "notice": notice,
        "problem": problem,
        "asks": asks,
    }
    return show(request, "held", context, 422 if problem or asks else 200)
