"""Fields that several pages ask for, and the helper that lays their forms out."""

from collections.abc import Callable
from datetime import date
from typing import Any, cast

from crispy_forms_gds.fields import DateInputField
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Layout
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.forms import Field, MultiWidget, TextInput
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dancu.areas import lookups as areas

Words = str | Promise
Bound = date | Callable[[], date]


def helper(*layout: Any, submit: Words) -> FormHelper:
    """A form with this layout (field names, `Field.text(…)`, `Fieldset(…)`…) and one button, sent by POST.

    The browser's own checks are off: the server says what is wrong, in the reader's language, in the error
    summary ({% error_summary form %}, which stands above the page's title).
    """
    made = FormHelper()
    made.attrs = {"novalidate": "novalidate"}
    made.layout = Layout(*layout, Button.primary("send", submit, data_prevent_double_click="true"))
    return made


class DateField(DateInputField):
    """A date in three inputs, each error tied to its own. Cleans to a `date`, or None where it may be left
    empty.

    `earliest` and `latest` are days still allowed, or functions that tell them (`timezone.localdate` for
    today). With `birthday` the browser offers the birth date that it knows.
    """

    _PARTS = (
        (_("Enter the day"), r"^[0-9]{1,2}$", _("The day must be a number from 1 to 31")),
        (_("Enter the month"), r"^[0-9]{1,2}$", _("The month must be a number from 1 to 12")),
        (_("Enter the year"), r"^[0-9]{4}$", _("The year must have four digits, such as 1985")),
    )
    _MESSAGES = {
        "required": _("Enter the day, month and year"),
        "invalid": _("This date does not exist: check the day, month and year"),
        "too_early": _("The date must be %(bound)s or later"),
        "too_late": _("The date must be %(bound)s or earlier"),
    }

    def __init__(
        self,
        *,
        earliest: Bound | None = None,
        latest: Bound | None = None,
        birthday: bool = False,
        **options: Any,
    ) -> None:
        messages = options.pop("error_messages", {})
        super().__init__(require_all_fields=False, **options)
        self.error_messages |= self._MESSAGES | messages
        self._earliest, self._latest = earliest, latest
        for field, (missing, pattern, wrong) in zip(self.fields, self._PARTS, strict=True):
            field.error_messages["incomplete"] = missing
            field.validators = [RegexValidator(pattern, wrong)]
        widgets = cast(MultiWidget, self.widget).widgets
        for widget, part in zip(widgets, ("day", "month", "year"), strict=True):
            widget.attrs |= {"inputmode": "numeric"} | ({"autocomplete": f"bday-{part}"} if birthday else {})

    def compress(self, data_list: Any) -> date | None:
        if not data_list or not any(data_list):
            return None
        day, month, year = (int(part) for part in data_list)
        try:
            return date(year, month, day)
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def validate(self, value: date | None) -> None:
        super().validate(value)
        earliest, latest = _day(self._earliest), _day(self._latest)
        if value and earliest and value < earliest:
            raise self._outside("too_early", earliest)
        if value and latest and value > latest:
            raise self._outside("too_late", latest)

    def _outside(self, code: str, bound: date) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params={"bound": f"{bound:%d/%m/%Y}"})


def _day(bound: Bound | None) -> date | None:
    return bound() if callable(bound) else bound


class CommuneInput(TextInput):
    """A commune's name, and beside it the id that assets/commune.js writes when a suggestion is chosen.

    `choices` are suggestions offered as radio buttons, because several communes have the name that was typed.
    Its value is (text, id, id of the radio button); an area's id or an `Area` shows that commune.
    """

    template_name = "web/widgets/commune.html"

    def __init__(self, attrs: dict[str, Any] | None = None, source: str = "/api/areas/suggest") -> None:
        super().__init__(
            {"class": "govuk-input", "autocomplete": "off", "data-commune-source": source} | (attrs or {})
        )
        self.choices: list[areas.Suggestion] = []

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        typed, chosen, offered = value if isinstance(value, tuple) else ("", "", value)
        area = offered if isinstance(offered, areas.Area) else _area(str(offered or ""))
        text = area.path if area else typed
        context = super().get_context(name, text, {**(attrs or {}), "data-commune-target": f"{name}_id"})
        context["widget"] |= {"chosen": str(area.area_id) if area else chosen, "choices": self.choices}
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[str, str, str]:
        text, chosen, offered = (
            str(data.get(part) or "").strip() for part in (name, f"{name}_id", f"{name}_choice")
        )
        return text, chosen, offered


class CommuneField(Field):
    """A commune of the day `on` (today), typed or chosen. Cleans to an `areas.lookups.Area`, or None where
    left empty.

    With the suggestions' script the id comes along; without it the name is looked up. Where that leaves a
    doubt about which commune is meant (areas.lookups.named), the error offers those that may be, to choose
    from.
    """

    widget = CommuneInput
    default_error_messages = {
        "required": _("Enter the commune"),
        "unknown": _(
            "We could not find this commune. Check the spelling, or enter only its name (current or former) "
            "and its province."
        ),
        "perhaps": _(
            "“%(text)s” may be the commune below the box. Choose it if so, or enter the name and the "
            "province."
        ),
        "several": _("Several communes match “%(text)s”. Choose one of those below the box."),
        "many": _(
            "Many communes match “%(text)s”. Choose one of those below the box, or enter the name of the "
            "province too."
        ),
    }
    _OFFERED = 8

    def __init__(self, *, on: Bound | None = None, **options: Any) -> None:
        super().__init__(**options)
        self._on = on

    def clean(self, value: tuple[str, str, str] | None) -> areas.Area | None:
        text, chosen, offered = value or ("", "", "")
        if not text:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        on = _day(self._on) or timezone.localdate()
        area = _area(chosen)
        if area and area.path == text and area.level == areas.COMMUNE and area.stood(on):
            return area
        named = areas.named(text, on, self._OFFERED + 1)
        picked = (each.area for each in named.offered if offered == str(each.area.area_id))
        if meant := next(picked, named.area):
            return meant
        cast(CommuneInput, self.widget).choices = named.offered[: self._OFFERED]
        found = len(named.offered)
        code = ("unknown", "perhaps")[found] if found < 2 else "several" if found <= self._OFFERED else "many"
        raise ValidationError(self.error_messages[code], code=code, params={"text": text})

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = initial if isinstance(initial, areas.Area) else _area(str(initial or ""))
        return (data[0] if data else "") != (before.path if before else "")


def _area(area_id: str) -> areas.Area | None:
    if not (area_id.isascii() and area_id.isdigit() and len(area_id) < 10):
        return None
    return areas.get_many([int(area_id)]).get(int(area_id))
