"""Addresses that name the province first: "Tỉnh Phú Thọ, Xã Sông Lô", "Hà Nội - Đông Anh - Đại Mạch -
Thôn 1".
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from .folding import words
from .index import COMMUNE, DISTRICT, Index
from .kinds import level_kind_at
from .run_together import may_name_a_commune_of

_PROVINCE = 1
_COMMA, _DASH = re.compile(r"\s*[,;\n]\s*"), re.compile(r"\s+[-–]\s+")


class Turned(NamedTuple):
    """The first parts of an address, the commune first; what stands after them begins at `end`."""

    text: str
    end: int


def is_backwards(index: Index, text: str) -> bool:
    """Whether the first part of a text is a province, and the last is none."""
    if text[:1].isdigit() or not _is_a_provinces(index, text):
        return False
    parts = _parts(text)
    return len(parts) > 1 and _is(index, _PROVINCE, parts[0][0]) and not _is(index, _PROVINCE, parts[-1][0])


def _is_a_provinces(index: Index, text: str) -> bool:
    """Whether what is before the first comma or dash is a province's name: the quick question, as hardly
    any is.
    """
    firsts = (mark.split(text, 1)[0] for mark in (_COMMA, _DASH) if mark.search(text))
    return any(_may_end_a_provinces(index, first) and _is(index, _PROVINCE, first) for first in firsts)


def _may_end_a_provinces(index: Index, first: str) -> bool:
    """Whether a province's name may end as this does: most streets do not, and are asked no more."""
    written = first.split()
    return bool(written) and _ends_a_provinces(index, written[-1])


@lru_cache(maxsize=1 << 16)
def _ends_a_provinces(index: Index, written: str) -> bool:
    last = words(written)[-1:]
    return not last or last[0] in _ends_of_provinces(index)


@lru_cache(maxsize=2)
def _ends_of_provinces(index: Index) -> set[str]:
    return {name.rpartition(" ")[2] for level, name in index.by_name if level == _PROVINCE}


def turned(index: Index, text: str) -> Iterator[Turned]:
    """How such a text may be written the other way round, the likeliest first: what is read of it must
    begin it.
    """
    (province, _), (second, second_ends), *others = _parts(text)
    if others and _is(index, DISTRICT, second):
        third, third_ends = others[0]
        yield Turned(f"{third}, {second}, {province}", third_ends)
    named = words(second)
    if (
        not others
        or level_kind_at(named, 0) == COMMUNE
        or not may_name_a_commune_of(index, named, others[0][0])
    ):
        yield Turned(f"{second}, {province}", second_ends)


def _parts(text: str) -> list[tuple[str, int]]:
    """The parts of a text, and where each ends in it."""
    mark = _COMMA if _COMMA.search(text.strip(" ,;\n")) else _DASH
    parts, begins = [], 0
    for end, following in [*(match.span() for match in mark.finditer(text)), (len(text), len(text))]:
        if words(part := text[begins:end].strip()):
            parts.append((part, end))
        begins = following
    return parts


@lru_cache(maxsize=1 << 14)
def _words(part: str) -> list[str]:
    return words(part)


def _is(index: Index, level: int, part: str) -> bool:
    """Whether a part is the name of a unit of that level, with its kind or without."""
    said = _words(part)
    if not said:
        return False
    kinds = range(3 if level_kind_at(said, 0) in (level, _PROVINCE, DISTRICT) else 1)
    return any((level, " ".join(said[kind:])) in index.by_name for kind in kinds)
