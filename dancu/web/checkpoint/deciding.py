"""Letting through, sending to a second check, turning back: recorded once, whatever is pressed twice."""

import datetime as dt
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dancu.checkpoints import actions, lookups
from dancu.checkpoints.errors import BadCrossingId, BadPassCode, NoSuchPass, ReasonNeeded
from dancu.web.access import duty
from dancu.web.checkpoint.pieces import is_htmx, show
from dancu.web.checkpoint.ready import ready
from dancu.web.checkpoint.reasons import REASONS
from dancu.web.checkpoint.shift import on_shift

DECISIONS = ("through", "secondary", "back", "override")


class DecisionForm(forms.Form):
    """`override`: let through though the verdict is to stop, for a reason. `asked`: this comes from the page that asks for one."""

    code = forms.CharField(max_length=20)
    crossing_id = forms.UUIDField()
    decision = forms.ChoiceField(choices=[(decision, decision) for decision in DECISIONS])
    asked = forms.BooleanField(required=False)
    reason = forms.CharField(required=False, max_length=200)
    other_reason = forms.CharField(required=False, max_length=200)
    plate = forms.CharField(required=False, max_length=20)


@duty("scan")
@on_shift
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Record the decision, or ask for its reason first."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return ready(request, problem=_("The form was damaged on its way. Scan again."), status=422)
    given = form.cleaned_data
    reason = given["reason"] or given["other_reason"].strip()
    decision = "through" if given["decision"] == "override" else given["decision"]
    try:
        pass_id = lookups.pass_id_of(given["code"])
        if given["decision"] == "override" and not reason:
            raise ReasonNeeded
        added = actions.record_crossing(
            request.acting, crossing_id=given["crossing_id"], pass_id=pass_id, station_id=request.shift.station_id,
            direction=request.shift.direction, decision=decision, reason=reason, plate=given["plate"],
        )  # fmt: skip
    except ReasonNeeded as problem:
        asked_for = "override" if decision == "through" else decision
        asked = (given["code"], given["crossing_id"], asked_for, given["plate"])
        return ask_reason(request, *asked, problem=str(problem) if given["asked"] else "")
    except (NoSuchPass, BadPassCode, BadCrossingId) as problem:
        return ready(request, problem=str(problem), status=422)
    if not added and (before := lookups.crossing(pass_id, given["crossing_id"])):
        return _recorded(request, before["decision"], given["crossing_id"])
    return _recorded(request, decision, given["crossing_id"])


def ask_reason(
    request: HttpRequest, code: str, crossing_id: UUID, decision: str, plate: str = "", problem: str = ""
) -> HttpResponse:
    """The page on which the reason is one press."""
    context = {
        "code": code, "crossing_id": crossing_id, "decision": decision, "plate": plate, "reasons": REASONS[decision], "problem": problem,
    }  # fmt: skip
    return show(request, "reason", context, 422 if problem else 200)


def recorded_in_words(decision: str, crossing_id: UUID) -> str:
    """ "Recorded: let through, 14:03." """
    said = {"through": _("let through"), "secondary": _("held for a second check"), "back": _("turned back")}[decision]
    return _("Recorded: %(decision)s, %(time)s.") % {"decision": said, "time": f"{_time_in(crossing_id):%H:%M}"}


def _recorded(request: HttpRequest, decision: str, crossing_id: UUID) -> HttpResponse:
    told = recorded_in_words(decision, crossing_id)
    if is_htmx(request):
        return ready(request, recorded=told)
    messages.success(request, told)
    return redirect("checkpoint:home")


def _time_in(crossing_id: UUID) -> dt.datetime:
    return timezone.localtime(dt.datetime.fromtimestamp((crossing_id.int >> 80) / 1000, dt.UTC))
