"""A person's record in words, for the person themselves."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, TypedDict

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from dancu.areas.lookups import Area
from dancu.register import words
from dancu.register.lookups import View
from dancu.register.words import meaning
from dancu.values.birth_dates import PartialDate
from dancu.web.shared.countries import countries
from dancu.web.templatetags.dancu import day, pin

Row = tuple[str | Promise, Any]


class OwnResidence(TypedDict):
    """A residence as its person reads it."""

    kind: str | Promise
    valid_from: dt.date
    valid_to: dt.date | None
    area: Area | None
    address: str


class OwnHouseholdMember(TypedDict):
    """One of the household as somebody of it reads it."""

    name: str
    relation: str | Promise
    me: bool


def sections(view: View) -> Iterable[tuple[str, list[Row]]]:
    """(heading, rows of label and value) of the record."""
    person = view.person
    yield (
        _("Identity"),
        [
            (_("Full name"), person["full_name"]),
            (_("Personal identification number"), pin(person["pin"])),
            (_("Old identity card number"), person["cmnd"]),
            (_("Birth date"), str(PartialDate.of(person["birth_date"], person["birth_precision"]))),
            (_("Sex"), meaning(words.SEXES, person["sex"])),
            (_("Nationality"), dict(countries()).get(person["nationality"], person["nationality"])),
            (_("Identity card issued on"), day(person["card_issued_on"])),
            (_("Status"), meaning(words.STATUSES, person["status"])),
        ],
    )
    yield (
        _("Origin and family"),
        [
            (_("Place of birth registration"), _area(view, "birth_area")),
            (_("Place of origin"), _area(view, "native_area")),
            (_("Ethnicity"), meaning(words.ETHNICITIES, person["ethnicity"])),
            (_("Religion"), meaning(words.RELIGIONS, person["religion"])),
            (_("Marital status"), meaning(words.MARITAL_STATUSES, person["marital_status"])),
            *(
                (meaning(words.RELATIVES, relative["kind"]), relative["full_name"])
                for relative in view.relatives
            ),
        ],
    )
    yield (
        _("Contact details"),
        [
            (_("Phone number"), person["phone"]),
            (_("Email"), person["email"]),
            (_("Blood group"), person["blood_group"]),
        ],
    )


def residences(view: View) -> list[OwnResidence]:
    """Where the person lives and lived, latest first."""
    return [
        {
            "kind": meaning(words.RESIDENCES, row["kind"]),
            "valid_from": row["valid_from"],
            "valid_to": row["valid_to"],
            "area": view.areas.get(row["area_id"]),
            "address": row["address"],
        }
        for row in view.residences
    ]


def household(view: View) -> list[OwnHouseholdMember]:
    """The people of the household by name alone, with their relation to its head."""
    return [
        {
            "name": row["full_name"],
            "relation": meaning(words.RELATIONS, row["relation"]),
            "me": row["person_id"] == view.person["person_id"],
        }
        for row in view.household
    ]


def _area(view: View, field: str) -> Any:
    return view.areas.get(view.person[field]) or ""
