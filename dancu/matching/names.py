"""How two spellings of a Vietnamese name relate. The tests list the faults of declared names one by one."""

import re
import unicodedata
from typing import Literal

from rapidfuzz.distance import OSA

from dancu.matching.errors import NameOfAParent
from dancu.matching.normalising.names import Name, normalise_name
from dancu.matching.normalising.orders import readings
from dancu.text.folding import fold

NameLevel = Literal[
    "same", "spelling", "unmarked", "marks", "order", "shortened", "close", "different", "missing"
]

_TONES = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook above, dot below
_PLAIN_Y = re.compile(r"^(h|k|l|m|s|t|qu)y(?=[^a-z]*$)")  # Lý/Lí, Mỹ/Mĩ, Quý/Quí: one sound, two spellings
_VARIANTS = {"huynh": "hoang", "vo": "vu"}  # the same surname, as the south and the north say it


def compare_names(declared: str, registered: str) -> NameLevel:
    """How the declared name relates to the `registered` one.

    same; spelling: the same but for case, Unicode form, tone placement, y/i, an old font or keys of Telex;
    unmarked: the same, typed without any marks; marks: the same but for some marks; order: the same words in
    another order, as where the given name comes first; shortened: middle words dropped or abbreviated; close:
    one or two letters off, never most of a word; different: also twins' names, such as Minh Anh and Anh Minh
    or Gia Hân and Gia Huy, and a name that is only a parent's, "Con bà Nguyễn Thị Hoa"; missing: none
    declared.
    """
    if not declared.strip():
        return "missing"
    ours, theirs = _tidy(registered), _tidy(declared)
    if ours == theirs:
        return "same"
    if spelling(ours) == spelling(theirs):
        return "spelling"
    if fold(ours) == theirs.lower():
        return "unmarked"  # before the names are normalised, which takes 0.1 ms each
    held_name, declared_name = normalise_name(registered), normalise_name(declared)
    if isinstance(declared_name.problem, NameOfAParent):
        return "different"
    ours, theirs = held_name.text or ours, declared_name.text or theirs
    if spelling(ours) == spelling(theirs):
        return "spelling"
    held_key, declared_key = fold(ours), fold(theirs)
    if held_key == declared_key:
        return "unmarked" if declared_key == theirs.lower() else "marks"
    held_words, declared_words = held_key.split(), declared_key.split()
    if sorted(held_words) == sorted(declared_words):
        is_another = held_words[0] == declared_words[0] and held_words[-1] != declared_words[-1]
        return "different" if is_another else "order"
    if held_key in map(fold, readings(theirs, declared_name.ordered)):
        return (
            "close" if held_key.split()[0] == declared_key.split()[0] else "order"
        )  # syllables together; the family name last
    held_words, declared_words = _in_order(held_name, held_words), _in_order(declared_name, declared_words)
    if _shortened(declared_words, held_words) or _shortened(held_words, declared_words):
        return "shortened"
    if _close(declared_key, held_key):
        return "close"
    return "different"


def _tidy(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name.replace("Ð", "Đ")).split())


def spelling(name: str) -> str:
    """One form for all spellings of the same syllables: the tone at the end of each word, i for a lone y."""
    return " ".join(_syllable(word) for word in unicodedata.normalize("NFD", name.lower()).split())


def _syllable(word: str) -> str:
    tone = "".join(letter for letter in word if letter in _TONES)
    bare = "".join(letter for letter in word if letter not in _TONES)
    return _PLAIN_Y.sub(r"\1i", bare) + tone


def _in_order(name: Name, words: list[str]) -> list[str]:
    """The words with the family name first, also where the name was written given name first."""
    return name.key.split() if "given_first" in name.faults else words


def _shortened(short: list[str], long: list[str]) -> bool:
    """Whether `short` is `long` with words between family name and given name dropped or abbreviated: "Ng. T.
    Hoa" for "Nguyen Thi Hoa".
    """
    if len(short) < 2 or len(short) > len(long) or short == long:
        return False
    words = iter(long)
    in_order = all(any(_stands_for(word, full) for full in words) for word in short)
    return in_order and _stands_for(short[0], long[0]) and short[-1] == long[-1]


def _stands_for(word: str, full: str) -> bool:
    word = word.rstrip(".")
    return word == full or (0 < len(word) <= 2 and full.startswith(word))


def _close(declared: str, held: str) -> bool:
    declared, held = _one_surname(declared), _one_surname(held)
    allowed = 1 if len(held) < 10 else 2
    if OSA.distance(declared, held, score_cutoff=allowed) > allowed:
        return False
    words = list(zip(declared.split(), held.split(), strict=False))
    is_spaced_otherwise = declared.count(" ") != held.count(" ")
    return is_spaced_otherwise or all(
        OSA.distance(*pair) <= max(1, max(map(len, pair)) // 3) for pair in words
    )


def _one_surname(key: str) -> str:
    first, _, rest = key.partition(" ")
    return f"{_VARIANTS.get(first, first)} {rest}"
