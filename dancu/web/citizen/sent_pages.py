"""After sending: advice for who must not travel, and the page for whoever goes back to questions that
were answered and sent.
"""

from typing import TypedDict
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from dancu.areas import lookups as areas
from dancu.checkpoints.lookups import pass_in_full, replaced_by
from dancu.web.access import public
from dancu.web.citizen import sent
from dancu.web.citizen.identity import over
from dancu.web.citizen.privacy import private
from dancu.web.citizen.tokens import pass_page, together_page

HOTLINE = getattr(settings, "HEALTH_HOTLINE", "1900 9095")


class PartyPasses(TypedDict):
    """The passes that still count of those who travel together."""

    party: int  # how many there are
    party_page: str  # the page where they stand; "" for none


@public
@private
@require_safe
def stay(request: HttpRequest) -> HttpResponse:
    """Who declares to be ill is told not to travel, and whom to call. The same whatever the register
    holds.
    """
    last = sent.last(request.session)
    if last is None or last.pass_id:
        return redirect("citizen:sent" if last else "citizen:declare")
    page = {
        "traveller": sent.declared(last)["full_name"],
        **others_of(request, last),
        "origin": areas.get(last.origin_area),
        "destination": areas.get(last.destination_area),
        "replaced": any(sent.knows(request, one) for one in replaced_by(UUID(last.declaration_id))),
        "hotline": HOTLINE,
    }
    return render(request, "citizen/stay.html", page)


def others_of(request: HttpRequest, last: sent.Sent) -> PartyPasses:
    """The passes of those who travel together, as far as they have one that still counts: `party`, how
    many, and the page where they stand.
    """
    known = {pass_id: pass_in_full(pass_id) for pass_id in last.party}
    live = [pass_id for pass_id, shown in known.items() if shown and not over(request, shown)]
    page = pass_page(live[0]) if len(live) == 1 else together_page(live) if live else ""
    return {"party": len(live), "party_page": page}


@public
@private
@require_safe
def before(request: HttpRequest) -> HttpResponse:
    """The answers are gone because they were sent: here is what became of them."""
    last = sent.last(request.session)
    if last is None:
        return redirect("citizen:declare")
    if not last.pass_id:
        return redirect("citizen:stay")
    return render(request, "citizen/sent.html", {"pass_page": pass_page(last.pass_id)})
