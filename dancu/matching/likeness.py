"""Whether two who are said to be somebody may be one and the same: their names and birth dates, as people write them."""

from collections.abc import Mapping
from typing import Any

from rapidfuzz.distance import DamerauLevenshtein

from dancu.folding import fold
from dancu.matching.names import spelling
from dancu.matching.normalising.names import normalise_name
from dancu.sounds import given_key

Birth = tuple[int, int | None, int | None]
"""Year, month and day, as far as they are known."""

_NEAR = 1  # letters by which two names may differ


def name_key(full_name: str) -> int:
    """By what a declared name is found again: how its given name sounds, whichever comes first."""
    return given_key(normalise_name(full_name).ordered or full_name)


def name_keys(full_name: str) -> set[int]:
    """By what those of this name are found whichever of its words was written last."""
    words = (normalise_name(full_name).ordered or full_name).split()
    return {name_key(full_name), *(given_key(word) for word in words)}


def is_near(one: str, other: str, letters: int = _NEAR) -> bool:
    """Whether two names may be one written twice: but for marks and order, for a letter (or so many), or for a word left out."""
    a, b = fold(one), fold(other)
    words_a, words_b = set(a.split()), set(b.split())
    fewer = min(words_a, words_b, key=len)
    return (
        words_a == words_b
        or DamerauLevenshtein.distance(a, b, score_cutoff=letters) <= letters
        or (len(fewer) > 1 and fewer <= (words_a | words_b) - (words_a ^ words_b))
    )


def is_one_name(one: str, other: str) -> bool:
    """Whether two names are surely one: the same words but for marks, order, and y for i, or words between left out.

    Not a letter's slip, and not with another given name: twins have one telephone and one birth date, and are called Gia Hân and Gia Hăng,
    Minh Anh and Anh Minh, Hồng and Hồng Nhung.
    """
    a, b = (fold(spelling(name)).split() for name in (one, other))
    if sorted(a) == sorted(b):
        return bool(a) and (a[0] != b[0] or a[-1] == b[-1])
    fewer, more = sorted((set(a), set(b)), key=len)
    return len(fewer) > 1 and fewer < more and name_key(one) in name_keys(other) and name_key(other) in name_keys(one)


def born_as_declared(row: Mapping[str, Any]) -> Birth:
    """Of a declaration's row."""
    return (row["birth_year"], row["birth_month"], row["birth_day"])


def birth_of(person: Mapping[str, Any]) -> Birth:
    """Of a person's row in the register."""
    born, precision = person["birth_date"], person["birth_precision"]
    return (born.year, born.month if precision != "Y" else None, born.day if precision == "D" else None)


def may_be_one_birth(one: Birth, other: Birth) -> bool:
    """The same, as far as both tell, or day and month the other way round."""
    if one[0] != other[0]:
        return False
    pairs = list(zip(one[1:], other[1:], strict=True))
    return all(a == b or None in (a, b) for a, b in pairs) or (one[1], one[2]) == (other[2], other[1])


def is_nearly_birth(one: Birth, other: Birth) -> bool:
    """The same, or but for one digit or a year."""
    if may_be_one_birth(one, other):
        return True
    a, b = ("".join(f"{part or 0:02}" for part in birth) for birth in (one, other))
    return sum(x != y for x, y in zip(a, b, strict=True)) <= 1 or (one[1:] == other[1:] and abs(one[0] - other[0]) <= 1)
