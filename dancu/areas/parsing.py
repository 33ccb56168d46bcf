"""Finding the commune in an address as people and cards write it, and what is before it.

An address is written as usual first (forms.py, remarks.py, backwards.py). Where its parts say plainly what
they are, it is read as it stands (addresses.py). Where no such reading is sure, `run_together` reads the
words without their commas, kinds and single letters; where that is not sure either, there is no commune:
better none than another one.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from . import run_together
from .address_parts import split
from .addresses import best_readings, meant
from .backwards import is_backwards, turned
from .forms import usual
from .guesses import sure
from .index import Area, Index
from .remarks import Version, agree, remarks, tells, versions

_BETWEEN = " ,;.-–([\n\t"
Choice = Callable[
    [int, Area, bool], bool
]  # whether a commune may be meant: where it is named, and whether below a district


@dataclass(frozen=True, slots=True)
class ParsedAddress:
    """`detail`: house, street, hamlet as written; `area`: the commune, or None where it cannot be told for
    sure.

    `alone`: nothing but a name led to it, without its kind and what is above: a hamlet may be called so too.
    """

    detail: str
    area: Area | None
    alone: bool = False


class FoundCommune(NamedTuple):
    """The commune of an address, and from where to where its detail stands in the text."""

    area: Area
    begins: int
    ends: int
    alone: bool = False


def parse(index: Index, text: str, on: date) -> ParsedAddress:
    """See lookups.parse_address."""
    text = unicodedata.normalize("NFC", text)
    plain = usual(text)
    found = find(index, plain, on)
    if found is None:
        return ParsedAddress(text.strip(), None)
    ends = len(plain[: found.ends].rstrip(_BETWEEN))  # without the label before the commune
    return ParsedAddress(text[found.begins : ends].lstrip(" ,;.-–\n\t"), found.area, found.alone)


def find(index: Index, text: str, on: date) -> FoundCommune | None:
    """The commune in a text in NFC without labels and English kinds."""
    told = remarks(index, text)
    if not told:
        return _read(index, text, on)
    return next((found for version in versions(text, told) if (found := _told(index, version, on))), None)


def _told(index: Index, version: Version, on: date) -> FoundCommune | None:
    def agrees(start: int, area: Area, in_district: bool) -> bool:
        return agree(index, version, start, area, on, in_district)

    def is_told_of(start: int, area: Area, in_district: bool) -> bool:
        return agrees(start, area, in_district) and any(tells(index, remark, area) for remark in version.told)

    return _read(index, version.text, on, [is_told_of, agrees], version.levels)


def _read(
    index: Index, text: str, on: date, choices: list[Choice] | None = None, levels: int = 1
) -> FoundCommune | None:
    """What is read of a text, at so many levels at least: of the readings, those that the first of the
    choices that fits any leaves.
    """
    address = split(index, text)
    readings = sure(index, address, best_readings(index, address, on))
    if all(reading.rank.levels == 1 for reading in readings) and is_backwards(index, text):
        return _read_backwards(index, text, on)
    readings = [reading for reading in readings if reading.rank.levels >= levels]
    for choice in choices or ():
        if chosen := [
            each for each in readings if choice(address.starts[each.start], each.area, each.in_district)
        ]:
            readings = chosen
            break
    else:
        if choices and readings:
            return None
    if readings:
        reading = meant(index, address, readings, on)
        return reading and FoundCommune(reading.area, 0, address.starts[reading.start], reading.alone)
    if loose := run_together.commune(index, address, on):
        start, area = loose
        return FoundCommune(area, 0, start) if not choices or choices[-1](start, area, False) else None
    return None


def _read_backwards(index: Index, text: str, on: date) -> FoundCommune | None:
    for way in turned(index, text):
        address = split(index, way.text)
        readings = sure(index, address, best_readings(index, address, on))
        reading = meant(index, address, readings, on) if readings else None
        if reading and reading.start == 0 and reading.rank.levels > 1:
            return FoundCommune(reading.area, way.end, len(text))
    return None
