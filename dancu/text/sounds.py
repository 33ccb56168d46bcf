"""Words as they sound: s and x, ch and tr, d, gi and r, l and n, c, k and q, i and y, a final n and ng, t and
c, as one.

Two keys of a name go with every person and every declaration: what the blocks of candidates are found by.
They are kept in the register, so whoever changes what a word sounds like here changes those too (`dancu
population import` computes them).
"""

import re
import zlib
from collections.abc import Callable
from functools import cache, lru_cache

import polars as pl

from dancu.text.folding import fold

_ONSETS = [
    ("ngh", "ng"),
    ("ng", "ng"),
    ("nh", "nh"),
    ("kh", "kh"),
    ("ph", "f"),
    ("th", "th"),
    ("tr", "ch"),
    ("ch", "ch"),
    ("gh", "g"),
    ("gi", "d"),
    ("qu", "ku"),
    ("q", "k"),
    ("c", "k"),
    ("k", "k"),
    ("x", "s"),
    ("r", "d"),
    ("n", "l"),
]
_REGIONAL = {"huynh": "hoang", "vo": "vu"}  # the same surname, as the south and the north say it


def sound_key(key: str, surname: str = "") -> str:
    """How a name without its marks sounds: "nguyen trung" and "nguyen chun" alike. `surname`: that part
    of it, likewise without marks.
    """
    if surname in _REGIONAL and key.startswith(surname):
        key = _REGIONAL[surname] + key[len(surname) :]
    return " ".join(sound(word) for word in key.split())


def given_key(full_name: str) -> int:
    """The sound of the last word of a name, as a number of 32 bits with sign: "Văn Trung" and "CHUN"
    alike; 0 for no word at all.
    """
    words = fold(full_name).split(" ")
    return _number(sound(words[-1])) if words[-1] else 0


def ends_key(full_name: str) -> int:
    """The sounds of the first and the last word in either order, likewise: "Huỳnh Văn An" and "An Hoàng"
    alike.

    A name of one word has it twice; no word at all gives 0.
    """
    words = fold(full_name).split(" ")
    return _number(" ".join(sorted(_end(word) for word in (words[0], words[-1])))) if words[0] else 0


def name_keys(names: pl.Series) -> tuple[pl.Series, pl.Series]:
    """`given_key` and `ends_key` of every name of a column of text, as Int32; null where the name is.

    Each last word and each pair of ends is looked at once: a million names take 0.4 s of one processor.
    """
    words = names.str.split(" ")
    firsts, lasts = words.list.first(), words.list.last()
    return _mapped(names, lasts, given_key), _mapped(names, firsts + " " + lasts, ends_key)


def sound(word: str) -> str:
    """How one word without marks sounds."""
    onset, rest = "", word
    for written, heard in _ONSETS:
        if word.startswith(written) and len(word) > len(written):
            onset, rest = heard, word[len(written) :]
            break
    if word[:2] == "gi" and not re.match("[aeiouy]", word[2:]):  # gi, gin: the i is the vowel too
        rest = word[1:]
        onset = "d"
    rest = rest.replace("y", "i")
    rest = re.sub(r"ng$", "n", rest)
    return onset + re.sub(r"(?<=[aeiou])c$", "t", rest)


@cache
def _end(word: str) -> str:
    return sound(_REGIONAL.get(word, word))


def _number(sounds: str) -> int:
    unsigned = zlib.crc32(sounds.encode("utf-8", "surrogatepass"))
    return unsigned - (1 << 32) if unsigned >= 1 << 31 else unsigned


def _mapped(names: pl.Series, ends: pl.Series, key: Callable[[str], int]) -> pl.Series:
    """`key` by the words in `ends`; by the whole name where one of them is nothing but marks, or two in
    truth.
    """
    known = {end: _known(key, end) for end in ends.unique().drop_nulls().to_list()}
    keys = ends.replace_strict(known, default=None, return_dtype=pl.Int32)
    odd = keys.is_null() & names.is_not_null()
    if odd.any():
        keys = keys.scatter(
            odd.arg_true(), pl.Series([key(name) for name in names.filter(odd)], dtype=pl.Int32)
        )
    return keys


@lru_cache(1 << 18)
def _known(key: Callable[[str], int], end: str) -> int | None:
    words = end.split(" ")
    return key(end) if len(fold(end).split(" ")) == len(words) and all(fold(word) for word in words) else None
