"""Finding the commune in an address as people and cards write it: what is before it, the commune, what is above.

Read here are addresses whose parts say plainly what they are. Where no reading is sure, `run_together` reads the words without
their commas, kinds and single letters; where that is not sure either, there is no commune: better none than another one.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from . import run_together
from .folding import fold, placed_words, with_marks
from .index import Area, Index
from .kinds import (
    anothers_kind,
    is_above_in_full,
    is_street,
    is_towns,
    kind_at,
    kind_before,
    level_kind_at,
    names_a_commune,
)

LONGEST_NAME = 9  # words; "đơn vị quân đội 1080 thuộc Quân đoàn 12" is an alias
COMMA = re.compile(r"[,;\n]")
DASH = re.compile(r"\s[-–]\s")  # stands between parts, and within names: Bà Rịa - Vũng Tàu
_COUNTRY = (["viet", "nam"], ["vietnam"], ["vn"])


@dataclass(frozen=True, slots=True)
class ParsedAddress:
    """`detail`: house, street, hamlet as written; `area`: the commune, or None where it cannot be told for sure.

    `alone`: nothing but a name led to it, without its kind and what is above: a hamlet may be called so too.
    """

    detail: str
    area: Area | None
    alone: bool = False


class Address(NamedTuple):
    """A text in NFC, its words as they are compared, and where each begins in it."""

    text: str
    words: list[str]
    starts: list[int]
    commas: set[int]  # which words follow a comma, or begin the address
    parts: list[int]  # which follow a comma or a dash, from left to right


class Mention(NamedTuple):
    """The units of one name that is written in the words from `start` up to where it was looked for."""

    start: int
    areas: list[Area]
    with_kind: bool


class _Above(NamedTuple):
    """What is named above a commune, in the words from `start`; all of its units of that name."""

    start: int
    province: Mention | None
    district: Mention | None

    @property
    def levels(self) -> int:
        return (self.province is not None) + (self.district is not None)


class Rank(NamedTuple):
    """How good one way to understand an address is, the most telling first."""

    whole: bool  # the commune is named with its kind, right before what is above it
    levels: int
    in_own_province: bool
    skipped: int  # minus the words between the commune and what is above it
    kinds: int


class Reading(NamedTuple):
    """One way to understand an address: the commune, and the words that name it."""

    rank: Rank
    start: int
    stop: int
    area: Area
    with_kind: bool  # of the commune
    in_district: bool  # which is named

    @property
    def alone(self) -> bool:
        """Whether nothing but a name led to it."""
        return self.rank.levels == 1 and not self.rank.kinds


def parse(index: Index, text: str, on: date) -> ParsedAddress:
    """See lookups.parse_address."""
    address = split(unicodedata.normalize("NFC", text))
    if readings := sure(index, address, best_readings(index, address, on)):
        reading = meant(index, address, readings, on)
        found = reading and (address.starts[reading.start], reading.area, reading.alone)
    else:
        found = (*loose, False) if (loose := run_together.commune(index, address.text, on)) else None
    if found is None:
        return ParsedAddress(address.text.strip(), None)
    start, area, alone = found
    return ParsedAddress(address.text[:start].strip(" ,;.-–\n\t"), area, alone)


def split(text: str) -> Address:
    """The address in a text in NFC, without a country at its end."""
    words, starts = placed_words(text)
    for country in _COUNTRY:
        if words[-len(country) :] == country and len(words) > len(country):
            words, starts = words[: -len(country)], starts[: -len(country)]
    commas = {0, *_following(starts, COMMA.finditer(text))}
    parts = commas.union(_following(starts, DASH.finditer(text)))
    return Address(text, words, starts, commas, sorted(parts))


def _following(starts: list[int], marks: Iterator[re.Match[str]]) -> Iterator[int]:
    """Which words come first after a mark."""
    for mark in marks:
        at = bisect_left(starts, mark.end())
        if at < len(starts):
            yield at


def best_readings(index: Index, address: Address, on: date) -> list[Reading]:
    """The best of all ways to read province, district and commune from the right; the two above may be missing.

    A unit that had not begun by that day is in no address.
    """
    communes: dict[int, list[Mention]] = {}
    best: list[Reading] = []
    for above in _above(index, address, on):
        for stop in _stops(address, above.start):
            if best and best[0].rank[:2] > (stop == above.start, above.levels + 1):
                continue  # nothing here is as good
            if stop not in communes:
                communes[stop] = _begun(mentions(index, address, 3, stop), on)
            for commune in communes[stop]:
                if _ends_in_kind(index, address, commune.start, stop):
                    continue
                found = _readings(index, commune, stop, above)
                if not best or (found and found[0].rank > best[0].rank):
                    best = found
                elif found and found[0].rank == best[0].rank:
                    best = best + found
    return best


def sure(index: Index, address: Address, readings: list[Reading]) -> list[Reading]:
    """Those of the best readings that are no guess; none where all are.

    A name without its kind is a guess where a district or province is called so too ("Đông Anh, Hà Nội" may be all that was
    read of an address in that district), where another commune is named before it by its kind (which then tells even of a
    district's name with a commune's kind: "P. Phong Cốc, ị xã Quảng Yên"), where a commune is named in the part before it, which
    makes it a district that nobody knows, and where it stands alone in a longer text. What was left out between the commune and what is above it must not say that it is a unit.
    """
    return [reading for reading in readings if not _is_guess(index, address, reading)]


def _is_guess(index: Index, address: Address, reading: Reading) -> bool:
    if reading.rank.skipped:
        if reading.rank.levels == 1:
            return True  # what is above it stands there, and could not be read
        left_out = address.words[reading.stop : reading.stop - reading.rank.skipped]
        says_kind = any(level_kind_at(left_out, at) for at in range(len(left_out)))
        if (says_kind or _is_a_district(index, left_out)) and not _is_above(index, left_out, reading.area, says_kind):
            return True
    said = address.words[reading.start : reading.stop]
    of_district = _names_what_is_above(index, said) and (
        not reading.in_district
        or (reading.rank.levels == 2 and (reading.start > 0 or _in_its_province(index, address, reading)))
    )
    if reading.with_kind and not of_district:
        return False
    if any(names_a_commune(address.words, address.parts, at) for at in range(reading.start)):
        return True
    if reading.with_kind:
        return False
    if reading.alone:
        return len(address.words) > reading.stop - reading.start or level_kind_at(address.words, reading.start) > 0
    if is_of_a_former_district(index, address, reading):
        return run_together.names_a_commune_of(index, said, address.text[: address.starts[reading.start]])
    return (
        of_district
        or _ends_a_districts_name(index, address, reading)
        or _is_of_an_unknown_district(index, address, reading)
    )


def is_of_a_former_district(index: Index, address: Address, reading: Reading) -> bool:
    """Whether a commune of a time without districts is named without its kind, and a district was called so."""
    if reading.with_kind or reading.in_district or reading.alone or reading.area.district_id is not None:
        return False
    said = address.words[reading.start : reading.stop]
    return reading.start in address.commas and (2, " ".join(said)) in index.by_name


def _ends_a_districts_name(index: Index, address: Address, reading: Reading) -> bool:
    """Whether a name that stands alone in its part is the end of a district's: Lát, of Đà Lạt."""
    if reading.in_district or reading.start in address.parts:
        return False
    begins = range(max(0, reading.start - 2), reading.start)
    return any((2, " ".join(address.words[start : reading.stop])) in index.by_name for start in begins)


def _in_its_province(index: Index, address: Address, reading: Reading) -> bool:
    """Whether what was read as a commune and its district may be a district and its province: Chi Lăng, Lạng Sơn."""
    said, after = (
        " ".join(words) for words in (address.words[reading.start : reading.stop], address.words[reading.stop :])
    )
    provinces = {province.area_id for province in index.by_name.get((1, after), ())}
    return any(district.province_id in provinces for district in index.by_name.get((2, said), ()))


def _is_of_an_unknown_district(index: Index, address: Address, reading: Reading) -> bool:
    """Whether a commune of a time with districts stands where its district should, after what is a commune's name."""
    if reading.in_district or reading.area.district_id is None or reading.start not in address.commas:
        return False
    begins = max((part for part in address.commas if part < reading.start), default=reading.start)
    return (3, " ".join(address.words[begins : reading.start])) in index.by_name


def _names_what_is_above(index: Index, words: list[str]) -> bool:
    """Whether a district or province is called so too, whatever kind is before it."""
    names = (" ".join(words[kind:]) for kind in range(min(3, len(words))))
    return any((level, name) in index.by_name for name in names for level in (1, 2))


def _is_a_district(index: Index, words: list[str]) -> bool:
    return (2, " ".join(words)) in index.by_name


def _is_above(index: Index, words: list[str], area: Area, with_kind: bool) -> bool:
    """Whether these words name what the unit lies in, or lay in once: TP. Huế, which is the province now.

    Without a kind, what it was made from may have lain there, too. A city that is called as its province is the city: Lũng Cú, Hà Giang, Hà Giang is nowhere.
    """
    name, provinces = " ".join(words), {area.province_id, *index.related(area.province_id)}
    if districts := {each.area_id for each in index.by_name.get((2, name), ()) if each.province_id in provinces}:
        return index.lay_in(area, districts) if with_kind else index.ever_lay_in(area, districts)
    return any(province.area_id == area.province_id for province in index.by_name.get((1, name), ()))


def _begun(mentioned: list[Mention], on: date) -> list[Mention]:
    return [
        mention._replace(areas=begun)
        for mention in mentioned
        if (begun := [area for area in mention.areas if area.valid_from <= on])
    ]


def _above(index: Index, address: Address, on: date) -> Iterator[_Above]:
    """What may be named at the end: province and district first, nothing last. No province that had not begun: none knew of it."""
    end = len(address.words)
    for province in (*_longest(_begun(mentions(index, address, 1, end), on)), None):
        below = province.start if province else end
        for district in mentions(index, address, 2, below):
            if province or (district := _as_a_province_too(index, address, district)):
                yield _Above(district.start, province, district)
        yield _Above(below, province, None)


def _as_a_province_too(index: Index, address: Address, district: Mention) -> Mention | None:
    """Of a district that is called as a province only that one which lies in it: Thanh Hóa is not Thạnh Hóa in Long An."""
    if district.with_kind:
        return district
    provinces = {each.area_id for each in index.by_name.get((1, " ".join(address.words[district.start :])), ())}
    areas = [area for area in district.areas if not provinces or area.province_id in provinces]
    return district._replace(areas=areas) if areas else None


def _longest(provinces: list[Mention]) -> list[Mention]:
    """Without those whose name is the end of a longer one: Vũng Tàu, of Bà Rịa - Vũng Tàu."""
    start = min((province.start for province in provinces), default=0)
    return [province for province in provinces if province.start == start]


def _stops(address: Address, end: int) -> list[int]:
    """Where the commune's name may end: right before what is above it, or before one part that nobody knows."""
    return [end, *[part for part in address.parts if 0 < part < end][-1:]]


def _ends_in_kind(index: Index, address: Address, at: int, stop: int) -> bool:
    """Whether what looks like a kind ends the name of a commune in what is after it: Dương Xá Gia Lâm, Minh Phương Việt Trì."""
    words = address.words
    if words[at] not in ("xa", "phuong") or at in address.parts:
        return False
    after = " ".join(words[at + 1 : stop])
    above = {unit.area_id for level in (1, 2) for unit in index.by_name.get((level, after), ())}
    named = (index.by_name.get((3, " ".join(words[start : at + 1])), ()) for start in range(max(0, at - 2), at))
    return bool(above) and any(
        area.province_id in above or index.lay_in(area, above) for areas in named for area in areas
    )


def _readings(index: Index, commune: Mention, stop: int, above: _Above) -> list[Reading]:
    """The communes of that name which lie in what is above; those in a province itself, or else in one that it came from or became."""
    areas, in_own_province, kinds = commune.areas, True, commune.with_kind
    if above.district:
        districts = {district.area_id for district in above.district.areas}
        areas = [area for area in areas if area.district_id in districts] or [
            area for area in areas if index.lay_in(area, districts)
        ]
        kinds += above.district.with_kind
    if above.province:
        provinces = {province.area_id for province in above.province.areas}
        own = [area for area in areas if area.province_id in provinces]
        related = provinces.union(*map(index.related, provinces)) if areas and not own else ()
        areas, in_own_province = own or [area for area in areas if area.province_id in related], bool(own)
        kinds += above.province.with_kind
    if not areas:
        return []
    whole = commune.with_kind and stop == above.start
    rank = Rank(whole, above.levels + 1, in_own_province, stop - above.start, kinds)
    return [Reading(rank, commune.start, stop, area, commune.with_kind, above.district is not None) for area in areas]


def mentions(index: Index, address: Address, level: int, end: int) -> list[Mention]:
    """The units of this level that the words before `end` name; a name begins a part, or has its kind before it."""
    words, name, found = address.words, "", []
    longest = index.longest.get((level, words[end - 1]), 0) if end else 0
    for start in range(end - 1, max(0, end - min(longest, LONGEST_NAME)) - 1, -1):
        name = f"{words[start]} {name}" if name else words[start]
        if (areas := index.by_name.get((level, name))) and not (level == 3 and is_towns(words, start)):
            with_kind = kind_at(words, level, start)
            begins = with_kind or start in address.parts
            before = 0 if begins else kind_before(words, level, start)
            if before and level == 3:
                areas = run_together.of_kind(index.areas, areas, None)
            may_begin = begins or before or (len(address.parts) == 1 and not is_street(words, start))
            if areas and may_begin and not (level == 3 and not begins and _is_anothers(index, address, start, name)):
                found.append(Mention(start - before, areas, with_kind))
        if start in address.commas:
            break
    return found


def _is_anothers(index: Index, address: Address, at: int, name: str) -> bool:
    """Whether the kind before a name says that it is a district's or province's: where it begins a part, or there is such a unit."""
    kind = anothers_kind(address.words, at)
    return kind > 0 and (at - kind in address.parts or any((level, name) in index.by_name for level in (1, 2)))


def meant(index: Index, address: Address, readings: list[Reading], on: date) -> Reading | None:
    """The one of equally good readings that is meant, by the marks of the text and by the day; None where that tells nothing.

    The day does not tell namesakes apart where nothing above is named: of the Tân Phong of many places one is left today.
    """
    readings = [reading for reading in readings if not _has_anothers_marks(index, address, reading)]
    readings = [reading for reading in readings if _has_its_marks(address, reading)] or readings
    standing = [reading for reading in readings if reading.area.stood(on)] or readings
    if len({reading.area.area_id for reading in standing}) != 1:
        return None
    found = min(standing, key=lambda reading: reading.start)
    if found.rank.levels == 1:
        one = {found.area.area_id, *index.successors_of(found.area.area_id), *index.predecessors_of(found.area.area_id)}
        if not one.issuperset(reading.area.area_id for reading in readings):
            return None
    said = " ".join(address.words[found.start : found.stop])
    if is_above_in_full(address.text) and not index.was_called(found.area, said):
        return None  # who writes so knows that it is no xã
    return found


def _has_its_marks(address: Address, reading: Reading) -> bool:
    """Whether the commune stands there with its marks, which tells Tân Thạnh from Tân Thành; TAN THANH tells neither."""
    if reading.stop - reading.start == 2 and address.words[reading.stop - 1].isdigit():
        return True  # Phường 2, which a neighbour that took it in is called, too
    written = _written(address, reading.start, reading.stop)
    return not written.isascii() and f" {with_marks(reading.area.short_name)} " in f" {written} "


def _has_anothers_marks(index: Index, address: Address, reading: Reading) -> bool:
    """Whether the commune's letters stand there with the marks of another unit's name: Thạch Hà is not Thạch Hạ.

    In its district, which is named too, it is more likely that they are mistaken.
    """
    if reading.in_district:
        return False
    named = index.short_keys[reading.area.area_id]
    start = reading.stop - len(named.split(" "))
    if len(index.marked[named]) < 2 or start < reading.start or " ".join(address.words[start : reading.stop]) != named:
        return False
    written = _written(address, start, reading.stop)
    return written in index.marked[named] and written not in (with_marks(reading.area.short_name), fold(written))


def _written(address: Address, start: int, stop: int) -> str:
    """These words with their marks."""
    end = address.starts[stop] if stop < len(address.starts) else len(address.text)
    return with_marks(address.text[address.starts[start] : end])
