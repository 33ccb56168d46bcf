"""Who someone is who gives a number and a telephone: the register's own telephone opens their record, that of a declaration its passes."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from dancu.checkpoints import lookups as checkpoints
from dancu.isolation.lookups import arrivals_of
from dancu.register import lookups as register
from dancu.register.lookups import ALIVE
from dancu.register.phones import clean_phone
from dancu.web.citizen import sent


def person_with(number: str, phone: str) -> int:
    """The living person who has this number and, in the register, this telephone; 0 for nobody, and where several have."""
    found = [person.person_id for person in register.by_number(number) if person.status == ALIVE]
    matching = [
        person_id for person_id in found if phone and clean_phone(register.get_now(person_id)["phone"]) == phone
    ]
    return matching[0] if len(matching) == 1 else 0


def passes_with(number: str, phone: str) -> list[dict[str, Any]]:
    """The passes declared with this number and this telephone that still count, latest first."""
    return counting(every_pass_with(number, phone))


def every_pass_with(number: str, phone: str) -> list[dict[str, Any]]:
    """The same with those that count no more."""
    return checkpoints.passes_declared(number, phone)


def passes_of(person_id: int) -> list[dict[str, Any]]:
    """The passes of a person of the register that still count, latest first.

    With them those that were declared with their number and telephone but could not be confirmed.
    """
    return counting(every_pass_of(person_id))


def every_pass_of(person_id: int) -> list[dict[str, Any]]:
    """The same with those that count no more."""
    person = register.get_now(person_id)
    phone = clean_phone(person["phone"])
    own = checkpoints.passes_of(person_id)
    known = {row["pass_id"] for row in own}
    numbers = [number for number in (person["pin"], person["cmnd"], *person["former_numbers"]) if number and phone]
    also = [row for number in numbers for row in every_pass_with(number, phone)]
    return sorted(
        [*own, *(row for row in also if row["pass_id"] not in known)], key=lambda row: row["issued_at"], reverse=True
    )


def counting(passes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of these passes those that an officer would still let through."""
    now = timezone.now()
    live = [row for row in passes if not row["revoked_at"] and not row["superseded_at"] and row["expires_at"] > now]
    met = {
        a["declaration_id"]
        for person in {row["person_id"] for row in live}
        for a in arrivals_of(person)
        if a["state"] == "met"
    }
    return [row for row in live if row["declaration_id"] not in met]


def over(request: HttpRequest, shown: dict[str, Any]) -> str:
    """Why a pass (in full) no longer counts, as far as whoever looks may know; "" while it does.

    The address of a pass is enough for what happened to the pass itself. That the same traveller has declared the journey anew, or that the
    commune has received them under another declaration, is for those alone who sent that declaration or are its person, signed in: anybody
    may have declared in somebody's name.
    """
    newer = shown["superseded_by"] and {"declaration_id": shown["superseded_by"], "person_id": shown["person_id"]}
    if shown["revoked_at"]:
        return "revoked"
    if newer and sent.knows(request, newer):
        return "superseded"
    if shown["expires_at"] < timezone.now():
        return "expired"
    return "completed" if _is_met(request, shown) else ""


def _is_met(request: HttpRequest, shown: dict[str, Any]) -> bool:
    journeys = {row["declaration_id"]: row for row in arrivals_of(shown["person_id"])}
    own = journeys.pop(shown["declaration_id"], None)
    if not own or own["state"] != "met":
        return False
    if 0 < shown["person_id"] == sent.signed_in(request):
        return True
    others = [row for row in journeys.values() if row["met_at"] and row["met_at"] >= own["declared_at"]]
    return all(sent.knows(request, row) for row in others)
