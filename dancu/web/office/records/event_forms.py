"""The forms by which a data steward records what happened in people's lives."""

from collections.abc import Sequence
from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.layout import Field, Fluid
from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dancu.accounts.lookups import Acting
from dancu.register import words
from dancu.register.lookups import ALIVE, HouseholdMember, View
from dancu.register.words import meaning
from dancu.web.forms import CommuneField, DateField, helper
from dancu.web.kit.people import PersonField, ask_for_people
from dancu.web.office.records.correcting import EARLIEST_BIRTH, TEXT, a_name, legal_basis
from dancu.web.shared.names import NameField

Words = str | Promise


def _name(label: Words, **options: Any) -> NameField:
    return NameField(
        label=label, max_length=200, validators=[a_name], widget=forms.TextInput(TEXT), **options
    )


class EventForm(forms.Form):
    """When it happened, and the legal basis."""

    on = DateField(latest=timezone.localdate, earliest=EARLIEST_BIRTH)
    basis = legal_basis()

    layout: Sequence[Any] = ()

    def __init__(self, acting: Acting, on: Words, view: View, data: Any = None) -> None:
        super().__init__(data)
        self.view = view
        self.fields["on"].label = on  # pyright: ignore
        self.prepare()
        ask_for_people(self, acting, but=[view.person["person_id"]])
        self.helper = helper(
            *self.layout,
            *(["on"] if "on" not in self.layout else []),
            Field.text("basis", field_width=Fluid.FULL),
            submit=_("Continue"),
        )

    def prepare(self) -> None:
        """What a form offers of this record."""


class MarriageForm(EventForm):
    """Whom: somebody of the register, or somebody whom it does not hold."""

    spouse = PersonField(
        label=gettext_lazy("Husband or wife"),
        help_text=gettext_lazy(
            "Name and birth date, or personal number. Leave empty if they are not in the register"
        ),
        required=False,
    )
    name = _name(
        gettext_lazy("Full name of a husband or wife who is not in the register"),
        required=False,
        help_text=gettext_lazy("For example, a foreigner"),
    )
    layout = (
        "spouse",
        Field.text("name", field_width=Fluid.TWO_THIRDS),
    )

    def clean(self) -> None:
        if not self.errors and bool(self.cleaned_data["spouse"]) == bool(self.cleaned_data["name"]):
            self.add_error("spouse", _("Enter somebody in the register, or the name of somebody who is not"))


class BirthForm(EventForm):
    """The child, the other parent, and where the birth was registered."""

    full_name = _name(
        gettext_lazy("Child’s full name"),
        error_messages={"required": gettext_lazy("Enter the child’s full name")},
    )
    sex = forms.TypedChoiceField(
        label=gettext_lazy("Sex"),
        coerce=int,
        choices=lambda: [(sex, str(name)) for sex, name in words.SEXES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the sex")},
    )
    other = forms.ChoiceField(
        label=gettext_lazy("The other parent"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who the other parent is")},
    )
    parent = PersonField(
        label=gettext_lazy("Other parent in the register"),
        help_text=gettext_lazy(
            "Name and birth date, or personal number. Only if you chose another person in the register"
        ),
        required=False,
    )
    name = _name(
        gettext_lazy("Full name of the other parent"),
        required=False,
        help_text=gettext_lazy("Only if you chose a person who is not in the register"),
    )
    commune = CommuneField(
        label=gettext_lazy("Commune where the birth was registered"),
        help_text=gettext_lazy("Leave empty for the commune of this person’s permanent residence"),
        required=False,
    )
    layout = (
        Field.text("full_name", field_width=Fluid.TWO_THIRDS),
        "on",
        "sex",
        "other",
        "parent",
        Field.text("name", field_width=Fluid.TWO_THIRDS),
        "commune",
    )

    def prepare(self) -> None:
        spouse = next(
            (row for row in self.view.relatives if row["kind"] == "spouse" and row["person_id"]), None
        )
        self.spouse_id = spouse and spouse["person_id"]
        married = (
            [("spouse", _("%(name)s, the husband or wife") % {"name": spouse["full_name"]})] if spouse else []
        )
        others = [
            ("number", _("Another person in the register")),
            ("name", _("A person who is not in the register")),
            ("unknown", _("Not known, or not to be recorded")),
        ]
        self.fields["other"].choices = [Choice(*each) for each in [*married, *others]]

    def clean(self) -> None:
        given = self.cleaned_data
        other = given.get("other")
        if other == "number" and "parent" in given and not given["parent"]:
            self.add_error("parent", _("Enter the other parent"))
        if other == "name" and not given.get("name"):
            self.add_error("name", _("Enter the full name of the other parent"))


class SplitForm(EventForm):
    """Who leaves, and who is head on either side."""

    leave = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Who is leaving the household?"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose who is leaving the household")},
    )
    head = forms.TypedChoiceField(
        label=gettext_lazy("Head of the new household"),
        coerce=int,
        error_messages={"required": gettext_lazy("Choose the head of the new household")},
    )
    stays_head = forms.TypedChoiceField(
        label=gettext_lazy("Head of the remaining household"),
        help_text=gettext_lazy("Only if the head is leaving"),
        coerce=int,
        empty_value=None,
        required=False,
    )
    layout = ("leave", Field.select("head"), Field.select("stays_head"))

    def prepare(self) -> None:
        people = [(row["person_id"], _member(row)) for row in self.view.household]
        self.fields["leave"].choices = [Choice(*each) for each in people]
        alive = [
            (row["person_id"], row["full_name"]) for row in self.view.household if row["status"] == ALIVE
        ]
        for name in ("head", "stays_head"):
            self.fields[name].choices = [("", ""), *alive]

    def clean(self) -> None:
        leave, head = self.cleaned_data.get("leave") or [], self.cleaned_data.get("head")
        if leave and head and head not in leave:
            self.add_error("head", _("The head of the new household must be one of the people leaving"))
        if (stays := self.cleaned_data.get("stays_head")) and stays in leave:
            self.add_error(
                "stays_head", _("The head of the remaining household must be one of the people staying")
            )


class EventUndoForm(forms.Form):
    """Why what was recorded did not happen to this person."""

    basis = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Why it is wrong, and how you know"),
        max_length=300,
        min_length=5,
        widget=forms.TextInput(TEXT),
        error_messages={
            "required": gettext_lazy("Enter the reason"),
            "min_length": gettext_lazy("Explain briefly why it is wrong"),
        },
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.helper = helper(Field.text("basis", field_width=Fluid.FULL), submit=_("Continue"))


def _member(row: HouseholdMember) -> str:
    relation = meaning(words.RELATIONS, row["relation"])
    return f"{row['full_name']} ({relation})" if relation else row["full_name"]
