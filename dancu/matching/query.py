"""The query for a declared identity (the record to compare, and the keys of candidates), and the register's
record that it is compared with.
"""

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from dancu.areas import lookups as areas
from dancu.matching.compare import ClaimedIdentity
from dancu.matching.normalising.names import normalise_name
from dancu.matching.normalising.numbers import repairs, without_decimals
from dancu.matching.normalising.orders import is_guess, readings
from dancu.matching.vietnamese_kinds import prepare, sex_told
from dancu.register.candidates import Candidate
from dancu.text.sounds import ends_key, given_key
from dancu.values.birth_dates import PartialDate
from dancu.values.digits import clean_number
from dancu.values.errors import BadValue
from dancu.values.phones import parse_phone


@dataclass(frozen=True)
class Query:
    """`record`: the declared identity, prepared for the model; the other fields: the keys to look under,
    empty where nothing was declared.

    `repairs`: the numbers that may have been meant, tried where the declared one (`numbers`, at most one)
    does not settle the search. `other_readings`: the queries for other readings of the name (given name
    first), tried where this one does not settle it; where this reading `is_guess`, they are always tried.
    """

    record: dict[str, Any]
    numbers: list[str] = field(default_factory=list)
    repairs: Callable[[], list[str]] = list
    phones: list[str] = field(default_factory=list)
    given_keys: list[int] = field(default_factory=list)
    ends_keys: list[int] = field(default_factory=list)
    births: list[dt.date] = field(default_factory=list)
    births_a_year_off: list[dt.date] = field(default_factory=list)
    areas: list[int] = field(default_factory=list)
    other_readings: Callable[[], list["Query"]] = list
    is_guess: bool = False


def query_for(declared: ClaimedIdentity, fields: dict[str, str]) -> Query:
    """The query for an identity. `fields`: the model's fields and their kinds. Parts that cannot be read are
    left out.
    """
    name = normalise_name(declared.full_name)
    looked_under = [name.ordered, name.text]
    plainly = _sought(
        declared,
        fields,
        name.ordered or name.unnamed,
        looked_under,
        lambda: readings(name.text, name.ordered),
    )
    return replace(plainly, is_guess=is_guess(name.text))


def _sought(
    declared: ClaimedIdentity,
    fields: dict[str, str],
    name: str,
    looked_under: list[str],
    otherwise: Callable[[], list[str]] = list,
) -> Query:
    given, phone = declared_number(declared.number), _phone(declared.phone)
    names = dict.fromkeys(filter(None, looked_under))
    births = _births(declared.birth)
    home = commune_today(declared.home_area)
    record = {
        "name": name,
        "birth": declared.birth,
        "number": given if given and len(given) == 12 else None,
        "cmnd": given if given and len(given) == 9 else None,
        "phone": phone,
        "sex": declared.sex or None,
        "home_other": home.home,
        **home._asdict(),
    }
    prepared = prepare(fields, record)
    told = sex_told(prepared["name_middle"], prepared["name_plain"])
    return Query(
        prepared | {"sex": prepared["sex"] or told},
        [given] if given else [],
        lambda: [number for number in _repairs(declared) if number != given],
        [phone] if phone else [],
        list(dict.fromkeys(map(given_key, names))),
        list(dict.fromkeys(map(ends_key, names))),
        births,
        _near(births),
        sorted(declared.home_areas),
        lambda: [_sought(declared, fields, reading, [reading]) for reading in otherwise()],
    )


def register_record(person: Candidate, fields: dict[str, str], lives_in: int | None = None) -> dict[str, Any]:
    """A person of the register, prepared for the model like a query's record. A former number counts as
    theirs if it led to them.

    `lives_in`: a commune where they live for now, away from their permanent residence.
    """
    led = person.led_by
    return prepare(
        fields,
        {
            "name": person.full_name,
            "birth": PartialDate.of(person.birth_date, person.birth_precision),
            "number": led if led and len(led) == 12 else person.pin,
            "cmnd": led if led and len(led) == 9 else person.cmnd,
            "phone": person.phone,
            "sex": person.sex,
            "home_other": commune_today(lives_in).home,
            **commune_today(person.home_area)._asdict(),
        },
    )


class HomeCodes(NamedTuple):
    """A commune as the model compares it (people.toml): its code, the code of its former district, the code
    of its province, and its centre in degrees.
    """

    home: str | None = None
    home_district: str | None = None
    home_province: str | None = None
    home_latitude: float | None = None
    home_longitude: float | None = None


def commune_today(area_id: int | None) -> HomeCodes:
    """The present commune that took over most of this one; the commune itself where it still exists."""
    if area_id is None:
        return HomeCodes()
    area = areas.get(area_id)
    while area.valid_to is not None and (later := areas.successors(area.area_id)):
        area = later[0]
    before = area
    while before.district_id is None and (earlier := areas.predecessors(before.area_id)):
        before = earlier[0]
    district = areas.get(before.district_id).code if before.district_id else None
    province = areas.get(area.province_id or area.area_id).code
    commune = area.code if area.level == areas.COMMUNE else None
    return HomeCodes(commune, district, province, area.latitude, area.longitude)


def declared_number(text: str) -> str | None:
    """The declared number of 9 or 12 digits, with the leading zeros that a spreadsheet dropped; None where
    the text is no number.
    """
    number = without_decimals(text) or clean_number(text)
    if number.isascii() and number.isdecimal() and len(number) in (9, 12):
        return number
    with suppress(BadValue):
        return next((candidate.number for candidate in repairs(text)), None)
    return None


def _repairs(declared: ClaimedIdentity) -> list[str]:
    with suppress(BadValue):
        year = declared.birth.year if declared.birth else None
        return [candidate.number for candidate in repairs(declared.number, declared.sex, year)]
    return []


def _phone(text: str) -> str | None:
    with suppress(BadValue):
        return parse_phone(text) if text else None
    return None


def _births(birth: PartialDate | None) -> list[dt.date]:
    """The declared day, and the same with day and month exchanged."""
    if birth is None or not birth.day or not birth.month:
        return []
    return [
        day
        for month, of in ((birth.month, birth.day), (birth.day, birth.month))
        for day in _day(birth.year, month, of)
    ]


def _near(births: list[dt.date]) -> list[dt.date]:
    """The same day one year earlier and one year later."""
    return [
        near for day in births[:1] for year in (-1, 1) for near in _day(day.year + year, day.month, day.day)
    ]


def _day(year: int, month: int, day: int) -> list[dt.date]:
    with suppress(ValueError):
        return [dt.date(year, month, day)]
    return []
