"""What is answered when a request fails: in words, whatever the fault, to pages and to endpoints."""

import sys
from collections.abc import Callable
from http import HTTPStatus

import psycopg
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template import loader
from django.views import defaults

from dancu.endpoints import problems
from dancu.endpoints.problems import ProblemKind, Refusal, problem
from dancu.register.errors import NoSuchPerson
from dancu.web.security import POLICIES

_BUSY = (
    psycopg.errors.LockNotAvailable,
    psycopg.errors.DeadlockDetected,
    psycopg.errors.SerializationFailure,
)
_TOO_LONG = (psycopg.errors.QueryCanceled, psycopg.errors.IdleInTransactionSessionTimeout)
_TOLD: dict[str, ProblemKind] = {
    "busy": problems.BUSY,
    "too_long": problems.TOO_LONG,
    "away": problems.AWAY,
    "fault": problems.FAULT,
}
_ENDPOINTS = ("/api/", "/.well-known/")


class AskAgain:
    """A page that is read while a record on it is merged, or parted, between two of its statements is
    read once more: then it is about who is there now.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        match = request.resolver_match
        if not isinstance(error, NoSuchPerson) or request.method not in ("GET", "HEAD") or match is None:
            return None
        return match.func(request, *match.args, **match.kwargs)


def kind_of(error: BaseException | None) -> str:
    """busy: a record that somebody else is changing, or has merged meanwhile; too_long: a statement that
    was given up; away: no database; else fault.
    """
    if isinstance(error, NoSuchPerson):
        return "busy"
    if not isinstance(
        error, (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)
    ):
        return "fault"
    cause = error.__cause__ or error
    if isinstance(cause, _BUSY):
        return "busy"
    return "too_long" if isinstance(cause, _TOO_LONG) else "away"


def failed(request: HttpRequest) -> HttpResponse:
    """What Django calls while a fault is being handled (`handler500`). Reads nothing of the request but
    its path: that may be what failed.
    """
    kind = kind_of(sys.exc_info()[1])
    status = HTTPStatus.INTERNAL_SERVER_ERROR if kind == "fault" else HTTPStatus.SERVICE_UNAVAILABLE
    headers = POLICIES | (
        {"Cache-Control": "no-store"}
        if kind == "fault"
        else {"Cache-Control": "no-store", "Retry-After": "5"}
    )
    if _is_of_a_program(request):
        return problem(request, Refusal(_TOLD[kind], headers=headers))
    page = loader.render_to_string("500.html", {"kind": kind})
    return HttpResponse(page, status=status, headers=headers)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What Django calls where there is nothing at an address (`handler404`)."""
    if _is_of_a_program(request):
        return problem(request, Refusal(problems.NOT_FOUND))
    return defaults.page_not_found(request, exception)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What Django calls where a view raises PermissionDenied (`handler403`)."""
    if _is_of_a_program(request):
        return problem(request, Refusal(problems.NOT_ALLOWED))
    return defaults.permission_denied(request, exception)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What Django calls for a request that is none of ours: another host, headers that cannot be
    (`handler400`).
    """
    if _is_of_a_program(request):
        return problem(request, Refusal(problems.BAD_REQUEST))
    return defaults.bad_request(request, exception)


def _is_of_a_program(request: HttpRequest) -> bool:
    """Whether an endpoint is asked, or was meant; of a page of those that lie there, it does not matter."""
    return request.path.startswith(_ENDPOINTS)
