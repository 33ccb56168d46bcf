"""A pass as its holder sees it: on the screen, as large as the screen, as a picture, on paper; and the way to withdraw it."""

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dancu.areas import lookups as areas
from dancu.checkpoints import actions as checkpoints
from dancu.checkpoints.errors import AlreadyRevoked
from dancu.checkpoints.lookups import pass_code
from dancu.credentials import qr
from dancu.isolation.lookups import arrivals_of
from dancu.web import paper
from dancu.web.access import public
from dancu.web.citizen.privacy import private
from dancu.web.citizen.tokens import pass_at, pass_page

_PAPERS = {"pdf": ("application/pdf", paper.pass_pdf), "png": ("image/png", paper.pass_png)}


@public
@private
@require_safe
def show(request: HttpRequest, token: str) -> HttpResponse:
    """The pass; without its code once it no longer counts."""
    return render(request, "citizen/pass.html", _seen(pass_at(token)))


@public
@private
@require_safe
def full(request: HttpRequest, token: str) -> HttpResponse:
    """Nothing but the code, as large as the screen."""
    shown = pass_at(token)
    return (
        render(request, "citizen/pass_full.html", _seen(shown))
        if not _over(shown)
        else redirect(pass_page(shown["pass_id"]))
    )


@public
@private
@require_safe
def slip(request: HttpRequest, token: str, kind: str) -> HttpResponse:
    """The slip, to be kept or printed."""
    shown = pass_at(token)
    if _over(shown):
        return redirect(pass_page(shown["pass_id"]))
    content_type, made = _PAPERS[kind]
    response = HttpResponse(made(shown, get_language() or settings.LANGUAGE_CODE), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="dancu-{pass_code(shown["pass_id"])}.{kind}"'
    return response


@public
@private
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether the journey is off; then the pass no longer counts, and both communes see it."""
    shown = pass_at(token)
    if request.method == "POST" and not _over(shown):
        with override(settings.LANGUAGE_CODE):
            reason = _("Withdrawn by the citizen")
        with suppress(AlreadyRevoked):  # pressed twice
            checkpoints.revoke_pass(shown["pass_id"], reason)
    if request.method == "POST" or _over(shown):
        return redirect(pass_page(shown["pass_id"]))
    return render(request, "citizen/withdraw.html", _seen(shown))


def _seen(shown: dict[str, Any]) -> dict[str, Any]:
    names = ("show", "full", "withdraw", "pdf", "png")
    over = _over(shown)
    return {
        "pass": shown,
        "code": pass_code(shown["pass_id"]),
        "qr": "" if over else qr.svg(shown["qr_text"]),
        "origin": areas.get(shown["origin_area"]),
        "destination": areas.get(shown["destination_area"]),
        "confirmed": shown["told_outcome"] in ("confirmed", "differences"),
        "over": over,
        "pages": {
            name: pass_page(shown["pass_id"], f"citizen:pass-{name}" if name != "show" else "citizen:pass")
            for name in names
        },
    }


def _over(shown: dict[str, Any]) -> str:
    """Why the pass no longer counts; "" while it does."""
    if shown["revoked_at"]:
        return "revoked"
    if shown["expires_at"] < timezone.now():
        return "expired"
    met = (row for row in arrivals_of(shown["person_id"]) if row["declaration_id"] == shown["declaration_id"])
    return "completed" if any(row["state"] == "met" for row in met) else ""
