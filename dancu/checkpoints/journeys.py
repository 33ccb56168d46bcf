"""A declared journey: the fields of the 2021 form (docs/domain.md), what somebody said about themselves
or another.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypedDict
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dancu.isolation.signs import warnings_in
from dancu.matching.lookups import (
    ClaimedIdentity,
    IdentityComparison,
    Outcome,
    PartialDate,
    declared_identity,
)
from dancu.text.invisible import visible
from dancu.values.phones import clean_phone

Words = dict[str, str | Promise]

_READ = (
    "full_name",
    "declarer_name",
    "home_detail",
    "permanent_detail",
    "origin_detail",
    "destination_detail",
    "reason_detail",
    "seat",
    "places",
)

REASONS: Words = {
    "home": _("Going home"),
    "work": _("Work"),
    "goods": _("Carrying goods"),
    "health": _("Medical treatment"),
    "family": _("Family: funeral, illness, care"),
    "study": _("Study, examinations"),
    "duty": _("Public duty"),
    "other": _("Another reason"),
}
VEHICLES: Words = {
    "motorbike": _("Motorbike"),
    "car": _("Car"),
    "truck": _("Lorry"),
    "bus": _("Bus or coach"),
    "train": _("Train"),
    "plane": _("Aeroplane"),
    "boat": _("Boat"),
    "foot": _("On foot or by bicycle"),
}
WITH_PLATE = ("motorbike", "car", "truck", "bus")
WITH_SEAT = ("bus", "train", "plane", "boat")
TESTS: Words = {"pcr": _("PCR test"), "antigen": _("Rapid antigen test")}
RESULTS: Words = {"negative": _("Negative"), "positive": _("Positive"), "waiting": _("Result not yet known")}
NUMBER_KINDS: Words = {
    "pin": _("Personal identification number (12 digits)"),
    "cmnd": _("Old identity card number (9 digits)"),
    "passport": _("Passport"),
    "none": _("No number"),
}


@dataclass(frozen=True)
class Journey:
    """What is declared. Areas are area_ids of communes; `sex` 1 male, 2 female, 0 not stated; empty text: not
    stated. Telephones are kept in their one form, and what people read without anything unseen that would
    turn or hide letters.
    """

    full_name: str
    birth: PartialDate
    number_kind: str
    number: str
    origin_area: int
    destination_area: int
    departs_on: dt.date
    arrives_on: dt.date
    reason: str
    vehicle: str
    declared_by: str = "self"  # or 'other', 'officer'
    sex: int = 0
    nationality: str = "VNM"
    phone: str = ""
    home_area: int | None = None
    home_detail: str = ""
    permanent_area: int | None = None
    permanent_detail: str = ""
    origin_detail: str = ""
    destination_detail: str = ""
    reason_detail: str = ""
    plate: str = ""
    seat: str = ""
    companions: int = 0
    places: str = ""
    symptoms: tuple[str, ...] = ()
    contact: bool = False
    test_kind: str = ""
    test_result: str = ""
    tested_on: dt.date | None = None
    doses: int | None = None
    declarer_name: str = ""
    declarer_phone: str = ""

    def __post_init__(self) -> None:
        for name in ("phone", "declarer_phone"):
            object.__setattr__(self, name, clean_phone(getattr(self, name)))
        for name in _READ:
            object.__setattr__(self, name, visible(getattr(self, name)))

    @property
    def warnings(self) -> list[str]:
        """What a health officer should hear of first."""
        return warnings_in(vars(self))


class ToldCommunes(TypedDict):
    """What an arrival tells of how the identity compared with the register."""

    outcome: str
    differing: list[str]


def subject_of(declaration_id: UUID) -> int:
    """The negative person_id under which someone whom the register does not know is kept: the same for
    every retry of a declaration.
    """
    return -(declaration_id.int & ((1 << 62) - 1)) - 1


def told_communes(comparison: IdentityComparison, number_kind: str, *, is_vouched: bool) -> ToldCommunes:
    """The `outcome` and what is `differing`, as an arrival carries them: a passport is no number that the
    register could know, and what is said of a number tells one written wrongly from one that is another's and
    from none. `is_vouched`: somebody has looked who they are, themselves signed in or an official. Of nobody
    else what disagrees is told field by field: who declares in another's name, to a commune whose list they
    read, would try each field by itself, and nobody who was recognised would have it on their record.
    """
    outcome, fields = str(comparison.outcome), list(comparison.differing)
    if comparison.outcome == Outcome.DISAGREES and not is_vouched:
        fields = []
    if number_kind == "passport" and outcome == Outcome.UNREADABLE:
        outcome = "passport"
    said_of_number = {
        "not_declared": "passport" if number_kind == "passport" else "no_number",
        "another": "another_number",
    }
    return {
        "outcome": outcome,
        "differing": [
            said_of_number.get(comparison.levels[field], field) if field == "number" else field
            for field in fields
        ],
    }


def identity_of(said: Mapping[str, Any], birth: PartialDate | None = None) -> ClaimedIdentity:
    """The identity that a journey's fields (or a declaration's row, whose birth date is in three columns)
    declare; the register knows no passports.
    """
    number = said["number"] if said["number_kind"] in ("pin", "cmnd") else ""
    born = birth or PartialDate(said["birth_year"], said["birth_month"], said["birth_day"])
    home = said["permanent_area"] or said["home_area"]
    return declared_identity(number, said["full_name"], born, said["sex"], home, said["phone"])
