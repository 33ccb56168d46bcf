"""The decisions on levels of risk: all of them, one with what it changes, its second signature, its end."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from dancu.accounts.caller import OfficialRequest
from dancu.accounts.duties import ANY
from dancu.areas.lookups import Area
from dancu.risk import actions, lookups
from dancu.risk.errors import NoSuchDecision, RiskError
from dancu.web.access import duty
from dancu.web.kit import address
from dancu.web.kit.cells import link, mark
from dancu.web.kit.columns import ListColumn
from dancu.web.kit.confirming import Confirmation, unanswered
from dancu.web.kit.lists import Listing
from dancu.web.kit.paging import Pages
from dancu.web.office.risk.effect import effect
from dancu.web.office.risk.showing import WAITING, ShownDecision, level_mark
from dancu.web.templatetags.dancu import moment

DECISIONS: Listing[ShownDecision] = Listing(
    gettext_lazy("Decisions on levels of risk"),
    (
        ListColumn(
            "citation",
            gettext_lazy("Decision"),
            lambda each: each.row["citation"],
            lambda each: link(_url(each), each.row["citation"]),
        ),
        ListColumn("begins", gettext_lazy("Counts from"), lambda each: each.row["valid_from"]),
        ListColumn("areas", gettext_lazy("Areas named"), lambda each: len(each.row["areas"]), numeric=True),
        ListColumn(
            "state", gettext_lazy("State"), lambda each: each.status[0], lambda each: mark(*each.status)
        ),
        ListColumn("drafter", gettext_lazy("Drafted by"), lambda each: each.drafter),
        ListColumn("signer", gettext_lazy("Signed by"), lambda each: each.signer),
    ),
)
NAMED: Listing[tuple[Area, int]] = Listing(
    gettext_lazy("Levels that it sets"),
    (
        ListColumn("name", gettext_lazy("Commune or province"), lambda row: row[0].path),
        ListColumn("level", gettext_lazy("Level"), lambda row: row[1], lambda row: level_mark(row[1])),
    ),
)


@duty(ANY)
def decisions(request: OfficialRequest) -> HttpResponse:
    """Those that were signed, and the drafts that this official may see."""
    found = [ShownDecision(row) for row in lookups.decisions() if lookups.may_see(request.acting, row)]
    pages = Pages(address.page(request.GET), DECISIONS.size, len(found))
    context = {
        "list": DECISIONS.shown(request, found[pages.skip : pages.skip + pages.size]),
        "pages": pages,
        "may_decide": request.acting.may("risk"),
    }
    return render(request, "office/risk_decisions.html", context)


@duty(ANY)
def decision(request: OfficialRequest, decision_id: int) -> HttpResponse:
    """One decision; of a draft also what it changes."""
    shown = _found(request, decision_id)
    row = shown.row
    context: dict[str, Any] = {
        "decision": shown,
        "list": NAMED.shown(request, shown.named),
        "withdraws": lookups.decision(row["withdraws"]) if row["withdraws"] else None,
        "may_discard": not row["signed_by"],
        "may_withdraw": request.acting.may("risk") and actions.may_withdraw(request.acting, row),
    }
    if not row["signed_by"]:
        context |= {"effect": effect(request, row)} | _signing(request, shown)
    return render(request, "office/risk_decision.html", context)


@duty("risk")
@require_POST
def sign(request: OfficialRequest, decision_id: int) -> HttpResponse:
    """The second signature, under what was shown."""
    _found(request, decision_id)
    try:
        signed = actions.sign(request.acting, decision_id, request.POST.get("digest", ""))
    except RiskError as wrong:
        messages.error(request, str(wrong))
    else:
        said = _("Signed. It counts from %(moment)s.") % {"moment": moment(signed["valid_from"])}
        messages.success(request, said)
    return redirect("office:risk-decision", decision_id)


@duty("risk")
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: OfficialRequest, decision_id: int) -> HttpResponse:
    """Whether this draft is to be thrown away; POST: it is."""
    shown = _found(request, decision_id)
    asked = Confirmation(
        _("Throw this draft away?"),
        _("Nobody can sign it any more. Levels stay as they are."),
        _("Throw away"),
        _url(shown),
        [
            (_("Decision"), shown.row["citation"]),
            (_("Counts from"), moment(shown.row["valid_from"])),
            (_("Drafted by"), shown.drafter),
        ],
        is_grave=True,
    )
    if question := unanswered(request, asked):
        return question
    try:
        actions.discard(request.acting, decision_id)
    except RiskError as wrong:
        messages.error(request, str(wrong))
        return redirect(asked.back)
    messages.success(request, _("The draft is thrown away."))
    return redirect("office:risk-decisions")


def _url(each: ShownDecision) -> str:
    return reverse("office:risk-decision", args=[each.row["decision_id"]])


def _signing(request: OfficialRequest, shown: ShownDecision) -> dict[str, Any]:
    """Whether this official may sign it, or why not."""
    if shown.state != WAITING:
        return {}
    try:
        actions.may_sign(request.acting, shown.row)
    except RiskError as wrong:
        return {"why_not": str(wrong)}
    return {"may_sign": True}


def _found(request: OfficialRequest, decision_id: int) -> ShownDecision:
    try:
        row = lookups.decision(decision_id)
    except NoSuchDecision as missing:
        raise Http404(str(missing)) from missing
    if not lookups.may_see(request.acting, row):
        raise Http404
    return ShownDecision(row)
