"""What is asked on the page of notes."""

from typing import Any

from crispy_forms_gds.layout import Field, Fluid
from django import forms
from django.utils.translation import gettext_lazy as _

from dancu.web.forms import helper


class ExampleForm(forms.Form):
    """About whom, and what."""

    number = forms.CharField(
        label=_("Personal number"),
        help_text=_("12 digits"),
        max_length=30,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Enter the personal number")},
    )
    text = forms.CharField(
        label=_("Note"),
        max_length=500,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Enter the note")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            Field.text("number", field_width=Fluid.ONE_HALF), Field.text("text"), submit=_("Save note")
        )
