"""What the health service needs to know before somebody travels."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dancu.checkpoints.journeys import RESULTS, TESTS
from dancu.isolation.health_policy import longest
from dancu.isolation.signs import SYMPTOMS
from dancu.web.citizen.forms.base import StepForm
from dancu.web.forms import DateField
from dancu.web.shared.choices import choices

_NONE = "none"
NO_SIGNS = {
    "symptoms": [_NONE],
    "contact": ["no"],
}  # the steps `health` and `test` of one who has nothing to declare
NO_TEST = {"test_kind": [_NONE]}


def _a_month_ago() -> dt.date:
    """Or as long ago as a test still counts."""
    return timezone.localdate() - max(dt.timedelta(days=30), longest())


class SymptomsForm(StepForm):
    """Symptoms and contacts of the last 14 days."""

    title = _("Health in the last 14 days")
    symptoms = forms.MultipleChoiceField(
        label=_("Has the traveller had any of these?"),
        help_text=_("Choose all that apply."),
        choices=choices(SYMPTOMS, (_NONE, _("None of these"))),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose the symptoms, or “None of these”")},
    )
    contact = forms.ChoiceField(
        label=_("Has the traveller been near someone who has or may have COVID-19?"),
        choices=[("no", _("No")), ("yes", _("Yes"))],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose whether the traveller has been near someone who has or may have COVID-19")
        },
    )
    named = frozenset({"contact"})

    def clean_symptoms(self) -> list[str]:
        symptoms = self.cleaned_data["symptoms"]
        if _NONE in symptoms and len(symptoms) > 1:
            raise forms.ValidationError(_("Choose symptoms or “None of these”, not both"), "both")
        return symptoms


class PlacesForm(StepForm):
    """Where the traveller has been."""

    places = forms.CharField(
        label=_("Places visited in the last 14 days"),
        help_text=_(
            "Provinces, hospitals, markets and factories outside the home commune. Leave blank if there "
            "were none."
        ),
        required=False,
        max_length=500,
        widget=forms.Textarea,
        error_messages={"max_length": _("The list must be 500 characters or fewer")},
    )


class TestForm(StepForm):
    """The last test, and doses."""

    __test__ = False  # pytest would take it for a test
    title = _("Test and vaccination")
    test_kind = forms.ChoiceField(
        label=_("What was the traveller's most recent COVID-19 test?"),
        choices=choices(TESTS, (_NONE, _("No test in the last 30 days"))),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the type of test, or “No test in the last 30 days”")},
    )
    doses = forms.TypedChoiceField(
        label=_("How many doses of a COVID-19 vaccine has the traveller had?"),
        choices=[("0", "0"), ("1", "1"), ("2", "2"), ("3", _("3 or more"))],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the number of doses")},
    )
    named = frozenset({"doses"})


class TestResultForm(StepForm):
    """Asked of those who were tested."""

    __test__ = False
    title = _("Test result")
    test_result = forms.ChoiceField(
        label=_("What was the result?"),
        choices=choices(RESULTS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the result")},
    )
    tested_on = DateField(label=_("Date of the test"), earliest=_a_month_ago, latest=timezone.localdate)
    named = frozenset({"tested_on"})


def symptoms_of(answers: dict[str, Any]) -> tuple[str, ...]:
    """The symptoms without the choice that says there were none."""
    return tuple(symptom for symptom in answers["symptoms"] if symptom != _NONE)


def test_of(answers: dict[str, Any]) -> str:
    """The kind of test, "" for none."""
    return "" if answers["test_kind"] == _NONE else answers["test_kind"]
