"""What one administrator proposed for an official's account, and what another one decides."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dancu.accounts import errors, lookups, proposals, waiting
from dancu.accounts.caller import OfficialRequest
from dancu.accounts.waiting import WaitingProposal
from dancu.web.access import duty
from dancu.web.office.administration.account_forms import AnswerForm
from dancu.web.office.administration.proposal_labels import proposal_text, proposal_texts
from dancu.web.office.administration.telling import tell
from dancu.web.office.sign_in.forms import sent


@duty("accounts")
def waits(request: OfficialRequest) -> HttpResponse:
    """What waits for a second administrator, and what was done lately."""
    proposals.expire()
    waiting_now = [
        (each, waiting.why_not(each.proposal, request.acting.official_id))
        for each in proposal_texts(waiting.waiting())
    ]
    context = {"waiting": waiting_now, "lately": proposal_texts(waiting.decided_lately())}
    return render(request, "office/proposals.html", context)


@duty("accounts")
def proposal(request: OfficialRequest, proposal_id: int) -> HttpResponse:
    """One: what, for whom, why, and what may be done with it."""
    return _page(request, _found(proposal_id), AnswerForm())


@duty("accounts")
@require_POST
def decide(request: OfficialRequest, proposal_id: int, decision: str) -> HttpResponse:
    """Confirm, refuse or withdraw. The half of a one-time password is on the answer's page and nowhere
    else.
    """
    found = _found(proposal_id)
    if decision not in ("confirm", "refuse", "withdraw"):
        raise Http404
    form = AnswerForm(sent(request))
    if decision == "refuse" and not form.is_valid():
        return _page(request, found, form)
    half = ""
    try:
        with transaction.atomic():
            if decision == "confirm":
                half = proposals.confirm(request.acting, proposal_id)
                tell(proposal_id)
            elif decision == "refuse":
                proposals.refuse(request.acting, proposal_id, form.cleaned_data["answer"])
            else:
                proposals.withdraw(request.acting, proposal_id)
    except errors.AccountError as wrong:
        messages.error(request, str(wrong))
        return redirect("office:proposal", proposal_id)
    if half:
        context = {
            "official": lookups.official(found.official_id),
            "half": half,
            "proposer": found.proposed_by,
        }
        return render(request, "office/account_password.html", context)
    done = {
        "confirm": _("Confirmed and carried out."),
        "refuse": _("Refused. Nothing has changed."),
        "withdraw": _("Withdrawn. Nothing has changed."),
    }
    messages.success(request, done[decision])
    return redirect("office:proposals")


def _page(request: OfficialRequest, found: WaitingProposal, form: AnswerForm) -> HttpResponse:
    context = {
        "told": proposal_text(found),
        "official": lookups.official(found.official_id),
        "form": form,
        "is_own": found.proposed_by_id == request.acting.official_id,
        "why_not": waiting.why_not(found, request.acting.official_id) if found.waits else None,
        "others": waiting.who_may_confirm(found) if found.waits else [],
        "half": proposals.first_half(request.acting, found.proposal_id),
        "second": found.decided_by,
    }
    return render(request, "office/proposal.html", context, status=422 if form.errors else 200)


def _found(proposal_id: int) -> WaitingProposal:
    try:
        return waiting.proposal(proposal_id)
    except errors.NoSuchProposal as missing:
        raise Http404(str(missing)) from missing
