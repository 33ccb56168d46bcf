"""The page between a form and its deed: it tells what will happen and asks whether that is right."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def question(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    given: Sequence[tuple[str, Any]],
    told: Any,
    *,
    is_open: bool = False,
) -> HttpResponse | None:
    """The page that asks (it extends office/confirm.html), until it is answered; None once it is.

    `given`: what the form sent, to be sent again. `told`: what the page says of the present; where that has
    changed between page and answer it is asked anew, and says so. `is_open`: something else on the page was
    not answered yet.
    """
    was, is_answered = hashlib.sha256(repr(told).encode()).hexdigest(), "confirmed" in request.POST
    has_changed = is_answered and request.POST.get("was") != was
    if is_answered and not has_changed and not is_open:
        return None
    more = {
        "given": given,
        "was": was,
        "changed_meanwhile": has_changed,
        "unanswered": is_answered and is_open,
    }
    return render(request, template, context | more, status=422 if more["unanswered"] else 200)
