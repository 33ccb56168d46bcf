"""Answers about nobody, kept by a worker for some seconds: a country types the same few letters of its
communes again and again, and what is known already needs no thread.
"""

import time
from collections.abc import Mapping

from django.conf import settings
from django.http import parse_cookie

MOST = 2000  # of about 2 kB each
_LONGEST_QUERY = 400  # letters, with the escapes of a typed commune

Headers = list[tuple[str, str]]
Answer = tuple[int, Headers, bytes]
Key = tuple[str, ...]


class AnswerCache:
    """The last answers, each for as long as a list of areas may be kept (settings.AREAS_KEPT_SECONDS).

    Only good ones that say themselves that they are public. Each belongs to everything that may have changed
    it: what was asked, at which address, in which language. For the event loop alone.
    """

    def __init__(self) -> None:
        self._answers: dict[Key, tuple[float, Answer]] = {}

    def find(self, key: Key) -> Answer | None:
        """What was answered to this a moment ago; None where nothing was."""
        until, answer = self._answers.get(key, (0.0, None))
        return answer if time.monotonic() < until else None

    def put(self, key: Key, answer: Answer) -> None:
        """Keep an answer, and forget the oldest where there are too many."""
        status, headers, _content = answer
        if status == 200 and "public" in dict(headers).get("cache-control", ""):
            self._answers.pop(key, None)
            self._answers[key] = (time.monotonic() + settings.AREAS_KEPT_SECONDS, answer)
            while len(self._answers) > MOST:
                del self._answers[next(iter(self._answers))]


def key_of(method: str, scheme: str, query: str, headers: Mapping[str, str]) -> Key | None:
    """What an answer depends on; None where it is not to be kept."""
    if method != "GET" or len(query) > _LONGEST_QUERY:
        return None
    seen = [headers.get(name, "") for name in ("host", "x-forwarded-proto", "accept-language")]
    return (scheme, query, *seen, _language(headers.get("cookie", "")))


def _language(cookies: str) -> str:
    """Of the reader's choice, as LocaleMiddleware reads it."""
    return (
        parse_cookie(cookies).get(settings.LANGUAGE_COOKIE_NAME, "")
        if settings.LANGUAGE_COOKIE_NAME in cookies
        else ""
    )
