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
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dancu.accounts import actions, errors, lookups, proposals, sign_in, waiting
from dancu.accounts.caller import OfficialRequest
from dancu.accounts.duties import PURPOSES, ROLES, role_of
from dancu.accounts.models import Official
from dancu.web import sought
from dancu.web.access import duty
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

    question: str | Promise
    consequence: str | Promise
    button: str | Promise = ""
    done: str | Promise = ""


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


@duty("accounts")
def officials(request: HttpRequest) -> HttpResponse:
    """Search and list."""
    if request.method == "POST":
        return sought.lead_on(request, ("role",))
    given = sought.read(request, ("role",))
    asked = {name: given.get(name, "").replace("\0", "") for name in ("q", "role", "after")}
    found = lookups.officials(asked["q"], asked["role"], asked["after"], PAGE + 1)
    page = found[:PAGE]
    rows = [(listed, [ROLES[role].name for role in listed.roles if role in ROLES]) for listed in page]
    more = sought.query(request, asked | {"after": page[-1].username}, ("role",)) if len(found) > PAGE else ""
    context = {
        "rows": rows,
        "more": more,
        "roles": ROLES,
        "waiting": any_waiting(),
        "q": asked["q"],
        "role": asked["role"],
    }
    return render(request, "office/accounts.html", context)


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
    if request.method == "POST":
        return _done(request, official, _("The role has ended."), actions.end_grant, grant_id)
    asked = {
        "question": _("Do you want to end this role?"),
        "consequence": _(
            "The official will be signed out everywhere immediately. What they did in this role stays in "
            "the audit log."
        ),
        "button": _("End role"),
        "subject": f"{role_of(ended.role).name}, {place(ended.jurisdiction_kind, ended.jurisdiction_id)}",
    }
    return render(request, "office/account_change.html", {"official": official, "asked": asked})


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
    if request.method != "POST":
        return render(request, "office/account_change.html", {"official": official, "asked": asked})
    verbs = {"lock": actions.lock, "forgive": actions.forgive}
    return _done(request, official, asked.done, verbs[change], official_id)


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
