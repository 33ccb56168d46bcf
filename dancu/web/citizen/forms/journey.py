"""From where to where, when, why and how."""

import datetime as dt
from typing import Any

from crispy_forms_gds.layout import Fixed
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dancu.checkpoints.journeys import REASONS, VEHICLES, WITH_PLATE, WITH_SEAT
from dancu.checkpoints.passes import hours_in_words, valid_between
from dancu.values.plates import shown_plate, tidy_plate
from dancu.web.citizen.forms.base import StepForm, Words
from dancu.web.forms import CommuneField, DateField
from dancu.web.shared.choices import choices
from dancu.web.templatetags.dancu import day

_DETAIL = {"required": False, "max_length": 200}
_DETAIL_HINT = _("House number, street and hamlet.")
BEHIND, LONGEST = (dt.timedelta(days=days) for days in (3, 14))


def _first_day() -> dt.date:
    return timezone.localdate() - BEHIND


def _last_day() -> dt.date:
    return timezone.localdate() + valid_between()[1]


class HomeForm(StepForm):
    """Where the traveller lives now."""

    title = _("Where the traveller lives")
    home_area = CommuneField(
        label=_("Commune, ward or special zone"),
        help_text=_("Use its current name or its name before the 2025 reform."),
    )
    home_detail = forms.CharField(
        label=_("Address"),
        help_text=_DETAIL_HINT,
        widget=forms.TextInput({"autocomplete": "street-address"}),
        **_DETAIL,
    )
    permanent_here = forms.ChoiceField(
        label=_("Is the traveller's permanent residence registered there?"),
        choices=[("yes", _("Yes")), ("no", _("No, it is somewhere else"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether the permanent residence is registered there")},
    )

    named = frozenset({"permanent_here"})


class PermanentForm(StepForm):
    """Where the permanent residence is registered, if not where the traveller lives. A foreigner may have
    none.
    """

    title = _("Where the permanent residence is registered")
    permanent_area = CommuneField(label=_("Commune, ward or special zone"))
    permanent_detail = forms.CharField(label=_("Address"), help_text=_DETAIL_HINT, **_DETAIL)

    def prepare(self) -> None:
        if self.answers.get("nationality", {}).get("nationality", "VNM") != "VNM":
            area = self.fields["permanent_area"]
            area.required, area.help_text = False, _("Leave blank if there is none in Vietnam.")


class OriginForm(StepForm):
    """Where the journey begins: at home, unless the traveller says otherwise."""

    title = _("Where the journey starts")
    origin_area = CommuneField(
        label=_("Commune, ward or special zone"),
        help_text=_(
            "We have filled in the traveller's home. Change it if the journey starts somewhere else."
        ),
    )
    origin_detail = forms.CharField(label=_("Address"), help_text=_DETAIL_HINT, **_DETAIL)

    def prepare(self) -> None:
        home = self.answers.get("home", {})
        self.initial = {"origin_area": home.get("home_area"), "origin_detail": home.get("home_detail", "")}


class DestinationForm(StepForm):
    """Where the journey ends."""

    title = _("Where the journey ends")
    destination_area = CommuneField(label=_("Commune, ward or special zone"))
    destination_detail = forms.CharField(
        label=_("Address at the destination"),
        help_text=_("House number, street and hamlet, or the name of the place."),
        **_DETAIL,
    )


class WhenForm(StepForm):
    """Departure and arrival. A pass is valid from now, so a journey that begins when it is over needs another
    declaration.
    """

    title = _("Departure and arrival")
    departs_on = DateField(
        label=_("Departure date"),
        earliest=_first_day,
        latest=_last_day,
        error_messages={
            "too_late": _(
                "The departure date must be %(bound)s or earlier, while the pass is still valid. If you "
                "leave later, declare nearer the time"
            ),
            "too_early": _("The departure date must be %(bound)s or later"),
        },
    )
    arrives_on = DateField(label=_("Arrival date"), earliest=_first_day)
    named = frozenset({"departs_on", "arrives_on"})

    def prepare(self) -> None:
        self.initial = {"departs_on": timezone.localdate(), "arrives_on": timezone.localdate()}
        said = {"bound": day(_last_day()), "hours": hours_in_words()}
        self.fields["departs_on"].help_text = (
            _("At the latest %(bound)s, because a pass is valid for %(hours)s hours.") % said
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        departs, arrives = values.get("departs_on"), values.get("arrives_on")
        if departs and arrives and arrives < departs:
            self.add_error("arrives_on", _("The arrival date must not be before the departure date"))
        elif departs and arrives and arrives - departs > LONGEST:
            self.add_error("arrives_on", _("The arrival date must be within 14 days of the departure date"))
        return values


class TravelReasonForm(StepForm):
    """Why the journey is made."""

    title = _("Purpose of the journey")
    reason = forms.ChoiceField(
        label=_("What is the purpose of the journey?"),
        choices=choices(REASONS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the purpose of the journey")},
    )
    reason_detail = forms.CharField(
        label=_("More details"),
        help_text=_("Only needed if you chose “Another reason”."),
        required=False,
        max_length=200,
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("reason") == "other" and not values.get("reason_detail"):
            self.add_error("reason_detail", _("Enter the reason in a few words"))
        return values


class VehicleForm(StepForm):
    """How, and with how many others."""

    title = _("Means of transport")
    vehicle = forms.ChoiceField(
        label=_("How will the traveller get there?"),
        choices=choices(VEHICLES),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the means of transport")},
    )
    companions = forms.IntegerField(
        label=_("How many other people are travelling?"),
        help_text=_("Each of them needs their own declaration. Enter 0 if the traveller is alone."),
        min_value=0,
        max_value=99,
        initial=0,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Enter how many other people are travelling, or 0"),
            "invalid": _("Enter a number from 0 to 99"),
            "min_value": _("Enter a number from 0 to 99"),
            "max_value": _("Enter a number from 0 to 99"),
        },
    )
    widths = {"companions": Fixed.TWO}
    named = frozenset({"companions"})


class PlateForm(StepForm):
    """The vehicle's plate, or the seat in it, as far as the vehicle has either."""

    title = _("Vehicle details")
    plate = forms.CharField(
        label=_("Number plate"),
        help_text=_("For example, 51F-123.45 or 59-X1 234.56."),
        max_length=20,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("Enter the number plate")},
    )
    seat = forms.CharField(
        label=_("Seat or carriage number"), help_text=_("If you know it."), required=False, max_length=20
    )
    widths = {"plate": Fixed.TEN, "seat": Fixed.TEN}
    named = frozenset({"plate", "seat"})

    def prepare(self) -> None:
        vehicle = self.answers.get("vehicle", {}).get("vehicle")
        self.fields["plate"].required = vehicle not in WITH_SEAT
        if vehicle in WITH_SEAT:
            self.fields["plate"].help_text = _("If you know it.")
        for name, vehicles in (("plate", WITH_PLATE), ("seat", WITH_SEAT)):
            if vehicle not in vehicles:
                del self.fields[name]

    def in_words(self, name: str) -> Words:
        words = super().in_words(name)
        return shown_plate(str(words)) if name == "plate" else words

    def clean_plate(self) -> str:
        plate = tidy_plate(self.cleaned_data["plate"])
        if self.cleaned_data["plate"] and not (
            4 <= len(plate) <= 12 and any(letter.isdigit() for letter in plate)
        ):
            raise forms.ValidationError(
                _("A number plate has letters and digits, such as 51F-123.45"), "plate"
            )
        return plate
