"""Whether this server and its database answer, and can write."""

import psycopg
from django.db import Error, connection, transaction
from django.http import HttpRequest, HttpResponse

from dancu.api.answers import answer

_FULL = (psycopg.errors.DiskFull, psycopg.errors.InsufficientResources)
# Some rows more than fit into the memory that is allowed, so that they pass through a file: the disk has
# room, or not.
_WRITES = "SELECT count(*) FROM generate_series(1, 20000)"


def health(request: HttpRequest) -> HttpResponse:
    """200 where a statement reaches the database, which has room to write; else 503 and what is wrong."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL work_mem = '64kB'")
            cursor.execute(_WRITES)
    except Error as error:
        is_full = isinstance(error.__cause__, _FULL)
        connection.close()
        return answer({"status": "disk full" if is_full else "no database"}, 503)
    return answer({"status": "ok"})


health.public = True  # type: ignore[attr-defined]
