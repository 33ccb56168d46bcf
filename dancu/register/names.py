"""What may stand in the register as a person's name: whoever records one, by whatever way, it is looked at here."""

import re
import unicodedata

from dancu.garbled import mended, trouble
from dancu.invisible import visible
from dancu.mistyped import meant, way_of
from dancu.own_names import own_name
from dancu.register.errors import (
    NameGarbled,
    NameLostLetters,
    NameNotLatin,
    NameOfAnother,
    NameTooLong,
    NameTyped,
    NoName,
    NotAName,
    RegisterError,
)

LONGEST = 200  # characters, as the register's column holds
_TROUBLES: dict[str, type[RegisterError]] = {"lost": NameLostLetters, "code_page": NameGarbled, "script": NameNotLatin}
NEVER = r"_<>=&%#;@"
"""Beside digits and control characters, what no name has; of & # ; and % are made the letters of pages and addresses (`&#7877;`, `%E1%BB%85`)."""
_NAME = re.compile(rf"[^\W\d_][^\x00-\x1f\x7f-\x9f\d{NEVER}]*")


def right_name(text: str) -> str:
    """A name as the register writes it: composed, one space between its words, nothing unseen, mended where it was certainly meant so,
    also where it was typed for a font of before Unicode.

    Raises NoName, NameTooLong, NameLostLetters, NameGarbled, NameNotLatin, NameTyped, NotAName (digits, signs), NameOfAnother.
    """
    name = unicodedata.normalize("NFC", " ".join(visible(mended(meant(text))).split()))
    if not name:
        raise NoName
    if len(name) > LONGEST:
        raise NameTooLong(len(name), LONGEST)
    if wrong := trouble(name):
        raise _TROUBLES[wrong](name[:40])
    if way_of(name):
        raise NameTyped(name[:40])
    if not _NAME.fullmatch(name):
        raise NotAName(name[:40])
    if own_name(name) != name:
        raise NameOfAnother(name)
    return name
