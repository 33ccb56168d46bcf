"""Telephone numbers as people write them, and as they are kept and compared: "+84 912 345 678" is 0912345678."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dancu.register.numbers import clean_number

_HOME = re.compile(r"(?:\+84|0084|84(?=\d{9,10}$))0?(?=[1-9])")
_NUMBER = re.compile(r"0[1-9]\d{8,9}|\+[1-9]\d{7,14}")


class PhoneField(forms.CharField):
    """A telephone number, Vietnamese or of another country. Cleans to 0912345678 or +8613912345678; "" where left empty."""

    default_error_messages = {
        "required": _("Enter the phone number"),
        "phone": _("A phone number has 10 digits and begins with 0, such as 0912 345 678; a foreign one begins with +"),
    }

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput({"type": "tel", "inputmode": "tel", "autocomplete": "tel"})
        super().__init__(**{"max_length": 40, "widget": widget, **options})

    def clean(self, value: Any) -> str:
        phone = tidy_phone(super().clean(value))
        if phone and not _NUMBER.fullmatch(phone):
            raise ValidationError(self.error_messages["phone"], "phone")
        return phone


def tidy_phone(text: str) -> str:
    """The number without separators, and a Vietnamese one without its country code."""
    number = "".join(letter for letter in clean_number(text) if letter not in "()/")
    number = re.sub(r"^00(?!84)", "+", number)
    return _HOME.sub("0", number, count=1) if _HOME.match(number) else number
