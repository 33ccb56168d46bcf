"""Spaces of every kind, and what stands between letters unseen: zero-width spaces, joiners, soft hyphens,
marks of direction.
"""

import re
import unicodedata

from dancu.text.syllables import is_plausible

UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff9-\ufffb\U000e0000-\U000e0fff"
)
SPACES = "\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_UNSEEN, _SPACES = re.compile(f"[{UNSEEN}]+"), re.compile(f"[{SPACES}]")
_LAST_WORD, _FIRST_WORD = (
    re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*$"),
    re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*"),
)


def visible(text: str) -> str:
    """The text with plain spaces for those of other kinds, and nothing unseen in it.

    What was unseen between letters vanishes, but where it stood for a space: between two words that are no
    word together ("Nguyễn" and "Văn"), or before a capital. Nothing takes a space away that is there.
    """
    if text.isascii():
        return text
    first, *rest = _UNSEEN.split(_SPACES.sub(" ", text))
    for part in rest:
        first += " " * _are_two_words(first, part) + part
    return first


def _are_two_words(before: str, after: str) -> bool:
    left, right = _LAST_WORD.search(before), _FIRST_WORD.match(after)
    if left is None or right is None:
        return False
    left, right = (unicodedata.normalize("NFC", found[0]) for found in (left, right))
    if right[0].isupper() and left[-1].islower():
        return True
    return not is_plausible(left + right) and is_plausible(left) and is_plausible(right)
