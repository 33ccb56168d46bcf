"""Taking a code out of use that was confiscated or abused."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dancu.accounts.caller import OfficialRequest
from dancu.checkpoints import actions, lookups
from dancu.checkpoints.errors import (
    AlreadyRevoked,
    BadPassCode,
    NoSuchPass,
    TooLateToUndoCrossing,
    UnknownReason,
)
from dancu.checkpoints.lookups import StandingDecision
from dancu.checkpoints.reasons import KEYED_IN, reasons_to_revoke
from dancu.checkpoints.rows import PassInFull
from dancu.web.access import duty
from dancu.web.checkpoint import undecided
from dancu.web.checkpoint.deciding import DecisionReasonForm
from dancu.web.checkpoint.pieces import show
from dancu.web.checkpoint.remembering import decided
from dancu.web.checkpoint.shift import StationRequest, on_shift
from dancu.web.templatetags.dancu import moment


class _StandingInWords(StandingDecision):
    decided: str


class RevocationForm(DecisionReasonForm):
    """`reasons`: the codes that this pass may be revoked for. `take_back`: what this officer decided with
    what was keyed in by mistake was about somebody else.
    """

    take_back = forms.BooleanField(required=False)

    def __init__(self, data: Any, reasons: Collection[str]) -> None:
        super().__init__(data)
        self._reasons = reasons

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        code, written = values.get("reason") or "", (values.get("other_reason") or "").strip()
        if code not in ("", *self._reasons) or not (code or written):
            self.add_error("reason", _("Choose or write why the pass is revoked"))
        elif values.get("take_back") and code != KEYED_IN:
            self.add_error("reason", _("You can only undo a decision with “Entered by mistake”"))
        return values


@duty("scan")
@on_shift
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: StationRequest, code: str) -> HttpResponse:
    """Ask why, which confirms it as well; then revoke. Only a pass that this officer has examined."""
    try:
        shown = lookups.handled(request.acting, lookups.pass_id_of(code))
    except (NoSuchPass, BadPassCode) as problem:
        raise Http404 from problem
    standing = _standing(request, shown)
    reasons = reasons_to_revoke(shown)
    form = RevocationForm(request.POST or None, reasons)
    if request.method != "POST" or not form.is_valid():
        problem = next(iter(form.errors.get("reason", [])), "")
        context = {
            "code": lookups.pass_code(shown["pass_id"]),
            "shown": shown,
            "reasons": list(reasons.items()),
            "problem": problem,
            "standing": standing,
            "others": [row for row in standing if not row["is_own"]],
        }
        return show(request, "revoke", context, 422 if problem else 200)
    reason, takes_back = form.given(), form.cleaned_data["take_back"]
    try:
        actions.revoke_pass(
            shown["pass_id"],
            reason.written,
            request.acting,
            reason_code=reason.code,
            taken_back=[row["crossing_id"] for row in standing if takes_back and row["is_own"]],
        )
        undecided.forget(request, shown["pass_id"])
        messages.success(
            request, _("Revoked: pass %(code)s.") % {"code": lookups.pass_code(shown["pass_id"])}
        )
        for row in _standing(request, shown) if reason.code == KEYED_IN else ():
            told = {**row, "time": moment(row["crossed_at"])}
            messages.warning(
                request,
                _("The decision recorded with it remains: %(decided)s at %(station)s, %(time)s.") % told,
            )
    except (AlreadyRevoked, TooLateToUndoCrossing, UnknownReason) as problem:
        messages.warning(request, str(problem))
    return redirect("checkpoint:home")


def _standing(request: OfficialRequest, shown: PassInFull) -> list[_StandingInWords]:
    """What was decided with what was keyed in, and would stand without it. Whoever came with a pass of
    their own was not keyed in.
    """
    if not shown["official_id"]:
        return []
    rows = lookups.decided_with(request.acting, shown["pass_id"])
    return [{**row, "decided": decided(row["decision"])} for row in rows]
