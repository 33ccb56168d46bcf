"""Whether this server and its database answer, and can write."""

from typing import Literal

import msgspec
import psycopg
from django.db import Error, connection, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from dancu.endpoints.access import OPEN
from dancu.endpoints.declaration import endpoint
from dancu.endpoints.problems import AWAY, ProblemKind, Refusal

_FULL = (psycopg.errors.DiskFull, psycopg.errors.InsufficientResources)
# Some rows more than fit into the memory that is allowed, so that they pass through a file: the disk has
# room, or not.
_WRITES = "SELECT count(*) FROM generate_series(1, 20000)"
DISK_FULL = ProblemKind(
    "disk-full",
    503,
    _("The disk of the database is full"),
    _("Tell the operator: nothing can be saved until there is room again."),
)


class HealthAnswer(msgspec.Struct):
    """The server and its database answer."""

    status: Literal["ok"] = "ok"


@endpoint(
    "GET",
    access=OPEN,
    summary=_("Whether the server and its database answer"),
    answer=HealthAnswer,
    problems=(AWAY, DISK_FULL),
    bare=True,
)
def health(request: HttpRequest) -> HealthAnswer:
    """A statement reaches the database, which has room to write."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL work_mem = '64kB'")
            cursor.execute(_WRITES)
    except Error as error:
        is_full = isinstance(error.__cause__, _FULL)
        connection.close()
        raise Refusal(DISK_FULL if is_full else AWAY, headers={"Retry-After": "5"}) from None
    return HealthAnswer()
