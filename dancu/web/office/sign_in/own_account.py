"""What was proposed for one's own account and done with it: read after signing in, and refused where one
did not ask for it.
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dancu.accounts import errors, proposals, waiting
from dancu.accounts.caller import OfficialRequest
from dancu.accounts.duties import ANY
from dancu.web.access import duty
from dancu.web.office.administration.proposal_labels import proposal_texts
from dancu.web.office.sign_in.signing_in import wanted


@duty(ANY)
def own_account(request: OfficialRequest) -> HttpResponse:
    """All of it, the news first."""
    official_id = request.acting.official_id
    if request.method == "POST":
        proposals.know(official_id)
        return redirect(wanted(request) or "office:home")
    mine = proposal_texts(waiting.of_official(official_id))
    news = [each for each in mine if each.proposal.is_news]
    earlier = [each for each in mine if not each.proposal.is_news]
    return render(
        request, "office/own_account.html", {"news": news, "earlier": earlier, "next": wanted(request)}
    )


@duty(ANY)
@require_POST
def refuse(request: OfficialRequest, proposal_id: int) -> HttpResponse:
    """Stop what somebody proposed for one's own account."""
    try:
        proposals.refuse(request.acting, proposal_id, _("The official did not ask for this"))
    except errors.AccountError as wrong:
        messages.error(request, str(wrong))
    else:
        messages.success(
            request, _("Stopped. Your account was not changed. The administrators can see this.")
        )
    return redirect("office:own-account")
