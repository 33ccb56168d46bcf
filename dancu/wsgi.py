"""What serving/application.py asks: pages through all middleware, the hot endpoints through none, what is
asked at each key through little.
"""

import gc
import os
import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, cast

import django
from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch, resolve
from django.utils import timezone
from django.utils.module_loading import import_string

from dancu.metrics import requests

# nothing about anybody, and nobody who has to sign in: no session, form, message or file
OPEN = "/api/areas/suggest"
OPEN_MIDDLEWARE = (
    "dancu.web.security.SecurityHeaders",
    "dancu.web.security.Utf8",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.locale.LocaleMiddleware",
)


class PageHandler(WSGIHandler):
    """Each answer is counted, by the name of its address and how long it took."""

    def get_response(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = super().get_response(request)
        requests.observe(request, response.status_code, time.perf_counter() - began)
        return response


class EndpointHandler(PageHandler):
    """For endpoints that bring their own token: sessions, languages, forms and messages cost as much again as
    the answer, and so do Django's signals and its search for the view (docs/figures/server.md).
    """

    def load_middleware(self, is_async: bool = False) -> None:
        self._view_middleware, self._template_response_middleware, self._exception_middleware = [], [], []
        self._middleware_chain = convert_exception_to_response(self._get_response)  # pyright: ignore

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        connection.close_if_unusable_or_obsolete()
        response = cast(HttpResponse, self.get_response(WSGIRequest(environ)))
        start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
        return [response.content]

    def resolve_request(self, request: HttpRequest) -> ResolverMatch:
        request.resolver_match = match = _resolved(request.path_info)
        return match


_resolved = lru_cache(maxsize=64)(resolve)


class OpenHandler(PageHandler):
    """For type-ahead, which is asked at each key: in the reader's language and with our headers, at half
    of what a page's middleware costs.
    """

    def load_middleware(self, is_async: bool = False) -> None:
        self._view_middleware, self._template_response_middleware, self._exception_middleware = [], [], []
        chain = convert_exception_to_response(self._get_response)  # pyright: ignore
        for middleware in reversed(OPEN_MIDDLEWARE):
            chain = convert_exception_to_response(import_string(middleware)(chain))
        self._middleware_chain = chain


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The WSGI application."""
    path = environ["PATH_INFO"]
    handler = _endpoints if path in _BARE else _open if path == OPEN else _pages
    return handler(environ, start_response)


def _bare_paths() -> frozenset[str]:
    """Of the endpoints that say so. A load balancer asks for /health/ by address and without HTTPS."""
    from dancu.endpoints.catalogue import bare_paths

    return bare_paths()


def _warm_up() -> None:
    """Read the areas now (0.3 s), so that no citizen waits for it."""
    from dancu.areas import lookups

    try:
        lookups.communes(timezone.localdate())
    except DatabaseError:  # no tables yet: the first request will tell
        return


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dancu.settings")
django.setup(set_prefix=False)
_pages, _endpoints, _open = PageHandler(), EndpointHandler(), OpenHandler()
_BARE = _bare_paths()
_warm_up()
gc.collect()
# all that is there stays: a hundred thousand objects and more, not to be looked through again and again
gc.freeze()
