"""Browsers in which an official has signed in before: whoever tries wrong passwords elsewhere keeps nobody
out of them.

A signed cookie names the officials. It lets nobody in: it only tells whose wrong tries elsewhere do not count
here, and this browser's own are counted by itself.
"""

import secrets
from typing import NamedTuple

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from dancu.accounts.throttle import allow

_COOKIE, _SALT = "dancu_known", "dancu.web.office.sign_in.known_browsers"
_DAYS, _MOST = 90, 40  # a station's tablet has two shifts of officers
TRIES, PER_SECONDS = 10, 900


class KnownBrowser(NamedTuple):
    """A browser: its own number, and who signed in there, the last one at the end."""

    browser: str
    officials: tuple[int, ...]

    def may_try(self) -> bool:
        """Count a try of this browser's, and say whether it is among the first ten of a quarter of an
        hour.
        """
        return bool(self.officials) and allow(f"known browser {self.browser}", TRIES, PER_SECONDS)


def browser_of(request: HttpRequest) -> KnownBrowser:
    """What this browser's cookie says; nobody where there is none, or none of ours."""
    try:
        browser, officials = signing.loads(
            request.COOKIES.get(_COOKIE, ""), salt=_SALT, max_age=_DAYS * 24 * 3600
        )
    except (signing.BadSignature, ValueError):
        return KnownBrowser("", ())
    return KnownBrowser(browser, tuple(officials))


def remember(request: HttpRequest, response: HttpResponse, official_id: int) -> HttpResponse:
    """The official has signed in here, with both factors."""
    before = browser_of(request)
    officials = [*(each for each in before.officials if each != official_id), official_id][-_MOST:]
    value = signing.dumps([before.browser or secrets.token_hex(8), officials], salt=_SALT, compress=True)
    response.set_cookie(
        _COOKIE,
        value,
        max_age=_DAYS * 24 * 3600,
        path="/office/",
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )
    return response
