"""Taking a code out of use that was confiscated or abused."""

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dancu.checkpoints import actions, lookups
from dancu.checkpoints.errors import AlreadyRevoked, BadPassCode, NoSuchPass
from dancu.checkpoints.reasons import reasons_to_revoke
from dancu.web.access import duty
from dancu.web.checkpoint import undecided
from dancu.web.checkpoint.deciding import ReasonForm
from dancu.web.checkpoint.pieces import show
from dancu.web.checkpoint.shift import on_shift


class RevocationForm(ReasonForm):
    """`reasons`: the codes that this pass may be revoked for."""

    def __init__(self, data: Any, reasons: Collection[str]) -> None:
        super().__init__(data)
        self._reasons = reasons

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        code, written = values.get("reason") or "", (values.get("other_reason") or "").strip()
        if code not in ("", *self._reasons) or not (code or written):
            self.add_error("reason", _("Choose or write why the pass is revoked"))
        return values


@duty("scan")
@on_shift
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, code: str) -> HttpResponse:
    """Ask why, which confirms it as well; then revoke. Only a pass that this officer has examined."""
    try:
        shown = lookups.handled(request.acting, lookups.pass_id_of(code))
    except (NoSuchPass, BadPassCode) as problem:
        raise Http404 from problem
    reasons = reasons_to_revoke(shown)
    form = RevocationForm(request.POST or None, reasons)
    if request.method != "POST" or not form.is_valid():
        problem = next(iter(form.errors.get("reason", [])), "")
        context = {
            "code": lookups.pass_code(shown["pass_id"]),
            "shown": shown,
            "reasons": reasons.items(),
            "problem": problem,
        }
        return show(request, "revoke", context, 422 if problem else 200)
    try:
        reason = form.given()
        actions.revoke_pass(shown["pass_id"], reason.written, request.acting, reason_code=reason.code)
        undecided.forget(request, shown["pass_id"])
        messages.success(request, _("Revoked: pass %(code)s.") % {"code": lookups.pass_code(shown["pass_id"])})
    except AlreadyRevoked as problem:
        messages.warning(request, str(problem))
    return redirect("checkpoint:home")
