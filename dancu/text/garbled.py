"""Text in UTF-8 that a scanner, a spreadsheet or a page took for another alphabet or wrote in codes, and
letters lost on the way.

"Huá»³nh", "Hu廙軟h" and "Hu盻ｳnh" are all Huỳnh. It is mended only where it is certain: the letters go back, by
that alphabet's own table, into bytes that are UTF-8 throughout and say words in Latin letters. What cannot be
mended is told apart, so that nobody takes it for a name.
"""  # noqa: E501

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import product
from typing import Literal

from dancu.text.escaped import ESCAPED, is_escaped, unescaped
from dancu.text.invisible import visible
from dancu.text.syllables import is_plausible, parted, toned

Trouble = Literal["lost", "code_page", "script"]

_LATIN_PAGES = (
    "cp1252",
    "latin-1",
    "cp1258",
    "cp1250",
    "cp1254",
    "iso8859-2",
    "iso8859-9",
    "iso8859-15",
    "cp437",
    "cp850",
    "mac_roman",
)
_RARE_PAGES = (  # asked where those say nothing
    "cp1257",
    "iso8859-3",
    "iso8859-4",
    "iso8859-10",
    "iso8859-13",
    "iso8859-14",
    "iso8859-16",
    "cp775",
    "cp852",
    "cp857",
    "cp858",
    "cp860",
    "cp861",
    "cp863",
    "cp865",
    "mac_latin2",
    "mac_croatian",
    "mac_iceland",
    "mac_romanian",
    "mac_turkish",
)
_OTHER_PAGES = (
    "big5",
    "cp950",
    "big5hkscs",
    "gbk",
    "gb18030",
    "cp932",
    "shift_jis",
    "euc_jp",
    "cp949",
    "euc_kr",
    "cp874",
    "tis-620",
    "cp1251",
)
_IN_NO_LATIN_PAGE = re.compile("[\u0400-\u052f\u0e00-\u0e7f\u2e80-\ud7ff\uf900-\uffdc]")
LETTERS = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9"
"""Of Vietnamese beside those of ASCII, for a regular expression."""
_CAPITALS = "".join(
    letter for letter in LETTERS[:-3] + "".join(map(chr, range(0x1EA0, 0x1EFA))) if letter.isupper()
)
STRANGE = f"[a-z][{_CAPITALS}]|[ãĂ][áí]|Ã[Éâõ]|[AEOUY]Ì|Ă(?: |$)"
"""Vietnamese letters as no name has them side by side: UTF-8 in an alphabet of DOS or of the Macintosh,
or halves of letters.
"""
ODD = f"[^\\x00-\\x7f{LETTERS}\u0300\u0301\u0303\u0309\u0323]|{STRANGE}|{ESCAPED}"
"""What no text of Vietnamese letters has: where there is none of it, `mended` changes nothing and nothing
but "?" is a trouble.
"""
_ODD = re.compile(ODD)
_MARKS = "\u0300-\u0304\u0306-\u0309\u030c\u031b\u0323\u0327"
_VIETNAMESE = re.compile(f"[\\x20-\\x7e{LETTERS}\\s]*")  # composed
_TWO_TOGETHER = re.compile(r"[^\x00-\x7f]{2}")  # as a letter of two bytes or three is seen
_ONE_ALONE = re.compile(
    r"(?<![^\x00-\x7f])[^\x00-\x7f](?![^\x00-\x7f])"
)  # in fonts of before Unicode most are
_OF_NAMES = re.compile(
    f"(?:[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0137\u0139-\u0148\u014a-\u017eƏəƠơƯưȘ-ț\u1e80-\u1e85ẞ\u1ea0-\u1ef9][{_MARKS}]*)*"
    # of Vietnamese and of the languages of Europe and Turkey, as passports have them; tones may stand by
    # themselves on other letters
)
_LATIN = re.compile("[A-Za-zªº\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0259\u1e00-\u1eff\u0300-\u036f]")
_CUT = re.compile(
    "(Ã|Ä|Æ|Ă|Ć|áº|á»|áş|áť)( ?)(?=[A-Za-z ]|$)"
)  # before a space like others, or what is unseen
_CUT_AT_THE_END = re.compile("[ÃĂ]\xa0(?= |$)")
_CAPITAL_INSIDE = re.compile(f"[a-zß-öø-ÿ\u0300-\u036f][{_CAPITALS}ÄÅÆÇËÎÏÐÑÔÖØÛÜÞĄĆČĎĘĚĹĽŁŃŇŐŘŚŠŞŤŮŰŹŻŽ]")
_IRISH = re.compile("(?:[hnt]|Ma?c)(?=[ÁÉÍÓÚ])")  # hÉigeartaigh
_IN_DOS = re.compile("[ãĂ][áí]|Ã[Éâõ]")
_HALF = re.compile("á[ºşš»ť]|[ÄÅĹÆĆÌĚ]|Ă$")
_WHOLE = {
    "á": "".join(map(chr, range(0x1EA0, 0x1EFA))),
    "Ä": "ĂăĐđĨĩ",
    "Å": "Ũũ",
    "Ĺ": "Ũũ",
    "Æ": "ƠơƯư",
    "Ć": "ƠơƯư",
    "Ă": "ÀÁÂ",
    "Ì": "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323",
    "Ě": "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323",
}
_WORD = re.compile(r"[^\W\d_]+")
_LOST = re.compile(r"\ufffd|(?<=[^\W\d_])\?|\?(?=[^\W\d_])")
_APOSTROPHES = "'’‘ʼ`´′＇"


@lru_cache(maxsize=1 << 12)
def mended(text: str) -> str:
    """The text as it was meant, composed, where it is UTF-8 taken for another alphabet, twice over too,
    or in codes; any other as it is.
    """
    text = unescaped(text)
    if not _ODD.search(text) and not _CUT.search(text):
        return text
    meant = _the_likeliest(_readings(text)) or _with_lost_spaces(text)
    return text if meant is None or _is_kept(text, meant) else meant


def with_its_d(text: str) -> str:
    """With Đ for the letters of Iceland and of Africa that look like it, where all words with marks are
    Vietnamese then: "Ðặng Văn An".
    """
    if not re.search("[ÐðƉ]", text):
        return text
    meant = unicodedata.normalize("NFC", text.replace("Ð", "Đ").replace("ð", "đ").replace("Ɖ", "Đ"))
    return meant if _is_vietnamese(visible(meant)) else text


def is_undecided(text: str) -> bool:
    """Whether a text, mended where it could be, is UTF-8 taken for another alphabet still: more than one
    thing may be meant by it.
    """
    return bool(_ODD.search(text)) and bool(_readings(text))


def trouble(name: str) -> Trouble | None:
    """Why a name, mended already, cannot be one. lost: letters of it stand as � or ?; code_page: it was taken
    for another alphabet, and cannot be mended; script: it is not in Latin letters; None: nothing of that kind
    is wrong.
    """
    if _LOST.search(name):
        return "lost"
    if not _ODD.search(name):
        return None
    if is_escaped(name):
        return "code_page"
    words = unicodedata.normalize("NFC", name).split()
    if any(map(_is_mixed, words)) or any(map(_is_garbled, words)):
        return "code_page"
    return "script" if any(letter.isalpha() and not _LATIN.match(letter) for letter in name) else None


def _is_mixed(word: str) -> bool:
    """Whether a word has letters of two alphabets in it, or signs that no name has beside its letters."""
    latin = any(map(_LATIN.match, word))
    return latin and any(
        not letter.isascii()
        and letter not in _APOSTROPHES
        and (letter in "ªºƒˆ" or not _LATIN.match(letter))
        and unicodedata.category(letter)[0] in "LSNPC"
        and letter not in "‐‑–—·•…"
        for letter in word
    )


@lru_cache(maxsize=1 << 12)
def _is_garbled(word: str) -> bool:
    """Whether a composed word in Latin letters is none of a name: letters that no name has, capitals
    inside, or what UTF-8 looks like.
    """
    if word.isascii() or _is_well_written(word):
        return False
    if any(map(_LATIN.match, word)) and not _is_of_names(word):
        return True
    if _has_capital_inside(word) or _IN_DOS.search(word) or _is_cut(word):
        return True
    return any(_VIETNAMESE.fullmatch(meant) for meant in _readings(word))


def _is_cut(word: str) -> bool:
    """Whether it is a Vietnamese word but for halves of letters, of which the others, unseen, are gone:
    "Äinh" is Đinh.
    """
    half = _HALF.search(word)
    if half is None:
        return _is_well_written(unicodedata.normalize("NFC", word))
    return any(
        _is_cut(f"{word[: half.start()]}{letter}{word[half.end() :]}") for letter in _WHOLE[half[0][0]]
    )


def _is_of_names(text: str) -> bool:
    return bool(
        _OF_NAMES.fullmatch(
            "".join(letter for letter in text if letter.isalpha() or unicodedata.combining(letter))
        )
    )


def _the_likeliest(readings: frozenset[str]) -> str | None:
    """Of several the one that is Vietnamese throughout, else the one in Vietnamese letters, else the only
    one; None where two are as likely.
    """
    for is_likely in (_is_right, _is_vietnamese, _VIETNAMESE.fullmatch, bool):
        if likely := [meant for meant in readings if is_likely(meant)]:
            return likely[0] if len(likely) == 1 else None
    return None


def _is_kept(text: str, meant: str) -> bool:
    """Whether it is Vietnamese as it stands: "NHÃ AN" with a no-break space. At the end, as of "Hà" seen
    so, there would be none.
    """
    if not _is_right(text):
        return False
    in_capitals = any(len(word) > 1 and word.isupper() for word in meant.split())
    return in_capitals or not (_CUT_AT_THE_END.search(text) and _is_right(meant))


@lru_cache(maxsize=1 << 12)
def _readings(text: str) -> frozenset[str]:
    """All that it may be in letters of names, composed."""
    if _IN_NO_LATIN_PAGE.search(
        text
    ):  # Han or Thai letters are words of their own, but where Latin ones stand among them
        return frozenset(_read_in(_OTHER_PAGES, text) if any(map(_is_mixed, text.split())) else ())
    if not _TWO_TOGETHER.search(text):
        return frozenset()
    return frozenset(_read_in(_LATIN_PAGES, text) or _read_in(_RARE_PAGES, text))


def _read_in(pages: tuple[str, ...], text: str, times: int = 3) -> set[str]:
    found: set[str] = set()
    if pages is not _OTHER_PAGES and _ONE_ALONE.search(
        text
    ):  # one byte of these pages, and no letter of UTF-8
        return found
    for once in set(_read_otherwise(pages, text)):
        meant = unicodedata.normalize("NFC", once)
        if _could_be_names(meant, surely=bool(_IN_NO_LATIN_PAGE.search(text))):
            found.add(meant)
        if times > 1 and _ODD.search(once):
            found |= _read_in(pages, once, times - 1)
    return found


def _could_be_names(text: str, *, surely: bool) -> bool:
    """Whether it is in letters of names; `surely`: in Vietnamese ones."""
    if surely and not _VIETNAMESE.fullmatch(visible(text)):
        return False
    words = text.split()
    return (
        _is_latin(text)
        and _is_of_names(visible(text))
        and not any(map(_has_capital_inside, words))
        and not any(map(_is_mixed, words))
    )


def _has_capital_inside(word: str) -> bool:
    return bool(_CAPITAL_INSIDE.search(_IRISH.sub("", word, count=1)))


def _read_otherwise(pages: tuple[str, ...], text: str) -> Iterator[str]:
    """What its letters say in UTF-8, by each alphabet."""
    for page in pages:
        for bytes_ in _as_bytes(text, page):
            with suppress(UnicodeError):
                meant = bytes_.decode("utf-8")
                if meant != text and "\ufffd" not in meant and any(map(_is_marked, meant)):
                    yield meant


def _is_marked(letter: str) -> bool:
    return not letter.isascii() and (letter.isalpha() or bool(unicodedata.combining(letter)))


def _as_bytes(text: str, page: str) -> Iterator[bytes]:
    """The bytes that were taken for these letters; a byte that the table has no letter for is shown as
    itself.
    """
    with suppress(UnicodeError):
        yield text.encode(page)
        return
    if page == "cp1258":  # which has the tones by themselves
        for form in (_tones_apart(text), unicodedata.normalize("NFD", text)):
            with suppress(UnicodeError):
                yield _each_as_bytes(form, page)
    elif page.startswith("cp125"):
        with suppress(UnicodeError):
            yield _each_as_bytes(text, page)


def _tones_apart(text: str) -> str:
    return "".join(
        letter if _has("cp1258", letter) else unicodedata.normalize("NFD", letter) for letter in text
    )


def _each_as_bytes(text: str, page: str) -> bytes:
    return b"".join(
        letter.encode(page) if _has(page, letter) else letter.encode("latin-1") for letter in text
    )


@lru_cache(maxsize=1 << 12)
def _has(page: str, letter: str) -> bool:
    try:
        return bool(letter.encode(page))
    except UnicodeError:
        return False


def _with_lost_spaces(text: str) -> str | None:
    """ "LÃª HoÃ  An": à ends in a no-break space and í in a soft hyphen, which are lost where spaces are
    tidied. None where it is not certain.
    """
    pieces = _CUT.split(text)
    if not 1 < len(pieces) <= 13:
        return None
    ways = [["\xa0", "\xa0 ", "\xad "] if space else ["\xa0", "\xad"] for space in pieces[2::3]]
    found = set()
    for chosen in product(*ways):
        filled = "".join(map("".join, zip(pieces[:-1:3], pieces[1::3], chosen, strict=True))) + pieces[-1]
        found |= {" ".join(meant.split()) for meant in _readings(filled) if _is_right(meant)}
    return found.pop() if len(found) == 1 else None


def _is_latin(text: str) -> bool:
    """Whether all letters are Latin and nothing unusual stands between them."""
    return all(
        letter.isascii()
        or _LATIN.match(letter)
        or letter in _APOSTROPHES
        or unicodedata.category(letter) in ("Pd", "Po", "Zs", "Pi", "Pf")
        for letter in visible(text)
    ) and not any(unicodedata.category(letter) == "Cc" for letter in text if letter not in "\t\r\n")


def _is_well_written(word: str) -> bool:
    """Whether it is a word of a Vietnamese name with its tone and its capitals where somebody would write
    them.
    """
    if not (word.isupper() or word.islower() or word[1:].islower()) or not is_plausible(word):
        return False
    bare, tone = parted(word)
    return word.isascii() or toned(bare, tone) == word.lower() or bare.endswith(("oa", "oe", "uy"))


def _is_vietnamese(text: str) -> bool:
    """Whether all words in it with marks are Vietnamese, whatever else stands there: a card's, an address."""
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    return bool(words) and all(map(_is_well_written, words))


def _is_right(text: str) -> bool:
    """Whether all its words are Vietnamese as it stands."""
    return all(_is_well_written(unicodedata.normalize("NFC", word)) for word in visible(text).split())
