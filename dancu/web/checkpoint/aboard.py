"""Those who sit in the vehicle on the desk, as they are scanned one behind the other: kept in the officer's
session until they are decided on, so that a page that is closed loses nobody.
"""

from typing import Any, TypedDict
from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from uuid_utils.compat import uuid7

from dancu.accounts.caller import OfficialRequest
from dancu.areas import lookups as areas
from dancu.checkpoints import lookups
from dancu.checkpoints.lookups import Examination
from dancu.checkpoints.reasons import REASONS
from dancu.checkpoints.vehicles import MOST
from dancu.web.checkpoint.differences import declared_identity, number_end
from dancu.web.checkpoint.reading import NotUnderstood, PresentedCode
from dancu.web.checkpoint.remembering import decided
from dancu.web.checkpoint.verdicts import of_examination, of_forgery

_KEY, _DONE = "vehicle", "vehicle_done"
ASKED = {"through": "override", "secondary": "secondary", "back": "back"}  # as REASONS calls them
CHOICES = {
    "through": gettext_lazy("Let through"),
    "secondary": gettext_lazy("Hold for a check"),
    "back": gettext_lazy("Turn back"),
    "desk": gettext_lazy("Decide at the desk"),
}


class CountedForm(forms.Form):
    """`aboard`: how many sit there; `without`: of them those who have no code, card or number to scan."""

    plate = forms.CharField(label=gettext_lazy("Plate"), required=False, max_length=20)
    aboard = forms.IntegerField(
        label=gettext_lazy("Aboard"),
        min_value=1,
        max_value=MOST,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            gettext_lazy("Enter how many people are in the vehicle, the driver too: a number from 1 to 99."),
        ),
    )
    without = forms.IntegerField(
        label=gettext_lazy("Without a code"),
        required=False,
        min_value=0,
        max_value=MOST,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"),
            gettext_lazy("Enter how many of them have nothing to scan, or leave it empty."),
        ),
    )


class Seat(TypedDict):
    """One who sits there. `code`: of their pass, "" of one who has none and is entered at the desk later;
    `answer`, `words` and `reasons` are the verdict's; `for_a_reason`: letting through takes one; `decision`,
    `reason`: what the officer chose, "" for nothing yet, "desk" to decide it there; `problem`: why that was
    not recorded; `number`: of the card or paper of one who has no pass, `is_typed` where it was not scanned.
    """

    crossing_id: str
    code: str
    status: str
    name: str
    born: str
    destination: str
    answer: str
    words: str
    reasons: list[str]
    for_a_reason: bool
    decision: str
    reason: str
    problem: str
    number: str
    is_typed: bool


class Vehicle(TypedDict):
    """What is on the desk. `aboard` and `without` (who have nothing to scan) as they were typed."""

    check_id: str
    plate: str
    aboard: str
    without: str
    seats: list[Seat]


def begun(request: HttpRequest) -> Vehicle | None:
    """The vehicle that this officer is at, with somebody on its list; or None."""
    at = request.session.get(_KEY)
    return at if at and at["seats"] else None


def vehicle(request: HttpRequest) -> Vehicle:
    """The same, or a new one."""
    return begun(request) or new(None)


def check_id_in(text: str) -> str:
    """The id in what was sent, in its one spelling; "" where it is none."""
    try:
        return str(UUID(text))
    except ValueError:
        return ""


def new(check_id: str | None) -> Vehicle:
    """With nobody in it; `check_id`: of the page that it was begun on."""
    return Vehicle(check_id=check_id or str(uuid7()), plate="", aboard="", without="", seats=[])


def keep(request: HttpRequest, at: Vehicle) -> None:
    """Until the next request."""
    request.session[_KEY] = at


def leave(request: HttpRequest) -> None:
    """Nobody of it is on the desk any more."""
    request.session.pop(_KEY, None)


def is_recorded(request: OfficialRequest, at: Vehicle) -> bool:
    """Whether all who have a pass are on record in this vehicle: by a device, without this session."""
    recorded = {one["pass_id"] for one in lookups.passengers(request.acting, UUID(at["check_id"]))}
    by_pass = {lookups.pass_id_of(seat["code"]) for seat in at["seats"] if seat["code"]}
    return bool(by_pass) and by_pass <= recorded


def finish(request: HttpRequest, check_id: str) -> None:
    """All of it is recorded: the desk says so until the next code is read, also where the answer was lost."""
    leave(request)
    request.session[_DONE] = check_id


def forget_finished(request: HttpRequest) -> None:
    """Another traveller is on the desk."""
    if _DONE in request.session:
        del request.session[_DONE]


def told(request: OfficialRequest) -> dict[str, Any] | None:
    """The vehicle that was recorded last, as the desk tells it; None for none."""
    check_id = request.session.get(_DONE)
    done = lookups.vehicle_check(request.acting, UUID(check_id)) if check_id else None
    if done is None:
        return None
    counted = [(decision, done[decision]) for decision in ("through", "secondary", "back")]
    return {
        **done,
        "answer": "check" if done["secondary"] or done["back"] else "go",
        "decided": ", ".join(f"{count} {decided(decision)}" for decision, count in counted if count),
        "left": done["aboard"] - sum(count for _decision, count in counted),
    }


def choices() -> dict[str, Any]:
    """What a line of the list offers: decisions, and the reasons for each."""
    asked = [(CHOICES[decision], decision, REASONS[of].items()) for decision, of in ASKED.items()]
    return {"seat_choices": CHOICES.items(), "seat_reasons": asked}


def empty() -> dict[str, Any]:
    """For the lines and the page that a device makes without the network."""
    nobody = _seat("check", "", [])
    return {
        **choices(),
        "empty_seat": {**nobody, "crossing_id": ""},
        "empty_vehicle": {**new(None), "check_id": ""},
        "vehicle_form": CountedForm(),
    }


def is_full(at: Vehicle) -> bool:
    """Whether nobody more fits in."""
    return len(at["seats"]) >= MOST


def check_room(at: Vehicle, count: int = 1) -> None:
    """Raises NotUnderstood where so many more do not fit in."""
    if len(at["seats"]) + count > MOST:
        raise NotUnderstood(_("There are 99 on the list. Record them, and begin anew for the others."))


def has(at: Vehicle, code: str) -> bool:
    """Whether the bearer of this pass is on the list."""
    return any(seat["code"] == code for seat in at["seats"])


def seat_of(examined: Examination) -> Seat:
    """One with a pass, as examined just now; let through unless something speaks against it."""
    shown = examined.declaration
    assert shown is not None  # who calls has looked
    verdict = of_examination(examined)
    born = declared_identity(shown).birth
    seat = _seat(verdict.answer, verdict.words, [str(one) for one in (*verdict.reasons, *verdict.by_hand)])
    return {
        **seat,
        "code": examined.code,
        "status": examined.status,
        "name": shown["full_name"],
        "born": str(born),
        "destination": str(areas.get(shown["destination_area"])),
        "for_a_reason": examined.for_a_reason or verdict.answer == "stop",
        "decision": "through" if verdict.answer == "go" and not examined.for_a_reason else "",
    }


def seat_without_pass(shown: PresentedCode) -> Seat:
    """One who showed a card or a number: they are looked up and entered at the desk."""
    seat = _seat("check", _("Card or number: enter at the desk"), [])
    card = shown.card
    number = card.number if card else shown.number or shown.passport
    told = {"number": number, "is_typed": card is None, "decision": "desk"}
    name = card.full_name if card else number_end(number)
    return {**seat, **told, "name": name, "born": str(card.birth_year) if card else ""}  # type: ignore[typeddict-item]


def seat_with_forgery(status: str) -> Seat:
    """One whose code is forged: that is reported at the desk."""
    words, why = of_forgery(status)
    return {**_seat("stop", words, [why]), "name": _("Without a name"), "decision": "desk"}


def _seat(answer: str, words: str, reasons: list[str]) -> Seat:
    return {
        "crossing_id": str(uuid7()),
        "code": "",
        "status": "",
        "name": "",
        "born": "",
        "destination": "",
        "answer": answer,
        "words": words,
        "reasons": reasons,
        "for_a_reason": True,
        "decision": "",
        "reason": "",
        "problem": "",
        "number": "",
        "is_typed": False,
    }
