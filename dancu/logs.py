"""What the log says: which page failed and where in the code, never what was typed, sent or stored."""

import logging
import re
import traceback
from typing import Any

import psycopg
from django.db import Error

_NUMBERS = re.compile(r"\d{5,}")  # personal, old and telephone numbers
_THEIR_FAULT = ("django.security.",)  # a host, a form or an address that is refused: the answer says so


def is_ours(record: logging.LogRecord) -> bool:
    """Whether an operator can act on it: not what a caller did wrong."""
    status = getattr(record, "status_code", 500)
    return not (record.name.startswith(_THEIR_FAULT) or (record.name == "django.request" and status < 500))


class Discreet(logging.Formatter):
    """One line, and of a fault of ours the way to it, without values."""

    def format(self, record: logging.LogRecord) -> str:
        request = getattr(record, "request", None)
        said = (
            f"{getattr(record, 'status_code', 500)} at {_route(request)}" if request else record.getMessage()
        )
        said = _NUMBERS.sub("…", said) + _request_id(request)
        error = record.exc_info[1] if record.exc_info else None
        if error is None:
            return said
        return (
            f"{said}: {_said(error)}"
            if _is_of_the_database(error)
            else f"{said}\n{place_of(error)}{_said(error)}"
        )


def _route(request: Any) -> str:
    """The pattern of the page, not the address, which may hold what was typed."""
    match = getattr(request, "resolver_match", None)
    return f"{request.method} {match.route}" if match else str(request.method)


def _request_id(request: Any) -> str:
    """By which an operator finds what an endpoint's caller was told (accounts.caller.answered_id)."""
    known = getattr(request, "answered_id", "")
    return f" (request {known})" if known else ""


def _is_of_the_database(error: BaseException) -> bool:
    """Whether it is the connection's or a wait's, which no line of ours explains."""
    return isinstance(error, (Error, psycopg.Error)) and isinstance(
        error.__cause__ or error, psycopg.OperationalError
    )


def place_of(error: BaseException) -> str:
    """Where in the code it arose, without any value."""
    return "".join(traceback.format_tb(error.__traceback__))


def _said(error: BaseException) -> str:
    """Of the database only the kind: its messages quote what stands in the rows."""
    cause = error.__cause__ if isinstance(error, Error) else error
    if isinstance(cause, psycopg.Error):
        constraint = cause.diag.constraint_name or ""
        return " ".join(filter(None, (type(cause).__name__, cause.sqlstate, constraint)))
    return f"{type(error).__name__}: {_NUMBERS.sub('…', str(error))}"
