"""The parts of an address, and one way to understand it: what addresses.py reads and guesses.py weighs."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from .folding import placed_words
from .index import Area, Index
from .mistyped import mistyped_kinds

COMMA = re.compile(r"[,;\n]")
DASH = re.compile(r"\s[-–]\s")  # stands between parts, and within names: Bà Rịa - Vũng Tàu
_COUNTRY = (["viet", "nam"], ["vietnam"], ["vn"])


class SplitAddress(NamedTuple):
    """A text in NFC, its words as they are compared, and where each begins in it."""

    text: str
    words: list[str]
    starts: list[int]
    commas: set[int]  # which words follow a comma, or begin the address
    parts: list[int]  # which follow a comma or a dash, from left to right
    mistyped: dict[int, str]  # by where it begins in the text, which kind a word was to be


class Mention(NamedTuple):
    """The units of one name that is written in the words from `start` up to where it was looked for."""

    start: int
    areas: list[Area]
    with_kind: bool


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
    by_marks: bool = False  # only its marks tell it from another that is as likely

    @property
    def alone(self) -> bool:
        """Whether nothing but a name led to it."""
        return self.rank.levels == 1 and not self.rank.kinds


def split(index: Index, text: str) -> SplitAddress:
    """The address in a text in NFC, without a country at its end."""
    words, starts = placed_words(text)
    for country in _COUNTRY:
        if words[-len(country) :] == country and len(words) > len(country):
            words, starts = words[: -len(country)], starts[: -len(country)]
    commas = {0, *_following(starts, COMMA.finditer(text))}
    parts = sorted(commas.union(_following(starts, DASH.finditer(text))))
    mistyped = mistyped_kinds(index, words, parts) if words else {}
    for at, kind in mistyped.items():
        words[at] = kind
    return SplitAddress(
        text, words, starts, commas, parts, {starts[at]: kind for at, kind in mistyped.items()}
    )


def _following(starts: list[int], marks: Iterator[re.Match[str]]) -> Iterator[int]:
    """Which words come first after a mark."""
    for mark in marks:
        at = bisect_left(starts, mark.end())
        if at < len(starts):
            yield at
