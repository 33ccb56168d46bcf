"""What is done wholly or not at all, however many do it at once."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import psycopg
from django.db import OperationalError, connection, transaction

TRIES = 4  # of two that wait for each other the server gives one up, after a second

P = ParamSpec("P")
R = TypeVar("R")


def whole(deed: Callable[P, R]) -> Callable[P, R]:
    """A deed that is one transaction, or a part of the one that is under way.

    Who writes several rows holds them first, all in one order (see isolation/actions.py). But a merge takes
    whatever hangs on a person, out of all tables: where the server gave this deed up since another and it
    waited for each other, nothing of it was written, and it is done again before whoever pressed hears of it.
    Raises what the deed raises, and OperationalError where that happens again and again.
    """

    @wraps(deed)
    def done(*args: P.args, **kwargs: P.kwargs) -> R:
        left = 1 if connection.in_atomic_block else TRIES
        while True:
            left -= 1
            try:
                with transaction.atomic():
                    return deed(*args, **kwargs)
            except OperationalError as failed:
                if not left or not isinstance(failed.__cause__, psycopg.errors.DeadlockDetected):
                    raise

    return done
