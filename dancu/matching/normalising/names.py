"""A name as it was meant: legible, its parts told apart, and what was wrong with it."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from dancu.matching.errors import (
    NameGarbled,
    NameHasControlCharacters,
    NameLostLetters,
    NameNotLatin,
    NameOfAParent,
    NameTooLong,
    NoName,
    NotAName,
)
from dancu.matching.normalising.orders import joined
from dancu.matching.normalising.parts import NameParts, name_parts
from dancu.matching.normalising.titles import alone
from dancu.matching.normalising.word_lists import is_abbreviated, is_name_word, surnames_like
from dancu.text.folding import fold
from dancu.text.fonts import legible
from dancu.text.garbled import mended, trouble
from dancu.text.invisible import visible
from dancu.text.own_names import own_name
from dancu.text.sounds import sound_key
from dancu.text.syllables import as_written, is_plausible, is_syllable, parted, toned
from dancu.text.telex import untyped
from dancu.text.viqr import from_viqr
from dancu.values.errors import BadValue

LONGEST = 100  # characters, as on a card
_APOSTROPHES = re.compile("[’‘ʼ`´′＇]")
_LOOSE_PREFIX = re.compile(r"\b([HhKk])\s*'\s*(?=\w)")  # H' Hen
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_TROUBLES: dict[str, type[BadValue]] = {
    "lost": NameLostLetters,
    "code_page": NameGarbled,
    "script": NameNotLatin,
}
_INITIALS = {"ngt": ("T.",), "ngv": ("V.",)}  # Ngt. Hoa is Nguyễn Thị Hoa


@dataclass(frozen=True)
class Name:
    """`text`: the words in the order given, repaired. `surname` is empty where there is none (A Lềnh) or only
    one word.

    `faults`: what was repaired, by codes of normalising.wording.FAULTS. `problem`: why nothing could be made
    of it; then all else is empty.
    """

    text: str = ""
    surname: str = ""
    middle: str = ""
    given: str = ""
    faults: tuple[str, ...] = ()
    problem: BadValue | None = field(default=None, compare=False)

    @property
    def ordered(self) -> str:
        """Surname, middle and given name, whatever the order they came in."""
        return NameParts(self.surname, self.middle, self.given).ordered

    @property
    def unnamed(self) -> str:
        """What was given, where it only says whose child somebody is."""
        return self.problem.args[0] if isinstance(self.problem, NameOfAParent) else ""

    @property
    def surnames(self) -> tuple[str, ...]:
        """Which an abbreviated one may stand for, the commonest first."""
        if not self.surname:
            return ()
        return surnames_like(self.surname) if is_abbreviated(self.surname) else (self.surname,)

    @property
    def key(self) -> str:
        """Surname, middle and given name without marks."""
        return fold(self.ordered)

    @property
    def sound(self) -> str:
        """The same with sounds that are confused as one."""
        return sound_key(self.key, fold(self.surname))


@lru_cache(maxsize=1 << 14)  # a slice of a file asks for the same few thousand three times
def normalise_name(text: str) -> Name:
    """What is meant by a declared name. Raises nothing: see `Name.problem`.

    A name that is legible already comes back as it is but for spaces, Unicode form, capitals throughout, and
    what is no part of it (titles.py). One that says whose child somebody is (own_names.py) is no name of
    theirs.
    """
    faults: list[str] = []
    text = _noting("code_page", text, mended(text), faults)
    text = _noting("set_apart", text, joined(text), faults)
    for _ in range(5):  # one pass nearly always; a repair may uncover another
        if problem := _problem(text):
            return Name(problem=problem)
        before, text = text, _repaired(text, faults)
        if text == before:
            break
    if wrong := illegible(text):
        return Name(problem=wrong)
    own = own_name(text)
    if not own:
        return Name(problem=NameOfAParent(text))
    text = _noting("addressed", text, alone(_noting("parent_named", text, own, faults)), faults)
    parts = name_parts(text.split())
    if parts.given_first:
        faults.append("given_first")
    return Name(text, parts.surname, parts.middle, parts.given, tuple(dict.fromkeys(faults)))


def illegible(name: str) -> BadValue | None:
    """What is wrong with the letters of a name: lost, of another code page, not Latin; None where nothing
    is.
    """
    wrong = trouble(name)
    return _TROUBLES[wrong](name[:40]) if wrong else None


@lru_cache(maxsize=1 << 16)  # a slice of a file asks for each name twice
def clean_parts(text: str) -> NameParts | None:
    """The parts of a name whose words are all Vietnamese already, whatever their case and wherever their tone
    is put; None for others.

    Nearly all names are such, and this is 10 times as fast as `normalise_name`.
    """
    words = text.split()
    return (
        name_parts(words)
        if words and all(map(is_clean, words)) and own_name(text) == text == alone(text)
        else None
    )


@lru_cache(maxsize=1 << 16)
def is_clean(word: str) -> bool:
    """Whether a word of a name is Vietnamese as it stands, whatever its case."""
    return is_syllable(word) and unicodedata.is_normalized("NFC", word)


def _problem(text: str) -> BadValue | None:
    stripped = " ".join(text.split())
    if not stripped:
        return NoName()
    if len(unicodedata.normalize("NFC", stripped)) > LONGEST:
        return NameTooLong(len(stripped), LONGEST)
    if control := _CONTROL.search(stripped):
        return NameHasControlCharacters(ord(control[0]))
    is_name = any(map(str.isalpha, stripped)) or any(map(str.isalpha, legible(stripped, is_name_word)[0]))
    return None if is_name else NotAName()


def _repaired(text: str, faults: list[str]) -> str:
    text = _noting("spaces", text, " ".join(text.split()), faults)
    composed = unicodedata.normalize("NFC", text)
    if all(
        map(is_plausible, composed.split())
    ):  # nothing else can be wrong with it, and it is 10 times as fast
        text = _noting("unicode_form", text, composed, faults)
    else:
        text = _deciphered(text, faults)
    placed = " ".join(map(_placed, text.split()))
    text = _noting("tone_placement", text, placed, faults)
    return _noting("letter_case", text, _cased(text), faults)


def _deciphered(text: str, faults: list[str]) -> str:
    """The letters that were meant, whatever was typed or shown for them."""
    if "\u00ad" in text and not all(
        map(is_plausible, visible(text).split())
    ):  # ư of a TCVN3 font, or a soft hyphen
        text = _in_unicode(text, faults)
    text = _noting("invisible", text, visible(text), faults)
    text = _noting(
        "viqr", text, from_viqr(unicodedata.normalize("NFC", text)) or text, faults
    )  # an apostrophe is a tone there
    text = _noting("invisible", text, "".join(x for x in text if unicodedata.category(x) != "Cf"), faults)
    text = _noting("unicode_form", text, unicodedata.normalize("NFC", text), faults)
    text = _noting("apostrophe", text, _LOOSE_PREFIX.sub(r"\1'", _APOSTROPHES.sub("'", text)), faults)
    text = _in_unicode(text, faults)
    text = _noting("foreign_d", text, text.replace("Ð", "Đ").replace("ð", "đ"), faults)
    words = _noting("abbreviated", text, _spread(text), faults).split()
    words, typing = untyped(words, is_name_word)
    faults.extend([typing] if typing else [])
    return " ".join(words)


def _in_unicode(text: str, faults: list[str]) -> str:
    text, font = legible(text, is_name_word)
    faults.extend([f"font_{font}"] if font else [])
    return text


def _noting(fault: str, before: str, after: str, faults: list[str]) -> str:
    if before != after:
        faults.append(fault)
    return after


def _spread(text: str) -> str:
    """One word for each that is abbreviated: "Ng.T.Hoa" → "Ng. T. Hoa", "Ngt. Hoa" → "Ng. T. Hoa"."""
    words = re.sub(r"\.+\s*(?=[^\W\d_])", ". ", text).split()
    if words and (more := _INITIALS.get(fold(words[0].rstrip(".")))):
        words = ["Ng.", *more, *words[1:]]
    return " ".join(words)


@lru_cache(maxsize=1 << 14)
def _placed(word: str) -> str:
    """The tone where the register writes it: Hoà → Hòa."""
    if word.isascii() or not is_syllable(word):
        return word
    placed = toned(*parted(word))
    return word if placed == word.lower() else as_written(placed, word)


def _cased(text: str) -> str:
    """A name all in capitals or all in small letters as names are written: NGUYỄN VĂN AN → Nguyễn Văn An."""
    letters = [letter for letter in text if letter.isalpha()]
    if len(letters) < 2 or not (text.isupper() or text.islower()):
        return text
    return " ".join(_capital(word) for word in text.split())


def _capital(word: str) -> str:
    head, apostrophe, rest = word.partition("'")
    if apostrophe and len(head) == 1 and rest:
        return f"{_one(head, 'upper')}'{_capital(rest)}"
    return _one(word[:1], "upper") + "".join(_one(letter, "lower") for letter in word[1:])


def _one(letter: str, case: str) -> str:
    """The letter in another case, where that is one letter too."""
    other = letter.upper() if case == "upper" else letter.lower()
    return other if len(other) == 1 else letter
