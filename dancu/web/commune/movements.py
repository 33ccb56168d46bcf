"""A person's movements: what they declared and where they were seen, in one line of time."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dancu.accounts.caller import OfficialRequest
from dancu.accounts.lookups import usernames
from dancu.areas import lookups as areas
from dancu.checkpoints import lookups as checkpoints
from dancu.isolation import lookups
from dancu.isolation.errors import NoSuchArrival, NotSeenYet, ReasonMissing
from dancu.register import lookups as register
from dancu.web.access import duty
from dancu.web.commune.declared import declared
from dancu.web.commune.rows import ArrivalRow, commune_name, rows
from dancu.web.commune.wording import DECISIONS, DIRECTIONS, Words

DAYS = 30
LONGEST_NOTE = 500
_COLOURS = {"through": "blue", "secondary": "red", "back": "red"}


@dataclass(frozen=True)
class Happening:
    """One point of the line: when, what in words, more about it, and the colour of its mark."""

    at: dt.datetime
    words: Words
    details: list[Any]
    colour: str


@duty("arrivals")
def of_declaration(request: OfficialRequest, declaration_id: UUID) -> HttpResponse:
    """The movements of whoever made a declaration, known to the register or not."""
    try:
        person_id = lookups.arrival(request.acting, declaration_id)["person_id"]
    except NoSuchArrival as missing:
        raise Http404(str(missing)) from missing
    return page(request, person_id)


@duty("arrivals")
def of_person(request: OfficialRequest, person_id: int) -> HttpResponse:
    """The movements of a person of the register."""
    return page(request, person_id)


def page(request: OfficialRequest, person_id: int, typed: dict[UUID, str] | None = None) -> HttpResponse:
    """Everything about a person's journeys. `typed`: notes that were too long to be kept, by declaration."""
    acting = request.acting
    try:
        found = lookups.journeys(acting, person_id)
    except NoSuchArrival as missing:
        raise Http404(str(missing)) from missing
    found, may_ask = found
    journeys = rows(acting, found)
    has_record = person_id > 0 and acting.may("person") and register.may_see(acting, person_id)
    names = usernames({row["met_by"] for row in found if row["met_by"] is not None})
    met_by = {row["declaration_id"]: names.get(row["met_by"] or 0, "") for row in found}
    said = declared(found, lookups.registered_phone(acting, person_id))
    context = {
        "person_id": person_id,
        "journeys": [(journey, said.get(journey.declaration_id)) for journey in journeys],
        "latest": journeys[0] if journeys else None,
        "declared": said.get(journeys[0].declaration_id) if journeys else None,
        "can_meet": any(journey.is_ours for journey in journeys),
        "happenings": timeline(sorted({person_id, *(row["person_id"] for row in found)}), journeys, met_by),
        "has_record": has_record,
        "days": DAYS,
        "typed": typed or {},
        "reasons": lookups.REASONS.items() if may_ask else (),
        "longest_reason": lookups.LONGEST_REASON,
        "longest_note": LONGEST_NOTE,
    }
    return render(request, "commune/movements.html", context, status=422 if typed else 200)


@duty("arrivals")
@require_POST
def ask_for_all(request: OfficialRequest, declaration_id: UUID) -> HttpResponse:
    """The reason for which all journeys of whoever made a declaration are to be seen."""
    try:
        lookups.ask_for_journeys(request.acting, declaration_id, request.POST.get("reason", ""))
    except NoSuchArrival as missing:
        raise Http404(str(missing)) from missing
    except (NotSeenYet, ReasonMissing) as refused:
        messages.warning(request, str(refused))
    return redirect("commune:journey", declaration_id)


def timeline(
    person_ids: list[int], journeys: list[ArrivalRow], met_by: dict[UUID, str] | None = None
) -> list[Happening]:
    """Declarations, crossings and meetings of these journeys, latest first. The caller has passed the
    jurisdiction and written the audit.
    """
    shown = {journey.declaration_id for journey in journeys}
    crossings = [row for row in checkpoints.movements(person_ids, DAYS) if row["declaration_id"] in shown]
    known = areas.get_many({row["area_id"] for row in crossings})
    happenings = [_crossed(row, known.get(row["area_id"])) for row in crossings]
    happenings += [_ended(row) for row in crossings if row["ended_at"]]
    met: set[dt.datetime] = set()
    for journey in sorted(journeys, key=lambda journey: not journey.note):
        happenings.append(_declared(journey))
        if journey.met_at and journey.met_at not in met:  # one meeting may close several journeys
            met.add(journey.met_at)
            happenings.append(_met(journey, (met_by or {}).get(journey.declaration_id, "")))
        if journey.state == "withdrawn":
            happenings.append(_cancelled(journey))
    return sorted(happenings, key=lambda happening: happening.at, reverse=True)


def _crossed(row: Mapping[str, Any], area: areas.Area | None) -> Happening:
    words = str(DECISIONS[row["decision"]]) % {"station": row["station"]}
    details = [DIRECTIONS[row["direction"]], commune_name(area) if area else "", row["plate"], row["reason"]]
    return Happening(
        row["crossed_at"], words, [detail for detail in details if detail], _COLOURS[row["decision"]]
    )


def _ended(row: Mapping[str, Any]) -> Happening:
    """A waiting that ended without a crossing."""
    return Happening(row["ended_at"], _("Stopped waiting at %(station)s") % row, [row["ended"]], "grey")


def _declared(journey: ArrivalRow) -> Happening:
    words = _("Declared a journey from %(origin)s to %(destination)s")
    details = [journey.outcome_words, *journey.warnings, journey.destination_detail, journey.plate]
    return Happening(
        journey.declared_at,
        words % {"origin": journey.origin, "destination": journey.destination},
        [detail for detail in details if detail],
        "amber" if journey.warnings or journey.outcome != "confirmed" else "grey",
    )


def _cancelled(journey: ArrivalRow) -> Happening:
    words = _("Journey to %(destination)s cancelled") % {"destination": journey.destination}
    return Happening(journey.changed_at, words, [], "grey")


def _met(journey: ArrivalRow, by: str) -> Happening:
    assert journey.met_at
    words = _("Met in %(commune)s") % {"commune": journey.destination}
    details = [_("by %(username)s") % {"username": by}] if by else []
    return Happening(journey.met_at, words, [*details, *([journey.note] if journey.note else [])], "green")
