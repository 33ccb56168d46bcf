"""In a demonstration no message leaves the machine: this page shows them instead of a telephone."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dancu.messaging.lookups import recent
from dancu.web.access import public
from dancu.web.citizen.privacy import private
from dancu.web.demonstration import shows_secrets

SHOWN = 20


@public
@private
@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    """The newest messages. There is no such page in a country."""
    if not shows_secrets():
        raise Http404
    return render(request, "citizen/demo_messages.html", {"sent": recent(SHOWN)})
