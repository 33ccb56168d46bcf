"""Finding the commune in an address as people and cards write it: what is before it, the commune, what is above."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from .folding import Word, key, placed_words, with_marks
from .index import Area, Index

LONGEST_NAME = 9  # words; "đơn vị quân đội 1080 thuộc Quân đoàn 12" is an alias
_KINDS = {
    1: [key("Tỉnh").split(), key("Thành phố").split()],
    2: [key(kind).split() for kind in ("Quận", "Huyện", "Thị xã", "Thành phố")],
    3: [key(kind).split() for kind in ("Phường", "Xã", "Thị trấn", "Đặc khu", "Huyện")],
}
_COMMA = re.compile(r"[,;\n]")
_DASH = re.compile(r"\s[-–]\s")  # stands between parts, and within names: Bà Rịa - Vũng Tàu
_COUNTRY = (["viet", "nam"], ["vietnam"], ["vn"])


@dataclass(frozen=True, slots=True)
class ParsedAddress:
    """`detail`: house, street, hamlet as written; `area`: the commune, or None where it cannot be told for sure.

    `alone`: nothing but a name led to it, without its kind and what is above: a hamlet may be called so too.
    """

    detail: str
    area: Area | None
    alone: bool = False


class _Address(NamedTuple):
    text: str
    words: list[Word]
    plain: list[str]
    commas: set[int]  # which words follow a comma, or begin the address
    parts: set[int]  # which follow a comma or a dash


class _Mention(NamedTuple):
    """A unit named by the words from `start` up to where it was looked for."""

    start: int
    area: Area
    with_kind: bool


class _Reading(NamedTuple):
    """One way to understand an address. The fields before `start` say how good it is, the most telling first."""

    whole: bool  # the commune is named with its kind, right before what is above it
    levels: int
    in_own_province: bool
    skipped: int  # minus the words between the commune and what is above it
    kinds: int
    start: int
    stop: int
    area: Area


def parse(index: Index, text: str, on: date) -> ParsedAddress:
    """See lookups.parse_address."""
    address = _split(unicodedata.normalize("NFC", text))
    readings = list(_readings(index, address))
    if not readings:
        return ParsedAddress(address.text.strip(), None)
    best = max(reading[:5] for reading in readings)
    found = [reading for reading in readings if reading[:5] == best]
    found = [reading for reading in found if _has_its_marks(address, reading)] or found
    found = [reading for reading in found if reading.area.stood(on)] or found
    if len({reading.area.area_id for reading in found}) > 1:
        return ParsedAddress(address.text.strip(), None)
    reading = min(found, key=lambda reading: reading.start)
    detail = address.text[: address.words[reading.start].start].strip(" ,;.-–\n\t")
    return ParsedAddress(detail, reading.area, alone=reading.levels == 1 and not reading.kinds)


def _split(text: str) -> _Address:
    words = placed_words(text)
    plain = [word.text for word in words]
    for country in _COUNTRY:
        if plain[-len(country) :] == country and len(plain) > len(country):
            words, plain = words[: -len(country)], plain[: -len(country)]
    commas = {0, *_following(words, _COMMA.finditer(text))}
    return _Address(text, words, plain, commas, commas.union(_following(words, _DASH.finditer(text))))


def _following(words: list[Word], marks: Iterator[re.Match[str]]) -> Iterator[int]:
    """Which words come first after a mark."""
    starts = [word.start for word in words]
    for mark in marks:
        at = bisect_left(starts, mark.end())
        if at < len(words):
            yield at


def _readings(index: Index, address: _Address) -> Iterator[_Reading]:
    """Every way to read province, district and commune from the right; the two above may be missing."""
    mentions = cache(lambda level, end: list(_mentions(index, address, level, end)))
    end = len(address.words)
    for province in (None, *mentions(1, end)):
        below_province = province.start if province else end
        for district in (None, *mentions(2, below_province)):
            if province and district and not _related(index, district.area.province_id, province.area.area_id):
                continue
            below_district = district.start if district else below_province
            for stop in _stops(address, below_district):
                for commune in mentions(3, stop):
                    area = commune.area
                    if district and area.district_id != district.area.area_id:
                        continue
                    if province and not _related(index, area.province_id, province.area.area_id):
                        continue
                    named = [mention for mention in (province, district, commune) if mention]
                    yield _Reading(
                        whole=commune.with_kind and stop == below_district,
                        levels=len(named),
                        in_own_province=not province or province.area.area_id == area.province_id,
                        skipped=stop - below_district,
                        kinds=sum(mention.with_kind for mention in named),
                        start=commune.start,
                        stop=stop,
                        area=area,
                    )


def _stops(address: _Address, end: int) -> list[int]:
    """Where the commune's name may end: right before what is above it, or before one part that nobody knows."""
    return [end, *sorted(part for part in address.parts if 0 < part < end)[-1:]]


def _mentions(index: Index, address: _Address, level: int, end: int) -> Iterator[_Mention]:
    """The units of this level that the words before `end` name; a name begins a part, or has its kind before it."""
    for start in range(end - 1, max(0, end - LONGEST_NAME) - 1, -1):
        if areas := index.by_name.get((level, " ".join(address.plain[start:end]))):
            with_kind = any(address.plain[start : start + len(kind)] == kind for kind in _KINDS[level])
            begins = with_kind or start in address.parts
            before = 0 if begins else _kind_before(address.plain, level, start)
            if begins or before or len(address.parts) == 1:
                yield from (_Mention(start - before, area, with_kind) for area in areas)
        if start in address.commas:
            return


def _kind_before(plain: list[str], level: int, start: int) -> int:
    """How many words before `start` are a kind of this level: one that the unit has no more, or not yet."""
    return next((len(kind) for kind in _KINDS[level] if start and plain[max(0, start - len(kind)) : start] == kind), 0)


def _has_its_marks(address: _Address, reading: _Reading) -> bool:
    """Whether the commune stands there with its marks, which tells Tân Thạnh from Tân Thành; TAN THANH tells neither."""
    end = address.words[reading.stop].start if reading.stop < len(address.words) else len(address.text)
    written = with_marks(address.text[address.words[reading.start].start : end])
    return not written.isascii() and f" {with_marks(reading.area.short_name)} " in f" {written} "


def _related(index: Index, province_id: int, other_id: int) -> bool:
    """Whether one is the other, or became it: after a merger people write either."""
    return province_id == other_id or other_id in (*index.successors[province_id], *index.predecessors[province_id])
