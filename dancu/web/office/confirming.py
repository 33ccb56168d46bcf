"""The page between a form and its deed: it tells what will happen and asks whether that is right."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def question(
    request: HttpRequest, template: str, context: dict[str, Any], given: Sequence[tuple[str, Any]], told: Any
) -> HttpResponse | None:
    """The page that asks (it extends office/confirm.html), until it is answered; None once it is.

    `given`: what the form sent, to be sent again. `told`: what the page says of the present; where that has changed between page
    and answer it is asked anew, and says so.
    """
    was, is_answered = hashlib.sha256(repr(told).encode()).hexdigest(), "confirmed" in request.POST
    if is_answered and request.POST.get("was") == was:
        return None
    return render(request, template, context | {"given": given, "was": was, "changed_meanwhile": is_answered})
