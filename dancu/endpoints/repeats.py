"""A request that changes something, sent twice, is done once: by the caller's own key, `Idempotency-Key`.

What the view writes, the key and the answer are one transaction. So whoever is killed leaves nothing, and the
repeated request does it; whoever comes while it is done waits for the row of the key, and then gets the same
answer. Kept for a day (KEPT).
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Final
from uuid import UUID

import psycopg
from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from dancu.db.queries import Queries
from dancu.endpoints.problems import HEADERS, KEY_REUSED, NO_KEY, STILL_RUNNING, Refusal

KEPT: Final = timedelta(days=1)
HEADER: Final = "Idempotency-Key"
_OF_THE_MOMENT: Final = (409, 429)  # an answer that another moment changes
_sql = Queries(__file__)


def done_once(request: HttpRequest, caller: str, work: Callable[[], HttpResponse]) -> HttpResponse:
    """What `work` answers, or has answered to this key of this caller. Raises Refusal: no key, another
    request under it, or one that is still under way after the connection's lock_timeout.
    """
    of = {"caller": caller, "key": _key(request)}
    fingerprint = _fingerprint(request)
    with transaction.atomic():
        if not _claimed(fingerprint, **of):
            return _again(fingerprint, **of)
        answer = work()
        if answer.status_code in _OF_THE_MOMENT:
            _sql.run("give_up", **of)
        else:
            media = answer.headers["Content-Type"]
            _sql.run("keep", status=answer.status_code, media=media, body=answer.content, **of)
    return answer


def forget() -> int:
    """How many requests were forgotten that nobody repeats any more."""
    return _sql.run("forget", kept=KEPT)


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.headers.get(HEADER, ""))
    except ValueError:
        raise Refusal(NO_KEY, field=HEADER) from None


def _fingerprint(request: HttpRequest) -> bytes:
    """Of what is asked: bodies hold personal numbers, which a plain hash would give to whoever tries all."""
    asked = f"{request.method} {request.get_full_path()}\n".encode() + request.body
    return salted_hmac(__name__, asked, algorithm="sha256").digest()  # pyright: ignore


def _claimed(fingerprint: bytes, caller: str, key: UUID) -> bool:
    try:
        return _sql.run("claim", caller=caller, key=key, fingerprint=fingerprint) == 1
    except OperationalError as error:
        if isinstance(error.__cause__, psycopg.errors.LockNotAvailable):
            raise Refusal(STILL_RUNNING, field=HEADER, headers={"Retry-After": "2"}) from None
        raise


def _again(fingerprint: bytes, caller: str, key: UUID) -> HttpResponse:
    kept = _sql.one("kept", caller=caller, key=key)
    if kept is None:  # forgotten between two statements
        raise Refusal(STILL_RUNNING, field=HEADER, headers={"Retry-After": "1"})
    if bytes(kept["fingerprint"]) != fingerprint:
        raise Refusal(KEY_REUSED, field=HEADER)
    headers = HEADERS | {"Idempotency-Replayed": "true"}
    return HttpResponse(
        bytes(kept["body"]), status=kept["status"], content_type=kept["media"], headers=headers
    )
