"""Signing in: user name and password; the code of an authenticator; at the first time a password and an
authenticator of one's own.

Between the steps the session holds who is coming in; `request.user` is nobody until both factors were right.
"""

import functools
import logging
import time
from collections.abc import Callable, Collection
from urllib.parse import urlencode

from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django_otp.models import Device

from dancu.accounts import errors, lookups, sign_in, waiting
from dancu.accounts.duties import role_of
from dancu.accounts.models import Official
from dancu.accounts.throttle import allow
from dancu.audit import actions as audit
from dancu.credentials import qr
from dancu.devices import actions as devices
from dancu.web.access import (
    UNSENT,
    begin_officials_session,
    client_address,
    official_of,
    official_only,
    ours,
    public,
)
from dancu.web.demonstration import shows_secrets
from dancu.web.office.sign_in import known_browsers
from dancu.web.office.sign_in.forms import CodeForm, NewPasswordForm, SignInForm, sent
from dancu.web.shared.places import place

STEPS_SECONDS = 600  # from the password to the last step
TRIES, PER_SECONDS = 60, 300  # from one address: a shift of thirty behind one router may change at once
_COMING_IN = "coming_in"
_log = logging.getLogger(__name__)


@public
@never_cache
@sensitive_post_parameters("password")
def credentials(request: HttpRequest) -> HttpResponse:
    """Step 1. A wrong name, a wrong password and a locked account are told with the same words, after the
    same work.
    """
    form = SignInForm(sent(request))
    if request.user.is_authenticated and request.method == "GET":
        return redirect(wanted(request) or "office:home")
    if form.is_valid():
        address = client_address(request)
        here = _known_here(request)
        if not here and not allow(f"officials' sign-in from {address}", TRIES, PER_SECONDS):
            form.add_error(None, _("Too many attempts from this network. Wait five minutes, then try again."))
            return _page(request, "sign_in", {"form": form}, status=429)
        official = sign_in.check_password(
            form.cleaned_data["username"], form.cleaned_data["password"], address, here
        )
        if official:
            _let_come(request, official)
            return redirect(_step(request, official))
        form.add_error(None, _locked_or_wrong())
    return _page(request, "sign_in", {"form": form})


def _at_step(name: str) -> Callable:
    """A view for one who has shown the password and is at this step; anyone else is led to where they are."""

    def mark(view: Callable) -> Callable:
        @never_cache
        @functools.wraps(view)
        def stepped(request: HttpRequest) -> HttpResponse:
            official = _coming_in(request)
            if official is None:
                if request.session.pop(_COMING_IN, None):
                    messages.warning(request, _("Signing in took longer than 10 minutes. Start again."))
                return redirect("office:sign-in")
            step = _step(request, official)
            if step != name:
                return redirect(step)
            try:
                return view(request, official)
            except (
                errors.SecondFactorsClosed
            ) as closed:  # nobody comes in, and whoever runs the server reads why
                _log.error(closed.__doc__)
                return _page(request, "second_factors_closed", {}, status=503)

        return public(stepped)

    return mark


@_at_step("office:code")
def code(request: HttpRequest, official: Official) -> HttpResponse:
    """Step 2, for one who has an authenticator."""
    form = CodeForm(sent(request))
    if form.is_valid():
        address = client_address(request)
        here = _known_here(request)
        if not here and not allow(f"officials' sign-in from {address}", TRIES, PER_SECONDS):
            form.add_error(None, _("Too many attempts from this network. Wait five minutes, then try again."))
            return _page(request, "code", {"form": form}, status=429)
        if device := sign_in.check_code(official, form.cleaned_data["code"], address, here):
            return _let_on(request, official, device)
        official.refresh_from_db()
        if sign_in.is_locked(official) and official.pk not in here:
            del request.session[_COMING_IN]
            messages.error(request, _locked_or_wrong())
            return redirect("office:sign-in")
        form.add_error(
            "code", _("This code is wrong or has already been used. Enter the next code the app shows.")
        )
    return _page(
        request, "code", {"form": form, "shown": sign_in.code_for_demo(official) if shows_secrets() else ""}
    )


@_at_step("office:new-password")
@sensitive_post_parameters()
def new_password(request: HttpRequest, official: Official) -> HttpResponse:
    """After a one-time password: one of one's own."""
    form = NewPasswordForm(official, sent(request))
    if form.is_valid():
        sign_in.change_password(official, form.cleaned_data["password"], client_address(request))
        return _let_on(request, official)
    return _page(request, "new_password", {"form": form})


@_at_step("office:authenticator")
def authenticator(request: HttpRequest, official: Official) -> HttpResponse:
    """At the first sign-in: an authenticator of one's own."""
    form = CodeForm(sent(request), submit=_("Confirm"))
    if form.is_valid():
        if device := sign_in.confirm_device(official, form.cleaned_data["code"], client_address(request)):
            return _let_on(request, official, device)
        form.add_error("code", _("This is not the current code. Enter the next code the app shows."))
    device = sign_in.device_to_enrol(official)
    key = sign_in.key_to_type(device)
    drawn = qr.svg(device.config_url)
    shown = sign_in.code_for_demo(official) if shows_secrets() else ""
    return _page(request, "authenticator", {"form": form, "drawn": drawn, "key": key, "shown": shown})


@official_only
@never_cache
def role(request: HttpRequest) -> HttpResponse:
    """Which role to act in, where there is more than one."""
    official = official_of(request)
    grants = lookups.grants(official.pk)
    if request.method == "POST":
        for grant in grants:
            if request.POST.get("grant") == str(grant.grant_id):
                request.session["grant"] = grant.grant_id
                acting = lookups.acting(official, grant.grant_id, client_address(request))
                audit.record(acting, "accounts.role_chosen")
                return redirect(wanted(request) or "office:home")
    choices = [(g, role_of(g.role).name, place(g.jurisdiction_kind, g.jurisdiction_id)) for g in grants]
    return _page(request, "role", {"choices": choices})


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """The session ends, on every page of this browser."""
    if request.user.is_authenticated:
        sign_in.record_signed_out(official_of(request).pk, client_address(request))
        devices.end_shifts(request.session.session_key or "")
    auth.logout(request)
    messages.success(request, _("You are signed out."))
    return redirect("office:sign-in")


def wanted(request: HttpRequest) -> str:
    """The page of ours that the official was on the way to, or ""."""
    return ours(request, request.POST.get("next") or request.GET.get("next") or "")


def _let_come(request: HttpRequest, official: Official) -> None:
    """The password was right. Nothing that this browser's session held before counts any more, and its
    key is new.
    """
    onward, unsent = wanted(request), request.session.get(UNSENT, "")
    request.session.flush()
    request.session[_COMING_IN] = {
        "official": official.pk,
        "hash": official.get_session_auth_hash(),
        "until": int(time.time()) + STEPS_SECONDS,
        "device": None,
        "next": onward,
        "unsent": unsent,
    }


def _coming_in(request: HttpRequest) -> Official | None:
    """Who has shown the password here, unless it took too long or a lock or a reset came in between."""
    state = request.session.get(_COMING_IN)
    if state is None or state["until"] < time.time():
        return None
    official = Official.objects.filter(pk=state["official"], is_active=True).first()
    if official is None or not constant_time_compare(official.get_session_auth_hash(), state["hash"]):
        return None
    return official


def _step(request: HttpRequest, official: Official) -> str:
    """The page that comes next. Who has an authenticator shows its code before anything may be changed."""
    shown = request.session[_COMING_IN]["device"]
    if not shown and sign_in.has_device(official):
        return "office:code"
    if official.must_change_password:
        return "office:new-password"
    return "office:authenticator"


def _let_on(request: HttpRequest, official: Official, device: Device | None = None) -> HttpResponse:
    """A step is done: on to the next, or in."""
    state = request.session[_COMING_IN]
    state |= {
        "hash": official.get_session_auth_hash(),
        "device": device.persistent_id if device else state["device"],
    }
    request.session.modified = True
    official.refresh_from_db()
    if official.must_change_password or not state["device"]:
        return redirect(_step(request, official))
    device = device or Device.from_persistent_id(state["device"])
    if device is None:  # forgotten by an administrator this very moment
        return redirect("office:sign-in")
    sign_in.record_signed_in(official.pk, client_address(request))
    begin_officials_session(request, official, device)
    if state["unsent"]:
        messages.warning(request, state["unsent"])
    onward = state["next"]
    if waiting.has_news(official.pk):  # of the own account: before anything else
        onward = f"{reverse('office:own-account')}?{urlencode({'next': onward})}"
    if "grant" not in request.session:
        onward = f"{reverse('office:role')}?{urlencode({'next': onward})}"
    return known_browsers.remember(request, redirect(onward or "office:home"), official.pk)


def _known_here(request: HttpRequest) -> Collection[int]:
    """Whom wrong tries elsewhere keep out of this browser as little as they should; nobody where this
    browser has tried too often.
    """
    known = known_browsers.browser_of(request)
    return known.officials if known.may_try() else ()


def _locked_or_wrong() -> str:
    return _(
        "The username or password is wrong, or the account is locked. An account is locked for 15 "
        "minutes after five failed attempts."
    )


def _page(request: HttpRequest, name: str, context: dict, status: int = 200) -> HttpResponse:
    return render(request, f"office/{name}.html", context, status=status)
