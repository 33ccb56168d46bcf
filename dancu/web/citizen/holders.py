"""Someone who has shown that a telephone is theirs which is not the register's: they see the passes declared with it, and nothing else."""

import time

from django.contrib import messages
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from dancu.web.access import signed_out_after

IDLE = 15 * 60  # seconds
_KEY = "pass_holder"


def begin_session(request: HttpRequest, number: str, phone: str) -> None:
    """From now on this session may list the passes declared with that number and telephone. Its key is new."""
    request.session.flush()
    request.session[_KEY] = {"number": number, "phone": phone, "seen": int(time.time())}


def holder(request: HttpRequest) -> tuple[str, str] | None:
    """The number and the telephone of this session, where there are any and it was not left for 15 minutes."""
    held = request.session.get(_KEY)
    if not held or time.time() - held["seen"] > IDLE:
        if request.session.pop(_KEY, None):
            messages.warning(request, signed_out_after(IDLE))
        return None
    request.session[_KEY] = held | {"seen": int(time.time())}
    return held["number"], held["phone"]


def seen(session: SessionBase) -> int:
    """When the holder was here last, in seconds since 1970; 0 where there is none."""
    return (session.get(_KEY) or {}).get("seen", 0)
