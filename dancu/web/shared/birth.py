"""A birth date as people know it: the year, and where they are known the month and the day."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dancu.matching.lookups import PartialDate
from dancu.web.forms import DateField

EARLIEST_YEAR = 1890  # the oldest Vietnamese ever verified was born in 1893


class BirthField(DateField):
    """Three inputs, of which the day, or the day and the month, may be left empty. Cleans to a
    `PartialDate`.
    """

    def __init__(self, **options: Any) -> None:
        messages = options.pop("error_messages", {})
        super().__init__(birthday=True, error_messages=self._MESSAGES_OF_BIRTH | messages, **options)
        for part in self.fields[:2]:
            part.required = False

    _MESSAGES_OF_BIRTH = {
        "required": _("Enter the birth date, or only the year if the day and month are not known"),
        "month": _("Enter the month too, or leave the day blank"),
        "too_early": _("The year of birth must be %(bound)s or later"),
        "too_late": _("The birth date must not be in the future"),
    }

    def compress(self, data_list: Any) -> PartialDate | None:  # type: ignore[override]
        if not data_list or not any(data_list):
            return None
        day, month, year = (int(part) if part else None for part in data_list)
        if day and not month:
            raise ValidationError(self.error_messages["month"], code="month")
        try:
            date(year or 0, 1 if month is None else month, 1 if day is None else day)
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        return PartialDate(year or 0, month, day)

    def validate(self, value: PartialDate | None) -> None:  # type: ignore[override]
        if value is None:
            return
        if value.year < EARLIEST_YEAR:
            raise ValidationError(self.error_messages["too_early"], "too_early", {"bound": EARLIEST_YEAR})
        if date(value.year, value.month or 1, value.day or 1) > timezone.localdate():
            raise ValidationError(self.error_messages["too_late"], "too_late")
