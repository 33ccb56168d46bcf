"""A person's record in words, for officials: rows of facts, periods of residence, relatives, what
happened.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dancu.areas import lookups as areas
from dancu.register import words
from dancu.register.lookups import HouseholdMember, KnownRelative, RecordedEvent, View
from dancu.register.words import meaning
from dancu.values.birth_dates import PartialDate
from dancu.values.masking import mask
from dancu.web.shared.countries import countries
from dancu.web.templatetags.dancu import day

Words = str | Promise

# In the order they are shown; those an official corrects by themselves are in `changes.CORRECTABLE`.
FIELDS: dict[str, Words] = {
    "full_name": _("Full name"),
    "birth_date": _("Birth date"),
    "sex": _("Sex"),
    "status": _("Status"),
    "status_on": _("Date of death or going missing"),
    "birth_area": _("Place of birth registration"),
    "native_area": _("Place of origin"),
    "ethnicity": _("Ethnicity"),
    "religion": _("Religion"),
    "nationality": _("Nationality"),
    "marital_status": _("Marital status"),
    "blood_group": _("Blood group"),
    "phone": _("Phone number"),
    "email": _("Email"),
    "card_issued_on": _("Identity card issued on"),
    "home_area": _("Permanent residence"),
    "pin": _("Personal number"),
    "cmnd": _("Old card number"),
    "relation": _("Relationship to head of household"),
}
_CODED = {
    "sex": words.SEXES,
    "status": words.STATUSES,
    "ethnicity": words.ETHNICITIES,
    "religion": words.RELIGIONS,
    "marital_status": words.MARITAL_STATUSES,
    "relation": words.RELATIONS,
}
_AREAS = ("birth_area", "native_area", "home_area")
_NUMBERS = ("pin", "cmnd")
_DATES = ("status_on", "card_issued_on")


@dataclass(frozen=True)
class RecordFact:
    """One field in words. `field` is its name where it may be corrected, else ""."""

    label: Words
    value: Any
    field: str = ""


@dataclass(frozen=True)
class ResidencePeriod:
    """A residence: since when until which last day, what kind, where; `today` is what an abolished
    commune is now.
    """

    kind: Words
    since: dt.date
    last_day: dt.date | None
    until: dt.date | None
    address: str
    commune: str
    today: str


@dataclass(frozen=True)
class Relative:
    """Someone of the household or the family. `person_id` only where the reader may open their record."""

    person_id: int | None
    full_name: str
    relation: Words
    birth: str
    is_person: bool


@dataclass(frozen=True)
class EventShown:
    """What happened: the changes as (field, old, new) in words."""

    kind: Words
    on: dt.date
    recorded_at: dt.datetime
    by: str
    basis: str
    changes: list[tuple[Words, str, str]]
    undo: UUID | None = None  # the event that may be undone
    is_undone: bool = False


def value(field: str, held: Any, record: Mapping[str, Any], known: Mapping[int, areas.Area]) -> Any:
    """One field's value in words; numbers masked. `record`: the row it stands in."""
    if held is None or held == "":
        return ""
    if field in _CODED:
        return meaning(_CODED[field], held)
    if field in _AREAS:
        return known[held].path if held in known else str(held)
    if field in _NUMBERS:
        return mask(held)
    if field in _DATES:
        return day(_date(held))
    if field == "birth_date":
        return str(PartialDate.of(_date(held), record.get("birth_precision") or "D"))
    return dict(countries()).get(held, held) if field == "nationality" else held


def facts(view: View, correctable: tuple[str, ...] = ()) -> list[RecordFact]:
    """The record's fields, without numbers and residence, which have sections of their own."""
    shown = [field for field in FIELDS if field not in (*_NUMBERS, "home_area", "relation")]
    person = view.person
    if person["status"] == 1:
        shown.remove("status_on")
    return [
        RecordFact(
            FIELDS[field],
            value(field, person[field], person, view.areas),
            field if field in correctable else "",
        )
        for field in shown
    ]


def periods(view: View) -> list[ResidencePeriod]:
    """Where the person lives and lived, the present first."""
    return [
        ResidencePeriod(
            meaning(words.RESIDENCES, row["kind"]),
            row["valid_from"],
            row["valid_to"] and row["valid_to"] - dt.timedelta(days=1),
            row["until"],
            row["address"],
            view.areas[row["area_id"]].path if row["area_id"] in view.areas else str(row["area_id"]),
            _today(view.areas.get(row["area_id"])) if row["valid_to"] is None else "",
        )
        for row in view.residences
    ]


def household(view: View, visible: set[int]) -> list[Relative]:
    """Who lives in the household, its head first."""
    return [
        _relative(row, meaning(words.RELATIONS, row["relation"]), view, visible) for row in view.household
    ]


def family(view: View, visible: set[int]) -> list[Relative]:
    """Parents, spouse, representatives."""
    return [_relative(row, meaning(words.RELATIVES, row["kind"]), view, visible) for row in view.relatives]


def events(view: View, names: Mapping[int, str], known: Mapping[int, areas.Area]) -> list[EventShown]:
    """What happened to the record, latest first. `names`: the user names of those who recorded it."""
    undone = {row["undone_by"]: event_name(row) for row in view.events if row["undone_by"]}
    return [
        EventShown(
            _("Undone: %(event)s") % {"event": undone[row["event_id"]]}
            if row["event_id"] in undone
            else event_name(row),
            row["happened_on"],
            row["recorded_at"],
            names.get(row["recorded_by"], ""),
            row["basis"],
            list(_changes(row["changes"], known)),
            row["event_id"] if row["may_be_undone"] else None,
            row["undone_by"] is not None,
        )
        for row in view.events
    ]


def event_name(row: RecordedEvent) -> Words:
    """What happened, in words; of a birth which child."""
    kind = meaning(words.EVENTS, row["kind"])
    return f"{kind}: {row['child']}" if row["child"] else kind


def areas_in_events(view: View) -> set[int]:
    """The areas that events name as old or new."""
    changed = [row["changes"][field] for row in view.events for field in _AREAS if field in row["changes"]]
    return {area_id for pair in changed for area_id in pair if area_id is not None}


def _changes(
    changes: Mapping[str, list[Any]], known: Mapping[int, areas.Area]
) -> Iterator[tuple[Words, str, str]]:
    old = {field: pair[0] for field, pair in changes.items()}
    new = {field: pair[1] for field, pair in changes.items()}
    for field in changes:
        if field in FIELDS:
            yield FIELDS[field], value(field, old[field], old, known), value(field, new[field], new, known)


def _relative(
    row: HouseholdMember | KnownRelative, relation: Words, view: View, visible: set[int]
) -> Relative:
    person_id = row["person_id"]
    return Relative(
        person_id if person_id in visible and person_id != view.person["person_id"] else None,
        row["full_name"],
        relation,
        str(PartialDate.of(row["birth_date"], "Y")) if row["birth_date"] else "",
        person_id == view.person["person_id"],
    )


def _today(area: areas.Area | None) -> str:
    """What an abolished commune became, where it became one."""
    if area is None or area.valid_to is None:
        return ""
    became = areas.successors(area.area_id)
    return became[0].path if became else ""


def _date(held: dt.date | str) -> dt.date:
    return held if isinstance(held, dt.date) else dt.date.fromisoformat(held)
