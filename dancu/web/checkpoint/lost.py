"""The answer to a first press was lost on its way: whether it had arrived, and what was recorded first,
where something else was pressed then.
"""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dancu.accounts.caller import OfficialRequest
from dancu.checkpoints import lookups
from dancu.checkpoints.errors import TakenBack
from dancu.checkpoints.lookups import PressedCrossing, pass_code
from dancu.checkpoints.reasons import NO_REASON, Reason, in_words
from dancu.web.access import duty
from dancu.web.checkpoint import undecided
from dancu.web.checkpoint.banner import banner
from dancu.web.checkpoint.ready import ready
from dancu.web.checkpoint.remembering import decided
from dancu.web.checkpoint.shift import StationRequest, on_shift


class PressForm(forms.Form):
    """A press, and what was keyed in with it."""

    crossing_id = forms.UUIDField(required=False)
    declaration_id = forms.UUIDField(required=False)


@duty("scan")
@on_shift
@require_POST
def arrived(request: OfficialRequest) -> HttpResponse:
    """For the desk's script: what became of a press without an answer, as `is`: recorded (with `html`, which
    says what), nothing, keyed_in (the declaration alone: who is to be decided on stands on the desk), or
    unknown.
    """
    form = PressForm(request.POST)
    if not form.is_valid() or not form.cleaned_data["crossing_id"]:
        return JsonResponse({"is": "nothing" if form.is_valid() else "unknown"})
    found = lookups.arrived(
        request.acting, form.cleaned_data["crossing_id"], form.cleaned_data["declaration_id"]
    )
    if found["decision"] is None or found["pass_id"] is None or found["retracted"]:
        return JsonResponse({"is": "keyed_in" if found["is_declared"] else "nothing"})
    if not found["is_own"]:
        return JsonResponse({"is": "unknown"})
    told = {
        "recorded": banner(found["decision"], found["pass_id"], form.cleaned_data["crossing_id"]),
        "had_arrived": True,
    }
    return JsonResponse({"is": "recorded", "html": render_to_string("checkpoint/banner.html", told, request)})


def first_stands(
    request: StationRequest,
    pass_id: int,
    crossing_id: UUID,
    decision: str,
    reason: Reason = NO_REASON,
    *,
    changed: bool = False,
) -> HttpResponse | None:
    """What to answer where something else was recorded under this crossing's id before, or the traveller was
    keyed in otherwise (`changed`); None where nothing was, or just this. An empty reason is one that is still
    to be asked for. Raises TakenBack.
    """
    before = lookups.crossing(pass_id, crossing_id)
    if before and before["retracted"]:
        raise TakenBack
    other = before if before and not _is_that(before, decision, reason) else None
    if not (other or changed):
        return None
    told: dict[str, Any] = {"revoke": pass_code(pass_id) if changed else ""}
    problem = []
    if before:
        told["recorded"] = banner(before["decision"], pass_id, crossing_id)
        if lookups.recent_crossings(request.acting, request.shift.station_id, crossing_id=crossing_id):
            told["correct"] = crossing_id
    else:
        undecided.note(request, pass_id)
    if other:
        problem.append(_not_recorded(other, decision, reason))
    if changed:
        problem.append(
            _("What you sent first was recorded. What you have changed in the form since is not recorded.")
        )
    return ready(request, problem=" ".join(problem), status=422, **told)


def _is_that(before: PressedCrossing, decision: str, reason: Reason) -> bool:
    recorded = Reason(before["reason_code"], before["reason"], before["about"])
    return before["decision"] == decision and (not reason or recorded == reason.kept())


def _not_recorded(before: PressedCrossing, decision: str, reason: Reason) -> str:
    told = {
        "recorded": _in_words(
            before["decision"], Reason(before["reason_code"], before["reason"], before["about"])
        ),
        "pressed": _in_words(decision, reason),
    }
    return _("Your earlier press was recorded: %(recorded)s. Not recorded: %(pressed)s.") % told


def _in_words(decision: str, reason: Reason) -> str:
    why = in_words(reason.code, reason.written, reason.about)
    return f"{decided(decision)} ({why})" if why else decided(decision)
