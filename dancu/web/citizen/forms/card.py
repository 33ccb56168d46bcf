"""The code on the traveller's card, scanned, pasted or photographed: it fills in the next two steps."""

from typing import Any

from crispy_forms_gds.layout import Fluid
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dancu.credentials import qr
from dancu.credentials.errors import CredentialError, PictureTooLarge
from dancu.register.card import Card, read_card
from dancu.register.errors import RegisterError
from dancu.web.citizen.forms.base import Kept, StepForm, Words


class CardForm(StepForm):
    """The code's text, or a picture of it, or neither."""

    title = _("The traveller's identity card")
    template = "citizen/card.html"
    code = forms.CharField(
        label=_("Text of the code"),
        help_text=_("If you have read the code with another app, paste the text here."),
        required=False,
        max_length=3000,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    picture = forms.FileField(required=False)
    widths = {"code": Fluid.FULL}
    rechecked = False  # a picture is not kept
    card: Card | None = None

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.data.get("skip"):
            return {}
        try:
            text = values.get("code") or self._in_picture()
            self.card = read_card(text)
        except (RegisterError, CredentialError) as problem:
            raise ValidationError({"code": str(problem)}) from problem
        return {}

    def kept(self) -> Kept:
        return {"skip": ["1"]}  # what was read stands in the next steps; the card's text is not kept

    def typed(self) -> Kept:
        return {}

    def fills(self) -> dict[str, Kept]:
        return filled_by(self.card) if self.card else {}

    def told(self) -> str:
        if not (card := self.card):
            return ""
        born = "/".join(f"{part:02}" for part in (card.birth_day, card.birth_month, card.birth_year) if part)
        return gettext("Read from the card: %(name)s, born %(born)s.") % {
            "name": card.full_name,
            "born": born,
        }

    def read_back(self) -> list[Words]:
        return []

    def _in_picture(self) -> str:
        picture = self.files.get("picture")
        if picture is None:
            return ""
        if picture.size > qr.MAX_MEGABYTES << 20:
            raise PictureTooLarge(qr.MAX_MEGABYTES, qr.MAX_MEGAPIXELS)
        found = qr.read(picture.read())
        if not found:
            raise ValidationError(
                {"code": _("We could not find a code in this photo. Take another, closer and without glare.")}
            )
        return next((text for text in found if "|" in text), found[0])


def filled_by(card: Card) -> dict[str, Kept]:
    """What a card answers of the steps `number` and `identity`."""
    day, month = card.birth_day or "", card.birth_month or ""
    return {
        "number": {"number_kind": [card.number_kind], "number": [card.number]},
        "identity": {
            "full_name": [card.full_name],
            "birth_0": [str(day)],
            "birth_1": [str(month)],
            "birth_2": [str(card.birth_year)],
            "sex": [str(card.sex)] if card.sex else [],
        },
    }
