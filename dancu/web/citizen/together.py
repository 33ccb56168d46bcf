"""The passes of all who travel together: their codes on one page, for the window of a car, and their
slips on one sheet.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from dancu.checkpoints.groups import seal_group, unseal_group
from dancu.checkpoints.lookups import pass_code
from dancu.checkpoints.rows import PassInFull
from dancu.credentials import qr
from dancu.credentials.errors import CredentialError
from dancu.web import paper
from dancu.web.access import public
from dancu.web.citizen.identity import over
from dancu.web.citizen.privacy import private
from dancu.web.citizen.tokens import pass_page, passes_at, together_page


@public
@private
@require_safe
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Every code with its name, one below the other; of those that no longer count, the name alone."""
    passes = [_shown(request, one) for one in passes_at(token)]
    live = [one["pass_id"] for one in passes if not one["over"]]
    page = {
        "passes": passes,
        "live": len(live),
        "groups": _groups([one for one in passes if not one["over"]]),
        "pdf": together_page(live, "citizen:together-pdf") if live else "",
    }
    return render(request, "citizen/together.html", page)


@public
@private
@require_safe
def slips(request: HttpRequest, token: str) -> HttpResponse:
    """The slips of those that still count, four to a sheet of A4."""
    live = [one for one in passes_at(token) if not over(request, one)]
    if not live:
        return show(request, token)
    made = paper.passes_pdf(live, get_language() or settings.LANGUAGE_CODE)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = (
        f'attachment; filename="dancu-{pass_code(live[0]["pass_id"])}-{len(live)}.pdf"'
    )
    return response


def _groups(live: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One code for all, or as few as they fit into; none for one alone."""
    if len(live) < 2:
        return []
    try:
        texts = seal_group([one["qr_text"] for one in live])
    except CredentialError:  # a key was withdrawn: each pass says so itself
        return []
    return [
        {"qr": qr.svg(text, "L"), "names": [one.full_name for one in unseal_group(text).members]}
        for text in texts
    ]


def _shown(request: HttpRequest, one: PassInFull) -> dict[str, Any]:
    code, ended = pass_code(one["pass_id"]), over(request, one)
    return one | {
        "code": code,
        "over": ended,
        "qr": "" if ended else qr.svg(one["qr_text"]),
        "page": pass_page(one["pass_id"]),
    }
