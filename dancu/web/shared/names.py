"""The field for a person's name: letters that a scanner or a page spoilt are mended where it is certain,
and told where it is not.
"""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dancu.text.garbled import mended, trouble, with_its_d
from dancu.text.invisible import visible
from dancu.text.mistyped import meant, way_of

_TROUBLES = {
    "lost": _(
        "Some letters of the name were lost and appear as � or ?. Type the name again, as shown on the card"
    ),
    "code_page": _(
        "The letters of the name are garbled (wrong code page). Type the name again, as shown on the card."
        " If it came from a scanner, set the scanner to UTF-8 (Unicode)"
    ),
    "script": _("Enter the name in Latin letters, as shown on the card or in the passport"),
}


class NameField(forms.CharField):
    """A name in Latin letters, or with `any_script` in those of any. Cleans to the name with one space
    between its words and nothing unseen in it.
    """

    def __init__(self, *, any_script: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.any_script = any_script

    def to_python(self, value: Any) -> str:
        return super().to_python(_tidied(str(value)) if value else value) or ""

    def validate(self, value: str) -> None:
        super().validate(value)
        try:
            legible_name(value)
        except ValidationError as wrong:
            if not (self.any_script and wrong.code == "script"):
                raise


def legible_name(name: str) -> str:
    """The name, or the words of one that is looked for, as they were meant. Raises ValidationError where
    letters are lost or not Latin.
    """
    name = _tidied(name)
    if wrong := trouble(name) or (way_of(name) == "viscii" and "code_page"):
        raise ValidationError(_TROUBLES[wrong], wrong)
    return name


def _tidied(name: str) -> str:
    return unicodedata.normalize("NFC", " ".join(visible(mended(with_its_d(meant(mended(name))))).split()))
