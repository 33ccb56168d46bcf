"""Words as they sound: s and x, ch and tr, d, gi and r, l and n, c, k and q, i and y, a final n and ng, t and c, as one."""

import re

_ONSETS = [
    ("ngh", "ng"), ("ng", "ng"), ("nh", "nh"), ("kh", "kh"), ("ph", "f"), ("th", "th"), ("tr", "ch"), ("ch", "ch"), ("gh", "g"),
    ("gi", "d"), ("qu", "ku"), ("q", "k"), ("c", "k"), ("k", "k"), ("x", "s"), ("r", "d"), ("n", "l"),
]  # fmt: skip
_REGIONAL = {"huynh": "hoang", "vo": "vu"}  # the same surname, as the south and the north say it


def sound_key(key: str, surname: str = "") -> str:
    """How a name without its marks sounds: "nguyen trung" and "nguyen chun" alike. `surname`: that part of it, likewise without marks."""
    if surname in _REGIONAL and key.startswith(surname):
        key = _REGIONAL[surname] + key[len(surname) :]
    return " ".join(sound(word) for word in key.split())


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
