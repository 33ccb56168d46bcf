"""What is a citizen's own: their passes, their record, and who looked at it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dancu.accounts.duties import PURPOSES, ROLES
from dancu.areas import lookups as areas
from dancu.audit import actions as audit
from dancu.audit import lookups as audit_entries
from dancu.audit.lookups import SeenByCitizen
from dancu.audit.wording import words
from dancu.register import lookups as register
from dancu.web.access import citizen_only, client_address, public
from dancu.web.citizen.holders import holder
from dancu.web.citizen.identity import passes_of, passes_with
from dancu.web.citizen.privacy import private
from dancu.web.citizen.record import household, residences, sections
from dancu.web.citizen.tokens import pass_page
from dancu.web.office.places import place

_NOTED = "own_record_noted"


@public
@private
@require_safe
def passes(request: HttpRequest) -> HttpResponse:
    """The passes that still count, of a citizen who signed in, or of one who showed that a declaration's telephone is theirs."""
    held = holder(request)
    return _passes_page(request, passes_with(*held), own=False) if held else _own_passes(request)


@citizen_only
@private
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """The citizen's record, passes, and who looked at it. Reading it is itself written down, once in a session."""
    person_id: int = request.person_id
    view = register.record_of(person_id)
    if not request.session.get(_NOTED):
        audit.record_citizen(person_id, "citizen.own_record", client_address(request))
        request.session[_NOTED] = True
    page = {
        "person": view.person,
        "sections": sections(view),
        "residences": residences(view),
        "household": household(view),
        "passes": _listed(passes_of(person_id)),
        "looks": [_told(entry) for entry in audit_entries.of_person(*register.ids_of(person_id))],
    }
    return render(request, "citizen/me.html", page)


@citizen_only
def _own_passes(request: HttpRequest) -> HttpResponse:
    return _passes_page(request, passes_of(request.person_id), own=True)


def _passes_page(request: HttpRequest, found: list[dict[str, Any]], *, own: bool) -> HttpResponse:
    return render(request, "citizen/passes.html", {"passes": _listed(found), "own": own})


def _listed(passes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each pass with its page and its route."""
    found = areas.get_many(row[end] for row in passes for end in ("origin_area", "destination_area"))
    return [
        row
        | {
            "url": pass_page(row["pass_id"]),
            "origin": found[row["origin_area"]],
            "destination": found[row["destination_area"]],
        }
        for row in passes
    ]


def _told(entry: SeenByCitizen) -> dict[str, Any]:
    """An entry of the audit as a citizen reads it: when, who in which office, what for, what."""
    return {
        "at": entry.at,
        "who": _who(entry),
        "where": place(entry.jurisdiction_kind, entry.jurisdiction_id) if entry.actor_kind == "official" else "",
        "purpose": PURPOSES.get(entry.purpose, entry.purpose),
        "what": words(entry.action),
    }


def _who(entry: SeenByCitizen) -> Any:
    if entry.actor_kind == "official":
        return ROLES[entry.actor_role].name if entry.actor_role in ROLES else _("An official")
    return _("You") if entry.actor_kind == "citizen" else _("This system itself")
