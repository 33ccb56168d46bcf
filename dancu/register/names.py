"""What may stand in the register as a person's name: whoever records one, by whatever way, it is looked
at here.
"""

import re
import unicodedata

from dancu.register.errors import (
    NameGarbled,
    NameLostLetters,
    NameNotLatin,
    NameOfAnother,
    NameOfSeveral,
    NameTooLong,
    NameTyped,
    NameWithRemark,
    NoName,
    NotAName,
    NotAPerson,
    RegisterError,
)
from dancu.text.asides import Aside, aside
from dancu.text.garbled import mended, trouble, with_its_d
from dancu.text.invisible import visible
from dancu.text.mistyped import meant, way_of
from dancu.text.own_names import own_name
from dancu.text.syllables import is_plausible

LONGEST = 200  # characters, as the register's column holds
_TROUBLES: dict[str, type[RegisterError]] = {
    "lost": NameLostLetters,
    "code_page": NameGarbled,
    "script": NameNotLatin,
}
_ASIDES: dict[Aside, type[RegisterError]] = {
    "line": NotAPerson,
    "several": NameOfSeveral,
    "remark": NameWithRemark,
}
APOSTROPHES = r"[’‘ʼ′＇]|\b([HKYMNDOhkymndo])[`´]"
"""What stands for an apostrophe (H’Hen, H`Hen), for a regular expression, Python's or polars's."""
PLAIN = r"(?i)^\p{L}[\p{L} ]*$"
"""Of names that are such and have a VOWEL `is_written` says yes: for a whole column, as polars writes it."""
VOWEL = "[AEIOUYaeiouy\u00c0-\u024f\u1ea0-\u1ef9]"
_SIGNED = re.compile(
    r"[^\W\d_](?:['’‘]?[^\W\d_]+|[-‐‑–](?=[^\W\d_])|'(?= |$|-)|\.(?= |$|[^\W\d_-])| [-–] (?=[^\W\d_])| "
    r"+(?=[^\W\d_]))*"
)
_SHORT = 4  # letters of an abbreviation: Ng., Jos.
_STACKED = re.compile(
    "[\u0300\u0301\u0303\u0309\u0323][\u0300-\u036f]*[\u0300\u0301\u0303\u0309\u0323]|\u0302[\u0300-\u036f]*\u0302"
)


def right_name(text: str) -> str:
    """A name as the register writes it: composed, one space between its words, nothing unseen, mended where
    it was certainly meant so, also where it was typed for a font of before Unicode.

    Raises NoName, NameTooLong, NameLostLetters, NameGarbled, NameNotLatin, NameTyped, NameOfAnother,
    NotAPerson (a line of a list), NameOfSeveral, NameWithRemark, NotAName (digits, signs).
    """
    name = unicodedata.normalize("NFC", " ".join(visible(mended(meant(text))).split()))
    name = re.sub(APOSTROPHES, r"\1'", with_its_d(meant(name)))
    if not name:
        raise NoName
    if len(name) > LONGEST:
        raise NameTooLong(len(name), LONGEST)
    if wrong := trouble(name):
        raise _TROUBLES[wrong](name[:40])
    if way := way_of(name):
        raise (NameGarbled if way == "viscii" else NameTyped)(name[:40])
    if own_name(name) != name:
        raise NameOfAnother(name)
    if beside := aside(name):
        raise _ASIDES[beside](name)
    if not is_written(name):
        raise NotAName(name[:40])
    return name


def is_written(name: str) -> bool:
    """Whether a composed name is written in what names have: letters, apostrophes (O'Brien, H'Hen),
    hyphens and full stops after initials.
    """
    letters = "".join(letter for letter in name if not unicodedata.combining(letter))
    if not _SIGNED.fullmatch(letters) or not re.search(VOWEL, name):
        return False
    if _STACKED.search(unicodedata.normalize("NFD", name)):  # two tones on one letter
        return False
    short = re.findall(r"([^\s.]+)\.", name)
    return all(len(word) == 1 or (len(word) <= _SHORT and not is_plausible(word)) for word in short)
