"""The forms of keeping accounts."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import (
    Button,
    ConditionalQuestion,
    ConditionalRadios,
    Field,
    Fixed,
    Fluid,
    Layout,
)
from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dancu.accounts.duties import DUTIES, JURISDICTIONS, PURPOSES, ROLES
from dancu.accounts.lookups import Acting
from dancu.accounts.proposals import LONGEST
from dancu.areas import lookups as areas
from dancu.areas.lookups import Area
from dancu.checkpoints import lookups as checkpoints
from dancu.text.folding import fold
from dancu.web.forms import DateField, helper
from dancu.web.shared.names import NameField
from dancu.web.shared.phones import PhoneField

LATEST = date(2999, 12, 31)


class WhyField(forms.CharField):
    """The reason by which the other administrator decides."""

    def __init__(self, **options: Any) -> None:
        words: dict[str, Any] = {
            "label": gettext_lazy("Reason"),
            "help_text": gettext_lazy(
                "Who asked for it, how and why. The other administrator uses this to decide, and the "
                "official can read it."
            ),
            "error_messages": {"required": gettext_lazy("Enter a reason")},
        }
        super().__init__(max_length=LONGEST, widget=forms.Textarea({"rows": 3}), **(words | options))


class ProposalForm(forms.Form):
    """Why something is proposed for an account."""

    why = WhyField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(Field.textarea("why", rows=3), submit=_("Send proposal"))


class AnswerForm(forms.Form):
    """Why a proposal is refused."""

    answer = WhyField(
        label=gettext_lazy("Why are you refusing it?"),
        help_text="",
        error_messages={"required": gettext_lazy("Enter why you are refusing it")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field.textarea("answer", rows=3),
            Button.secondary("send", _("Refuse"), data_prevent_double_click="true"),
        )
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class NewOfficialForm(forms.Form):
    """Who the official is."""

    full_name = NameField(
        label=gettext_lazy("Full name"),
        max_length=120,
        any_script=True,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Enter the official’s full name")},
    )
    username = forms.CharField(
        label=gettext_lazy("Username"),
        help_text=gettext_lazy(
            "Lower case letters without accents, digits, full stops, hyphens or underscores, such as "
            "le.thi.chi"
        ),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Enter a username")},
    )
    phone = PhoneField(
        label=gettext_lazy("Phone number (if known)"),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "tel"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            Field.text("full_name", field_width=Fluid.TWO_THIRDS),
            Field.text("username", field_width=Fluid.TWO_THIRDS),
            Field.text("phone", field_width=Fixed.TWENTY),
            submit=_("Create account"),
        )


class GrantForm(forms.Form):
    """Which role, where, for what purpose, from when until when, and why."""

    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=lambda: [
            Choice(code, str(role.name), hint=_duties(role.duties)) for code, role in ROLES.items()
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a role")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Area of responsibility"),
        choices=lambda: [(code, str(name)) for code, name in JURISDICTIONS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what the role is for")},
    )
    area = forms.CharField(
        label=gettext_lazy("Name of the area"),
        help_text=gettext_lazy(
            "A province, district or commune, such as “Bến Nghé, Quận 1”. It includes everything within it."
        ),
        required=False,
        max_length=200,
    )
    area_id = forms.ChoiceField(
        label=gettext_lazy("Which of these?"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": gettext_lazy("Choose one of these areas")},
    )
    station = forms.ChoiceField(label=gettext_lazy("Checkpoint"), required=False)
    facility = forms.IntegerField(
        label=gettext_lazy("Number of the health facility"),
        required=False,
        min_value=1,
        max_value=999_999_999,
        error_messages={"max_value": gettext_lazy("Enter the number of the health facility")},
    )
    purpose = forms.ChoiceField(
        label=gettext_lazy("Purpose"),
        help_text=gettext_lazy(
            "It is recorded in the audit log with everything the official does, and citizens can see it."
        ),
        choices=lambda: [
            ("", _("Usual for the role")),
            *((code, str(words)) for code, words in PURPOSES.items()),
        ],
        required=False,
    )
    valid_from = DateField(
        label=gettext_lazy("First day"),
        required=False,
        help_text=gettext_lazy("Leave empty for the day it is confirmed"),
    )
    last_day = DateField(
        label=gettext_lazy("Last day"),
        required=False,
        latest=LATEST,
        help_text=gettext_lazy("Leave empty for no end"),
    )

    why = WhyField()

    def __init__(self, acting: Acting, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stations = checkpoints.stations(acting)
        self.fields["station"].choices = [("", ""), *((row["station_id"], row["name"]) for row in stations)]
        self._offered = self._found()
        self.fields["area_id"].choices = [(area.area_id, area.path) for area in self._offered]
        self.helper = helper(
            "role",
            self._where(),
            Field.select("purpose"),
            "valid_from",
            "last_day",
            Field.textarea("why", rows=3),
            submit=_("Propose role"),
        )

    def _found(self) -> list[Area]:
        text = self.data.get("area", "").strip()
        return areas.find(text, timezone.localdate()) if text else []

    @property
    def _is_sure(self) -> bool:
        """Whether one area was found, and is called just so: its marks apart, for no other of any time
        has these letters.
        """
        return len(self._offered) == 1 and areas.says(fold(self.data["area"]), self._offered[0])

    def _where(self) -> ConditionalRadios:
        named = JURISDICTIONS
        area = [
            Field.text("area"),
            *([Field.radios("area_id")] if self._offered and not self._is_sure else []),
        ]
        return ConditionalRadios(
            "kind",
            ConditionalQuestion(str(named["nation"])),
            ConditionalQuestion(str(named["area"]), *area),
            ConditionalQuestion(str(named["station"]), Field.select("station")),
            ConditionalQuestion(str(named["facility"]), Field.text("facility", field_width=Fixed.FIVE)),
        )

    @property
    def jurisdiction_id(self) -> int:
        """What the kind of place asks for; 0 for the whole country. Of a clean form."""
        kind = self.cleaned_data["kind"]
        return 0 if kind == "nation" else int(self.cleaned_data["area_id" if kind == "area" else kind])

    @property
    def valid_to(self) -> date | None:
        """The day after the last day. Of a clean form."""
        last_day = self.cleaned_data["last_day"]
        return last_day + timedelta(days=1) if last_day else None

    def clean(self) -> None:
        given = self.cleaned_data
        role, kind = given.get("role"), given.get("kind")
        if role and kind and kind not in ROLES[role].jurisdictions:
            allowed = ", ".join(str(JURISDICTIONS[code]) for code in ROLES[role].jurisdictions)
            self.add_error("kind", _("This role can only be given for: %(kinds)s") % {"kinds": allowed})
        if kind == "area":
            self._clean_area()
        elif kind == "station" and not given.get("station"):
            self.add_error("station", _("Choose the checkpoint"))
        elif kind == "facility" and not given.get("facility") and "facility" not in self.errors:
            self.add_error("facility", _("Enter the number of the health facility"))

    def _clean_area(self) -> None:
        if not self.cleaned_data.get("area"):
            self.add_error("area", _("Enter the name of the area"))
        elif not self._offered:
            self.add_error(
                "area", _("No current area has this name. Check the spelling, or add the province")
            )
        elif self._is_sure:
            self.cleaned_data["area_id"] = self._offered[0].area_id
        elif not self.cleaned_data.get("area_id"):
            self.add_error(
                "area_id",
                _("Several areas have this name. Choose one, or enter more of the name")
                if len(self._offered) > 1
                else _(
                    "Only this area has a similar name. Choose it if it is the right one, or enter more of "
                    "the name"
                ),
            )


def _duties(duties: Iterable[str]) -> str:
    return "; ".join(str(words) for duty, words in DUTIES.items() if duty in duties)
