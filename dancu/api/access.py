"""Who may call an endpoint: a system with a token, acting as an official's account under one role."""

import functools
from collections.abc import Callable
from typing import Any, TypeVar, cast

import psycopg
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from dancu.accounts import errors
from dancu.accounts.caller import OfficialRequest, client_address
from dancu.accounts.quotas import QuotaSpent
from dancu.accounts.tokens import acting_by_token
from dancu.api.answers import refusal

View = Callable[..., HttpResponse]
T = TypeVar("T")


def token_with(duty: str) -> Callable[[View], View]:
    """Only a system whose token's role has this duty may call it; POST only. It is in `request.acting`."""

    def mark(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method != "POST":
                return refusal(
                    405, "method", "Send a POST request: a number in an address would end up in logs."
                )
            scheme, _, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
            if scheme.lower() != "bearer" or not token:
                return refusal(401, "authorization", "Send the header “Authorization: Bearer TOKEN”.")
            connection.health_check_done = True  # a round trip less; see _on_a_live_connection
            try:
                acting = _on_a_live_connection(acting_by_token, token.strip(), client_address(request))
            except errors.NotGranted:
                return refusal(
                    401,
                    "authorization",
                    "This token is invalid or has been revoked. Ask the administrator for a new one.",
                )
            if not acting.may(duty):
                return refusal(403, "authorization", f"The role of this token may not {duty}.")
            cast(OfficialRequest, request).acting = acting
            try:
                return _on_a_live_connection(view, request, *args, **kwargs)
            except QuotaSpent as spent:
                kind, most = spent.args
                of_what = "numbers" if kind == "numbers" else "numbers that nobody holds"
                return refusal(
                    429,
                    "authorization",
                    f"This system may look up {most} {of_what} in 24 hours, and has reached that limit.",
                )
            except RequestDataTooBig:
                most = (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0) >> 20
                return refusal(413, "body", f"The body is larger than {most} MB. Send fewer people at once.")

        guarded.token = duty  # type: ignore[attr-defined]
        return csrf_exempt(guarded)

    return mark


def _on_a_live_connection(work: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """Instead of asking first whether the connection lives: where it turns out not to, a new one and once
    more.
    """
    try:
        return work(*args, **kwargs)
    except (OperationalError, InterfaceError, psycopg.OperationalError):
        if connection.in_atomic_block or connection.is_usable():  # it lives, and refused
            raise
        connection.close()
        return work(*args, **kwargs)
