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
from dancu.accounts.caller import OfficialRequest
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
        gettext_lazy("See who someone is, what they declared and whether they may pass."),
    ),
    (
        "arrivals",
        "commune:home",
        gettext_lazy("Arrivals"),
        gettext_lazy("Who is coming to your commune today, and who you need to meet."),
    ),
    (
        "search",
        "office:search",
        gettext_lazy("Search the register"),
        gettext_lazy("Find a person by number, name, birth date or phone number."),
    ),
    (
        "statistics",
        "office:statistics",
        gettext_lazy("Population statistics"),
        gettext_lazy("How many people live in your area, by age and sex."),
    ),
    (
        "review",
        "office:review",
        gettext_lazy("Cases for review"),
        gettext_lazy("Decide whether two records are of the same person."),
    ),
    (
        "review",
        "office:corrections",
        gettext_lazy("Records to verify"),
        gettext_lazy(
            "Discrepancies between the records of health stations and the register: verify and sign them."
        ),
    ),
    (
        "site_list",
        "office:site-list",
        gettext_lazy("Records to correct"),
        gettext_lazy(
            "Discrepancies between your records and the register: report them, and correct what the police "
            "have verified."
        ),
    ),
    (
        "accounts",
        "office:accounts",
        gettext_lazy("Officials’ accounts"),
        gettext_lazy("Create accounts, propose and end roles, and help people who cannot sign in."),
    ),
    (
        "accounts",
        "office:proposals",
        gettext_lazy("Proposals"),
        gettext_lazy("Proposals waiting for a second administrator, and recent decisions."),
    ),
    (
        "audit",
        "office:audit",
        gettext_lazy("Audit log"),
        gettext_lazy("Every time someone looked at a person’s data or changed an account."),
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
        "Who is coming to the communes of your province or city today, and who needs to be met."
    ),
}
_WHOLE: dict[str, Words] = {
    "arrivals": gettext_lazy("Who is travelling in the country today, and who needs to be met.")
}


@duty(ANY)
def home(request: OfficialRequest) -> HttpResponse:
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
        messages.error(request, _("Too many attempts. Wait 15 minutes, then try again."))
        return redirect("office:home")
    if form.is_valid():
        sign_in.change_password(official, form.cleaned_data["password"], client_address(request))
        auth.update_session_auth_hash(request, official)
        messages.success(request, _("Your password has been changed."))
        return redirect("office:home")
    return render(request, "office/password.html", {"form": form})
