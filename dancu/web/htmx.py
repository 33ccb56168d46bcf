"""What htmx asks for and is told: a piece instead of the page, and that all of the page goes elsewhere."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


def is_htmx(request: HttpRequest) -> bool:
    """Whether a piece of a page is asked for, not a page."""
    return "HX-Request" in request.headers


def lead(request: HttpRequest, where: str) -> HttpResponse:
    """To this address, whether a page or a piece was asked for: htmx would put a redirect's page into the
    piece.
    """
    if is_htmx(request):
        return HttpResponse(status=204, headers={"HX-Redirect": where})
    return redirect(where)
