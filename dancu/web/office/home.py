"""The office's first page: the tasks of the role; and one's own password."""

from dataclasses import dataclass

from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from dancu.accounts import lookups, sign_in, waiting
from dancu.accounts.duties import ANY, PURPOSES
from dancu.accounts.throttle import allow
from dancu.web.access import client_address, duty, official_of
from dancu.web.context import address_of
from dancu.web.office.sign_in.forms import OwnPasswordForm, sent
from dancu.web.shared.places import is_wider, place, role_there

Words = str | Promise

# duty, URL name, title, explanation; shown where the role has the duty and the page is built
_TASKS: list[tuple[str, str, Words, Words]] = [
    (
        "scan",
        "checkpoint:home",
        gettext_lazy("Scan passes"),
        gettext_lazy("See at once who someone is, what they declared, and whether they may pass."),
    ),
    (
        "arrivals",
        "commune:home",
        gettext_lazy("Arrivals"),
        gettext_lazy("Who comes to your commune today, and who has to be met."),
    ),
    (
        "search",
        "office:search",
        gettext_lazy("Search the register"),
        gettext_lazy("Find a person by number, name, birth date or telephone."),
    ),
    (
        "statistics",
        "office:statistics",
        gettext_lazy("Population statistics"),
        gettext_lazy("How many people live in your area, of what age and sex."),
    ),
    (
        "review",
        "office:review",
        gettext_lazy("Doubtful cases"),
        gettext_lazy("Two records side by side: are they the same person?"),
    ),
    (
        "review",
        "office:corrections",
        gettext_lazy("Records to verify"),
        gettext_lazy("What health stations hold otherwise than the register: verify and sign."),
    ),
    (
        "site_list",
        "office:site-list",
        gettext_lazy("Records to correct"),
        gettext_lazy(
            "Your records that disagree with the register: list them, and update what the police have verified."
        ),
    ),
    (
        "accounts",
        "office:accounts",
        gettext_lazy("Officials' accounts"),
        gettext_lazy("Make accounts, propose and end roles, help those who cannot sign in."),
    ),
    (
        "accounts",
        "office:proposals",
        gettext_lazy("Proposals"),
        gettext_lazy("What waits for a second administrator, and what was done lately."),
    ),
    (
        "audit",
        "office:audit",
        gettext_lazy("Who saw what"),
        gettext_lazy("Every look at a person's data and every change to an account."),
    ),
]


@dataclass(frozen=True)
class Task:
    """A large link on the first page."""

    url: str
    title: Words
    explanation: Words


_WIDER: dict[str, Words] = {  # what is said otherwise to an officer of more than one commune
    "arrivals": gettext_lazy(
        "Who comes to the communes of your province or city today, and who has to be met."
    ),
}
_WHOLE: dict[str, Words] = {
    "arrivals": gettext_lazy("Who travels in the country today, and who has to be met.")
}


@duty(ANY)
def home(request: HttpRequest) -> HttpResponse:
    """What there is to do in this role."""
    acting = request.acting
    wider = is_wider(acting.jurisdiction_kind, acting.jurisdiction_id)
    otherwise = {} if not wider else _WHOLE if acting.jurisdiction_kind == "nation" else _WIDER
    context = {
        "tasks": [
            Task(url, title, otherwise.get(needed, explanation))
            for needed, name, title, explanation in _TASKS
            if acting.may(needed) and (url := address_of(name))
        ],
        "role": role_there(acting.role, acting.jurisdiction_kind, acting.jurisdiction_id),
        "place": place(acting.jurisdiction_kind, acting.jurisdiction_id),
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
        messages.error(request, _("Too many tries. Wait 15 minutes, then try again."))
        return redirect("office:home")
    if form.is_valid():
        sign_in.change_password(official, form.cleaned_data["password"], client_address(request))
        auth.update_session_auth_hash(request, official)
        messages.success(request, _("Your new password counts from now on."))
        return redirect("office:home")
    return render(request, "office/password.html", {"form": form})
