"""The desk is one page whose middle changes: htmx fetches the middle alone, a browser without it the
whole page.
"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from dancu.checkpoints.reasons import ABOUT
from dancu.web.checkpoint import aboard
from dancu.web.checkpoint.shift import StationRequest
from dancu.web.htmx import is_htmx


def show(request: StationRequest, piece: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """This middle of the desk ("scan", "result"…), alone or in the page. Where it `asks` something further
    down, the page stands there, not at its top.
    """
    context |= {"piece": f"checkpoint/{piece}.html", "shift": request.shift}
    if is_htmx(request):  # which swaps in 200 and 422; the meta tag htmx-config says so
        answer = render(request, context["piece"], context | {"alone": True}, status=min(status, 422))
        if context.get("asks"):
            answer["HX-Reswap"] = "innerHTML show:#asked:top"
        return answer
    return render(request, "checkpoint/desk.html", page_words() | context, status=status)


def page_words() -> dict[str, Any]:
    """What the page has besides its middle: what the device's own pieces are made of."""
    return {"own_words": ABOUT.items(), **aboard.empty()}
