"""Whether two who are said to be somebody may be one and the same: their names and birth dates, as people
write them.
"""

from collections.abc import Mapping
from typing import Any

from rapidfuzz.distance import DamerauLevenshtein

from dancu.text.folding import fold
from dancu.values.birth_dates import PartialDate

Birth = tuple[int, int | None, int | None]
"""Year, month and day, as far as they are known."""

_NEAR = 1  # letters by which two names may differ


def is_near(one: str, other: str, letters: int = _NEAR) -> bool:
    """Whether two names may be one written twice: but for marks and order, for a letter (or so many), or
    for a word left out.
    """
    a, b = fold(one), fold(other)
    words_a, words_b = set(a.split()), set(b.split())
    fewer = min(words_a, words_b, key=len)
    return (
        words_a == words_b
        or DamerauLevenshtein.distance(a, b, score_cutoff=letters) <= letters
        or (len(fewer) > 1 and fewer <= (words_a | words_b) - (words_a ^ words_b))
    )


def has_initials_of(one: str, other: str) -> bool:
    """Whether the one is the other with words shortened to their first letters, but not the last: "Nguyễn
    T. H. Lan" of "Nguyễn Thị Hồng Lan".
    """
    pairs = fold(one).replace(".", " ").split(), fold(other).replace(".", " ").split()
    if len(pairs[0]) != len(pairs[1]) or len(pairs[0]) < 2 or pairs[0][-1] != pairs[1][-1]:
        return False
    each = list(zip(*pairs, strict=True))
    is_short = any(len(a) != len(b) for a, b in each)
    return is_short and all(a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a, b in each)


def birth_of(person: Mapping[str, Any]) -> Birth:
    """Of a person's row in the register."""
    known = PartialDate.of(person["birth_date"], person["birth_precision"])
    return known.year, known.month, known.day


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
    return sum(x != y for x, y in zip(a, b, strict=True)) <= 1 or (
        one[1:] == other[1:] and abs(one[0] - other[0]) <= 1
    )
