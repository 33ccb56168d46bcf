"""The kinds of units in the words of an address, and what looks like one: the xã of a thị xã, the street
Xã Đàn.
"""

import re
from collections.abc import Collection

from dancu.text.folding import fold

from .folding import key
from .hasty import HAMLETS, STREETS, follows_a_street, may_be_a_streets

KINDS = {
    1: [key("Tỉnh").split(), key("Thành phố").split()],
    2: [key(kind).split() for kind in ("Quận", "Huyện", "Thị xã", "Thành phố")],
    3: [key(kind).split() for kind in ("Phường", "Xã", "Thị trấn", "Đặc khu", "Huyện")],
}
_OF_ISLANDS = {
    "huyen"
}  # kinds of districts that five communes bear; before any other name they are no commune's
_PLACES = (
    HAMLETS
    | STREETS
    | {
        "nha",
        "sn",
        "kdc",
        "tdp",
        "kdt",
        "kcn",
        "kcx",
        "ktx",
        "ql",
        "tl",
        "dt",
        "hl",
        "truong",
        "cty",
        "ubnd",
    }
) - {"xa", "x"}
_IN_FULL = re.compile(
    r"(?:^|,)\s*(?:quan|huyen|thi xa|thanh pho|phuong|xa|thi tran|dac khu) [^,]+,\s*(?:tinh|thanh pho) [^,]+$"
)
_FIRST_WORDS = {level: {kind[0] for kind in kinds} for level, kinds in KINDS.items()}
_LAST_WORDS = {level: {kind[-1] for kind in kinds} for level, kinds in KINDS.items()}


def level_kind_at(words: list[str], at: int) -> int:
    """The level whose kind begins at this word; 0 where none does. A lone thành (for thành phố) is none."""
    return next((level for level in (3, 2, 1) if kind_at(words, level, at)), 0)


def names_a_commune(words: list[str], parts: Collection[int], at: int) -> bool:
    """Whether a commune's kind stands here as such, and not in the name of a street (12 Xã Đàn), of a
    town (thị xã) or a room (P.401).
    """
    if not kind_at(words, 3, at) or words[at] in _OF_ISLANDS or is_towns(words, at):
        return False
    if any(following.isdigit() and len(following) > 2 for following in words[at + 1 : at + 2]):
        return False
    return at in parts or not may_be_a_streets(words, at)


def kind_at(words: list[str], level: int, start: int) -> bool:
    """Whether a kind of this level begins here."""
    return words[start] in _FIRST_WORDS[level] and any(
        words[start : start + len(kind)] == kind for kind in KINDS[level]
    )


def kind_before(words: list[str], level: int, start: int) -> int:
    """How many words before `start` are a kind of this level: one that the unit has no more, or not yet."""
    if not start or words[start - 1] not in _LAST_WORDS[level]:
        return 0
    if level == 3 and (words[start - 1] in _OF_ISLANDS or is_towns(words, start - 1)):
        return 0
    return next((len(kind) for kind in KINDS[level] if words[max(0, start - len(kind)) : start] == kind), 0)


def is_above_in_full(text: str) -> bool:
    """Whether the last two parts of an address (a district and its province, or a commune and its) have
    their kinds spelled out.
    """
    return bool(_IN_FULL.search(fold(text)))


def is_place(words: list[str]) -> bool:
    """Whether a part of an address begins as a house, a street or a hamlet does: 12, A5, Số 5, Thôn 3,
    Khu dân cư.
    """
    first = words[0]
    return (
        first in _PLACES
        or not first.isalpha()
        or (len(first) < 3 and words[1:2] != [] and words[1].isdigit())
    )


def is_street(words: list[str], at: int) -> bool:
    """Whether what begins here, in an address without commas, is a house's street: 12 Lê Lợi Vinh Nghệ An."""
    before = words[at - 1] if at else ""
    return follows_a_street(words, at) or (before.isdigit() and (at < 2 or words[at - 2] not in HAMLETS))


def anothers_kind(words: list[str], at: int) -> int:
    """How many words right before what begins here are a district's or a province's kind, where none of a
    commune's is: TP Lào Cai.
    """
    if not at or kind_before(words, 3, at):
        return 0
    return kind_before(words, 2, at) or kind_before(words, 1, at)


def is_towns(words: list[str], at: int) -> bool:
    """Whether this word is the xã of a thị xã."""
    return words[at] == "xa" and at > 0 and words[at - 1] in ("thi", "tinh", "t")  # T.Xã
