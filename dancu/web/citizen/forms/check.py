"""The commitment before a declaration is sent, and what is asked beside it."""

from typing import Any

from crispy_forms_gds.layout import Field, Size
from django import forms
from django.utils.translation import gettext_lazy as _

from dancu.checkpoints.rows import ReplaceablePass
from dancu.web.forms import helper
from dancu.web.templatetags.dancu import moment


class CheckForm(forms.Form):
    """The commitment, and whether this device may remember the traveller. `standing`: the pass for this
    journey that its sender has already, and is asked whether to replace.
    """

    replace = forms.ChoiceField(
        choices=[("yes", _("Replace it with this declaration")), ("no", _("Keep it and send nothing"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether this declaration replaces the earlier pass")},
    )
    honest = forms.BooleanField(
        label=_("I confirm this is true. I understand that giving false information is an offence."),
        required=False,
    )
    remember = forms.BooleanField(
        label=_(
            "Remember the traveller and the journey on this phone for 90 days, but nothing about health. Do "
            "not tick this on a shared phone."
        ),
        required=False,
    )
    declaration = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, standing: ReplaceablePass | None = None, may_remember: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        layout = [Field.checkbox("honest"), Field.checkbox("remember"), "declaration"]
        if not may_remember:
            del self.fields["remember"], layout[1]
        if standing:
            until = moment(standing["expires_at"])
            words = _(
                "%(name)s, born %(year)s, already has a pass for this journey, valid until %(until)s. "
                "Replace it?"
            )
            whose = {"name": standing["full_name"], "year": standing["birth_year"]}
            self.fields["replace"].label = words % (whose | {"until": until})
            layout.insert(0, Field.radios("replace", legend_size=Size.MEDIUM))
        else:
            del self.fields["replace"]
        self.helper = helper(*layout, submit=_("Send the declaration"))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not values.get("honest") and values.get("replace") != "no":
            self.add_error("honest", _("Confirm that your declaration is true"))
        return values
