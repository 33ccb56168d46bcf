"""What serving/application.py asks: pages through all middleware, the hot endpoints through none."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError
from django.utils import timezone

BARE = ("/api/people/", "/health/")  # a load balancer asks by address and without HTTPS


class EndpointHandler(WSGIHandler):
    """For endpoints that bring their own token: sessions, languages, forms and messages cost as much again as the answer (docs/performance.md)."""

    def load_middleware(self, is_async: bool = False) -> None:
        self._view_middleware, self._template_response_middleware, self._exception_middleware = [], [], []
        self._middleware_chain = convert_exception_to_response(self._get_response)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The WSGI application."""
    handler = _endpoints if environ["PATH_INFO"].startswith(BARE) else _pages
    return handler(environ, start_response)


def _warm_up() -> None:
    """Read the areas now (0.3 s), so that no citizen waits for it."""
    from dancu.areas import lookups

    try:
        lookups.communes(timezone.localdate())
    except DatabaseError:  # no tables yet: the first request will tell
        return


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dancu.settings")
_pages = get_wsgi_application()
_endpoints = EndpointHandler()
_warm_up()
