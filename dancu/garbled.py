"""Text in UTF-8 that a scanner, a spreadsheet or a page took for another alphabet, and letters that were lost on the way.

"Huá»³nh", "Hu廙軟h" and "Hu盻ｳnh" are all Huỳnh. It is mended only where it is certain: the letters go back, by that alphabet's own table, into
bytes that are UTF-8 throughout and say words in Latin letters. What cannot be mended is told apart, so that nobody takes it for a name.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import Literal

from dancu.invisible import visible
from dancu.syllables import is_plausible, parted, toned

Trouble = Literal["lost", "code_page", "script"]

_LATIN_PAGES = (
    "cp1252", "latin-1", "cp1258", "cp1250", "cp1254", "cp1257", "iso8859-2", "iso8859-3", "iso8859-4", "iso8859-9", "iso8859-10",
    "iso8859-13", "iso8859-14", "iso8859-15", "iso8859-16", "cp437", "cp775", "cp850", "cp852", "cp857", "cp858", "cp860", "cp861", "cp863",
    "cp865", "mac_roman", "mac_latin2", "mac_croatian", "mac_iceland", "mac_romanian", "mac_turkish",
)  # fmt: skip
_OTHER_PAGES = (
    "big5", "cp950", "big5hkscs", "gbk", "gb18030", "cp932", "shift_jis", "euc_jp", "cp949", "euc_kr", "cp874", "tis-620", "cp1251",
)  # fmt: skip
_IN_NO_LATIN_PAGE = re.compile("[\u0400-\u052f\u0e00-\u0e7f\u2e80-\ud7ff\uf900-\uffdc]")
LETTERS = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9"
"""Of Vietnamese beside those of ASCII, for a regular expression."""
_CAPITALS = "".join(letter for letter in LETTERS[:-3] + "".join(map(chr, range(0x1EA0, 0x1EFA))) if letter.isupper())
STRANGE = f"[a-z][{_CAPITALS}]|[ãĂ][áí]|Ã[Éâõ]"
"""Vietnamese letters as no name has them side by side: UTF-8 in an alphabet of DOS or of the Macintosh, or halves of letters."""
ODD = f"[^\\x00-\\x7f{LETTERS}\u0300\u0301\u0303\u0309\u0323]|{STRANGE}"
"""What no text of Vietnamese letters has: where there is none of it, `mended` changes nothing and nothing but "?" is a trouble."""
_ODD = re.compile(ODD)
_MARKS = "\u0300-\u0304\u0306-\u0309\u030c\u031b\u0323\u0327"
_VIETNAMESE = re.compile(f"[\\x20-\\x7e{LETTERS}\\s]*")  # composed
_NAMES_LETTERS = re.compile(
    f"(?:[\\x20-\\x7e\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0137\u0139-\u0148\u014a-\u017eƏəƠơƯưȘ-ț\u1e80-\u1e85ẞ\u1ea0-\u1ef9][{_MARKS}]*)"
)  # of Vietnamese and of the languages of Europe and Turkey, as passports have them; tones may stand by themselves on other letters
_LATIN = re.compile("[A-Za-zªº\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0259\u1e00-\u1eff\u0300-\u036f]")
_CUT = re.compile(
    "(Ã|Ä|Æ|áº|á»)( ?)(?=[A-Za-z ]|$)"
)  # what stood after it was a space that cannot be told from others, or unseen
_LOST = re.compile(r"\ufffd|(?<=[^\W\d_])\?|\?(?=[^\W\d_])")
_APOSTROPHES = "'’‘ʼ`´′＇"


@lru_cache(maxsize=1 << 12)
def mended(text: str) -> str:
    """The text as it was meant, where it is UTF-8 taken for another alphabet, twice over too; any other as it is."""
    meant = text
    for _ in range(3):
        if not _ODD.search(meant) and not _CUT.search(meant):
            break
        once = next(_read_otherwise(meant), None) or _with_lost_spaces(meant)
        if once is None:
            break
        meant = once
    return meant if meant != text and _is_latin(meant) and not _is_right(text) else text


def trouble(name: str) -> Trouble | None:
    """Why a name, mended already, cannot be one. lost: letters of it stand as � or ?; code_page: it was taken for another alphabet, and
    cannot be mended; script: it is not in Latin letters; None: nothing of that kind is wrong.
    """
    if _LOST.search(name):
        return "lost"
    if not _ODD.search(name):
        return None
    words = name.split()
    if any(map(_is_mixed, words)):
        return "code_page"
    return "script" if any(letter.isalpha() and not _LATIN.match(letter) for letter in name) else None


def _is_mixed(word: str) -> bool:
    """Whether a word has letters of two alphabets in it, or signs that no name has beside its letters."""
    latin = any(map(_LATIN.match, word))
    return latin and any(
        not letter.isascii() and letter not in _APOSTROPHES and (letter in "ªºƒˆ" or not _LATIN.match(letter))
        and unicodedata.category(letter)[0] in "LSNPC" and letter not in "‐‑–—·•…"
        for letter in word
    )  # fmt: skip


def _read_otherwise(text: str) -> Iterator[str]:
    for page in _pages(text):
        try:
            meant = _as_bytes(text, page).decode("utf-8")
        except UnicodeError:
            continue
        if (
            meant != text
            and any(letter.isalpha() and not letter.isascii() for letter in meant)
            and "\ufffd" not in meant
        ):
            yield meant


def _pages(text: str) -> tuple[str, ...]:
    """Those that the text may have been taken for. Han or Thai letters are words of their own, but where Latin ones stand among them."""
    if not _IN_NO_LATIN_PAGE.search(text):
        return _LATIN_PAGES
    return _OTHER_PAGES if any(map(_is_mixed, text.split())) else ()


def _as_bytes(text: str, page: str) -> bytes:
    """The bytes that were taken for these letters; a byte that the table has no letter for is shown as itself."""
    try:
        return text.encode(page)
    except UnicodeError:
        if page not in ("cp1252", "cp1258", "cp1250", "cp1254", "cp1257"):
            raise
    if page == "cp1258":  # which has the tones by themselves
        text = unicodedata.normalize("NFD", text) if not text.isascii() else text
    return b"".join(letter.encode(page) if _has(page, letter) else letter.encode("latin-1") for letter in text)


@lru_cache(maxsize=1 << 12)
def _has(page: str, letter: str) -> bool:
    try:
        return bool(letter.encode(page))
    except UnicodeError:
        return False


def _with_lost_spaces(text: str) -> str | None:
    """ "LÃª HoÃ  An": à ends in a no-break space and í in a soft hyphen, which are lost where spaces are tidied. None where it is not certain."""
    pieces = _CUT.split(text)
    if not 1 < len(pieces) <= 13:
        return None
    ways = [["\xa0", "\xa0 ", "\xad "] if space else ["\xa0", "\xad"] for space in pieces[2::3]]
    found = set()
    for chosen in product(*ways):
        filled = "".join(map("".join, zip(pieces[:-1:3], pieces[1::3], chosen, strict=True))) + pieces[-1]
        found |= {" ".join(meant.split()) for meant in _read_otherwise(filled) if _is_right(meant)}
    return found.pop() if len(found) == 1 else None


def _is_latin(text: str) -> bool:
    """Whether all letters are Latin and nothing unusual stands between them."""
    return all(
        letter.isascii() or _LATIN.match(letter) or letter in _APOSTROPHES or unicodedata.category(letter) in ("Pd", "Po", "Zs", "Pi", "Pf")
        for letter in visible(text)
    ) and not any(unicodedata.category(letter) == "Cc" for letter in text if letter not in "\t\r\n")  # fmt: skip


def _is_well_written(word: str) -> bool:
    """Whether it is a word of a Vietnamese name with its tone and its capitals where somebody would write them."""
    if not (word.isupper() or word.islower() or word[1:].islower()) or not is_plausible(word):
        return False
    bare, tone = parted(word)
    return word.isascii() or toned(bare, tone) == word.lower() or bare.endswith(("oa", "oe", "uy"))


def _is_right(text: str) -> bool:
    """Whether all its words are Vietnamese as it stands."""
    return all(_is_well_written(unicodedata.normalize("NFC", word)) for word in visible(text).split())
