"""Which fields of a site's record differ from the register, the right values, and the person it is about."""

from collections.abc import Mapping, Sequence
from typing import Any

from dancu.areas import lookups as areas
from dancu.matching.compare import ClaimedIdentity, compare
from dancu.matching.dates import compare_birth
from dancu.matching.names import compare_names
from dancu.matching.normalising.numbers import repairs
from dancu.matching.policy import agreeing
from dancu.register import lookups as register
from dancu.values.birth_dates import PartialDate, birth_readings
from dancu.values.digits import clean_number
from dancu.values.errors import BadValue
from dancu.values.phones import parse_phone
from dancu.values.sexes import sex_of

FIELDS = ("number", "full_name", "birth", "sex", "phone", "commune_code")  # in the order they are shown
SiteRecord = Mapping[str, str | int | None]
"""A site's values for FIELDS."""

_SAME, _SURELY = agreeing("site"), agreeing("site", "surely")


def differing_fields(declared: SiteRecord, person: Mapping[str, Any]) -> list[str]:
    """The fields of FIELDS that differ from the person's row. A missing value differs only for the number,
    which every record needs.
    """
    return [field for field in FIELDS if not _agrees(field, str(declared.get(field) or "").strip(), person)]


def right_values(declared: SiteRecord, person: Mapping[str, Any]) -> dict[str, str]:
    """The register's values for the fields that differ, and for no other."""
    return {field: register_value(field, person) for field in differing_fields(declared, person)}


def register_value(field: str, person: Mapping[str, Any]) -> str:
    """The register's value of a field (from a person's row), as it would be declared; "" if there is none."""
    match field:
        case "number":
            return person["pin"] or person["cmnd"] or ""
        case "birth":
            return str(PartialDate.of(person["birth_date"], person["birth_precision"]))
        case "commune_code":
            home = areas.get_many([person["home_area"]]).get(person["home_area"])
            return home.code if home else ""
    return str(person.get(field) or "")


def birth_of(text: str | int | None) -> PartialDate | None:
    """The likeliest reading of a birth date; None where it cannot be read."""
    try:
        return birth_readings(str(text or ""))[0]
    except BadValue:
        return None


def people_of(records: Sequence[SiteRecord]) -> list[int | None]:
    """The person whom each of these records is about, by its number; None where nobody is found. Three
    statements for all records together.

    It is the holder of the number as given, even if name or birth date differ, which is the main fault of
    such records; else the only holder of a repaired number with that name and birth date.
    """
    given = [clean_number(str(record.get("number") or "")) for record in records]
    held_by = register.by_numbers({number for number in given if number})
    found = [_best(record, held_by.get(number, [])) for record, number in zip(records, given, strict=True)]
    meant = [
        [] if person_id else _repaired(number, record)
        for person_id, number, record in zip(found, given, records, strict=True)
    ]
    meant_by = register.by_numbers({number for numbers in meant for number in numbers})
    return [
        person_id
        or _only([one for number in numbers for one in meant_by.get(number, []) if _is_surely(record, one)])
        for person_id, numbers, record in zip(found, meant, records, strict=True)
    ]


def _agrees(field: str, declared: str, person: Mapping[str, Any]) -> bool:
    if not declared:
        return field != "number"
    match field:
        case "number":
            return clean_number(declared) in (person["pin"], person["cmnd"]) and bool(clean_number(declared))
        case "full_name":
            return compare_names(declared, person["full_name"]) in _SAME
        case "birth":
            birth = birth_of(declared)
            return compare_birth(birth, person["birth_date"], person["birth_precision"]) in _SAME
        case "sex":
            return sex_of(declared) == person["sex"]
        case "phone":
            return _phone(declared) == (person["phone"] or "")
    lived_in = {area_id for unit in areas.units(declared) for area_id in areas.ids_below(unit.area_id)}
    return person["home_area"] in lived_in


def _phone(text: str) -> str:
    try:
        return parse_phone(text)
    except BadValue:
        return ""


def _best(record: SiteRecord, holders: list[register.FoundPerson]) -> int | None:
    """Of several holders of one old card number, the one who agrees best."""
    if len(holders) < 2:
        return holders[0].person_id if holders else None
    declared = ClaimedIdentity(
        "", str(record.get("full_name") or ""), birth_of(record.get("birth")), sex_of(record.get("sex"))
    )
    return min(holders, key=lambda one: len(compare(declared, one, []).differing)).person_id


def _repaired(number: str, record: SiteRecord) -> list[str]:
    birth = birth_of(record.get("birth"))
    try:
        return [
            one.number for one in repairs(number, sex_of(record.get("sex")), birth.year if birth else None)
        ]
    except BadValue:  # a spreadsheet has rounded it
        return []


def _is_surely(record: SiteRecord, person: register.FoundPerson) -> bool:
    name = compare_names(str(record.get("full_name") or ""), person.full_name)
    birth = compare_birth(birth_of(record.get("birth")), person.birth_date, person.birth_precision)
    return {name, birth} <= _SURELY


def _only(found: Sequence[register.FoundPerson]) -> int | None:
    people = {person.person_id for person in found}
    return people.pop() if len(people) == 1 else None
