"""Administrators keep officials' accounts: find, make, grant and end roles, lock and unlock, reset."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dancu.accounts import actions, errors, lookups, sign_in
from dancu.accounts.duties import PURPOSES, ROLES
from dancu.accounts.models import Official
from dancu.web import sought
from dancu.web.access import duty
from dancu.web.office.account_forms import GrantForm, NewOfficialForm
from dancu.web.office.ended_areas import any_waiting, is_ended
from dancu.web.office.forms import sent
from dancu.web.office.places import place

PAGE = 50


@dataclass(frozen=True)
class Change:
    """What an administrator may do to an account: the question before it, what follows from it, the button."""

    question: str | Promise
    consequence: str | Promise
    button: str | Promise
    done: str | Promise


CHANGES = {
    "lock": Change(
        gettext_lazy("Lock this account?"),
        gettext_lazy("The official is signed out everywhere at once and cannot sign in until the account is unlocked."),
        gettext_lazy("Lock the account"),
        gettext_lazy("The account is locked."),
    ),
    "unlock": Change(
        gettext_lazy("Unlock this account?"),
        gettext_lazy("The official can sign in again, and wrong tries so far are forgotten."),
        gettext_lazy("Unlock the account"),
        gettext_lazy("The account is unlocked."),
    ),
    "password": Change(
        gettext_lazy("Give a new one-time password?"),
        gettext_lazy(
            "The old password no longer counts and the official is signed out everywhere. You are shown the new one once;"
            " hand it over in person, not by message."
        ),
        gettext_lazy("Give a new password"),
        "",
    ),
    "authenticator": Change(
        gettext_lazy("Forget this official's authenticator?"),
        gettext_lazy(
            "The official is signed out everywhere and sets up another authenticator at the next sign-in. Make sure that"
            " it is really this official who asks: whoever has the password can then set one up."
        ),
        gettext_lazy("Forget the authenticator"),
        gettext_lazy("The authenticator is forgotten."),
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
        "rows": rows, "more": more, "roles": ROLES, "waiting": any_waiting(), "q": asked["q"], "role": asked["role"],
    }  # fmt: skip
    return render(request, "office/accounts.html", context)


@duty("accounts")
def new(request: HttpRequest) -> HttpResponse:
    """Make an account. The one-time password is on the answer's page and nowhere else."""
    form = NewOfficialForm(sent(request))
    if form.is_valid():
        try:
            made = actions.create_official(request.acting, **form.cleaned_data)
        except (errors.BadUsername, errors.UsernameTaken) as wrong:
            form.add_error("username", str(wrong))
        except errors.NoFullName as wrong:
            form.add_error("full_name", str(wrong))
        else:
            context = {"official": lookups.official(made.official_id), "password": made.password, "is_new": True}
            return render(request, "office/account_password.html", context)
    return render(request, "office/account_new.html", {"form": form})


@duty("accounts")
def official(request: HttpRequest, official_id: int) -> HttpResponse:
    """One account: its state, its roles now and before, and what can be done."""
    official = _found(official_id)
    roles = [
        (
            grant,
            ROLES[grant.role].name,
            place(grant.jurisdiction_kind, grant.jurisdiction_id),
            PURPOSES[grant.purpose],
            is_ended(grant),
        )
        for grant in lookups.grants_ever(official_id)
    ]
    context = {
        "official": official,
        "roles": roles,
        "locked_for_now": sign_in.is_locked(official),
        "has_device": sign_in.has_device(official),
        "is_own": official_id == request.user.pk,
    }
    return render(request, "office/account.html", context)


@duty("accounts")
def grant(request: HttpRequest, official_id: int) -> HttpResponse:
    """Grant a role."""
    official = _found(official_id)
    form = GrantForm(request.acting, sent(request))
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.grant_role(
                request.acting,
                official_id,
                given["role"],
                given["kind"],
                form.jurisdiction_id,
                given["purpose"],
                given["valid_from"],
                form.valid_to,
            )
        except errors.AccountError as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, _("The role is granted."))
            return redirect("office:account", official_id)
    return render(request, "office/grant_new.html", {"form": form, "official": official})


@duty("accounts")
def end(request: HttpRequest, official_id: int, grant_id: int) -> HttpResponse:
    """End a role, after a question."""
    official = _found(official_id)
    ended = next((grant for grant in lookups.grants_ever(official_id) if grant.grant_id == grant_id), None)
    if ended is None:
        raise Http404
    if request.method == "POST":
        return _done(request, official, _("The role has ended."), actions.end_grant, grant_id)
    asked = {
        "question": _("End this role?"),
        "consequence": _(
            "The official is signed out everywhere at once. What was done in the role stays in the audit."
        ),
        "button": _("End the role"),
        "subject": f"{ROLES[ended.role].name}, {place(ended.jurisdiction_kind, ended.jurisdiction_id)}",
    }
    return render(request, "office/account_change.html", {"official": official, "asked": asked})


@duty("accounts")
def change(request: HttpRequest, official_id: int, change: str) -> HttpResponse:
    """Lock, unlock or reset, after a question."""
    official = _found(official_id)
    if change not in CHANGES:
        raise Http404
    asked = CHANGES[change]
    if request.method != "POST":
        return render(request, "office/account_change.html", {"official": official, "asked": asked})
    if change != "password":
        verbs = {"lock": actions.lock, "unlock": actions.unlock, "authenticator": actions.reset_second_factor}
        return _done(request, official, asked.done, verbs[change], official_id)
    try:
        password = actions.reset_password(request.acting, official_id)
    except errors.AccountError as wrong:
        messages.error(request, str(wrong))
        return redirect("office:account", official_id)
    return render(request, "office/account_password.html", {"official": official, "password": password})


def _done(request: HttpRequest, official: Official, done: Any, verb: Any, number: int) -> HttpResponse:
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
