"""What is asked on the page of notes."""

from typing import Any

from crispy_forms_gds.layout import Field
from django import forms
from django.utils.translation import gettext_lazy as _

from dancu.accounts.lookups import Acting
from dancu.web.forms import helper
from dancu.web.kit.people import PersonField, ask_for_people


class ExampleForm(forms.Form):
    """About whom, and what."""

    person = PersonField(label=_("About whom"))
    text = forms.CharField(
        label=_("Note"),
        max_length=500,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Enter the note")},
    )

    def __init__(self, acting: Acting, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_for_people(self, acting)
        self.helper = helper("person", Field.text("text"), submit=_("Save note"))
