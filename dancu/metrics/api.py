"""What Prometheus asks."""

import hmac
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from dancu.endpoints.access import bearer
from dancu.endpoints.declaration import endpoint
from dancu.endpoints.problems import BAD_TOKEN, NO_TOKEN, NOT_FOUND, Refusal
from dancu.metrics.collecting import exposition

MEDIA: Final = "text/plain"
_ASK: Final = {"WWW-Authenticate": 'Bearer realm="dancu-metrics"'}


class Scraper:
    """The operator's Prometheus, by the token of DANCU_METRICS_TOKEN. Where none is set there is nothing."""

    scheme = "metrics"
    duty = ""
    words = _("the operator’s monitoring")
    problems = (NOT_FOUND, NO_TOKEN, BAD_TOKEN)
    described = {
        "type": "http",
        "scheme": "bearer",
        "description": "The operator sets it: DANCU_METRICS_TOKEN.",
    }

    def let_in(self, request: HttpRequest) -> str:
        """Raises Refusal."""
        token = settings.METRICS_TOKEN
        if not token:
            raise Refusal(NOT_FOUND)
        if not hmac.compare_digest(bearer(request).encode("utf-8", "surrogateescape"), token.encode()):
            raise Refusal(BAD_TOKEN, field="authorization", headers=_ASK)
        return "metrics"


@endpoint(
    "GET",
    access=Scraper(),
    summary=_("Figures for monitoring, as Prometheus reads them"),
    media=MEDIA,
    bare=True,
)
def metrics(request: HttpRequest) -> HttpResponse:
    """How much waits and how old it is, what went wrong, and requests by view: nothing about anybody."""
    return HttpResponse(
        exposition(),
        content_type=f"{MEDIA}; version=0.0.4; charset=utf-8",
        headers={"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"},
    )
