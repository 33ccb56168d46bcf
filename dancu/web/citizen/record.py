"""A person's record in words, for the person themselves."""

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from dancu.register import words
from dancu.register.lookups import View
from dancu.register.words import meaning
from dancu.values.birth_dates import PartialDate
from dancu.web.shared.countries import countries
from dancu.web.templatetags.dancu import day, pin

Row = tuple[str | Promise, Any]


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


def residences(view: View) -> list[dict[str, Any]]:
    """Where the person lives and lived, latest first."""
    return [
        row | {"kind": meaning(words.RESIDENCES, row["kind"]), "area": view.areas.get(row["area_id"])}
        for row in view.residences
    ]


def household(view: View) -> list[dict[str, Any]]:
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
