"""Who someone is who gives a number and a telephone: the register's own telephone opens their record,
that of a declaration its passes.
"""

import datetime as dt
from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from dancu.checkpoints import lookups as checkpoints
from dancu.checkpoints.rows import DeclaredPass, ListedPass, PassInFull, PassState
from dancu.isolation.lookups import arrivals_of
from dancu.register import lookups as register
from dancu.register.lookups import ALIVE
from dancu.web.citizen import sent

SomePass = TypeVar("SomePass", bound=PassState)


def person_with(number: str, phone: str) -> int:
    """The living person who has this number and, in the register, this telephone; 0 for nobody, and where
    several have.
    """
    found = [person.person_id for person in register.by_number(number) if person.status == ALIVE]
    matching = [person_id for person_id in found if phone and register.get_now(person_id)["phone"] == phone]
    return matching[0] if len(matching) == 1 else 0


def passes_with(number: str, phone: str) -> list[DeclaredPass]:
    """The passes declared with this number and this telephone that still count as far as who has both may
    know, latest first.
    """
    return [row for row in every_pass_with(number, phone) if not (row["is_replaced_so"] or _has_ended(row))]


def every_pass_with(number: str, phone: str) -> list[DeclaredPass]:
    """The same with those that count no more."""
    return checkpoints.passes_declared(number, phone)


def every_pass_of(person_id: int) -> list[ListedPass]:
    """The passes of a person of the register, latest first, also those that count no more.

    With them those that were declared with their number and telephone but could not be confirmed.
    """
    person = register.get_now(person_id)
    phone = person["phone"] or ""
    own = checkpoints.passes_of(person_id)
    known = {row["pass_id"] for row in own}
    numbers = [
        number for number in (person["pin"], person["cmnd"], *person["former_numbers"]) if number and phone
    ]
    also = [row for number in numbers for row in every_pass_with(number, phone)]
    return sorted(
        [*own, *(row for row in also if row["pass_id"] not in known)],
        key=lambda row: row["issued_at"],
        reverse=True,
    )


def counting(request: HttpRequest, passes: Sequence[SomePass]) -> list[SomePass]:
    """Of these passes those that still count, as far as whoever looks may know (`over`)."""
    citizen = sent.signed_in(request)
    met = _met(citizen) if passes else set()
    return [row for row in passes if not _over(request, row, citizen, met)]


def over(request: HttpRequest, shown: PassState) -> str:
    """Why a pass (in full, or a row of a list) no longer counts, as far as whoever looks may know; "" while
    it does.

    The address of a pass is enough for what citizens did with the pass itself, who withdrew it, and for the
    end of its time. What others did, who declared the journey anew, revoked it at a station or received the
    traveller, is for those alone who sent that declaration or are its person, signed in: anybody may have
    declared in somebody's name, and would read from it whether name, number and birth date are right, and
    when that person travels.
    """
    citizen = sent.signed_in(request)
    return _over(request, shown, citizen, _met(citizen) if 0 < shown["person_id"] == citizen else set())


def replaced_by(request: HttpRequest, shown: PassInFull) -> tuple[UUID, dt.datetime] | None:
    """By which declaration a pass (in full) was replaced, and when, as far as whoever looks may know: of
    several the first that they know of.
    """
    known = _known_newer(request, shown, sent.signed_in(request))
    newer, newer_at = shown["newer"], shown["newer_at"]
    return None if known is None or not newer or not newer_at else (newer[known], newer_at[known])


def _over(request: HttpRequest, shown: PassState, citizen: int, met: set[UUID]) -> str:
    if shown["withdrawn_at"] or (shown["revoked_at"] and 0 < shown["person_id"] == citizen):
        return "revoked"
    if shown.get("is_replaced_so") or _known_newer(request, shown, citizen) is not None:
        return "superseded"
    if _has_ended(shown):
        return "expired"
    return "completed" if shown["declaration_id"] in met else ""


def _has_ended(shown: PassState) -> bool:
    """By what happened to the pass itself, which everybody is told."""
    return bool(shown["withdrawn_at"]) or shown["expires_at"] < timezone.now()


def _known_newer(request: HttpRequest, shown: PassState, citizen: int) -> int | None:
    """Which of the declarations that replaced it, the first one first, is the first that whoever looks
    may know of.
    """
    is_own = 0 < shown["person_id"] == citizen
    newer = enumerate(shown["newer"] or ())
    return next((at for at, one in newer if is_own or sent.find(request.session, str(one))), None)


def _met(citizen: int) -> set[UUID]:
    """The journeys of who has signed in at whose end the commune has received them. Nobody else is told."""
    return (
        {row["declaration_id"] for row in arrivals_of(citizen) if row["state"] == "met"} if citizen else set()
    )
