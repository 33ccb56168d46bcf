"""A declaration in full, in words: what the nurse at the door decides on. The number is masked; showing
it is on the record.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dancu.accounts.caller import OfficialRequest
from dancu.areas import lookups as areas
from dancu.checkpoints import lookups as checkpoints
from dancu.checkpoints.journeys import REASONS, RESULTS, TESTS, VEHICLES
from dancu.isolation import lookups
from dancu.isolation.errors import NoSuchArrival
from dancu.isolation.health_policy import as_declared
from dancu.isolation.rows import ShownArrival
from dancu.isolation.signs import SYMPTOMS, warnings_in
from dancu.register.words import SEXES, meaning
from dancu.values.masking import mask
from dancu.values.phones import shown_phone
from dancu.web.access import duty
from dancu.web.commune.rows import commune_name, rows
from dancu.web.commune.wording import Words
from dancu.web.htmx import is_htmx
from dancu.web.shared.countries import countries
from dancu.web.templatetags.dancu import day, moment

NUMBERS: dict[str, Words] = {
    "pin": gettext_lazy("Personal number"),
    "cmnd": gettext_lazy("Old card number"),
    "passport": gettext_lazy("Passport number"),
}
_AREAS = ("home_area", "permanent_area", "origin_area", "destination_area")


@dataclass(frozen=True)
class DeclarationShown:
    """What one declaration says: groups of (label, value), and the number, masked, with its label."""

    declaration_id: UUID
    declared_at: dt.datetime
    phone: str
    phone_held: str
    phone_differs: bool
    number_label: Words
    number_masked: str
    person: list[tuple[Words, Any]]
    journey: list[tuple[Words, Any]]
    health: list[tuple[Words, Any]]
    is_sick: bool


@duty("arrivals")
def fold(request: OfficialRequest, declaration_id: UUID) -> HttpResponse:
    """The declaration, for a fold in the list; without the script the person's page is asked for instead."""
    try:
        found = lookups.arrival(request.acting, declaration_id)
    except NoSuchArrival as missing:
        raise Http404(str(missing)) from missing
    held = lookups.registered_phone(request.acting, found["person_id"])
    said = declared([found], held).get(declaration_id)
    (row,) = rows(request.acting, [found])
    return render(request, "commune/fold.html", {"declared": said, "row": row})


@duty("arrivals")
@require_POST
def number(request: OfficialRequest, declaration_id: UUID) -> HttpResponse:
    """The declared number in full, asked for by itself."""
    try:
        shown = lookups.number(request.acting, declaration_id)
    except NoSuchArrival as missing:
        raise Http404(str(missing)) from missing
    is_piece = is_htmx(request)
    context = {"number": shown, "declaration_id": declaration_id}
    return render(request, "commune/number.html" if is_piece else "commune/number_page.html", context)


def declared(arrivals: Iterable[ShownArrival], phone_held: str = "") -> dict[UUID, DeclarationShown]:
    """The declarations of arrivals that this official was given, by id. `phone_held`: the register's
    telephone, where they may see it.
    """
    given = {row["declaration_id"]: row for row in arrivals}
    found = checkpoints.declarations(given)
    named = (row[name] for row in found.values() for name in _AREAS)
    known = areas.get_many({area_id for area_id in named if area_id is not None})
    return {key: _declared(row, known, given[key], phone_held) for key, row in found.items()}


def _declared(
    said: Mapping[str, Any], known: Mapping[int, areas.Area], arrival: ShownArrival, phone_held: str
) -> DeclarationShown:
    def place(area: str, detail: str) -> str:
        name = commune_name(known.get(said[area])) if said[area] else ""
        return ", ".join(part for part in (said[detail], name) if part)

    here, registered = place("home_area", "home_detail"), place("permanent_area", "permanent_detail")
    nation = dict(countries()).get(said["nationality"], said["nationality"])
    person = [
        (_("Birth date"), _birth(said)),
        (_("Sex"), meaning(SEXES, said["sex"]) if said["sex"] else ""),
        (_("Nationality"), nation if said["nationality"] != "VNM" else ""),
        (_("Lives at"), here),
        (_("Permanent residence"), registered if registered != here else _("the same") if registered else ""),
        (_("Declared by"), _declarer(said)),
    ]
    journey = [
        (_("From"), place("origin_area", "origin_detail")),
        (_("To"), place("destination_area", "destination_detail")),
        (_("Leaves on"), day(said["departs_on"])),
        (_("Arrives on"), day(said["arrives_on"])),
        (_("Purpose"), _with(REASONS.get(said["reason"], said["reason"]), said["reason_detail"])),
        (_("Vehicle"), _with(VEHICLES.get(said["vehicle"], said["vehicle"]), said["seat"])),
        (_("Number plate"), said["plate"]),
        (_("Companions"), said["companions"] or _("none")),
        (_("Places visited"), said["places"]),
        (_("Declared"), moment(said["declared_at"])),
    ]
    health = [
        (_("Symptoms"), ", ".join(str(SYMPTOMS.get(name, name)) for name in said["symptoms"]) or _("none")),
        (_("Contact with a case"), _("yes") if said["contact"] else _("no")),
        (_("Test result"), _test(said)),
        (_("Vaccine doses"), "" if said["doses"] is None else said["doses"]),
    ]
    return DeclarationShown(
        said["declaration_id"],
        said["declared_at"],
        shown_phone(said["phone"]),
        shown_phone(phone_held),
        bool(arrival.get("phone_differs"))
        or bool(phone_held and said["phone"] and phone_held != said["phone"]),
        NUMBERS.get(said["number_kind"], NUMBERS["pin"]),
        mask(said["number"]),
        [fact for fact in person if fact[1] != ""],
        journey,
        health,
        bool(warnings_in(as_declared(said))),
    )


def _birth(said: Mapping[str, Any]) -> str:
    parts = (said["birth_day"], said["birth_month"])
    return "".join(f"{part:02d}/" for part in parts if part) + str(said["birth_year"])


def _declarer(said: Mapping[str, Any]) -> str:
    if said["declared_by"] == "officer":
        return _("a checkpoint officer, on the person’s behalf")
    if said["declared_by"] == "other":
        return _with(said["declarer_name"] or _("someone else"), shown_phone(said["declarer_phone"]))
    return ""


def _test(said: Mapping[str, Any]) -> str:
    if not said["test_kind"]:
        return _("none")
    words = _with(
        TESTS.get(said["test_kind"], said["test_kind"]), RESULTS.get(said["test_result"], said["test_result"])
    )
    return _with(words, day(said["tested_on"]))


def _with(words: Any, more: Any) -> str:
    return f"{words}, {more}" if more else str(words)
