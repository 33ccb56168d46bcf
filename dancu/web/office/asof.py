"""What the register said on one day about how things stood on another."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dancu.areas import lookups as areas
from dancu.register.lookups import ids_of, person_as_of
from dancu.web.access import duty
from dancu.web.forms import DateField, helper
from dancu.web.office.record import FIELDS, value
from dancu.web.office.register import seen


class AsOfForm(forms.Form):
    """Two days: when it was so, and when the register knew it."""

    valid_on = DateField(label=gettext_lazy("How things stood on"), latest=timezone.localdate)
    known_on = DateField(
        label=gettext_lazy("As the register knew it at the end of"),
        help_text=gettext_lazy("Leave empty for what is known now"),
        required=False,
        latest=timezone.localdate,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("valid_on", "known_on", submit=_("Show"))
        self.helper.form_method = "get"
        self.helper.disable_csrf = True


@dataclass(frozen=True)
class Compared:
    """A field then and now."""

    label: str | Promise
    then: Any
    now: Any

    @property
    def differs(self) -> bool:
        return self.then != self.now


@duty("person")
def as_of(request: HttpRequest, person_id: int) -> HttpResponse:
    """The record as of two days, beside what it says now; what differs first."""
    view = seen(request, person_id)
    form = AsOfForm(request.GET or None)
    context: dict[str, Any] = {"form": form, "person": view.person}
    if form.is_bound and form.is_valid():
        valid_on, known_on = form.cleaned_data["valid_on"], form.cleaned_data["known_on"]
        then = person_as_of(person_id, valid_on, _end_of(known_on))
        context |= {"valid_on": valid_on, "known_on": known_on, "asked": True}
        context["rows"] = _compared(then, view.person) if then else []
        context["merged"] = _merged(person_id, valid_on, _end_of(known_on), view.person)
    return render(request, "office/as_of.html", context, status=422 if form.errors else 200)


def _compared(then: dict[str, Any], now: dict[str, Any]) -> list[Compared]:
    ids = {row[field] for row in (then, now) for field in ("birth_area", "native_area", "home_area")} - {None}
    known = areas.get_many(ids)
    rows = [
        Compared(label, value(field, then[field], then, known), value(field, now[field], now, known))
        for field, label in FIELDS.items()
    ]
    return sorted(rows, key=lambda row: not row.differs)


def _merged(person_id: int, valid_on: dt.date, at: dt.datetime, now: dict[str, Any]) -> list[dict[str, Any]]:
    """What the register said then of records that are part of this one today."""
    said = {other: person_as_of(other, valid_on, at) for other in ids_of(person_id)[1:]}
    return [{"person_id": other, "rows": _compared(then, now)} for other, then in said.items() if then]


def _end_of(on: dt.date | None) -> dt.datetime:
    now = timezone.now()
    if on is None:
        return now
    midnight = timezone.make_aware(dt.datetime.combine(on + dt.timedelta(days=1), dt.time.min))
    return min(now, midnight)
