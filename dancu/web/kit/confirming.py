"""The page between a wish and its deed: it tells what will happen and asks whether that is right. A press
that is sent twice does it once.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from uuid_utils.compat import uuid7

Words = str | Promise
_PRESSED, _KEPT = "pressed", 20  # session: the last questions that were answered


@dataclass(frozen=True)
class Confirmation:
    """`consequence`: what will happen; `facts`: (label, value) of what it will happen to; `button`: yes, in
    words of the deed; `back`: where No leads. `is_grave`: it takes something away.
    """

    question: Words
    consequence: Words
    button: Words
    back: str
    facts: Sequence[tuple[Words, Any]] = ()
    is_grave: bool = False


def unanswered(request: HttpRequest, asked: Confirmation) -> HttpResponse | None:
    """The page that asks; None once it is answered with yes. Of a second press of the same question only the
    first counts, and it leads back; two that arrive at once the action tells apart, as every action does.
    """
    if request.method != "POST":
        return render(request, "kit/confirm.html", {"asked": asked, "press": uuid7()})
    press, before = request.POST.get("press", "")[:36], request.session.get(_PRESSED, [])
    if press and press in before:
        return redirect(asked.back)
    if press:
        request.session[_PRESSED] = [*before, press][-_KEPT:]
    return None


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
