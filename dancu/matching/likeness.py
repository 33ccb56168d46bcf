"""Whether two who are said to be somebody may be one and the same: their names and birth dates, as people
write them.
"""

import itertools
import unicodedata
from collections.abc import Mapping
from typing import Any

from dancu.matching.names import spelling
from dancu.matching.normalising.names import normalise_name
from dancu.register.likeness import Birth, birth_of, is_near, is_nearly_birth, may_be_one_birth
from dancu.text.folding import fold
from dancu.text.sounds import given_key

__all__ = [
    "Birth",
    "birth_of",
    "born_as_declared",
    "is_called_so",
    "is_near",
    "is_nearly_birth",
    "is_one_name",
    "is_shortened",
    "may_be_one_birth",
    "name_key",
    "name_keys",
]

_HOI, _NGA = "\u0309", "\u0303"


def name_key(full_name: str) -> int:
    """By what a declared name is found again: how its given name sounds, whichever comes first."""
    return given_key(normalise_name(full_name).ordered or full_name)


def name_keys(full_name: str) -> set[int]:
    """By what those of this name are found whichever of its words was written last."""
    words = (normalise_name(full_name).ordered or full_name).split()
    return {name_key(full_name), *(given_key(word) for word in words)}


def is_one_name(one: str, other: str) -> bool:
    """Whether two names are surely one: the same words but for order, y for i, and marks or words left out.

    Not a letter's slip, not other marks, and not another given name: twins have one telephone and one birth
    date, and are called Gia Hân and Gia Hăng, Hùng and Hưng, Minh Anh and Anh Minh, Hồng and Hồng Nhung.
    """
    ours, theirs = (
        sorted(spelling(name).split(), key=lambda word: (fold(word), word)) for name in (one, other)
    )
    a, b = (fold(spelling(name)).split() for name in (one, other))
    if sorted(a) == sorted(b):
        is_same_given = bool(a) and (a[0] != b[0] or a[-1] == b[-1])
        return is_same_given and all(map(_are_marked_alike, ours, theirs))
    fewer, more = sorted((set(a), set(b)), key=len)
    if not (
        len(fewer) > 1
        and fewer < more
        and name_key(one) in name_keys(other)
        and name_key(other) in name_keys(one)
    ):
        return False
    pairs = ((word, their) for word in ours for their in theirs if fold(word) == fold(their))
    return all(_are_marked_alike(*pair) for pair in pairs)


def is_called_so(one: str, other: str) -> bool:
    """Whether two names may be one as people are called: the given name alone, initials for some words or for
    all, a title before it, syllables written together, keys of Telex: "Chị Hường", "V.T. Hường", "Vux Thij
    Huongwf" for Vũ Thị Hường, "Bler" for Y Bler.
    """
    a, b = _called(one), _called(other)
    return _stands_for(a, b) or _stands_for(b, a)


def is_shortened(one: str, other: str) -> bool:
    """Whether two names may be one as people are called, and one of them is written with fewer words, or with
    initials: not two whole names that only the given name has in common.
    """
    fewer, more = sorted((_called(one), _called(other)), key=len)
    return (
        _stands_for(fewer, more) if len(fewer) < len(more) else _begins(fewer, more) or _begins(more, fewer)
    )


def born_as_declared(row: Mapping[str, Any]) -> Birth:
    """Of a declaration's row."""
    return (row["birth_year"], row["birth_month"], row["birth_day"])


def _called(name: str) -> list[str]:
    written = fold(spelling(normalise_name(name).ordered or name))
    return "".join(letter if letter.isalnum() else " " for letter in written).split()


def _stands_for(short: list[str], whole: list[str]) -> bool:
    """The given name is among the words of the whole, also where two are written as one; or every word is
    one of them or begins one.
    """
    if not short or not whole:
        return False
    together = {"".join(pair) for pair in itertools.pairwise(whole)}
    is_named = len(short[-1]) > 1 and short[-1] in {*whole, *together}
    return is_named or _begins(short, whole)


def _begins(short: list[str], whole: list[str]) -> bool:
    """Every word is one of the whole, or its initial."""
    return bool(short) and all(
        any(word.startswith(part) if len(part) == 1 else word == part for word in whole) for part in short
    )


def _are_marked_alike(one: str, other: str) -> bool:
    """Whether a word has all the marks of the other, which may lack some: Hung and Hùng, not Hùng and
    Hưng. The South says hỏi and ngã alike.
    """
    a, b = (
        {_HOI if mark == _NGA else mark for mark in word if unicodedata.combining(mark)}
        for word in (one, other)
    )
    return a <= b or b <= a
