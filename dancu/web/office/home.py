"""The office's first page: the tasks of the role; and one's own password."""

from dataclasses import dataclass

from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from dancu import modules
from dancu.accounts import lookups, sign_in, waiting
from dancu.accounts.caller import OfficialRequest
from dancu.accounts.duties import ANY, PURPOSES
from dancu.accounts.throttle import allow
from dancu.modules import Words, WorkPage
from dancu.web.access import client_address, duty, official_of
from dancu.web.context import address_of
from dancu.web.office.sign_in.forms import OwnPasswordForm, sent
from dancu.web.shared.places import is_wider, place, role_there


@dataclass(frozen=True)
class Task:
    """A large link on the first page."""

    url: str
    title: Words
    explanation: Words


def _explanation(page: WorkPage, kind: str, number: int) -> Words:
    """What is to be done there: said otherwise to an official of more than one commune."""
    if not is_wider(kind, number):
        return page.explanation
    return (page.whole if kind == "nation" else page.wider) or page.explanation


@duty(ANY)
def home(request: OfficialRequest) -> HttpResponse:
    """What there is to do in this role."""
    acting = request.acting
    where = (acting.jurisdiction_kind, acting.jurisdiction_id)
    context = {
        "tasks": [
            Task(url, page.title, _explanation(page, *where))
            for page in modules.listed(lambda module: module.pages)
            if page.explanation and acting.may(page.duty) and (url := address_of(page.url_name))
        ],
        "role": role_there(acting.role, *where),
        "place": place(*where),
        "purpose": PURPOSES.get(acting.purpose, acting.purpose),
        "has_news": waiting.has_news(acting.official_id),
        "waiting": waiting.how_many_wait() if acting.may("accounts") else 0,
        "has_other_roles": len(lookups.grants(acting.official_id)) > 1,
    }
    return render(request, "office/home.html", context)


@duty(ANY)
@sensitive_post_parameters()
def password(request: HttpRequest) -> HttpResponse:
    """One's own password. Sessions in other browsers end."""
    official = official_of(request)
    form = OwnPasswordForm(official, sent(request))
    if form.is_bound and not allow(f"own password of {official.pk}", 10, 900):
        messages.error(request, _("Too many attempts. Wait 15 minutes, then try again."))
        return redirect("office:home")
    if form.is_valid():
        sign_in.change_password(official, form.cleaned_data["password"], client_address(request))
        auth.update_session_auth_hash(request, official)
        messages.success(request, _("Your password has been changed."))
        return redirect("office:home")
    return render(request, "office/password.html", {"form": form})
