"""The words of names.toml, and what they tell about a word."""

import tomllib
from functools import lru_cache
from pathlib import Path

from dancu.text.folding import fold

_LISTS: dict[str, str] = tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))


def _listed(name: str, separator: str | None = None) -> list[str]:
    return [word.strip() for word in " ".join(_LISTS[name].split()).split(separator)]


SURNAMES = [*_listed("surnames"), *_listed("minority_surnames")]
"""One-word surnames, the commonest first."""
_COMPOUND_SURNAMES = frozenset(fold(name) for name in _listed("compound_surnames", ","))
_FIRST_OF_COMPOUND = frozenset(name.partition(" ")[0] for name in _COMPOUND_SURNAMES)
CLANS = frozenset(fold(name) for name in _listed("clans", ","))
_FOLDED = [fold(name) for name in SURNAMES]
_MARKED = frozenset(name.lower() for name in SURNAMES)
_SURE = frozenset(name.lower() for name in _listed("surnames")[:14])
_SURE_FOLDED = frozenset(fold(name) for name in _SURE)
_KNOWN = frozenset(name.lower() for name in [*_listed("known"), *SURNAMES])
_ANY_SURNAME = frozenset(_FOLDED)


@lru_cache(
    maxsize=1 << 16
)  # the 6,000 words that names consist of, and what becomes of them in a million declarations
def unmarked(word: str) -> str:
    """`fold` of one word of a name."""
    return fold(word)


def may_be_surname(word: str) -> bool:
    """Whether a word is a surname, its marks apart."""
    return unmarked(word) in _ANY_SURNAME


def may_begin_compound(word: str) -> bool:
    """Whether a surname of several words begins with this one."""
    return unmarked(word) in _FIRST_OF_COMPOUND


def begins_compound(words: list[str]) -> bool:
    """Whether a surname of several words stands first: Tôn Thất, Rơ Mah."""
    return length_of_compound([unmarked(word) for word in words]) > 0


def length_of_compound(keys: list[str]) -> int:
    """How many words, without their marks, are a surname that stands first; 0 where none of several words
    does.
    """
    if not keys or keys[0] not in _FIRST_OF_COMPOUND:
        return 0
    return next((n for n in (4, 3, 2) if len(keys) >= n and " ".join(keys[:n]) in _COMPOUND_SURNAMES), 0)


def is_surely_surname(word: str) -> bool:
    """Whether a word is one of the commonest surnames, which are hardly ever given names; it must have the
    right marks, or none.
    """
    return word.lower() in _SURE or (word.isascii() and word.lower() in _SURE_FOLDED)


@lru_cache(maxsize=1 << 14)
def is_name_word(word: str) -> bool:
    """Whether a word may be in a name as it is although it is no Vietnamese syllable: an abbreviation, H'Hen,
    Niê.
    """
    plain = word.lower()
    return plain in _KNOWN or "'" in word or is_abbreviated(word) or unmarked(word) in CLANS


def is_abbreviated(word: str) -> bool:
    """ "Ng.", "Ng", "T"; not the one-letter names of minorities, which only stand for themselves: A, Y."""
    plain = unmarked(word)
    if plain.endswith("."):
        return 1 <= len(plain.rstrip(".")) <= 3
    return (
        1 <= len(plain) <= 3
        and word.isascii()
        and plain.isalpha()
        and not any(vowel in plain for vowel in "aeiouy")
    )


def surnames_like(abbreviated: str) -> tuple[str, ...]:
    """The surnames that it may stand for, the commonest first: "Ng." → Nguyễn, Ngô …"""
    start = fold(abbreviated).rstrip(".")
    return tuple(name for name, plain in zip(SURNAMES, _FOLDED, strict=True) if plain.startswith(start))
