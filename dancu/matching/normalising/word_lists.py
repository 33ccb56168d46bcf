"""The words of names.toml, and what they tell about a word."""

import tomllib
from pathlib import Path

from dancu.folding import fold

_LISTS: dict[str, str] = tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))


def _listed(name: str, separator: str | None = None) -> list[str]:
    return [word.strip() for word in " ".join(_LISTS[name].split()).split(separator)]


SURNAMES = [*_listed("surnames"), *_listed("minority_surnames")]
"""One-word surnames, the commonest first."""
COMPOUND_SURNAMES = frozenset(fold(name) for name in _listed("compound_surnames", ","))
CLANS = frozenset(fold(name) for name in _listed("clans", ","))
_FOLDED = frozenset(fold(name) for name in SURNAMES)
_MARKED = frozenset(name.lower() for name in SURNAMES)
_SURE = frozenset(name.lower() for name in _listed("surnames")[:14])
_SURE_FOLDED = frozenset(fold(name) for name in _SURE)
_KNOWN = frozenset(name.lower() for name in [*_listed("known"), *SURNAMES])


def may_be_surname(word: str) -> bool:
    """Whether a word is a surname, its marks apart."""
    return fold(word) in _FOLDED


def begins_compound(words: list[str]) -> bool:
    """Whether a surname of several words stands first: Tôn Thất, Rơ Mah."""
    return any(" ".join(map(fold, words[:length])) in COMPOUND_SURNAMES for length in (2, 3, 4))


def is_surely_surname(word: str) -> bool:
    """Whether it is one of the commonest, which are hardly ever given names; with its marks, where it has any."""
    return word.lower() in _SURE or (word.isascii() and word.lower() in _SURE_FOLDED)


def is_known(word: str) -> bool:
    """Whether a word stands as it is, though it may be no Vietnamese syllable: an abbreviation, H'Hen, Niê."""
    plain = word.lower()
    return plain in _KNOWN or "'" in word or is_abbreviated(word) or fold(word) in CLANS


def is_abbreviated(word: str) -> bool:
    """ "Ng.", "Ng", "T"; not the one-letter names of minorities, which only stand for themselves: A, Y."""
    plain = fold(word)
    if plain.endswith("."):
        return 1 <= len(plain.rstrip(".")) <= 3
    return 1 <= len(plain) <= 3 and word.isascii() and plain.isalpha() and not any(vowel in plain for vowel in "aeiouy")


def surnames_like(abbreviated: str) -> tuple[str, ...]:
    """The surnames that it may stand for, the commonest first: "Ng." → Nguyễn, Ngô …"""
    start = fold(abbreviated).rstrip(".")
    return tuple(name for name in SURNAMES if fold(name).startswith(start))
