"""Text typed in the fonts of before Unicode, TCVN3 (ABC) in the north and VNI in the south, or in
Windows-1258 or VISCII, and read as if it were Latin.

"NguyÔn V¨n An", "Nguyeãn Vaên An" and "NguyêÞn Vãn An" are all Nguyễn Văn An. Which is which only the words
tell: a font is believed where it makes every marked word of a text a Vietnamese syllable, and at least one of
them was none before.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Literal

from dancu.text.syllables import is_syllable

Font = Literal["tcvn3", "vni", "cp1258", "viscii"]

# TCVN 5712:1993, the set VN3. Capitals with tones have no codes: the fonts whose names end in H show the
# small ones' as capitals.
_TCVN3 = dict(
    pair
    for pair in zip(
        "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
# VNI for Windows: a plain vowel, and after it a letter that looks like its mark.
_VNI_TONES = dict(zip("ùøûõï", ("\u0301", "\u0300", "\u0309", "\u0303", "\u0323"), strict=True))
_VNI_HATS = dict(zip("âáàåãä", ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"), strict=True))
_VNI_BREVES = dict(zip("êéèúüë", ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"), strict=True))


def _vni() -> dict[str, str]:
    table = {"ñ": "đ", "ö": "ư", "ô": "ơ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
    table |= {vowel + sign: vowel + tone for vowel in "aeouy" for sign, tone in _VNI_TONES.items()}
    table |= {horned + sign: table[horned] + tone for horned in "ôö" for sign, tone in _VNI_TONES.items()}
    table |= {vowel + sign: vowel + "\u0302" + tone for vowel in "aeo" for sign, tone in _VNI_HATS.items()}
    table |= {"a" + sign: "a\u0306" + tone for sign, tone in _VNI_BREVES.items()}
    composed = {key: unicodedata.normalize("NFC", value) for key, value in table.items()}
    capitals = {key.upper(): value.upper() for key, value in composed.items()}
    mixed = {key[0].upper() + key[1:]: value.upper() for key, value in composed.items()}
    return composed | mixed | capitals


_VNI = _vni()
# RFC 1456; what stands below A0 was capitals, which Latin-1 shows as nothing and Windows-1252 as signs
_VISCII = dict(
    zip(
        map(chr, range(0xA0, 0x100)),
        "ÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ",
        strict=True,
    )
)
_VNI_PARTS = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_CODE_PAGES = ("cp1258", "viscii")
_BEYOND_LATIN_1 = re.compile("[^\\x00-\\xff]")
_INTO_TCVN3 = {value: key for key, value in _TCVN3.items()}
_INTO_VNI = {value: key for key, value in reversed(_VNI.items())}


def legible(text: str, known: Callable[[str], bool] = lambda word: False) -> tuple[str, Font | None]:
    """The text in Unicode, and the font it was typed for; text that was legible comes back as it was, with
    None.

    `known`: tells a word that exists as it stands, such as a name of a minority's.
    """
    read = [
        reading for reading in readings(text, known) if reading[1] != "viscii"
    ]  # of which nobody knows for sure
    if not read:
        return text, None
    # Where both fit, the one that took two letters for one explains more.
    return min(read, key=lambda reading: sum(len(word) for word in _words(reading[0])))


def readings(text: str, known: Callable[[str], bool] = lambda word: False) -> list[tuple[str, Font]]:
    """All that it may be in Unicode, each with its font; none of text that was legible."""
    read: list[tuple[str, Font]] = []
    if text.isascii() or _BEYOND_LATIN_1.search(
        text
    ):  # where some of what is good Vietnamese nearly always lies
        return read  # and no letter of the fonts
    for font, decode in DECODE.items():
        decoded = decode(text)
        pairs = list(zip(_words(text), _words(decoded), strict=False))
        marked = [(before, after) for before, after in pairs if not before.isascii()]
        if len(_words(text)) != len(_words(decoded)) or not all(is_syllable(after) for _, after in marked):
            continue
        if font in _CODE_PAGES and not all(re.search("[A-Za-z]", before) for before, _ in marked):
            continue  # a sign by itself is one: "5²", "®"
        if not all(is_syllable(before) or known(before) for before, _ in marked):
            read.append((decoded, font))
    return read


def from_tcvn3(text: str) -> str:
    """Text of a TCVN3 font that was read as Latin-1 or Windows-1252."""
    decoded = "".join(_TCVN3.get(letter, letter) for letter in text)
    plain = [letter for letter in text if letter.isascii() and letter.isalpha()]
    return decoded.upper() if len(plain) > 1 and all(letter.isupper() for letter in plain) else decoded


def from_vni(text: str) -> str:
    """Text of a VNI font that was read as Latin-1 or Windows-1252."""
    return _VNI_PARTS.sub(lambda found: _VNI[found[0]], text)


def from_cp1258(text: str) -> str:
    """Text of the Windows code page of Vietnam that was read as Latin-1 or Windows-1252; composed."""
    right = (
        text.encode("latin-1", "ignore").decode("cp1258", "ignore")
        if not _BEYOND_LATIN_1.search(text)
        else text
    )
    return unicodedata.normalize("NFC", right)


def from_viscii(text: str) -> str:
    """Text in VISCII that was read as Latin-1 or Windows-1252."""
    return "".join(_VISCII.get(letter, letter) for letter in text)


def into_tcvn3(text: str) -> str:
    """As a TCVN3 font has it; a capital with a tone becomes small, for the font has none."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(_INTO_TCVN3.get(letter) or _INTO_TCVN3.get(letter.lower(), letter) for letter in composed)


def into_vni(text: str) -> str:
    """As a VNI font has it."""
    return "".join(_INTO_VNI.get(letter, letter) for letter in unicodedata.normalize("NFC", text))


DECODE: dict[Font, Callable[[str], str]] = {
    "tcvn3": from_tcvn3,
    "vni": from_vni,
    "cp1258": from_cp1258,
    "viscii": from_viscii,
}
"""What each makes of a text, whether it was written so or not."""


def _words(text: str) -> list[str]:
    """Runs of letters, those of the fonts included that are none in Unicode (the soft hyphen is ư, the
    currency sign Ô).
    """
    return re.findall(r"(?:[^\W\d_]|[\u00a1-\u00ff])+", text)
