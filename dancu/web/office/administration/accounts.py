"""Administrators keep officials' accounts: find, make, lock, end roles; and propose what another one
confirms (proposals.py).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dancu.accounts import actions, errors, lookups, proposals, sign_in, waiting
from dancu.accounts.caller import OfficialRequest
from dancu.accounts.duties import PURPOSES, ROLES, role_of
from dancu.accounts.lookups import ListedOfficial
from dancu.accounts.models import Official
from dancu.web.access import duty
from dancu.web.kit.cells import link, mark
from dancu.web.kit.columns import ListColumn, Words
from dancu.web.kit.confirming import Confirmation, unanswered
from dancu.web.kit.filters import ListChoice, ListSearch
from dancu.web.kit.lists import Listing
from dancu.web.kit.paging import first
from dancu.web.office.administration.account_forms import GrantForm, NewOfficialForm, ProposalForm
from dancu.web.office.administration.ended_areas import any_waiting, is_ended
from dancu.web.office.administration.proposal_labels import proposal_texts
from dancu.web.office.administration.telling import tell
from dancu.web.office.sign_in.forms import sent
from dancu.web.shared.places import place

PAGE = 50


@dataclass(frozen=True)
class Change:
    """What an administrator may do to an account, alone or by proposing it: the question before it, what
    follows from it, the button.
    """

    question: Words
    consequence: Words
    button: Words = ""
    done: Words = ""


ALONE = {
    "lock": Change(
        gettext_lazy("Do you want to lock this account?"),
        gettext_lazy(
            "The official will be signed out everywhere immediately, and cannot sign in until the account "
            "is unlocked."
        ),
        gettext_lazy("Lock account"),
        gettext_lazy("The account is locked."),
    ),
    "forgive": Change(
        gettext_lazy("Do you want to let the official try to sign in again?"),
        gettext_lazy("The failed attempts will be cleared, and the official can sign in again immediately."),
        gettext_lazy("Allow sign-in again"),
        gettext_lazy("The official can sign in again."),
    ),
}
PROPOSED = {
    proposals.UNLOCK: Change(
        gettext_lazy("Propose to unlock this account"),
        gettext_lazy("The official can sign in again, and the failed attempts are cleared."),
    ),
    proposals.PASSWORD: Change(
        gettext_lazy("Propose a new one-time password"),
        gettext_lazy(
            "The old password will stop working and the official will be signed out everywhere. You and "
            "the administrator who confirms will each see half of the new password. Hand it over in "
            "person, not by message."
        ),
    ),
    proposals.AUTHENTICATOR: Change(
        gettext_lazy("Propose to reset this official’s authenticator app"),
        gettext_lazy(
            "The official will be signed out everywhere and will set up an authenticator app again at "
            "the next sign-in. Make sure that it is really this official who is asking, because anyone "
            "who has the password can then set one up."
        ),
    ),
}


def _who(listed: ListedOfficial) -> list[Any]:
    known = link(reverse("office:account", args=[listed.official_id]), listed.full_name)
    return [known, listed.username, "" if listed.is_active else mark(_("Locked"), "red")]


ACCOUNTS: Listing[ListedOfficial] = Listing(
    gettext_lazy("Officials’ accounts"),
    (
        ListColumn("who", gettext_lazy("Official"), shown=_who),
        ListColumn(
            "roles",
            gettext_lazy("Roles today"),
            shown=lambda one: (
                ", ".join(str(ROLES[role].name) for role in one.roles if role in ROLES) or _("none")
            ),
        ),
    ),
    filters=(
        ListSearch("q", gettext_lazy("Name or username")),
        ListChoice("role", gettext_lazy("Role"), lambda: [(code, role.name) for code, role in ROLES.items()]),
    ),
)


@duty("accounts")
def officials(request: HttpRequest) -> HttpResponse:
    """Search and list."""
    if request.method == "POST":
        return ACCOUNTS.lead_on(request)
    asked = ACCOUNTS.asked(request)
    page, last = first(lookups.officials(asked["q"], asked["role"], asked["after"], PAGE + 1), PAGE)
    found = ACCOUNTS.shown(request, page, after=last.username if last else "")
    return render(request, "office/accounts.html", {"list": found, "waiting": any_waiting()})


@duty("accounts")
def new(request: OfficialRequest) -> HttpResponse:
    """Make an account. It opens nothing: its password comes with the first role."""
    form = NewOfficialForm(sent(request))
    if form.is_valid():
        try:
            made = actions.create_official(request.acting, **form.cleaned_data)
        except (errors.BadUsername, errors.UsernameTaken) as wrong:
            form.add_error("username", str(wrong))
        except errors.NoFullName as wrong:
            form.add_error("full_name", str(wrong))
        else:
            messages.success(
                request,
                _(
                    "The account has been created. Now propose a role. The one-time password comes with the "
                    "role."
                ),
            )
            return redirect("office:grant-new", made.official_id)
    return render(request, "office/account_new.html", {"form": form})


@duty("accounts")
def official(request: HttpRequest, official_id: int) -> HttpResponse:
    """One account: its state, its roles now and before, and what can be done."""
    official = _found(official_id)
    roles = [
        (
            grant,
            role_of(grant.role).name,
            place(grant.jurisdiction_kind, grant.jurisdiction_id),
            PURPOSES.get(grant.purpose, grant.purpose),
            is_ended(grant),
        )
        for grant in lookups.grants_ever(official_id)
    ]
    context = {
        "official": official,
        "roles": roles,
        "waiting": [each for each in proposal_texts(waiting.of_official(official_id)) if each.proposal.waits],
        "has_password": official.has_usable_password(),
        "locked_for_now": sign_in.is_locked(official),
        "has_device": sign_in.has_device(official),
        "is_own": official_id == request.user.pk,
    }
    return render(request, "office/account.html", context)


@duty("accounts")
def grant(request: OfficialRequest, official_id: int) -> HttpResponse:
    """Propose a role."""
    official = _found(official_id)
    form = GrantForm(request.acting, sent(request))
    if form.is_valid():
        given = form.cleaned_data

        def propose() -> int:
            return proposals.propose_role(
                request.acting,
                official_id,
                given["role"],
                given["kind"],
                form.jurisdiction_id,
                given["why"],
                given["purpose"],
                given["valid_from"],
                form.valid_to,
            )

        if answer := _proposed(request, form, propose):
            return answer
    return render(request, "office/grant_new.html", {"form": form, "official": official})


@duty("accounts")
def end(request: OfficialRequest, official_id: int, grant_id: int) -> HttpResponse:
    """End a role, after a question."""
    official = _found(official_id)
    ended = next((grant for grant in lookups.grants_ever(official_id) if grant.grant_id == grant_id), None)
    if ended is None:
        raise Http404
    there = f"{role_of(ended.role).name}, {place(ended.jurisdiction_kind, ended.jurisdiction_id)}"
    consequence = _(
        "The official will be signed out everywhere immediately. What they did in this role stays in the "
        "audit log."
    )
    asked = Change(_("Do you want to end this role?"), consequence, _("End role"))
    if question := unanswered(request, _asked(official, asked, (_("Role"), there))):
        return question
    return _done(request, official, _("The role has ended."), actions.end_grant, grant_id)


@duty("accounts")
def change(request: OfficialRequest, official_id: int, change: str) -> HttpResponse:
    """Lock or allow new tries, after a question; or propose what takes two."""
    official = _found(official_id)
    if change in PROPOSED:
        form = ProposalForm(sent(request))
        if form.is_valid():
            why = form.cleaned_data["why"]
            if answer := _proposed(
                request, form, lambda: proposals.propose(request.acting, official_id, change, why)
            ):
                return answer
        return render(
            request,
            "office/account_propose.html",
            {"official": official, "asked": PROPOSED[change], "form": form},
        )
    if change not in ALONE:
        raise Http404
    asked = ALONE[change]
    if question := unanswered(request, _asked(official, asked)):
        return question
    verbs = {"lock": actions.lock, "forgive": actions.forgive}
    return _done(request, official, asked.done, verbs[change], official_id)


def _asked(official: Official, change: Change, *more: tuple[Words, str]) -> Confirmation:
    facts = ((_("Official"), official.full_name), (_("Username"), official.username), *more)
    back = reverse("office:account", args=[official.pk])
    return Confirmation(change.question, change.consequence, change.button, back, facts, is_grave=True)


def _proposed(request: HttpRequest, form: Form, propose: Callable[[], int]) -> HttpResponse | None:
    try:
        with transaction.atomic():
            proposal_id = propose()
            tell(proposal_id)
    except errors.AccountError as wrong:
        form.add_error(None, str(wrong))
        return None
    messages.success(
        request, _("The proposal has been sent. Nothing changes until another administrator confirms it.")
    )
    return redirect("office:proposal", proposal_id)


def _done(request: OfficialRequest, official: Official, done: Any, verb: Any, number: int) -> HttpResponse:
    try:
        verb(request.acting, number)
    except errors.AccountError as wrong:
        messages.error(request, str(wrong))
    else:
        messages.success(request, done)
    return redirect("office:account", official.pk)


def _found(official_id: int) -> Official:
    try:
        return lookups.official(official_id)
    except errors.NoSuchOfficial as missing:
        raise Http404(str(missing)) from missing
