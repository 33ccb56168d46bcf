"""Who may open a page. Every view carries one of these marks, and a test crosses every URL with every role.

    @duty("search")     an official signed in with a second factor, acting in a role that has this duty
    @duty(ANY)          such an official in any role
    @official_only      an official signed in with a second factor, whether they act in a role yet or not
    @citizen_only       a citizen who is signed in
    @public             anyone

A mark stands above `@require_POST` and its like.
"""

import functools
import time
from collections.abc import Callable, Mapping
from typing import Any, cast
from urllib.parse import urlencode, urlsplit

import django_otp
from django.conf import settings
from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django_otp.models import Device

from dancu.accounts import errors, lookups, sign_in
from dancu.accounts.caller import OfficialRequest, client_address, request_id
from dancu.accounts.duties import ANY, DUTIES, ROLES, role_of, roles_with
from dancu.accounts.lookups import Acting
from dancu.accounts.models import Official
from dancu.register import lookups as register
from dancu.web.htmx import lead

View = Callable[..., HttpResponse]


class CitizenRequest(HttpRequest):
    """A request of a citizen who is signed in: a view behind `@citizen_only` finds in `person_id` who."""

    person_id: int


LONGEST_SESSION = 12 * 3600  # seconds, for every role
IDLE = 30 * 60  # seconds, where the role does not say otherwise
CITIZEN_IDLE, CITIZEN_LONGEST = (
    20 * 60,
    2 * 3600,
)  # also who holds a pass, and is signed in by what was declared
LONGEST_ADDRESS = 2000
# header of a page that refreshes itself with nobody at the keys: it keeps no session alive
BY_ITSELF = "Dancu-By-Itself"
UNSENT = "unsent"  # key of a session: what was sent when the session before it had ended, in words
_SEEN_EVERY = 60  # seconds: how exactly a session's last use is kept; each time costs two writes


def public(view: View) -> View:
    """Anyone may open it."""
    view.public = True  # type: ignore[attr-defined]
    return view


def takes_files(view: View) -> View:
    """A page that a picture or a file may be sent to: what is larger than a form is refused everywhere
    else (dancu.serving.bodies).
    """
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def duty(name: str) -> Callable[[View], View]:
    """Only an official acting in a role with this duty (`ANY`: any role) may open it. They are in
    `request.acting`.

    Without a session in force reading leads to the sign-in and back; anything else is refused. Without the
    duty the answer is 403 and says what is missing.
    """
    if name != ANY and name not in DUTIES:
        raise ValueError(f"{name!r} is no duty; see dancu.accounts.duties.DUTIES")

    def mark(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not _in_session(request):
                return _lead_to(request, settings.LOGIN_URL)
            acting = _acting(request)
            idle = role_of(acting.role).idle.total_seconds() if acting else IDLE
            if _is_over(request, idle):
                return _end(request, idle)
            if acting is None:
                return _lead_to(request, "office:role")
            if BY_ITSELF not in request.headers:
                _seen(request)
            cast(OfficialRequest, request).acting = acting
            if not acting.may(name):
                return _refuse(request, name)
            try:
                return view(request, *args, **kwargs)
            except errors.TooMuchRead as problem:
                return render(request, "web/too_much_read.html", {"problem": problem}, status=429)

        guarded.duty = name  # type: ignore[attr-defined]
        return guarded

    return mark


def official_only(view: View) -> View:
    """Only a signed-in official may open it: the choice of a role, the way out. `request.acting` is there
    if it was chosen.
    """

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not _in_session(request):
            return _lead_to(request, settings.LOGIN_URL)
        acting = _acting(request)
        idle = role_of(acting.role).idle.total_seconds() if acting else IDLE
        if _is_over(request, idle):
            return _end(request, idle)
        if acting:
            cast(OfficialRequest, request).acting = acting
        return view(request, *args, **kwargs)

    guarded.official = True  # type: ignore[attr-defined]
    return guarded


def citizen_only(view: View) -> View:
    """Only a signed-in citizen may open it; the view finds them in `request.person_id`. See
    `begin_citizens_session`.
    """

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        citizen = request.session.get("citizen")
        if not citizen or not citizen_counts(citizen):
            if citizen:
                del request.session["citizen"]
                messages.warning(request, why_signed_out(citizen, CITIZEN_IDLE))
            return _lead_to(request, "citizen:sign-in")
        if time.time() - citizen["seen"] >= _SEEN_EVERY:
            request.session["citizen"] = citizen | {"seen": int(time.time())}
        cast(CitizenRequest, request).person_id = register.merged_into(citizen["person_id"])
        return view(request, *args, **kwargs)

    guarded.citizen = True  # type: ignore[attr-defined]
    return guarded


def begin_officials_session(request: HttpRequest, official: Official, device: Device) -> None:
    """From now on this session is that official's, with a new key; what it held before is forgotten.

    With one role in force they act in it; else `office:role` asks which.
    """
    request.session.flush()
    auth.login(request, official, "django.contrib.auth.backends.ModelBackend")
    django_otp.login(request, device)
    now = int(time.time())
    request.session.update({"signed_in": now, "seen": now})
    grants = lookups.grants(official.pk)
    if len(grants) == 1:
        request.session["grant"] = grants[0].grant_id


def begin_citizens_session(request: HttpRequest, person_id: int) -> None:
    """From now on this session is that citizen's, with a new key; what it held before is forgotten."""
    request.session.flush()
    now = int(time.time())
    request.session["citizen"] = {"person_id": person_id, "seen": now, "began": now}


def citizen_counts(held: Mapping[str, Any], idle: int = CITIZEN_IDLE) -> bool:
    """Whether a citizen's sign-in, as the session holds it, is in force: used of late, and not begun too
    long ago.
    """
    now = time.time()
    return now - held["seen"] <= idle and now - held.get("began", held["seen"]) <= CITIZEN_LONGEST


def why_signed_out(held: Mapping[str, Any], idle: int) -> str:
    """What is said to a citizen whose sign-in is not in force any more."""
    return signed_out_after(idle) if time.time() - held["seen"] > idle else lasted_longest(CITIZEN_LONGEST)


def recognise(request: HttpRequest) -> None:
    """On a page that is open to all: an official with a session in force is in `request.acting` all the
    same.
    """
    if not _in_session(request) or not (acting := _acting(request)):
        return
    if not _is_over(request, role_of(acting.role).idle.total_seconds()):
        cast(OfficialRequest, request).acting = acting


def begin_anew(request: HttpRequest) -> None:
    """The official says that they are still there: the time in which nothing was done begins anew."""
    request.session["seen"] = int(time.time())
    sign_in.record_seen(official_of(request).pk)


def official_of(request: HttpRequest) -> Official:
    """The official who is signed in, in a view that lets only officials in."""
    return cast(Official, request.user)


def _in_session(request: HttpRequest) -> bool:
    """With both factors. A lock, a new password or authenticator, or the end of a role has ended a
    session already.
    """
    return request.user.is_authenticated and request.user.is_verified()  # pyright: ignore


def _acting(request: HttpRequest) -> Acting | None:
    try:
        grant_id = request.session.get("grant", 0)
        return lookups.acting(official_of(request), grant_id, client_address(request), request_id(request))
    except errors.NotGranted:
        return None


def _is_over(request: HttpRequest, idle: float) -> bool:
    now = time.time()
    session = request.session
    return now - session.get("signed_in", 0) > LONGEST_SESSION or now - session.get("seen", 0) > idle


def _end(request: HttpRequest, idle: float) -> HttpResponse:
    unused = time.time() - request.session.get("seen", 0) > idle
    auth.logout(request)
    why = signed_out_after(idle) if unused else lasted_longest(LONGEST_SESSION)
    messages.warning(request, why)
    return _lead_to(request, settings.LOGIN_URL)


def _seen(request: HttpRequest) -> None:
    now = int(time.time())
    if now - request.session.get("seen", 0) >= _SEEN_EVERY:
        request.session["seen"] = now
        sign_in.record_seen(official_of(request).pk)


def _refuse(request: HttpRequest, missing: str) -> HttpResponse:
    roles = [role.name for code, role in ROLES.items() if code in roles_with(missing)]
    return render(request, "office/refused.html", {"duty": DUTIES[missing], "roles": roles}, status=403)


def _lead_to(request: HttpRequest, name: str) -> HttpResponse:
    """To the page `name` and back to the one that was open. What was sent is not kept, and both pages say so.

    A view that can say better what was not recorded has a function `unsent` as its attribute: it takes the
    request and gives the sentence.
    """
    if request.method not in ("GET", "HEAD"):
        words = getattr(_view_of(request), "unsent", _unsent)(request)
        request.session[UNSENT] = words  # said once more when the page is back
        messages.warning(request, words)
    where = f"{reverse(name)}?{urlencode({'next': _open_page(request)})}"
    return lead(request, where)


def _unsent(_request: HttpRequest) -> str:
    return _("Your session ended. What you just sent was not recorded.")


def _view_of(request: HttpRequest) -> View | None:
    return request.resolver_match.func if request.resolver_match else None


def _open_page(request: HttpRequest) -> str:
    """The page that its reader saw: the one that was asked for, or that held the form or the piece."""
    if page := request.headers.get("HX-Current-URL"):
        return urlsplit(ours(request, page)).path  # what is sought for stays out of the address
    return (
        ours(request, request.get_full_path()) if request.method in ("GET", "HEAD") else page_before(request)
    )


def page_before(request: HttpRequest) -> str:
    """The page of ours that led here, as a path; "" where the browser does not tell, or it was another
    site's.
    """
    return ours(request, request.headers.get("Referer", ""))


def ours(request: HttpRequest, address: str) -> str:
    """The path and query of an address that somebody was led here from, or wants to be led to; "" where it is
    another site's, or longer than any of ours, which no redirect could hold.
    """
    if len(address) > LONGEST_ADDRESS or not url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    ):
        return ""
    parts = urlsplit(address)
    if not parts.path.startswith("/"):
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def signed_out_after(seconds: float) -> str:
    """Why somebody has to sign in again."""
    return _("You were signed out because you did nothing for %(minutes)d minutes.") % {
        "minutes": seconds // 60
    }


def lasted_longest(seconds: float) -> str:
    """Why somebody has to sign in again who was busy all the time."""
    return _("You were signed out because a session lasts %(hours)d hours at most.") % {
        "hours": seconds // 3600
    }
