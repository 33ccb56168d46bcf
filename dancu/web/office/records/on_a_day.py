"""How things stood with a person on another day: as the register knows it now, or as it knew it on a
third.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dancu.accounts.caller import OfficialRequest
from dancu.areas import lookups as areas
from dancu.register import words
from dancu.register.lookups import (
    DayKnowledge,
    PersonRecord,
    RegisteredPerson,
    View,
    ids_of,
    on_a_day,
    person_as_of,
)
from dancu.register.words import meaning
from dancu.values.birth_dates import PartialDate
from dancu.web import sought
from dancu.web.access import duty
from dancu.web.forms import DateField, helper
from dancu.web.office.records.record import FIELDS, value
from dancu.web.office.records.register import left, seen


class AsOfForm(forms.Form):
    """Two days: when it was so, and when the register knew it."""

    valid_on = DateField(label=gettext_lazy("Situation on"), latest=timezone.localdate)
    known_on = DateField(
        label=gettext_lazy("As the register knew it at the end of"),
        help_text=gettext_lazy("Leave empty for what is known now"),
        required=False,
        latest=timezone.localdate,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("valid_on", "known_on", submit=_("Show"))


@dataclass(frozen=True)
class FieldThenAndNow:
    """A field then and now."""

    label: str | Promise
    then: Any
    now: Any
    is_known: bool = True

    @property
    def differs(self) -> bool:
        return self.is_known and self.then != self.now


@dataclass(frozen=True)
class Day:
    """A day on which something changed, and what."""

    on: dt.date
    words: str


@duty("person")
def as_of(request: OfficialRequest, person_id: int) -> HttpResponse:
    """The record as of two days, beside what it says now; what differs first."""
    if gone := left(request, person_id):
        return gone
    view = seen(request, person_id)
    is_sent = request.method == "POST"
    form = AsOfForm(request.POST if is_sent else sought.read(request) or None)
    if is_sent and form.is_valid():
        return sought.lead_on(request)
    context: dict[str, Any] = {"form": form, "person": view.person, "days": days(view)}
    if form.is_bound and form.is_valid():
        valid_on, known_on = form.cleaned_data["valid_on"], form.cleaned_data["known_on"]
        then = on_a_day(person_id, valid_on, _end_of(known_on))
        context |= {"valid_on": valid_on, "known_on": known_on, "asked": True, "then": then}
        context["born"] = (
            str(PartialDate.of(then.record["birth_date"], then.record["birth_precision"]))
            if then.record
            else ""
        )
        if then.record and then.known != DayKnowledge.NOT_BORN:
            context["rows"] = _compared(then.record, view.person, then.unknown)
        context["merged"] = _merged(person_id, valid_on, _end_of(known_on), view.person)
    return render(request, "office/as_of.html", context, status=422 if form.errors else 200)


def days(view: View) -> list[Day]:
    """The days on which something is known to have changed, the latest first; what happened on one day
    stands together.
    """
    person, found = view.person, []
    found += [(row["happened_on"], meaning(words.EVENTS, row["kind"])) for row in view.events]
    found += [(row["valid_from"], meaning(words.RESIDENCES, row["kind"])) for row in view.residences]
    found += [(row["valid_to"], _("a residence ended")) for row in view.residences if row["valid_to"]]
    found += [(row["ended_on"], _("a number was replaced")) for row in view.former_numbers]
    found += [
        (person["card_issued_on"], FIELDS["card_issued_on"]),
        (person["status_on"], meaning(words.STATUSES, person["status"])),
    ]
    found += [(person["birth_date"], _("Born"))] if person["birth_precision"] == "D" else []
    today, told = timezone.localdate(), {}
    for on, what in found:
        if on and on <= today:
            told.setdefault(on, {})[str(what)] = True
    return [Day(on, ", ".join(told[on])) for on in sorted(told, reverse=True)]


def _compared(
    then: PersonRecord, now: RegisteredPerson, unknown: Collection[str] = ()
) -> list[FieldThenAndNow]:
    ids = (area for row in (then, now) for area in (row["birth_area"], row["native_area"], row["home_area"]))
    known = areas.get_many({area for area in ids if area is not None})
    rows = [
        FieldThenAndNow(
            label,
            value(field, then[field], then, known),
            value(field, now[field], now, known),
            field not in unknown,
        )
        for field, label in FIELDS.items()
    ]
    return sorted(rows, key=lambda row: (not row.differs, not row.is_known))


def _merged(
    person_id: int, valid_on: dt.date, at: dt.datetime, now: RegisteredPerson
) -> list[dict[str, Any]]:
    """What the register said then of records that are part of this one today."""
    said = {other: person_as_of(other, valid_on, at) for other in ids_of(person_id)[1:]}
    return [{"person_id": other, "rows": _compared(then, now)} for other, then in said.items() if then]


def _end_of(on: dt.date | None) -> dt.datetime:
    now = timezone.now()
    if on is None:
        return now
    midnight = timezone.make_aware(dt.datetime.combine(on + dt.timedelta(days=1), dt.time.min))
    return min(now, midnight)
