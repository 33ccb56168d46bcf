"""Telephone numbers as people write them, in a form."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dancu.values.phones import clean_phone, is_phone


class PhoneField(forms.CharField):
    """A telephone number, Vietnamese or of another country. Cleans to 0912345678 or +8613912345678; ""
    where left empty.
    """

    default_error_messages = {
        "required": _("Enter the phone number"),
        "phone": _(
            "Enter a phone number with 10 digits starting with 0, such as 0912 345 678, or a foreign one "
            "starting with +"
        ),
    }

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput({"type": "tel", "inputmode": "tel", "autocomplete": "tel"})
        super().__init__(**{"max_length": 40, "widget": widget, **options})

    def clean(self, value: Any) -> str:
        phone = clean_phone(super().clean(value))
        if phone and not is_phone(phone):
            raise ValidationError(self.error_messages["phone"], "phone")
        return phone
