"""What an officer keys in for one who has declared nothing: as little as a pass needs."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dancu.areas import lookups as areas
from dancu.checkpoints.journeys import NUMBER_KINDS, REASONS, VEHICLES, WITH_PLATE, WITH_SEAT, Journey
from dancu.isolation.signs import SYMPTOMS
from dancu.values.digits import clean_number
from dancu.values.plates import tidy_plate
from dancu.values.sexes import LABELS as SEXES
from dancu.web.forms import CommuneField
from dancu.web.shared.birth import BirthField
from dancu.web.shared.choices import choices
from dancu.web.shared.countries import countries
from dancu.web.shared.identity_number import wrong_in
from dancu.web.shared.names import NameField
from dancu.web.shared.phones import PhoneField

_ROAD = 1.3  # roads are about a third longer than the crow flies
_KM_A_DAY = 500  # by motorbike or lorry, with a night's rest


class DeskIdentityForm(forms.Form):
    """Who it is, as the officer reads it from a paper or hears it."""

    number_kind = forms.ChoiceField(label=_("Document"), choices=choices(NUMBER_KINDS))
    number = forms.CharField(label=_("Document number"), required=False, max_length=40)
    full_name = NameField(
        label=_("Full name"),
        max_length=100,
        error_messages={"required": _("Enter the full name as shown on the card")},
    )
    birth = BirthField(
        label=_("Birth date"), help_text=_("Day, month, year. Enter only the year if nothing more is known.")
    )
    sex = forms.TypedChoiceField(
        label=_("Sex"),
        choices=choices(SEXES),
        coerce=int,
        required=False,
        empty_value=None,
    )
    nationality = forms.ChoiceField(label=_("Nationality"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nationality"].choices = countries()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        kind, number = values.get("number_kind"), clean_number(values.get("number") or "").upper()
        values["number"] = "" if kind == "none" else number
        for wrong in wrong_in(kind or "", number):
            self.add_error("number", wrong)
        return values


class TravellerForm(DeskIdentityForm):
    """Who (filled by the register where it knows them), where to, and how."""

    declaration_id = forms.UUIDField(widget=forms.HiddenInput)
    crossing_id = forms.UUIDField(widget=forms.HiddenInput)
    home_area = forms.IntegerField(required=False, widget=forms.HiddenInput)

    to = forms.TypedChoiceField(label=_("Where to?"), coerce=int, required=False, empty_value=None)
    destination = CommuneField(label=_("Another commune"), required=False)
    destination_detail = forms.CharField(label=_("House number, street"), required=False, max_length=200)
    origin = CommuneField(label=_("From"), required=False)
    vehicle = forms.ChoiceField(
        label=_("Means of transport"),
        choices=choices(VEHICLES),
        initial="motorbike",
        error_messages={"required": _("Choose the means of transport")},
    )
    plate = forms.CharField(label=_("Number plate"), required=False, max_length=20)
    phone = PhoneField(label=_("Phone number, if any"), required=False)
    reason = forms.ChoiceField(
        label=_("Purpose"), choices=[("", _("Not asked")), *choices(REASONS)], required=False
    )
    companions = forms.IntegerField(
        label=_("Other people travelling"), required=False, min_value=0, max_value=99
    )
    symptoms = forms.MultipleChoiceField(
        label=_("Which symptoms?"), choices=choices(SYMPTOMS), required=False
    )
    contact = forms.BooleanField(label=_("Has been in contact with a case"), required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        offered: list[areas.Area],
        station_area: int,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self._station_area = areas.get(station_area)
        self.fields["to"].choices = [(area.area_id, area.path) for area in offered]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        self._check_way(values)
        if (
            values.get("vehicle") in WITH_PLATE
            and values["vehicle"] not in WITH_SEAT
            and not tidy_plate(values.get("plate") or "")
        ):
            self.add_error("plate", _("Enter the number plate"))
        return values

    def journey(self) -> Journey:
        """What was keyed in, as a declaration by the officer."""
        given, today = self.cleaned_data, timezone.localdate()
        return Journey(
            declared_by="officer",
            full_name=" ".join(given["full_name"].split()),
            birth=given["birth"],
            sex=given["sex"] or 0,
            number_kind=given["number_kind"],
            number=given["number"],
            nationality=given["nationality"] or "VNM",
            home_area=given["home_area"],
            permanent_area=given["home_area"],
            origin_area=given["origin"].area_id,
            destination_area=given["destination"].area_id,
            destination_detail=given["destination_detail"].strip(),
            departs_on=today,
            arrives_on=today + _on_the_way(given["origin"], given["destination"], given["vehicle"]),
            reason=given["reason"] or "other",
            vehicle=given["vehicle"],
            plate=tidy_plate(given["plate"]),
            phone=given["phone"],
            companions=given["companions"] or 0,
            symptoms=tuple(given["symptoms"]),
            contact=given["contact"],
        )

    def clean_home_area(self) -> int | None:
        home = self.cleaned_data["home_area"]
        return home if home and areas.get_many([home]) else None

    def _check_way(self, values: dict[str, Any]) -> None:
        """A commune that was tapped counts, else the one typed. Who goes home set out, as far as we know,
        from about here.
        """
        tapped = areas.get_many([values["to"]]).get(values["to"]) if values.get("to") else None
        destination = tapped or values.get("destination")
        if destination is None and "destination" not in self.errors:
            self.add_error("destination", _("Choose or type where the traveller is going"))
        origin = values.get("origin") or self._station_area
        values |= {
            "origin": self._station_area if origin == destination else origin,
            "destination": destination,
        }


def _on_the_way(origin: areas.Area, destination: areas.Area, vehicle: str) -> dt.timedelta:
    """An estimate that nobody has to be asked for; it only decides when the commune begins to wait."""
    km = 0 if vehicle == "plane" else areas.distance_km(origin.area_id, destination.area_id) or 0
    return dt.timedelta(days=int(km * _ROAD / _KM_A_DAY))
