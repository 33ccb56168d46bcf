"""What an official types to find somebody stands in no address: not in the browser's history, a proxy's log
or a Referer.

The form is sent by POST and led on to an address that holds what was chosen in plain and what was typed
sealed, as one parameter. So paging, the way back, exports and print are links as ever; who gets hold of one
reads nothing in it, and only the official who typed it may open it, for as long as a session may last.
"""

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Collection, Mapping

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from dancu.web.access import LONGEST_SESSION

NAME = "sought"  # of the parameter
# Letters of what is chosen and of what is typed, and values of either: an address has no room for more
_CHOSEN, _TYPED, _MOST = 30, 120, 12
_NOT_ASKED = ("csrfmiddlewaretoken", "send")


def lead_on(request: HttpRequest, plain: Collection[str] = ()) -> HttpResponse:
    """To the address of what was sent; `plain`: the names of what is chosen from a list and tells of
    nobody.
    """
    return redirect(f"{request.path}{query(request, request.POST, plain)}")


def query(request: HttpRequest, given: QueryDict | Mapping[str, object], plain: Collection[str] = ()) -> str:
    """The query of the address that asks for what is `given`, with its question mark; "" where nothing is."""
    address, typed = QueryDict(mutable=True), {}
    fields = (
        given.lists() if isinstance(given, QueryDict) else ((name, [value]) for name, value in given.items())
    )
    for name, values in fields:
        said = [text for value in values if (text := str(value).strip())]
        if name in _NOT_ASKED or not said:
            continue
        if name in plain:
            address.setlist(name, [text[:_CHOSEN] for text in said[:_MOST]])
        elif len(typed) < _MOST:
            typed[name] = said[-1][:_TYPED]
    if typed:
        address[NAME] = _seal(request).encrypt(_text(typed)).decode().rstrip("=")
    return f"?{address.urlencode()}" if address else ""


def read(request: HttpRequest, plain: Collection[str] = (), asked: QueryDict | None = None) -> QueryDict:
    """What an address asks for (`asked`: its query; without it that of this page), with what is sealed in it.
    Whatever else stands in it that is not of those in `plain` is passed over.
    """
    asked, found = request.GET if asked is None else asked, QueryDict(mutable=True)
    for name in plain:
        if name in asked:
            found.setlist(name, asked.getlist(name))
    for name, value in (_opened(request, asked.get(NAME, "")) or {}).items():
        found[name] = value
    return found


def is_forgotten(request: HttpRequest) -> bool:
    """Whether this page's address holds something sealed that cannot be opened: too old, another's, or
    cut off.
    """
    return NAME in request.GET and _opened(request, request.GET[NAME]) is None


def _opened(request: HttpRequest, sealed: str) -> dict[str, str] | None:
    try:
        text = _seal(request).decrypt(sealed + "=" * (-len(sealed) % 4), ttl=LONGEST_SESSION)
    except (InvalidToken, ValueError):  # or letters that no seal has
        return None
    return json.loads(text)


def _text(typed: dict[str, str]) -> bytes:
    return json.dumps(typed, ensure_ascii=False).encode("utf-8", "replace")


def _seal(request: HttpRequest) -> Fernet:
    """Of this official alone."""
    key = hmac.digest(settings.SECRET_KEY.encode(), f"dancu.web.sought {request.user.pk}".encode(), "sha256")
    return Fernet(urlsafe_b64encode(key))
