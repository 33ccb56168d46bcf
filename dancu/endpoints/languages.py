"""In which language an endpoint answers: as pages do, by the reader's choice, else by what the program
accepts.
"""

from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, parse_cookie
from django.utils import translation

_LONGEST = 300  # letters of a header that are looked at


def language_of(accepted: str, cookies: str = "") -> str:
    """The language for these headers (Accept-Language, Cookie): vi or en."""
    chosen = ""
    if settings.LANGUAGE_COOKIE_NAME in cookies:
        chosen = parse_cookie(cookies).get(settings.LANGUAGE_COOKIE_NAME, "")
    return _spoken(accepted[:_LONGEST], chosen[:20])


@lru_cache(maxsize=1000)
def _spoken(accepted: str, chosen: str) -> str:
    request = HttpRequest()
    request.META["HTTP_ACCEPT_LANGUAGE"] = accepted
    request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = chosen
    return translation.get_language_from_request(request)
