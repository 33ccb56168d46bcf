"""Words written as they sound, and letters typed wrong. Like the faults of `names`: what cannot befall a
name leaves it as it is.
"""

import re
import unicodedata
from random import Random

from dancu.synthetic.corruption.names import Fault
from dancu.text.folding import fold
from dancu.text.syllables import TONES, as_written, is_syllable, parted, toned

_ONSETS = [
    ("s", "x"),
    ("ch", "tr"),
    ("d", "gi"),
    ("d", "r"),
    ("gi", "r"),
    ("l", "n"),
    ("c", "k"),
    ("qu", "cu"),
]
_ENDS = [("n", "ng"), ("t", "c")]
_TONE = f"[{''.join(TONES.values())}]"
_WITH_Y = re.compile(rf"(?i)^(h|k|l|m|s|t|v|th|qu)(y|i)({_TONE}?)$")
_KEYS = {
    "q": "wa",
    "w": "qes",
    "e": "wrd",
    "r": "etf",
    "t": "ryg",
    "y": "tuh",
    "u": "yij",
    "i": "uok",
    "o": "ipl",
    "p": "ol",
    "a": "qsz",
    "s": "awdx",
    "d": "sefc",
    "f": "drgv",
    "g": "fthb",
    "h": "gyjn",
    "j": "hukm",
    "k": "jil",
    "l": "kop",
    "z": "asx",
    "x": "zsdc",
    "c": "xdfv",
    "v": "cfgb",
    "b": "vghn",
    "n": "bhjm",
    "m": "njk",
}


def sounds_alike(name: str, dice: Random) -> str:
    """One word but the surname with an onset or an end that sounds the same somewhere in the country."""
    words = name.split()
    places = list(range(1, len(words)))
    dice.shuffle(places)
    for at in places:
        others = _alike(words[at])
        if others:
            words[at] = dice.choice(others)
            return " ".join(words)
    return name


def i_and_y(name: str, dice: Random) -> str:
    """Lí for Lý, Sỹ for Sĩ, in every word that can have either."""
    return " ".join(_y_for_i(word) for word in name.split())


def tone_confused(name: str, dice: Random) -> str:
    """Hỏi for ngã or ngã for hỏi in one word."""
    words = name.split()
    hook, tilde = TONES["r"], TONES["x"]
    places = [at for at, word in enumerate(words) if is_syllable(word) and parted(word)[1] in (hook, tilde)]
    if not places:
        return name
    at = dice.choice(places)
    bare, tone = parted(words[at])
    words[at] = as_written(toned(bare, tilde if tone == hook else hook), words[at])
    return " ".join(words)


def letter_wrong(name: str, dice: Random) -> str:
    """In one word a neighbouring key, a letter left out, one twice, or two exchanged."""
    words = name.split()
    places = [at for at, word in enumerate(words) if len(word) > 2 and word.isalpha()]
    if not places:
        return name
    at = dice.choice(places)
    wrong = _mistyped(words[at], dice)
    words[at] = wrong
    return " ".join(words)


def _alike(word: str) -> list[str]:
    plain = word.lower()
    others = []
    for pair in _ONSETS:
        for one, other in (pair, pair[::-1]):
            if plain.startswith(one) and _is_onset(plain, one):
                others.append(other + plain[len(one) :])
    for short, long in _ENDS:
        for one, other in ((short, long), (long, short)):
            if re.search(f"[aeiouy]{one}$", fold(plain)):
                others.append(plain[: -len(one)] + other)
    return [as_written(other, word) for other in others]


def _is_onset(word: str, onset: str) -> bool:
    """Whether the word begins with this onset and no longer one, and goes on with a vowel."""
    return fold(word[len(onset) :])[:1] in tuple("aeiouy")


def _y_for_i(word: str) -> str:
    found = _WITH_Y.match(unicodedata.normalize("NFD", word))
    if not found:
        return word
    onset, vowel, tone = found.groups()
    other = {"y": "i", "i": "y", "Y": "I", "I": "Y"}[vowel]
    return unicodedata.normalize("NFC", onset + other + tone)


def _mistyped(word: str, dice: Random) -> str:
    kind, at = dice.random(), dice.randrange(1, len(word))
    if kind < 0.5:
        typed = [place for place, letter in enumerate(word) if letter.lower() in _KEYS]
        if typed:
            at = dice.choice(typed)
            wrong = dice.choice(_KEYS[word[at].lower()])
            return word[:at] + (wrong.upper() if word[at].isupper() else wrong) + word[at + 1 :]
    if kind < 0.7:
        return word[:at] + word[at + 1 :]
    if kind < 0.85 or at + 1 == len(word) or word[at] == word[at + 1]:
        return word[:at] + word[at] + word[at:]
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


SPELLING: dict[str, Fault] = {
    "sounds_alike": sounds_alike,
    "i_and_y": i_and_y,
    "tone_confused": tone_confused,
    "letter_wrong": letter_wrong,
}
