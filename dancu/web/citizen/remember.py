"""The traveller this device was asked to remember: a signed cookie with the identity typed here, and nothing of any journey."""

from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from dancu.web.citizen.forms.base import Kept

COOKIE = "traveller"
DAYS = 90
_SALT = "dancu.web.citizen.remember"
_STEPS = ("number", "identity", "nationality")


def remember(response: HttpResponse, kept: dict[str, Kept]) -> None:
    """Ask the browser to keep the identity for 90 days."""
    identity = {step: kept[step] for step in _STEPS if step in kept}
    response.set_cookie(
        COOKIE,
        signing.dumps(identity, salt=_SALT, compress=True),
        max_age=DAYS * 24 * 3600,
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )


def remembered(request: HttpRequest) -> dict[str, Kept]:
    """The identity this browser keeps, by step; empty where it keeps none, or one that was changed or is too old."""
    try:
        identity: Any = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=DAYS * 24 * 3600)
    except signing.BadSignature:
        return {}
    return identity if name_in(identity) else {}


def forget(response: HttpResponse) -> None:
    """Ask the browser to drop it."""
    response.delete_cookie(COOKIE, samesite="Lax")  # pyright: ignore[reportCallIssue] (the stubs are older)


def name_in(identity: dict[str, Kept]) -> str:
    """Whose identity it is, "" for nobody's."""
    return next(iter(identity.get("identity", {}).get("full_name", [])), "")
