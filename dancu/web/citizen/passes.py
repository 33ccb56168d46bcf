"""A pass as its holder sees it: on the screen, as large as the screen, as a picture, on paper; and the
way to withdraw it.
"""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dancu.areas import lookups as areas
from dancu.checkpoints import actions as checkpoints
from dancu.checkpoints.errors import AlreadyRevoked, NoSuchPass
from dancu.checkpoints.lookups import pass_code, pass_of_declaration
from dancu.checkpoints.lookups import replaced_by as whose_place_it_took
from dancu.checkpoints.rows import PassInFull
from dancu.credentials import qr
from dancu.web import paper
from dancu.web.access import public
from dancu.web.citizen import sent
from dancu.web.citizen.again import is_own
from dancu.web.citizen.declared import NUMBERLESS
from dancu.web.citizen.identity import over, replaced_by
from dancu.web.citizen.privacy import private
from dancu.web.citizen.sent_pages import HOTLINE
from dancu.web.citizen.texting import phone_of, was_sent
from dancu.web.citizen.tokens import pass_at, pass_at_short, pass_page, together_page

_PAPERS = {"pdf": ("application/pdf", paper.pass_pdf), "png": ("image/png", paper.pass_png)}


@public
@private
@require_safe
def show(request: HttpRequest, token: str) -> HttpResponse:
    """The pass; without its code once it no longer counts."""
    shown = pass_at(token)
    page = _seen(request, shown) | {"token": token, "hotline": HOTLINE, "is_own": is_own(request, shown)}
    if page["over"]:
        newer, at = replaced_by(request, shown) or (None, None)
        told = {
            "newer": newer and _page_of(request, newer),
            "replaced_at": at,
            "revoked_at": shown["withdrawn_at"] or shown["revoked_at"],
        }
        return render(request, "citizen/pass.html", page | told)
    just = sent.of_pass(request.session, shown["pass_id"])
    party = sent.party_of(request.session, shown["pass_id"])
    page |= {
        "just_sent": bool(just and just.is_recent and not request.session.pop(sent.KEPT, None)),
        "replaced": any(sent.knows(request, one) for one in whose_place_it_took(shown["declaration_id"])),
        "phone": phone_of(shown) if was_sent(request, shown["pass_id"]) else "",
        "party": len(party),
        "together": together_page(party) if len(party) > 1 else "",
    }
    return render(request, "citizen/pass.html", page)


@public
@private
@require_safe
def short(request: HttpRequest, token: str) -> HttpResponse:
    """From a message to the pass's page."""
    return redirect(pass_page(pass_at_short(token)["pass_id"]))


@public
@private
@require_safe
def full(request: HttpRequest, token: str) -> HttpResponse:
    """Nothing but the code, as large as the screen."""
    shown = pass_at(token)
    return (
        render(request, "citizen/pass_full.html", _seen(request, shown))
        if not over(request, shown)
        else redirect(pass_page(shown["pass_id"]))
    )


@public
@private
@require_safe
def slip(request: HttpRequest, token: str, kind: str) -> HttpResponse:
    """The slip, to be kept or printed."""
    shown = pass_at(token)
    if over(request, shown):
        return redirect(pass_page(shown["pass_id"]))
    content_type, made = _PAPERS[kind]
    response = HttpResponse(made(shown, get_language() or settings.LANGUAGE_CODE), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="dancu-{pass_code(shown["pass_id"])}.{kind}"'
    return response


@public
@private
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether the journey is off; then the pass no longer counts, and both communes see it. An officer
    who is shown it reads whether it was its citizen, signed in; anybody else may have declared in somebody's
    name, or was given the address.
    """
    shown = pass_at(token)
    if request.method == "POST" and not over(request, shown):
        with override(settings.LANGUAGE_CODE):
            is_own = 0 < shown["person_id"] == sent.signed_in(request)
            reason = (
                _("Withdrawn by the citizen")
                if is_own
                else _("Withdrawn on its page, possibly by someone else")
            )
        with suppress(AlreadyRevoked):  # pressed twice
            checkpoints.revoke_pass(shown["pass_id"], reason)
    if request.method == "POST" or over(request, shown):
        return redirect(pass_page(shown["pass_id"]))
    return render(request, "citizen/withdraw.html", _seen(request, shown))


def _seen(request: HttpRequest, shown: PassInFull) -> dict[str, Any]:
    names = ("show", "full", "withdraw", "pdf", "png")
    ended = over(request, shown)
    return {
        "pass": shown,
        "code": pass_code(shown["pass_id"]),
        "qr": "" if ended else qr.svg(shown["qr_text"]),
        "origin": areas.get(shown["origin_area"]),
        "destination": areas.get(shown["destination_area"]),
        "confirmed": shown["told_outcome"] in ("confirmed", "differences")
        and (shown["tells"] or sent.signed_in(request) == shown["person_id"]),
        "may_be_checked": not shown["tells"]
        and shown["number_kind"] not in NUMBERLESS
        and not sent.signed_in(request),
        "over": ended,
        "pages": {
            name: pass_page(shown["pass_id"], f"citizen:pass-{name}" if name != "show" else "citizen:pass")
            for name in names
        },
    }


def _page_of(request: HttpRequest, declaration_id: UUID) -> str:
    """The page of what replaced a pass, for those alone who may know it: "" for anybody else, who has no
    more than an address.
    """
    mine = sent.find(request.session, str(declaration_id))
    try:
        newer = pass_of_declaration(declaration_id)
    except NoSuchPass:
        return reverse("citizen:stay") if mine and mine == sent.last(request.session) else ""
    is_mine = mine or is_own(request, newer)
    return pass_page(newer["pass_id"]) if is_mine else ""
