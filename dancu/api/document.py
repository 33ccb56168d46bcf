"""What is served, for programs that write programs."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from dancu.endpoints.access import OPEN
from dancu.endpoints.declaration import Cached, endpoint
from dancu.endpoints.document import document


@endpoint(
    "GET",
    access=OPEN,
    summary=_("All endpoints, as OpenAPI 3.1 describes them"),
    answer=dict,
    cached=Cached(300, everywhere=True),
)
def openapi(request: HttpRequest) -> HttpResponse:
    """This document, in English."""
    return HttpResponse(document(), content_type="application/json")
