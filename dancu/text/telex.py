"""Keys of the Telex and VNI ways of typing that reached the paper: "Nguyeenx Vawn An", "Nguye6n4 Va8n An"."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Literal, NamedTuple

from dancu.text.syllables import TONES, as_written, is_plausible, is_syllable, parted, toned

Typing = Literal["telex", "vni_typing"]

_VOWELS = "aăâeêioôơuưy"
_VNI_TONES = dict(zip("12345", "sfrxj", strict=True))
_TAIL = r"(c|ch|m|n|ng|nh|p|t|i|u|y)"


def untyped(words: list[str], known: Callable[[str], bool]) -> tuple[list[str], Typing | None]:
    """The words with what their keys would have made of them, and which way of typing it was; None where
    nothing is to be done.

    A word changes only where it is no Vietnamese syllable, the result is one, and then all words of the name
    are plausible or `known`: so Max Müller stays. A vowel written twice is not enough by itself: Lee Min Ho
    is no Lê.
    """
    keys: set[Typing] = set()
    certain = False
    result = []
    for word in words:
        if is_plausible(word) or known(word):
            result.append(word)
            continue
        typed = _typed(word)
        if typed is None:
            return words, None
        result.append(typed.text)
        keys.add(typed.typing)
        certain = certain or typed.is_certain
    if not certain:
        return words, None
    return result, min(keys)


class _Typed(NamedTuple):
    text: str
    typing: Typing
    is_certain: bool  # such keys stand in no word by chance


@lru_cache(maxsize=1 << 14)
def _typed(word: str) -> _Typed | None:
    """What the keys of a word type; None where they type no syllable."""
    if re.search(r"\d", word):
        text = from_vni_typing(word)
        return _Typed(text, "vni_typing", True) if text else None
    text = from_telex(word)
    return _Typed(text, "telex", bool(re.search(r"w|^dd|[sfrxj]", _after_onset(word)))) if text else None


def from_telex(word: str) -> str | None:
    """The syllable that these keys type, or None where they type none."""
    bare, tone = parted(word)
    onset, rest = _cut(bare)
    found = re.findall("[sfrxj]", rest)
    if len(found) + len(tone) > 1:
        return None
    rest = re.sub("[sfrxjz]", "", rest)
    onset = re.sub(r"^dd", "đ", onset)
    rest = re.sub(rf"([aeo]){_TAIL}\1$", r"\1\1\2", rest)  # the second key typed after the end: "Nguyenex"
    for doubled, hatted in (("aa", "â"), ("ee", "ê"), ("oo", "ô")):
        rest = rest.replace(doubled, hatted)
    while "w" in rest:
        before, _, after = rest.partition("w")
        rest = _horned(before) + after
    return _whole(word, onset + rest, TONES[found[0]] if found else tone)


def from_vni_typing(word: str) -> str | None:
    """The syllable that these keys of the VNI way type, or None where they type none."""
    bare, tone = parted(word)
    found = re.findall("[1-5]", bare)
    if len(found) + len(tone) > 1 or not re.fullmatch(r"[^\W\d_][^\W_]*", bare):
        return None
    letters = ""
    for key in bare:
        letters = _KEYS[key](letters) if key in _KEYS else letters if key.isdecimal() else letters + key
    return _whole(word, letters, TONES[_VNI_TONES[found[0]]] if found else tone)


def into_telex(word: str) -> str:
    """The keys that type a word, the tone last: "Nguyễn" → "Nguyeenx"."""
    bare, tone = parted(word)
    keys = {"ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw", "đ": "dd"}
    typed = "".join(keys.get(letter, letter) for letter in bare)
    typed += next((key for key, mark in TONES.items() if mark == tone), "")
    return as_written(typed, word)


def into_vni_typing(word: str) -> str:
    """The keys that type a word the VNI way, the tone last: "Nguyễn" → "Nguye6n4"."""
    bare, tone = parted(word)
    keys = {"ă": "a8", "â": "a6", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7", "đ": "d9"}
    typed = "".join(keys.get(letter, letter) for letter in bare)
    typed += next((digit for digit, key in _VNI_TONES.items() if TONES[key] == tone), "")
    return as_written(typed, word)


def _whole(word: str, bare: str, tone: str) -> str | None:
    bare = unicodedata.normalize("NFC", bare)
    if not is_syllable(unicodedata.normalize("NFC", bare + tone)):
        return None
    return as_written(toned(bare, tone), word)


def _cut(bare: str) -> tuple[str, str]:
    """What stands before the first vowel, and the rest."""
    at = next((at for at, letter in enumerate(bare) if letter in _VOWELS), len(bare))
    return bare[:at], bare[at:]


def _after_onset(word: str) -> str:
    onset, rest = _cut(parted(word)[0])
    return "dd" if onset.startswith("dd") else rest


def _horned(letters: str) -> str:
    """`w` after these letters: a horn or a breve on the last that can have one."""
    return _marked(letters, {"uo": "ươ", "ưo": "ươ", "a": "ă", "o": "ơ", "u": "ư"})


def _marked(letters: str, marks: dict[str, str]) -> str:
    """The letters with the first of these marks that fits, where it fits last."""
    for plain, marked in marks.items():
        if plain in letters:
            return marked.join(letters.rsplit(plain, 1))
    return letters


def _hatted(letters: str) -> str:
    at = max(letters.rfind(vowel) for vowel in "aeo")
    return (
        letters[:at] + {"a": "â", "e": "ê", "o": "ô"}[letters[at]] + letters[at + 1 :] if at >= 0 else letters
    )


_KEYS: dict[str, Callable[[str], str]] = {
    "6": _hatted,
    "7": lambda letters: _marked(letters, {"uo": "ươ", "ưo": "ươ", "o": "ơ", "u": "ư"}),
    "8": lambda letters: _marked(letters, {"a": "ă"}),
    "9": lambda letters: _marked(letters, {"d": "đ"}),
}
