"""Finding units by what someone typed: any part of the names of the unit and of those above it, in any order.

A plain scan of all names, one typed word after the other: some 2 ms for both eras' 13,361 communes.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from heapq import nsmallest
from typing import TypeVar, cast

from .folding import key, with_marks, words
from .forms import has_english_kinds, usual
from .index import Area, Index

LONGEST = 100  # letters of a query that are looked at: the longest path has 67
REMEMBERED = (
    4096  # answers: what thousands type in the same hour begins alike, and the first letters fit most units
)
NAMESAKES = 60  # so many more are looked at for their marks: 51 communes of 2021 fold to tan thanh
TOO_MANY = 3000  # units that fit "xa" or "th": those of another time will not be among the first
_ENGLISH_KINDS = ("ward", "commune", "township", "town", "district", "province", "city", "special zone")
_ENGLISH = re.compile(rf"\b(?:{'|'.join(_ENGLISH_KINDS)})\b", re.IGNORECASE)
_OURS_ABOVE = re.compile(r"\b(?:H|T|TP)\.")
_ONE_WORD = re.compile(
    r"\b(ha|da|hai|sai|nha)(noi|nang|phong|gon|trang)\b", re.IGNORECASE
)  # as English has them: Hanoi
_ENGLISH_CITY = re.compile(r"\b(?:city|town)\b")
_NUMBERED_KINDS = {key(kind) for kind in ("Phường", "Quận", "Xã")}
Answer = TypeVar("Answer")
_EXACT, _BEGINS_WITH_NAME, _NAME_BEGINS_WITH, _NAME_CONTAINS, _ABOVE_CONTAINS, _SCATTERED = range(6)


@dataclass(frozen=True, slots=True)
class Match:
    """A unit that is meant; `through`, where it is not itself what was typed, is the unit of another time
    that was.
    """

    area: Area
    through: Area | None
    partly: bool  # another unit took more of `through`


def search(index: Index, text: str, on: date, level: int | None, limit: int) -> list[Match]:
    """The units that stood on that day and are meant by `text`, best first.

    A unit of another time that is meant stands for what it became or came from.
    """
    found: list[Match] = []
    for way in _ways(text[:LONGEST]):
        question = (way, on, level, limit)
        found = remembered(index, question, partial(_best, index, *question)) if words(way) else []
        if found:
            break
    return found


def remembered(index: Index, question: tuple[object, ...], answer: Callable[[], Answer]) -> Answer:
    """An answer that this list of units gives, worked out once; of so many, whichever thread asks or
    forgets them meanwhile.
    """
    found = index.found.get(question)
    if found is None:
        if len(index.found) >= REMEMBERED:
            index.found.clear()
        found = index.found[question] = answer()
    return cast(Answer, found)


def standing(index: Index, area: Area, on: date) -> Iterator[Match]:
    """The unit itself if it stood on that day, else what it became or came from that did."""
    if area.stood(on):
        yield Match(area, None, False)
        return
    for relative in index.successors_of(area.area_id) | index.predecessors_of(area.area_id):
        unit = index.areas[relative]
        if unit.stood(on):
            yield Match(unit, area, (area.area_id, unit.area_id) in index.partly)


def nearest(index: Index, text: str, found: Iterable[Match]) -> tuple[list[Match], bool]:
    """Of what was found for a text those in whose names most of its parts between commas stand as they are,
    and whether any part does.

    "Ba Đình, Hà Nội" is not "Xuân Đỉnh, Bắc Từ Liêm, Hà Nội".
    """
    parts = [f" {part}" for part in map(key, text[:LONGEST].split(",")) if part]
    held: dict[int, list[Match]] = {0: []}
    for match in found:
        unit = match.through or match.area
        names = index.searched[unit.level][unit.area_id]
        held.setdefault(sum(part in names for part in parts), []).append(match)
    most = max(held)
    return held[most], most > 0


def _ways(text: str) -> Iterator[str]:
    """How a text may be meant: as it is; a ward's English kind as ours, a district's left out, as it may be a
    quận or a huyện, or all of them; and without a word at its end that may become one: "Ben Thanh W".
    """
    text = _ONE_WORD.sub(r"\1 \2", text)
    if has_english_kinds(lower := text.lower()) or _ENGLISH_CITY.search(lower):
        yield _OURS_ABOVE.sub(" ", usual(text))
        yield _ENGLISH.sub(" ", text)
        return
    yield text
    *before, last = text.split(" ") if " " in text else ("", "")
    if last and any(kind.startswith(last.lower()) for kind in _ENGLISH_KINDS):
        yield " ".join(before)


def _best(index: Index, text: str, on: date, level: int | None, limit: int) -> list[Match]:
    query = words(text)
    terms = _terms(query)
    best: dict[int, tuple[tuple[int, ...], Match]] = {}
    for some in (level,) if level else index.searched:
        held = [index.areas[area_id] for area_id in _holding(index.searched[some], terms)]
        for area in held if len(held) < TOO_MANY else [area for area in held if area.stood(on)]:
            fit, *rest = _rank(index, area, query, terms)
            for match in standing(index, area, on):
                rank = (fit, (match.through is not None) + match.partly, *rest)
                known = best.get(match.area.area_id)
                if known is None or rank < known[0]:
                    best[match.area.area_id] = rank, match
    first = nsmallest(limit + NAMESAKES, best.values(), key=lambda found: (found[0], found[1].area.path))
    if not text.isascii():
        first.sort(
            key=lambda found: (
                found[0][0],
                not _has_its_marks(text, found[1].through or found[1].area),
                found[0],
            )
        )
    return [match for _, match in first[:limit]]


def _terms(query: list[str]) -> list[str]:
    """What must stand in the searched text: each word as the beginning of one; a number as it is, after
    its kind.
    """
    terms: list[str] = []
    for at, word in enumerate(query):
        if not word.isdigit():
            terms.append(f" {word}")
        elif at and query[at - 1] in _NUMBERED_KINDS:
            terms[-1] = f" {query[at - 1]} {word} "
        else:
            terms.append(f" {word} ")
    return terms


def _holding(searched: dict[int, str], terms: list[str]) -> list[int]:
    first, *others = sorted(set(terms), key=len, reverse=True)
    held = [(area_id, text) for area_id, text in searched.items() if first in text]
    for term in others:
        held = [(area_id, text) for area_id, text in held if term in text]
    return [area_id for area_id, _ in held]


def _rank(index: Index, area: Area, query: list[str], terms: list[str]) -> tuple[int, ...]:
    """How well a name fits; whether only an alias does; how much of what was typed is in the names;
    bigger; shorter.
    """
    phrase = " ".join(query)
    called, aliases = index.called[area.area_id], index.aliases[area.area_id]
    fit, alias_fit = _fit(called, phrase), _fit(aliases, phrase) if aliases else _SCATTERED
    if alias_fit > _NAME_CONTAINS and fit > _NAME_CONTAINS:
        fit = alias_fit = (
            _ABOVE_CONTAINS if f" {phrase}" in index.searched[area.level][area.area_id] else _SCATTERED
        )
    in_name = len(terms) == 1 or sum(term in called or term in aliases for term in terms)
    return min(fit, alias_fit), _EXACT < alias_fit < fit, -in_name, area.level, len(area.short_name)


def _has_its_marks(text: str, area: Area) -> bool:
    """Whether what was typed, marks and all, is in the name or has the name in it: Tân Thạnh is not Tân
    Thành.
    """
    typed = with_marks(text)
    names = (with_marks(name) for name in (area.short_name, *area.aliases))
    return typed in with_marks(area.path) or any(f" {name} " in f" {typed} " for name in names)


def _fit(names: str, phrase: str) -> int:
    """How the best of some names, each between two bars, fits what was typed."""
    if f"| {phrase} |" in names:
        return _EXACT
    if " " in phrase and any(phrase.startswith(name + " ") for name in names[2:-2].split(" | ") if name):
        return _BEGINS_WITH_NAME
    if f"| {phrase}" in names:
        return _NAME_BEGINS_WITH
    return _NAME_CONTAINS if f" {phrase}" in names else _SCATTERED
