"""Whether this server and its database answer."""

from django.db import connection
from django.http import HttpRequest, HttpResponse

from dancu.api.answers import answer


def health(request: HttpRequest) -> HttpResponse:
    """200 where a statement reaches the database and comes back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return answer({"status": "ok"})


health.public = True  # type: ignore[attr-defined]
