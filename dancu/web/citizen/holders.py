"""Someone who has shown that a telephone is theirs which is not the register's: they see the passes
declared with it, and nothing else.
"""

import time

from django.contrib import messages
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from dancu.accounts.sessions import short_lived
from dancu.web.access import citizen_counts, why_signed_out

IDLE = 15 * 60  # seconds
_KEY = short_lived("pass_holder", "number", "phone")


def begin_session(request: HttpRequest, number: str, phone: str) -> None:
    """From now on this session may list the passes declared with that number and telephone. Its key is
    new.
    """
    request.session.flush()
    now = int(time.time())
    request.session[_KEY] = {"number": number, "phone": phone, "seen": now, "began": now}


def holder(request: HttpRequest) -> tuple[str, str] | None:
    """The number and the telephone of this session, where there are any and it was not left for 15
    minutes, and signed in at most two hours ago.
    """
    held = request.session.get(_KEY)
    if not held or not citizen_counts(held, IDLE):
        if held:
            del request.session[_KEY]
            messages.warning(request, why_signed_out(held, IDLE))
        return None
    request.session[_KEY] = held | {"seen": int(time.time())}
    return held["number"], held["phone"]


def times(session: SessionBase) -> dict[str, int]:
    """When the holder was here last (`seen`) and first (`began`), in seconds since 1970; empty where
    there is none.
    """
    held = session.get(_KEY) or {}
    return {name: held[name] for name in ("seen", "began") if name in held}
