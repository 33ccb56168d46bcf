"""What is a citizen's own: their passes, their record, and who looked at it."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dancu.areas import lookups as areas
from dancu.audit import actions as audit
from dancu.audit import lookups as audit_entries
from dancu.checkpoints.rows import ListedPass
from dancu.register import lookups as register
from dancu.web.access import CitizenRequest, citizen_only, client_address, public
from dancu.web.citizen.holders import holder
from dancu.web.citizen.identity import counting, every_pass_of, every_pass_with
from dancu.web.citizen.looks import by_day, rare
from dancu.web.citizen.privacy import private
from dancu.web.citizen.record import household, residences, sections
from dancu.web.citizen.tokens import pass_page, together_page
from dancu.web.shared.belongings import kinds_kept

_NOTED = "own_record_noted"
A_PAGE = 20  # offices and days on one page of who looked


@public
@private
@require_safe
def passes(request: HttpRequest) -> HttpResponse:
    """The passes that still count, of a citizen who signed in, or of one who showed that a declaration's
    telephone is theirs.
    """
    held = holder(request)
    return _passes_page(request, every_pass_with(*held), own=False) if held else _own_passes(request)


@citizen_only
@private
@require_safe
def me(request: CitizenRequest) -> HttpResponse:
    """The citizen's record, passes, and who looked at it. Reading it is itself written down, once in a
    session.
    """
    person_id: int = request.person_id
    view = register.record_of(person_id)
    if not request.session.get(_NOTED):
        audit.record_citizen(person_id, "citizen.own_record", client_address(request))
        request.session[_NOTED] = True
    looks = audit_entries.looks_at(*register.ids_of(person_id))
    looks_page = Paginator(by_day(looks), A_PAGE).get_page(request.GET.get("page"))
    page = {
        "person": view.person,
        "sections": sections(view),
        "residences": residences(view),
        "household": household(view),
        "belongings": kinds_kept(register.hanging_on(person_id)) if looks_page.number == 1 else [],
        "looks": looks_page,
        "rare": rare(looks)[:A_PAGE],
    }
    return render(request, "citizen/me.html", page | _listed(request, every_pass_of(person_id)))


@citizen_only
def _own_passes(request: CitizenRequest) -> HttpResponse:
    return _passes_page(request, every_pass_of(request.person_id), own=True)


def _passes_page(request: HttpRequest, found: Sequence[ListedPass], *, own: bool) -> HttpResponse:
    return render(request, "citizen/passes.html", {"own": own} | _listed(request, found))


def _listed(request: HttpRequest, found: Sequence[ListedPass]) -> dict[str, Any]:
    """`passes`: those that still count, with page and route; `last`: the newest of all, for the same
    journey once more.
    """
    named = areas.get_many(row[end] for row in found for end in ("origin_area", "destination_area"))
    live = counting(request, found)
    shown = [_with_page(row, named) for row in live]
    last = next((row for row in found if not row["withdrawn_at"]), None)
    together = together_page(row["pass_id"] for row in live) if len(live) > 1 else ""
    return {"passes": shown, "last": last and _with_page(last, named), "together": together}


def _with_page(row: ListedPass, named: dict[int, areas.Area]) -> dict[str, Any]:
    page = pass_page(row["pass_id"])
    return row | {
        "url": page,
        "token": page.strip("/").rpartition("/")[2],
        "origin": named[row["origin_area"]],
        "destination": named[row["destination_area"]],
    }
