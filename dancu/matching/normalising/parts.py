"""A name split into surname, middle and given name, and whether it was written in another order."""

from typing import NamedTuple

from dancu.matching.normalising.word_lists import (
    CLANS,
    is_abbreviated,
    is_surely_surname,
    length_of_compound,
    may_be_surname,
    may_begin_compound,
    unmarked,
)

_MIDDLES = frozenset(("thị", "thi", "văn", "van"))  # between surname and given name, and hardly anywhere else
_PREFIXES = frozenset(("a", "y", "ka", "ya"))  # Ba-na, Xơ-đăng, Ê-đê, Cơ-ho, Chu-ru: man or woman, no surname
_JOINED = ("h'", "k'")


class NameParts(NamedTuple):
    """The parts of a name. `given_first`: whether the given name was written before the surname, though it is
    usually written after it.
    """

    surname: str
    middle: str
    given: str
    given_first: bool = False

    @property
    def ordered(self) -> str:
        """Surname, middle and given name, whatever the order they came in."""
        return " ".join(filter(None, self[:3]))


def name_parts(words: list[str]) -> NameParts:
    """The parts of the name that has these words."""
    if len(words) < 2:
        return NameParts("", "", " ".join(words))
    keys = [unmarked(word) for word in words]
    prefixed = keys[0] in _PREFIXES or keys[0] == "h" or keys[0].startswith(_JOINED)
    if prefixed and (clan := _clan(keys)):
        return _clan_last(words, keys, clan)
    if compound := length_of_compound(keys[:-1]):
        return _surname_first(words, compound)
    if prefixed and not (keys[0] in ("ka", "ya") and may_be_surname(words[0])):
        middle = words[0] if keys[0] in _PREFIXES else ""
        return NameParts("", middle, " ".join(words[1:] if middle else words))
    if words[0].lower() in _MIDDLES and len(words) > 2 and is_surely_surname(words[-1]):  # Thị Thu Hòa Nguyễn
        return NameParts(words[-1], " ".join(words[:-2]), words[-2], given_first=True)
    if may_be_surname(words[0]) or is_abbreviated(words[0]) or words[1].lower() in _MIDDLES:
        return _surname_first(words, 1)
    if is_surely_surname(words[-1]):
        return NameParts(words[-1], " ".join(words[1:-1]), words[0], given_first=True)
    if len(words) > 2 and is_surely_surname(words[1]):  # Hòa Nguyễn Thị Thu
        return NameParts(words[1], " ".join(words[2:]), words[0], given_first=True)
    return _surname_first(words, 1)


def begins_plainly(word: str) -> bool:
    """Whether a name of several words that begins with this one is always split into this surname, middle and
    given name, whatever follows.
    """
    key = unmarked(word)
    prefixed = key in _PREFIXES or key == "h" or key.startswith(_JOINED)
    return (
        may_be_surname(word)
        and not prefixed
        and not may_begin_compound(word)
        and word.lower() not in _MIDDLES
    )


def _surname_first(words: list[str], length: int) -> NameParts:
    return NameParts(" ".join(words[:length]), " ".join(words[length:-1]), words[-1])


def _clan(keys: list[str]) -> int:
    """How many words at the end are a clan's name; 0 where none are, or nothing would be left before it."""
    first = 2 if keys[0] in _PREFIXES or keys[0] == "h" else 1
    return next((n for n in (2, 1) if len(keys) >= first + n and " ".join(keys[-n:]) in CLANS), 0)


def _clan_last(words: list[str], keys: list[str], length: int) -> NameParts:
    """Y Blô Niê, H'Hen Niê Kdăm; "H Hen" is H'Hen without its apostrophe."""
    given, clan = words[:-length], " ".join(words[-length:])
    if keys[0] in _PREFIXES:
        return NameParts(clan, given[0], " ".join(given[1:]))
    if keys[0] == "h":
        given = [f"{given[0]}'{given[1]}", *given[2:]]
    return NameParts(clan, "", " ".join(given))
