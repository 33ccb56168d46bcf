"""Names typed for a font of before Unicode, in signs or whose keys reached the paper: "Nguyeãn Vaên An",
"Nguye^~n Va(n An", "Nguyeenx Vawn An".

A name by itself is believed to be such only where that is certain: Loïc, Zoë and Max are names of people,
though one would be Lọc in a VNI font and another Mã in Telex. Of a whole file more is known
(register/importing/writing.py).
"""

import re
from functools import lru_cache
from itertools import pairwise
from typing import Literal

import polars as pl

from dancu.text.fonts import DECODE, Font, legible, readings
from dancu.text.own_names import FAMILIES
from dancu.text.syllables import is_plausible, is_syllable, parted, toned
from dancu.text.telex import from_telex, untyped
from dancu.text.viqr import SIGNS, from_viqr

Way = Literal[Font, "viqr", "telex"]

_MIDDLES = frozenset(("thị", "văn"))
_BEYOND_LATIN_1 = (
    "[^\\x00-\\xff]"  # of which no font and no key has a letter, and nearly every name with its marks has one
)
_OF_A_FONT = re.compile(
    "[aeoAEO][äåâÄÅÂ]|[aeouyAEOUY][ûÛøØ]|^[ñÑÐð]|[\xa1-\xbf\xad]|[AEIOUYaeiouyÂÊÔâêôÃãÕõÝý][ÌÒÞìòþ]"
)  # as no other language has them in a word that is one in the font
_OF_1258 = re.compile("[ÒÞìòþðÐ]|[âêôãõýÂÊÔÃÕÝ]Ì")  # "LeÌ" may be half of UTF-8


def meant(name: str) -> str:
    """The name in Unicode where it is certain that it was typed for a font; any other as it stands."""
    return _read(name)[0]


def way_of(name: str) -> Way | None:
    """How a name was typed, where it is certain that it was not in Unicode. Of keys (telex) nobody knows for
    sure what they meant: Thoong, Thông; nor of VISCII, which looks like others that are as old.
    """
    return _read(name)[1]


def odd_names(names: pl.Series) -> list[str]:
    """The different names of which `way_of` may tell something: each different word is looked at once."""
    words = _words(names)
    odd = [word for word in words["word"].unique() if not is_plausible(word) and _may_be_meant(word)]
    return words.filter(pl.col("word").is_in(odd))["name"].unique().to_list() if odd else []


def may_be_keys(name: str) -> bool:
    """Whether the keys of Telex or VNI would make another name of it, be it certain or not: "Phan Khanhs
    Chi", "Phan Max".
    """
    return name.isascii() and untyped(name.split(), lambda _word: False)[1] is not None


def _words(names: pl.Series) -> pl.DataFrame:
    some = names.filter(~names.str.contains(_BEYOND_LATIN_1) | names.str.contains(SIGNS)).unique()
    return pl.DataFrame({"name": some, "word": some.str.split(" ")}).explode("word").drop_nulls()


@lru_cache(maxsize=1 << 16)
def _may_be_meant(word: str) -> bool:
    decoded = (
        *(decode(word) for decode in DECODE.values()),
        from_telex(word) or word,
        from_viqr(word) or word,
    )
    return any(map(str.isdecimal, word)) or any(other != word and is_syllable(other) for other in decoded)


@lru_cache(maxsize=1 << 14)
def _read(name: str) -> tuple[str, Way | None]:
    if signed := from_viqr(name):
        return signed, "viqr"
    if found := _certainly(name):
        text, font = found
        if font == "viscii":
            return name, font
        return (_with_capitals(name, text) if font == "tcvn3" else text), font
    if name.isascii():
        typed, keys = untyped(name.split(), lambda _word: False)
        if keys and _is_certain(name.split(), typed):
            return name, "telex"
    return name, None


def _certainly(name: str) -> tuple[str, Font] | None:
    """What it is in Unicode and in which font it was typed; None where that is not certain: "Löu" is Lưu
    in VNI and Lửu in TCVN3.
    """
    legibly, likely = legible(name)
    read: dict[Font, str] = {
        font: text for text, font in readings(name) if _is_certain(name.split(), text.split())
    }
    read = {font: text for font, text in read.items() if _is_well_written(text)}
    if not _OF_1258.search(name):
        read.pop("cp1258", None)
    best: dict[Font, str] = {
        font: text for font, text in read.items() if _tells_by(name.split(), text.split())
    } or read
    if likely in ("vni", "tcvn3") and best.get(likely) == legibly:
        other = DECODE["vni" if likely == "tcvn3" else "tcvn3"](name)
        is_other = (
            other not in (name, legibly)
            and len(other) == len(legibly)
            and all(map(is_syllable, other.split()))
        )
        return None if is_other else (legibly, likely)
    found: list[tuple[str, Font]] = [(text, font) for font, text in best.items()]
    return found[0] if len(set(best.values())) == 1 else None


def _is_well_written(text: str) -> bool:
    """Whether tones and capitals stand where somebody would write them: Nhại and "NhaÞ", which is no Nhaị."""
    if any(before.islower() and after.isupper() for before, after in pairwise(text)):
        return False
    parts = [(word.lower(), *parted(word)) for word in text.split() if is_syllable(word)]
    return all(toned(bare, tone) == word or bare.endswith(("oa", "oe", "uy")) for word, bare, tone in parts)


def _tells_by(before: list[str], after: list[str]) -> bool:
    return _tells(
        after, [at for at, word in enumerate(before) if word != after[at] and not is_plausible(word)]
    )


def _is_certain(before: list[str], after: list[str]) -> bool:
    """Whether the family name, or Thị or Văn after it, was no word and is one; or, of a font, more than
    one word or one by its letters.
    """
    if len(before) != len(after) or len(after) < 2:
        return False
    became = [at for at, word in enumerate(before) if word != after[at] and not is_plausible(word)]
    if any(not before[at].isascii() for at in became):
        return len(became) > 1 or any(_OF_A_FONT.search(before[at]) for at in became) or _tells(after, became)
    return _tells(after, became)


def _tells(after: list[str], became: list[int]) -> bool:
    is_family = after[0].lower() in FAMILIES
    is_middle = len(after) > 2 and after[1].lower() in _MIDDLES
    return (is_family and 0 in became) or (is_middle and 1 in became)


def _with_capitals(name: str, text: str) -> str:
    """Of TCVN3's fonts, which have no capitals with tones: "Hoàng Thị ánh" was Ánh, and "Lª Hµ" is not
    all in capitals for its initials.
    """
    are_initials = not any(re.search("[A-Za-z]{2}", word) for word in name.split())
    words = [word.capitalize() if are_initials else word for word in text.split()]
    return " ".join(word[:1].upper() + word[1:] for word in words)
