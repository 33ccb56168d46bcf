"""Who may open a page. Every view carries one of these marks, and a test crosses every URL with every role.

@duty("search")     an official signed in with a second factor, acting in a role that has this duty
@duty(ANY)          such an official in any role
@citizen_only       a citizen who is signed in
@public             anyone
"""

import functools
import time
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from uuid_utils.compat import uuid7

from dancu.accounts import errors, lookups, sign_in
from dancu.accounts.duties import ANY, DUTIES, ROLES

View = Callable[..., HttpResponse]
LONGEST_SESSION = 12 * 3600  # seconds, for every role
CITIZEN_IDLE = 20 * 60
_SEEN_EVERY = 60  # seconds: how exactly a session's last use is kept; each time costs two writes


def public(view: View) -> View:
    """Anyone may open it."""
    view.public = True  # type: ignore[attr-defined]
    return view


def duty(name: str) -> Callable[[View], View]:
    """Only an official acting in a role with this duty (`ANY`: any role) may open it. They are in `request.acting`.

    Without a session in force reading leads to the sign-in and back; anything else is refused. Without the duty the
    answer is 403 and says what is missing.
    """
    if name != ANY and name not in DUTIES:
        raise ValueError(f"{name!r} is no duty; see dancu.accounts.duties.DUTIES")

    def mark(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not in_session(request):
                return _to_sign_in(request)
            try:
                request.acting = lookups.acting(
                    request.user, request.session.get("grant", 0), client_address(request), request_id(request)
                )
            except errors.NotGranted:
                return _to_choice_of_role(request)
            if _too_old(request, ROLES[request.acting.role].idle.total_seconds()):
                auth.logout(request)
                return _to_sign_in(request)
            _seen(request)
            if not request.acting.may(name):
                return refuse(request, name)
            return view(request, *args, **kwargs)

        guarded.duty = name  # type: ignore[attr-defined]
        return guarded

    return mark


def citizen_only(view: View) -> View:
    """Only a signed-in citizen may open it; the view finds them in `request.person_id`. See `citizen_signed_in`."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        citizen = request.session.get("citizen")
        if not citizen or time.time() - citizen["seen"] > CITIZEN_IDLE:
            request.session.pop("citizen", None)
            return _redirect(request, "citizen:sign-in")
        if time.time() - citizen["seen"] > _SEEN_EVERY:
            request.session["citizen"] = citizen | {"seen": int(time.time())}
        request.person_id = citizen["person_id"]
        return view(request, *args, **kwargs)

    guarded.citizen = True  # type: ignore[attr-defined]
    return guarded


def citizen_signed_in(request: HttpRequest, person_id: int) -> None:
    """From now on this session is that citizen's. What the session held before is forgotten and its key is new."""
    request.session.flush()
    request.session["citizen"] = {"person_id": person_id, "seen": int(time.time())}


def client_address(request: HttpRequest) -> str:
    """The IP address the request comes from: the connection's, or what our own proxy says in `CLIENT_ADDRESS_HEADER`.

    Of a list, as X-Forwarded-For is, the last entry counts: our proxy wrote it itself. Empty where there is none, as on
    a Unix socket.
    """
    header = settings.CLIENT_ADDRESS_HEADER
    listed = request.META.get(header, "") if header else ""
    for address in (listed.rsplit(",", 1)[-1].strip(), request.META.get("REMOTE_ADDR", "")):
        with suppress(ValueError):
            return str(ip_address(address))
    return ""


def request_id(request: HttpRequest) -> str:
    """The number of this request, the same in the log and in the audit: a proxy's X-Request-ID, or our own."""
    if not hasattr(request, "request_id"):
        given = request.headers.get("X-Request-ID", "")
        request.request_id = given if 0 < len(given) <= 64 and given.isprintable() else str(uuid7())
    return request.request_id


def in_session(request: HttpRequest) -> bool:
    """Whether an official is signed in here with both factors. A lock or a new password has ended it already."""
    return request.user.is_authenticated and request.user.is_verified()


def refuse(request: HttpRequest, missing: str) -> HttpResponse:
    """The 403 page: which duty is missing, and which roles have it."""
    roles = [role.name for role in ROLES.values() if missing == ANY or missing in role.duties]
    return render(request, "office/refused.html", {"duty": DUTIES.get(missing), "roles": roles}, status=403)


def _too_old(request: HttpRequest, idle: float) -> bool:
    now = time.time()
    session = request.session
    return now - session.get("signed_in", 0) > LONGEST_SESSION or now - session.get("seen", 0) > idle


def _seen(request: HttpRequest) -> None:
    now = int(time.time())
    if now - request.session.get("seen", 0) >= _SEEN_EVERY:
        request.session["seen"] = now
        sign_in.record_seen(request.user.pk)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    return _redirect(request, settings.LOGIN_URL)


def _to_choice_of_role(request: HttpRequest) -> HttpResponse:
    return _redirect(request, "office:role")


def _redirect(request: HttpRequest, name: str) -> HttpResponse:
    if request.method not in ("GET", "HEAD"):
        return render(request, "office/signed_out.html", {"sign_in": reverse(name)}, status=403)
    where = f"{reverse(name)}?{urlencode({'next': request.get_full_path()})}"
    if request.headers.get("HX-Request"):  # htmx would put the sign-in page inside this one
        return HttpResponse(status=204, headers={"HX-Redirect": where})
    return redirect(where)
