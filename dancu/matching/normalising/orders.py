"""The orders in which the words of a name may have been meant: the given name first, or the family name
last, as tickets and foreign lists write.
"""

import re
from functools import lru_cache

from dancu.matching.normalising.word_lists import begins_compound, is_surely_surname, may_be_surname
from dancu.text.syllables import is_plausible

_FAMILY_APART = re.compile(r"\s*([^\W\d_]+)\s*[/,]\s*(?=[^\W\d_])")
_MOST = 3  # syllables written as one word
_LONGEST = 7  # letters of a syllable: nghiêng


def readings(text: str, ordered: str) -> list[str]:
    """Other orders than this: "Kiên Nguyễn Trường" → "Nguyễn Trường Kiên", "Nhật Linh Nguyễn" → "Nguyễn Nhật
    Linh", and "Nhatlinh Nguyen" with its syllables apart. None is what somebody is called where the name fits
    as it stands.
    """
    words = text.split()
    if len(words) < 2:
        return []
    orders = dict.fromkeys(" ".join(order) for order in [*_orders(words), *_apart(words)])
    return [order for order in orders if order != ordered]


def joined(text: str) -> str:
    """A name whose family name was set apart, as tickets and foreign lists have it: "NGUYEN/NHATLINH",
    "Nguyễn, Nhật Linh".
    """
    found = _FAMILY_APART.match(text)
    is_so = found and may_be_surname(found[1]) and not re.search(r"[/,]", text[found.end() :])
    return f"{found[1]} {text[found.end() :]}" if found and is_so else text


def is_guess(text: str) -> bool:
    """Whether, of a name with its family name surely last, nothing tells which of the other words is the
    given name: "Nhật Linh Nguyễn" may be Nguyễn Nhật Linh or Nguyễn Linh Nhật.
    """
    words = text.split()
    return len(words) > 2 and is_surely_surname(words[-1]) and not is_surely_surname(words[0])


def _orders(words: list[str]) -> list[list[str]]:
    first, *middle, last = words
    orders = (
        [[*middle, last, first]]
        if may_be_surname((middle or [last])[0]) or begins_compound(words[1:])
        else []
    )
    orders += [[last, *middle, first]] if may_be_surname(last) else []
    is_family_last = is_surely_surname(last) or (may_be_surname(last) and not may_be_surname(first))
    return [*orders, [last, first, *middle]] if is_family_last and middle else orders


def _apart(words: list[str]) -> list[list[str]]:
    """The words, the family name first, with syllables apart that were written as one beside it:
    "Nhatlinh Nguyen".
    """
    ends = [(words[:1], words[1:])] if is_surely_surname(words[0]) else []
    ends += [(words[-1:], words[:-1])] if is_surely_surname(words[-1]) else []
    orders: list[list[str]] = []
    for family, others in ends:
        apart = [
            part for word in others for part in ([word] if is_plausible(word) else _syllables(word) or [word])
        ]
        orders += [[*family, *apart]] if len(apart) > len(others) else []
    return orders


@lru_cache(maxsize=1 << 12)
def _syllables(word: str, most: int = _MOST) -> tuple[str, ...]:
    """The fewest syllables of two letters and more that make up a word, the longest first; none where
    none do.
    """
    if not word.isalpha():
        return ()
    if len(word) <= _LONGEST and len(word) > 1 and is_plausible(word):
        return (word,)
    if most == 1:
        return ()
    found = [
        (word[:at], *rest)
        for at in range(min(_LONGEST, len(word) - 2), 1, -1)
        if is_plausible(word[:at]) and (rest := _syllables(word[at:], most - 1))
    ]
    return min(found, key=len, default=())
