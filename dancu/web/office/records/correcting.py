"""The forms by which a data steward changes a record: a field that was always wrong, a move, another
personal number.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.layout import Field, Fixed, Fluid
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dancu.accounts.lookups import Acting
from dancu.register import words
from dancu.register.codes import BLOOD_GROUPS
from dancu.register.errors import RegisterError
from dancu.register.lookups import PERMANENT, TEMPORARY, HouseholdMember, RegisteredPerson
from dancu.register.names import right_name
from dancu.values.digits import clean_number
from dancu.values.errors import BadValue
from dancu.values.numbers import check_cmnd, check_pin
from dancu.web.forms import CommuneField, CommuneInput, DateField, helper
from dancu.web.kit.people import PersonField, ask_for_people
from dancu.web.office.records.record import FIELDS
from dancu.web.shared.countries import countries
from dancu.web.shared.names import NameField
from dancu.web.shared.phones import PhoneField

EARLIEST_BIRTH = dt.date(1880, 1, 1)
TEXT = {"autocomplete": "off", "spellcheck": "false"}


def a_name(text: str) -> None:
    """Raises ValidationError where the register takes no such name."""
    try:
        right_name(text)
    except (RegisterError, BadValue) as refused:
        raise ValidationError(str(refused), "name") from refused


def _name(_person: RegisteredPerson) -> forms.Field:
    return NameField(max_length=200, validators=[a_name], widget=forms.TextInput(TEXT))


def _birth_date(_person: RegisteredPerson) -> forms.Field:
    return DateField(earliest=EARLIEST_BIRTH, latest=timezone.localdate)


def _area(person: RegisteredPerson) -> forms.Field:
    """A commune as it was called when the person was born."""
    born = person["birth_date"]
    source = f"/api/areas/suggest?on={born.isoformat()}"
    hint = gettext_lazy("The name at the time of birth. Today’s name finds it too")
    return CommuneField(on=born, widget=CommuneInput(source=source), required=False, help_text=hint)


def _chosen(
    choices: Mapping[Any, Any], *, required: bool = False
) -> Callable[[RegisteredPerson], forms.Field]:
    def make(_person: RegisteredPerson) -> forms.Field:
        listed = [(code, str(name)) for code, name in choices.items()]
        kind = type(listed[0][0])
        empty = [] if required else [("", "")]
        return forms.TypedChoiceField(
            choices=empty + listed, coerce=kind, empty_value=None, required=required
        )

    return make


def _country(_person: RegisteredPerson) -> forms.Field:
    return forms.ChoiceField(choices=countries())


def _phone(_person: RegisteredPerson) -> forms.Field:
    return PhoneField(required=False, widget=forms.TextInput(TEXT | {"inputmode": "tel"}))


def _email(_person: RegisteredPerson) -> forms.Field:
    message = gettext_lazy("Enter an email address, such as ten@example.vn")
    return forms.EmailField(max_length=200, required=False, error_messages={"invalid": message})


def _issued_on(_person: RegisteredPerson) -> forms.Field:
    return DateField(required=False, latest=timezone.localdate)


def _cmnd(_person: RegisteredPerson) -> forms.Field:
    return forms.CharField(
        max_length=20, required=False, widget=forms.TextInput(TEXT | {"inputmode": "numeric"})
    )


CORRECTABLE: dict[str, Callable[[RegisteredPerson], forms.Field]] = {
    "full_name": _name,
    "birth_date": _birth_date,
    "sex": _chosen(words.SEXES, required=True),
    "birth_area": _area,
    "native_area": _area,
    "ethnicity": _chosen(words.ETHNICITIES),
    "religion": _chosen(words.RELIGIONS),
    "nationality": _country,
    "marital_status": _chosen(words.MARITAL_STATUSES),
    "blood_group": _chosen({group: group for group in sorted(BLOOD_GROUPS)}),
    "phone": _phone,
    "email": _email,
    "card_issued_on": _issued_on,
    "cmnd": _cmnd,
}


def legal_basis() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Legal basis"),
        help_text=gettext_lazy(
            "The document, its number, its date and who issued it, such as: birth certificate no. 12/2021"
        ),
        max_length=300,
        min_length=5,
        widget=forms.TextInput(TEXT),
        error_messages={
            "required": gettext_lazy("Enter the legal basis"),
            "min_length": gettext_lazy("Enter the document, its number and date"),
        },
    )


class CorrectionForm(forms.Form):
    """The right value of one field, and the legal basis."""

    def __init__(self, field: str, person: RegisteredPerson, data: Any = None) -> None:
        held = person[field]
        super().__init__(data, initial={"value": held, "precision": person["birth_precision"]})
        self.field = field
        value = CORRECTABLE[field](person)
        value.label = _("Correct value: {field}").format(field=FIELDS[field])
        value.error_messages["required"] = _("Enter the correct value")
        self.fields["value"] = value
        if field == "birth_date":
            self.fields["precision"] = forms.ChoiceField(
                label=_("How much of the date is known?"),
                choices=[
                    Choice("D", _("Day, month and year")),
                    Choice("M", _("Month and year")),
                    Choice("Y", _("Year")),
                ],
                widget=forms.RadioSelect,
            )
        self.fields["basis"] = legal_basis()
        names = [
            "value",
            *(["precision"] if field == "birth_date" else []),
            Field.text("basis", field_width=Fluid.FULL),
        ]
        self.helper = helper(*names, submit=_("Continue"))

    def clean_value(self) -> Any:
        value = self.cleaned_data["value"]
        if self.field in ("birth_area", "native_area"):
            return value and value.area_id
        if self.field == "full_name":
            return " ".join(value.split())
        if self.field == "cmnd" and value:
            value = clean_number(value)
            for problem in check_cmnd(value):
                raise forms.ValidationError(problem.message)
        return value or None

    @property
    def changes(self) -> dict[str, Any]:
        """What to hand to register.actions.correct; of a date of which less is known the rest is 1."""
        value, precision = self.cleaned_data["value"], self.cleaned_data.get("precision")
        if precision is None:
            return {self.field: value}
        first = {"Y": value.replace(month=1, day=1), "M": value.replace(day=1)}.get(precision, value)
        return {"birth_date": first, "birth_precision": precision}


class MoveForm(forms.Form):
    """Where the person moved, when, whether the household moved along, and on what basis."""

    kind = forms.TypedChoiceField(
        label=gettext_lazy("Kind of residence"),
        coerce=int,
        choices=lambda: [(kind, str(words.RESIDENCES[kind])) for kind in (PERMANENT, TEMPORARY)],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the kind of residence")},
    )
    who = forms.ChoiceField(
        label=gettext_lazy("Who moved?"),
        widget=forms.RadioSelect,
        required=False,
        initial="one",
    )
    moved_on = DateField(label=gettext_lazy("Date of moving in"), latest=timezone.localdate)
    commune = CommuneField(
        label=gettext_lazy("Commune"), help_text=gettext_lazy("Its name on the day of the move")
    )
    address = forms.CharField(
        label=gettext_lazy("House number and street, or hamlet"),
        required=False,
        max_length=200,
        widget=forms.TextInput(TEXT),
    )
    joins = PersonField(
        label=gettext_lazy("Someone in the household they are joining"),
        help_text=gettext_lazy(
            "Name and birth date, or personal number. Leave empty if they are not joining another household"
        ),
        required=False,
    )
    until = DateField(
        label=gettext_lazy("Temporary until"),
        help_text=gettext_lazy("Only for a temporary residence with an agreed end"),
        required=False,
    )
    basis = legal_basis()

    def __init__(
        self,
        acting: Acting,
        household: Sequence[HouseholdMember],
        person_id: int,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        ask_for_people(self, acting, but=[person_id])
        others = [member["full_name"] for member in household if member["person_id"] != person_id]
        if others:
            alone = _("Only this person, who leaves the household if the move is permanent")
            all_of_it = _("The whole household living at the same address: also %(names)s")
            self.fields["who"].choices = [("one", alone), ("all", all_of_it % {"names": ", ".join(others)})]
        else:
            del self.fields["who"]
        self.fields["commune"] = self._commune_of_that_day()
        self.helper = helper(
            "kind",
            *(["who"] if others else []),
            "moved_on",
            "commune",
            Field.text("address", field_width=Fluid.FULL),
            "joins",
            "until",
            Field.text("basis", field_width=Fluid.FULL),
            submit=_("Continue"),
        )

    def _commune_of_that_day(self) -> CommuneField:
        """Units are looked up as they stood on the day that is given, so that a name of today leads to
        what it was called then.
        """
        asked, on = self.fields["commune"], None
        if self.is_bound:
            with suppress(forms.ValidationError):
                on = self.fields["moved_on"].clean(self["moved_on"].data)
        return CommuneField(label=asked.label, help_text=asked.help_text, on=on)

    def clean(self) -> None:
        given = self.cleaned_data
        until, moved_on = given.get("until"), given.get("moved_on")
        if until and given.get("kind") == PERMANENT:
            self.add_error("until", _("A permanent residence has no agreed end. Leave this empty"))
        elif until and moved_on and until <= moved_on:
            self.add_error("until", _("The end must be after the beginning"))
        if given.get("joins") and (given.get("kind") == TEMPORARY or given.get("who") == "all"):
            self.add_error(
                "joins", _("Only one person moving permanently can join another household. Leave this empty")
            )


class NewPinForm(forms.Form):
    """Another personal number in place of the one that was cancelled."""

    pin = forms.CharField(
        label=gettext_lazy("Personal number replaced"),
        max_length=30,
        widget=forms.TextInput(TEXT | {"inputmode": "numeric"}),
        error_messages={"required": gettext_lazy("Enter the new personal number")},
    )
    on = DateField(label=gettext_lazy("Date it was established"), latest=timezone.localdate)
    basis = legal_basis()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            Field.text("pin", field_width=Fixed.TWENTY),
            "on",
            Field.text("basis", field_width=Fluid.FULL),
            submit=_("Continue"),
        )

    def clean_pin(self) -> str:
        pin = clean_number(self.cleaned_data["pin"])
        for problem in check_pin(pin):
            if problem.kind == "error":
                raise forms.ValidationError(problem.message)
        return pin
