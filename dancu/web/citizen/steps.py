"""The steps of a declaration, in their order, and which of them a journey needs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypedDict

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dancu.checkpoints.journeys import WITH_PLATE, WITH_SEAT
from dancu.web.citizen.copying import AGAIN, COMPANION
from dancu.web.citizen.forms import health, journey, person
from dancu.web.citizen.forms.base import Answers, Kept, StepForm, bound
from dancu.web.citizen.forms.card import CardForm
from dancu.web.citizen.forms.together import AgainForm, BriefHealthForm, CompanionForm


def _always(answers: Answers) -> bool:
    return True


def _only(way: str) -> Callable[[Answers], bool]:
    """Pages of those who began with answers that were known already."""
    return lambda answers: answers["way"]["way"] == way


@dataclass(frozen=True)
class FormStep:
    """One page of questions. `needed` tells from the answers before whether it is asked at all."""

    name: str  # in the address of its page
    part: str | Promise  # under which heading its answers are read back
    form: type[StepForm]
    needed: Callable[[Answers], bool] = _always
    shown_again: bool = True  # whether its page shows what was answered before


_PERSON, _JOURNEY, _HEALTH, _SENDING = PARTS = (
    _("The traveller"),
    _("The journey"),
    _("Health"),
    _("Check and send"),
)

STEPS = (
    FormStep("who", _PERSON, person.WhoForm),
    FormStep("declarer", _PERSON, person.DeclarerForm, lambda a: a.get("who", {}).get("who") == "other"),
    FormStep("card", _PERSON, CardForm, shown_again=False),
    FormStep("companion", _PERSON, CompanionForm, _only(COMPANION), shown_again=False),
    FormStep("number", _PERSON, person.NumberForm),
    FormStep("identity", _PERSON, person.IdentityForm),
    FormStep(
        "nationality",
        _PERSON,
        person.NationalityForm,
        lambda a: a.get("number", {}).get("number_kind") == "passport",
    ),
    FormStep("phone", _PERSON, person.PhoneForm),
    FormStep(
        "home", _PERSON, journey.HomeForm, lambda a: not _only(COMPANION)(a)
    ),  # who travels along need not live with the first
    FormStep(
        "permanent", _PERSON, journey.PermanentForm, lambda a: a.get("home", {}).get("permanent_here") == "no"
    ),
    FormStep("origin", _JOURNEY, journey.OriginForm),
    FormStep("destination", _JOURNEY, journey.DestinationForm),
    FormStep("again", _JOURNEY, AgainForm, _only(AGAIN), shown_again=False),
    FormStep("when", _JOURNEY, journey.WhenForm),
    FormStep("reason", _JOURNEY, journey.TravelReasonForm),
    FormStep("vehicle", _JOURNEY, journey.VehicleForm),
    FormStep(
        "plate",
        _JOURNEY,
        journey.PlateForm,
        lambda a: a.get("vehicle", {}).get("vehicle") in {*WITH_PLATE, *WITH_SEAT},
    ),
    FormStep("companion-health", _HEALTH, BriefHealthForm, _only(COMPANION), shown_again=False),
    FormStep("health", _HEALTH, health.SymptomsForm),
    FormStep("places", _HEALTH, health.PlacesForm),
    FormStep("test", _HEALTH, health.TestForm),
    FormStep(
        "result", _HEALTH, health.TestResultForm, lambda a: a.get("test", {}).get("test_kind") in health.TESTS
    ),
)


@dataclass
class StepProgress:
    """How far a draft has come: the steps it needs, the forms of those answered well, and the first one
    still to answer.
    """

    needed: list[FormStep] = field(default_factory=list)
    forms: dict[str, StepForm] = field(default_factory=dict)
    answers: Answers = field(default_factory=dict)
    missing: FormStep | None = None

    @property
    def onward(self) -> str:
        """The address of the first question that is still open, or of the page with all answers."""
        return reverse("citizen:step", args=[self.missing.name]) if self.missing else reverse("citizen:check")

    def before(self, step: FormStep) -> FormStep | None:
        """The step that Back leads to."""
        place = self.needed.index(step)
        return self.needed[place - 1] if place else None


NAMES = frozenset(step.name for step in STEPS)


class StepPlace(TypedDict):
    """Which part of the declaration a step belongs to."""

    number: int  # from 1
    of: int  # how many parts there are
    part: str | Promise  # its name


def place_of(step: FormStep | None) -> StepPlace:
    """Which part of the declaration the step belongs to; None: to its end."""
    part = step.part if step else _SENDING
    return {"number": PARTS.index(part) + 1, "of": len(PARTS), "part": part}


def progress(kept: dict[str, Kept]) -> StepProgress:
    """Check what a draft keeps, step by step: an answer counts only as long as it is right, such as a day
    that is not past.
    """
    made = StepProgress(answers={"way": {"way": kept.get("way", {}).get("way", [""])[0]}})
    for step in STEPS:
        if not step.needed(made.answers):
            continue
        made.needed.append(step)
        form = step.form(bound(kept[step.name]), answers=made.answers) if step.name in kept else None
        if form is not None and form.is_valid():
            made.forms[step.name], made.answers[step.name] = form, form.cleaned_data
        elif made.missing is None:
            made.missing = step
    return made
