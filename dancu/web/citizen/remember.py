"""The traveller and the journey this device was asked to remember: a signed cookie with what was typed
here, and nothing of any health.
"""

from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from dancu.web.citizen.forms.base import Kept

COOKIE = "traveller"
DAYS = 90
_SALT = "dancu.web.citizen.remember"
IDENTITY = ("number", "identity", "nationality")
_JOURNEY = ("phone", "home", "permanent", "origin", "destination", "when", "reason", "vehicle", "plate")
_LONGEST = 3800  # of the 4,096 that every browser keeps of one cookie


def remember(response: HttpResponse, kept: dict[str, Kept]) -> None:
    """Ask the browser to keep identity and journey for 90 days; the identity alone where very long
    addresses leave no room.
    """
    whole, identity = (
        signing.dumps({step: kept[step] for step in steps if step in kept}, salt=_SALT, compress=True)
        for steps in ((*IDENTITY, *_JOURNEY), IDENTITY)
    )
    response.set_cookie(
        COOKIE,
        whole if len(whole) <= _LONGEST else identity,
        max_age=DAYS * 24 * 3600,
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )


def remembered(request: HttpRequest) -> dict[str, Kept]:
    """What this browser keeps, by step; empty where it keeps none, or one that was changed or is too old."""
    try:
        identity: Any = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=DAYS * 24 * 3600)
    except signing.BadSignature:
        return {}
    return identity if name_in(identity) else {}


def forget(response: HttpResponse) -> None:
    """Ask the browser to drop it."""
    response.delete_cookie(COOKIE, samesite="Lax")  # pyright: ignore[reportCallIssue] (the stubs are older)


def identity_in(kept: dict[str, Kept]) -> dict[str, Kept]:
    """Of what is remembered the traveller alone."""
    return {step: kept[step] for step in IDENTITY if step in kept}


def has_journey(kept: dict[str, Kept]) -> bool:
    """Whether a journey is remembered too."""
    return "destination" in kept


def route_in(kept: dict[str, Kept]) -> str:
    """From where to where the remembered journey goes, "" where none is remembered."""
    if not has_journey(kept):
        return ""
    ends = (next(iter(kept.get(end, {}).get(f"{end}_area", [])), "") for end in ("origin", "destination"))
    return " → ".join(end.split(",")[0] for end in ends)


def name_in(identity: dict[str, Kept]) -> str:
    """Whose identity it is, "" for nobody's."""
    return next(iter(identity.get("identity", {}).get("full_name", [])), "")
