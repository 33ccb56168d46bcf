"""Who travels, who declares, and how the traveller is known to the register."""

import re
from collections.abc import Iterable
from typing import Any

from crispy_forms_gds.layout import Fixed, Fluid
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dancu.checkpoints.journeys import NUMBER_KINDS
from dancu.values.digits import clean_number
from dancu.values.sexes import LABELS as SEXES
from dancu.web.citizen.forms.base import Kept, StepForm
from dancu.web.citizen.remember import identity_in, name_in
from dancu.web.shared.birth import BirthField
from dancu.web.shared.choices import choices
from dancu.web.shared.countries import countries
from dancu.web.shared.identity_number import wrong_in
from dancu.web.shared.names import NameField
from dancu.web.shared.phones import PhoneField

_NAME = re.compile(r"[^\d_|<>@#*=+{}\[\]\\/:;!?\"]{1,100}")


class WhoForm(StepForm):
    """Oneself, another, or the person this device remembers."""

    template = "citizen/who.html"
    who = forms.ChoiceField(
        label=_("Who is travelling?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who is travelling")},
    )

    def prepare(self) -> None:
        name = name_in(self.remembered)
        remembered = {"remembered": name} if name else {}
        self.fields["who"].choices = choices(  # type: ignore[attr-defined]
            remembered, ("self", _("I am")), ("other", _("Someone else – I am filling this in for them"))
        )

    def fills(self) -> dict[str, Kept]:
        if self.cleaned_data["who"] != "remembered":
            return {}
        return {"who": {"who": ["self"]}, "card": {"skip": ["1"]}, **identity_in(self.remembered)}

    def outdates(self) -> Iterable[str]:
        before = self.answers.get("who", {}).get("who")
        return (
            ()
            if before in (None, self.cleaned_data["who"])
            else ("card", "number", "identity", "nationality", "phone")
        )


class DeclarerForm(StepForm):
    """The one who fills in the form for somebody else, such as a parent for a child."""

    title = _("About you")
    declarer_name = NameField(
        label=_("Your full name"),
        max_length=100,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Enter your full name")},
    )
    declarer_phone = PhoneField(
        label=_("Your phone number"), help_text=_("So that an official can call you if something is unclear.")
    )
    widths = {"declarer_phone": Fixed.TWENTY}

    def clean_declarer_name(self) -> str:
        return tidy_name(self.cleaned_data["declarer_name"])


class NumberForm(StepForm):
    """The number that leads to the traveller's record. Only its form is checked here."""

    title = _("Identity number")
    number_kind = forms.ChoiceField(
        label=_("What type of number does the traveller have?"),
        choices=choices(NUMBER_KINDS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the type of number")},
    )
    number = forms.CharField(
        label=_("The number"),
        help_text=_("As shown on the card or in the passport. Leave blank if there is none."),
        required=False,
        max_length=40,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    widths = {"number": Fixed.TWENTY}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        kind, number = values.get("number_kind"), clean_number(values.get("number") or "").upper()
        if kind == "none":
            number = ""
        elif kind and not number:
            self.add_error("number", _("Enter the number, or choose “No number”"))
        else:
            for wrong in wrong_in(kind or "", number):
                self.add_error("number", wrong)
        return values | {"number": number}


class IdentityForm(StepForm):
    """Name, birth date and sex."""

    title = _("Name and birth date")
    full_name = NameField(
        label=_("Full name"),
        help_text=_("As shown on the card, with Vietnamese accents if you can type them."),
        max_length=100,
        widget=forms.TextInput({"autocomplete": "name", "spellcheck": "false"}),
        error_messages={"required": _("Enter the full name")},
    )
    birth = BirthField(
        label=_("Birth date"),
        help_text=_("For example, 27 3 1985. Leave the day and month blank if they are not known."),
    )
    sex = forms.TypedChoiceField(
        label=_("Sex"),
        choices=choices(SEXES),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the sex")},
    )
    widths = {"full_name": Fluid.TWO_THIRDS}

    def clean_full_name(self) -> str:
        return tidy_name(self.cleaned_data["full_name"])


class NationalityForm(StepForm):
    """Asked of those who travel with a passport."""

    nationality = forms.ChoiceField(
        label=_("Nationality"), choices=countries, error_messages={"required": _("Choose the nationality")}
    )


class PhoneForm(StepForm):
    """Where the traveller can be reached."""

    phone = PhoneField(
        label=_("Traveller's phone number"),
        help_text=_(
            "You need it to see the pass again, and the commune uses it to contact the traveller. Leave "
            "blank if there is none."
        ),
        required=False,
    )
    widths = {"phone": Fixed.TWENTY}


def tidy_name(name: str) -> str:
    """One space between words. Raises ValidationError for what is no name."""
    name = " ".join(name.split())
    if not _NAME.fullmatch(name) or not any(letter.isalpha() for letter in name):
        raise ValidationError(_("A name must only have letters and spaces: check what you typed"), "name")
    return name
