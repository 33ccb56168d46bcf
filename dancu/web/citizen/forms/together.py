"""Several steps on one page, where most is known already: a companion's, and the same journey once more.

What such a page is answered is kept as the answers of those steps, each of which may still be changed by
itself.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dancu.web.citizen.forms.base import PARTS, Kept, StepForm
from dancu.web.citizen.forms.health import NO_SIGNS, NO_TEST, PlacesForm, TestForm
from dancu.web.citizen.forms.journey import WhenForm
from dancu.web.citizen.forms.person import IdentityForm, NumberForm

_WELL, _PERHAPS_NOT = "well", "perhaps_not"


class Together(StepForm):
    """`steps`: which steps it answers, each with the form whose fields are its."""

    steps: dict[str, type[StepForm]] = {}

    def prepare(self) -> None:
        super().prepare()
        if self.data.get("given"):
            self.fields.clear()  # it was answered: the steps themselves hold what

    def kept(self) -> Kept:
        return {"given": ["1"]}

    def fills(self) -> dict[str, Kept]:
        typed = self.typed()
        return {
            step: {name: typed[name] for name in typed if _is_of(name, form)}
            for step, form in self.steps.items()
        }

    def read_back(self) -> list[Any]:
        return []


class CompanionForm(Together, NumberForm, IdentityForm):
    """Who travels along."""

    title = _("The companion")
    steps = {"number": NumberForm, "identity": IdentityForm}
    widths = IdentityForm.widths | NumberForm.widths


class BriefHealthForm(Together):
    """The health of somebody who in most cases has nothing to declare: then this is all that is asked."""

    title = _("Health")
    steps: dict[str, type[StepForm]] = {"places": PlacesForm}
    well = forms.ChoiceField(
        label=_("Does any of this apply to the traveller?"),
        help_text=_(
            "Fever, cough or other symptoms in the last 14 days, contact with someone who has or may have "
            "COVID-19, or a test in the last 30 days."
        ),
        choices=[(_WELL, _("No, none of these")), (_PERHAPS_NOT, _("Yes, or I am not sure"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether any of this applies")},
    )
    doses = TestForm.base_fields["doses"]
    places = PlacesForm.base_fields["places"]

    def fills(self) -> dict[str, Kept]:
        answered = super().fills()
        if self.cleaned_data["well"] == _WELL:
            answered |= {"health": NO_SIGNS, "test": NO_TEST | {"doses": [str(self.cleaned_data["doses"])]}}
        return answered

    def outdates(self) -> tuple[str, ...]:
        return ("health", "test", "result")


class AgainForm(BriefHealthForm, WhenForm):
    """The same journey on other days."""

    title = _("Same journey as last time, on new dates")
    steps = {"when": WhenForm, "places": PlacesForm}


def _is_of(name: str, form: type[StepForm]) -> bool:
    return any(name == f"{field}{part}" for field in form.base_fields for part in PARTS)
