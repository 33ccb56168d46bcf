"""What an address says of former and present names: "Phường Long Đức (cũ: Phường 4)", "Huyện Đông Anh cũ",
"Xã Sông Lô (mới)".

The unit that is named first is meant; the remark is put aside, and tells which one of that name. Only where
it is all that names a commune ("Thôn 3 (xã Đại Mạch cũ), Huyện Đông Anh") is it read with the rest. What is
put aside leaves as many spaces, so that every place in the text stays its own.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from .folding import key, with_marks, words
from .index import COMMUNE, DISTRICT, Area, Index
from .kinds import is_place, kind_at, level_kind_at

_PROVINCE = 1
_OLD = r"(?:(?:t[êe]n )?c[ũu]|tr[ưu][ớo]c(?: đ[âa]y| kia)?|formerly|former|previously|old)"
_NEW = r"(?:hi[ệe]n nay|nay|m[ớo]i|now|new)"
_KIND = (
    r"(?:x[ãa]|ph[ưu][ờo]ng|th[ịi] tr[ấa]n|đ[ặa]c khu|qu[ậa]n|huy[ệe]n|th[ịi] x[ãa]|th[àa]nh ph[ốo]|t[ỉi]nh)"
)
_FIRST = re.compile(
    rf"\s*(?:{_KIND}(?:/\w+)? "
    rf"(?=(?:c[ũu]|m[ớo]i)\s*:))?(?:(?P<old>{_OLD})|(?P<new>{_NEW})|t[ứu]c|thu[ộo]c|s[áa]p nh[ậa]p|h[ợo]p "
    rf"nh[ấa]t|đ[ổo]i t[êe]n)\b"
    r"(?:\s+(?:l[àa]|thu[ộo]c|t[ừu]|of)\b)?\s*:?\s*",
    re.IGNORECASE,
)
_LAST = re.compile(rf"\s+(?:(?P<old>{_OLD})|(?P<new>m[ớo]i))\s*$", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_CLAUSE = re.compile(
    r"(?<=[\s,-])(?:tr[ưu][ớo]c(?: đ[âa]y| kia)?(?: l[àa]| thu[ộo]c)|nay "
    r"(?:l[àa]|thu[ộo]c)|formerly)\b(?:(?!\s[-–]\s)[^,;\n])*",
    re.IGNORECASE,
)
_PART = re.compile(r"\S(?:(?!\s[-–]\s)[^,;\n])*")
_ENDS = re.compile(r"[,;\n]|\s[-–]\s")


class Remark(NamedTuple):
    """What stands from `start` to before `end`; the words that name a unit, if any, stand from `begins` to
    before `stops`.

    `said`: the keys of what is named there.
    """

    start: int
    end: int
    begins: int
    stops: int
    said: tuple[str, ...]
    old: bool
    new: bool

    @property
    def names(self) -> bool:
        return self.begins < self.stops


class Version(NamedTuple):
    """One way to read an address with remarks: what remains of the text, and those of them that tell of
    what was there.
    """

    text: str
    told: list[Remark]
    levels: int = (
        1  # at least so many must be read, where a part is put aside that may have named what is above
    )


def may_have_remarks(lower: str) -> bool:
    """Whether a text in lower case, with or without its marks, is worth looking for them."""
    return (  # one by one: the quickest by far, and asked of every address
        "(" in lower
        or "[" in lower
        or " cu" in lower
        or " cũ" in lower
        or " moi" in lower
        or " mới" in lower
        or "truoc" in lower
        or "trước" in lower
        or " nay " in lower
        or "formerly" in lower
    )


def remarks(index: Index, text: str) -> list[Remark]:
    """The remarks of a text in NFC, from left to right."""
    if not may_have_remarks(text.lower()):
        return []
    found = list(_said(text, _BRACKETS.finditer(text), 1))
    found += _said(text, _CLAUSE.finditer(_without(text, found)), 0)
    found += [remark for part in _PART.finditer(_without(text, found)) if (remark := _of_a_part(index, part))]
    return sorted(found)


def versions(text: str, told: list[Remark]) -> Iterator[Version]:
    """The ways to read a text with these remarks, the likeliest first."""
    yield Version(_without(text, told), told)
    named = [remark for remark in told if remark.names]
    for remark in named:
        if (
            remark.begins > remark.start and text[remark.start] not in "(["
        ):  # what follows a clause may belong to it
            yield Version(_without(text[: remark.start].ljust(len(text)), told), told, levels=2)
    for remark in named:
        said, others = text[remark.begins : remark.stops], [each for each in told if each != remark]
        before = words(_ENDS.split(text[: remark.start].rstrip(" ,;-–\n"))[-1])
        of_district = _level((*remark.said, "")[0].split(" ")) == DISTRICT
        if of_district or not before or is_place(before):
            yield Version(_without(_told_aloud(text, remark), others), [*others, remark])
        if "," in said:
            yield Version(said.rjust(remark.stops), [], levels=2)


def agree(index: Index, version: Version, start: int, area: Area, on: date, in_district: bool) -> bool:
    """Whether a commune that is read from a place in a version on may be the one that its remarks are made
    on.

    Below no district, a commune of before may be so only where none else that is no more was called so in the
    province of today.
    """
    for remark in version.told:
        if remark.old and _is_on(version.text, remark, start):
            said = version.text[start : remark.stops]
            if area.stood(on) or not (in_district or _was_alone(index, said, area, on)):
                return False
    return not any(_speaks_against(index, version.text, remark, start, area, on) for remark in version.told)


def tells(index: Index, remark: Remark, area: Area) -> bool:
    """Whether a remark names what a commune is or was called, or what it lies or lay in."""
    return any(index.was_called(area, said) or _lies_in(index, area, said) for said in remark.said)


def _speaks_against(index: Index, text: str, remark: Remark, start: int, area: Area, on: date) -> bool:
    """Whether it says that a commune of before is of today, or names a district or a province in which it
    never lay.
    """
    if _is_on(text, remark, start):
        return remark.new and not remark.names and not area.stood(on)
    return any(
        _level(said.split(" ")) in (_PROVINCE, DISTRICT) and _lies_in(index, area, said) is False
        for said in remark.said
    )


def _is_on(text: str, remark: Remark, start: int) -> bool:
    """Whether a remark says of what is named from a place on that it is old or new: it stands right after
    it, or names it.
    """
    if remark.names:
        return remark.begins <= start < remark.stops
    return start < remark.start and not _ENDS.search(text[start : remark.start])


def _was_alone(index: Index, said: str, area: Area, on: date) -> bool:
    """Whether no other commune that is no more was called so in the provinces that became one."""
    named = words(said)
    names = {" ".join(named[kind:]) for kind in (range(3) if level_kind_at(named, 0) else (0,))}
    provinces = {area.province_id, *index.related(area.province_id)}
    around = provinces.union(*map(index.related, provinces))
    called = (one for name in names for one in index.by_name.get((COMMUNE, name), ()))
    return all(one is area or one.stood(on) or one.province_id not in around for one in called)


def _lies_in(index: Index, area: Area, said: str) -> bool | None:
    """Whether a commune, or what it was made from or became, lies or lay in a district or province; None
    where there is none called so.
    """
    names = {
        said,
        *(" ".join(said.split(" ")[kind:]) for kind in (1, 2) if level_kind_at(said.split(" "), 0)),
    }
    districts = {each.area_id for name in names for each in index.by_name.get((DISTRICT, name), ())}
    provinces = {each.area_id for name in names for each in index.by_name.get((_PROVINCE, name), ())}
    if not (districts or provinces):
        return None
    lay = {area.province_id, *(index.areas[each].province_id for each in index.related(area.area_id))}
    return index.ever_lay_in(area, districts) or not provinces.isdisjoint(lay)


def _said(text: str, places: Iterable[re.Match[str]], inset: int) -> Iterator[Remark]:
    """Those of these places at which something is said of a unit's former or present name."""
    for place in places:
        content = text[place.start() + inset : place.end() - inset]
        first, last = _FIRST.match(content), _LAST.search(content)
        if not (first or last):
            continue
        begins = place.start() + inset + (first.end() if first else len(content) - len(content.lstrip()))
        stops = place.start() + inset + (last.start() if last else len(content.rstrip()))
        old, new = (any(match and match[name] for match in (first, last)) for name in ("old", "new"))
        stops = max(begins, stops)
        yield Remark(place.start(), place.end(), begins, stops, _keys(text[begins:stops]), old, new)


def _of_a_part(index: Index, part: re.Match[str]) -> Remark | None:
    """Of a part that ends in cũ or mới: what it names, where that is a commune of before; else that word
    alone.
    """
    last = _LAST.search(part[0])
    if not last or is_place(words(part[0])) or _ends_in_a_name(index, part[0]):
        return None  # Xóm Mới, Huyện Chợ Mới
    begins = part.start()
    word = begins + last.start()
    old, new = last["old"] is not None, last["new"] is not None
    if old and _level(words(part[0])) == COMMUNE:
        return Remark(begins, part.end(), begins, word, _keys(part[0][: last.start()]), old, new)
    return Remark(word, begins + last.end(), word, word, (), old, new)


def _level(said: list[str]) -> int:
    """The level whose kind begins these words: a huyện is a district, though five communes were called so."""
    return DISTRICT if kind_at(said, DISTRICT, 0) else level_kind_at(said, 0)


def _keys(said: str) -> tuple[str, ...]:
    return tuple(named for piece in _ENDS.split(said) if (named := key(piece)))


def _ends_in_a_name(index: Index, part: str) -> bool:
    """Whether the last words of a part are a unit's name, with its marks where it has some: An Cư is not
    "An cũ".
    """
    said = with_marks(part).split()
    endings = (" ".join(said[at:]) for at in range(max(0, len(said) - 4), len(said) - 1))
    return any(
        part.isascii() or name in index.marked[key(name)] for name in endings if key(name) in index.marked
    )


def _without(text: str, aside: list[Remark]) -> str:
    for remark in aside:
        text = text[: remark.start] + " " * (remark.end - remark.start) + text[remark.end :]
    return text


def _told_aloud(text: str, remark: Remark) -> str:
    """With what a remark names as a part of its own."""
    before, after = remark.begins - remark.start, remark.end - remark.stops
    said = text[remark.begins : remark.stops]
    return (
        text[: remark.start]
        + ","[:before].ljust(before)
        + said
        + ","[:after].rjust(after)
        + text[remark.end :]
    )
