"""Surname, middle and given name told apart, and whether they came in another order than the register's."""

from functools import lru_cache
from typing import NamedTuple

from dancu.folding import fold
from dancu.matching.normalising.word_lists import (
    CLANS,
    COMPOUND_SURNAMES,
    is_abbreviated,
    is_surely_surname,
    may_be_surname,
)

_MIDDLES = ("thị", "thi", "văn", "van")  # between surname and given name, and hardly anywhere else
_PREFIXES = ("a", "y", "ka", "ya")  # Ba-na, Xơ-đăng, Ê-đê, Cơ-ho, Chu-ru: man or woman, no surname
_JOINED = ("h'", "k'")


class Parts(NamedTuple):
    """The parts of a name, and whether the given name stood before the surname though its people write it after."""

    surname: str
    middle: str
    given: str
    given_first: bool = False


def told_apart(words: list[str]) -> Parts:
    """The parts of a name of these words."""
    if len(words) < 2:
        return Parts("", "", " ".join(words))
    keys = [_key(word) for word in words]
    prefixed = keys[0] in (*_PREFIXES, "h") or keys[0].startswith(_JOINED)
    if prefixed and (clan := _clan(keys)):
        return _clan_last(words, clan)
    for length in (4, 3, 2):
        if len(words) > length and " ".join(keys[:length]) in COMPOUND_SURNAMES:
            return _surname_first(words, length)
    if prefixed and not (keys[0] in ("ka", "ya") and may_be_surname(words[0])):
        middle = words[0] if keys[0] in _PREFIXES else ""
        return Parts("", middle, " ".join(words[1:] if middle else words))
    if words[0].lower() in _MIDDLES and len(words) > 2 and is_surely_surname(words[-1]):  # Thị Thu Hòa Nguyễn
        return Parts(words[-1], " ".join(words[:-2]), words[-2], given_first=True)
    if may_be_surname(words[0]) or is_abbreviated(words[0]) or words[1].lower() in _MIDDLES:
        return _surname_first(words, 1)
    if is_surely_surname(words[-1]):
        return Parts(words[-1], " ".join(words[1:-1]), words[0], given_first=True)
    if len(words) > 2 and is_surely_surname(words[1]):  # Hòa Nguyễn Thị Thu
        return Parts(words[1], " ".join(words[2:]), words[0], given_first=True)
    return _surname_first(words, 1)


@lru_cache(maxsize=1 << 14)  # the 6,000 words that names consist of, and some more
def _key(word: str) -> str:
    return fold(word)


def _surname_first(words: list[str], length: int) -> Parts:
    return Parts(" ".join(words[:length]), " ".join(words[length:-1]), words[-1])


def _clan(keys: list[str]) -> int:
    """How many words at the end are a clan's name; 0 where none are, or nothing would be left before it."""
    first = 2 if keys[0] in (*_PREFIXES, "h") else 1
    return next((n for n in (2, 1) if len(keys) >= first + n and " ".join(keys[-n:]) in CLANS), 0)


def _clan_last(words: list[str], length: int) -> Parts:
    """Y Blô Niê, H'Hen Niê Kdăm; "H Hen" is H'Hen without its apostrophe."""
    given, clan = words[:-length], " ".join(words[-length:])
    if fold(given[0]) in _PREFIXES:
        return Parts(clan, given[0], " ".join(given[1:]))
    if fold(given[0]) == "h":
        given = [f"{given[0]}'{given[1]}", *given[2:]]
    return Parts(clan, "", " ".join(given))
