"""How the names of areas are compared: as people write them, with or without marks, kinds shortened or
spelled out.
"""

import re
import unicodedata
from functools import lru_cache

from dancu.text.folding import fold

_WORD = re.compile(r"[^\W_]+(?:['’ʼ`´][^\W_]+)*")  # H'Drai is one word
_NEITHER_LETTER_NOR_DIGIT = re.compile(r"[^a-z0-9]")
_LAST_K = re.compile(r"(?<=[aeiou])k$")  # Đắk, Đắc
_LAST_Y = re.compile(r"(?<=[bcdghklmnprstvx])y$")  # Mỹ, Mĩ; but not Tây, Quy
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")  # grave, acute, tilde, hook, dot below
_APOSTROPHE = re.compile("['’ʼ`´]")
_STOP = re.compile(r"(?:[cpt]|ch)$")  # where a tone is written, it stands after it
_NUMBERED = re.compile(r"(p|f|phuong|q|quan)(\d{1,2})")
_SHORT = {
    "p": ["phuong"],
    "q": ["quan"],
    "h": ["huyen"],
    "x": ["xa"],
    "t": ["tinh"],
    "f": ["phuong"],
    "ph": ["phuong"],
    "tp": ["thanh", "pho"],
    "tt": ["thi", "tran"],
    "tx": ["thi", "xa"],
    "dk": ["dac", "khu"],
}
_ONLY_BEFORE_A_STOP = {"t", "ph"}  # too common otherwise: "Tổ 5 T", "Ph" on the way to "Phú"
_ONLY_BEFORE_A_NUMBER = {"f"}  # F5 is a ward in the south
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_VOWELS = (unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in _TONES)
_BARE = str.maketrans({letter: fold(letter) for letter in ("đ", *_VOWELS)})


def words(text: str) -> list[str]:
    """The words of `text` as names are compared: "P.Bến Nghé, Q1" → phuong ben nghe quan 1."""
    return placed_words(text)[0]


def key(text: str) -> str:
    """The words of `text` as one string."""
    return " ".join(words(text))


@lru_cache(maxsize=1 << 15)  # the names of all units, and what was written for some
def with_marks(text: str) -> str:
    """The words of `text` in lower case with all their marks, each one's tone last, so that Hòa and Hoà
    are alike.
    """
    marked = [
        unicodedata.normalize("NFD", word.lower())
        for word in _WORD.findall(unicodedata.normalize("NFC", text))
    ]
    return " ".join(_TONE.sub("", word) + "".join(_TONE.findall(word)) for word in marked)


@lru_cache(maxsize=1 << 14)
def marked_alike(written: str, name: str) -> bool:
    """Whether a word is written with all the marks that it has in a name, or with none.

    Đăk is Đắk: what ends in a stop has no level tone, and who writes none there means the acute.
    """
    return written.isascii() or _marks(written) == _marks(name)


def _marks(word: str) -> str:
    marked = with_marks(_APOSTROPHE.sub("", word)).replace("y", "i").replace("k", "c")
    return marked + "\u0301" if _STOP.search(marked) else marked


def bare(text: str) -> str | None:
    """`text` (in NFC) in lower case without its marks, letter for letter, which has the same words at the
    same places.

    None where there is more in it than ASCII and Vietnamese letters, as where a mark stands alone.
    """
    plain = text.lower().translate(_BARE)
    return plain if plain.isascii() else None


def placed_words(text: str) -> tuple[list[str], list[int]]:
    """The words of `text` as they are compared, and where what was written for each begins in the text (in
    NFC).

    P., Q1, TP., T.P, TX. are spelled out; at a word's end y and i, k and c are alike, and so are 01 and 1.
    """
    text = unicodedata.normalize("NFC", text)
    written = _joined([(_folded(match[0]), *match.span()) for match in _WORD.finditer(text)], text)
    placed: list[str] = []
    starts: list[int] = []
    for at, (word, start, end) in enumerate(written, 1):
        following = written[at][0] if at < len(written) else ""
        shortened = word in _SHORT and _is_shortened(word, following, text[end : end + 1])
        meant = _SHORT[word] if shortened else _in_full(word)
        placed += meant
        starts += [start] * len(meant)
    return placed, starts


@lru_cache(maxsize=1 << 14)  # the 6,000 words that names consist of, and some more
def _folded(word: str) -> str:
    return _NEITHER_LETTER_NOR_DIGIT.sub("", fold(word))


def _joined(written: list[tuple[str, int, int]], text: str) -> list[tuple[str, int, int]]:
    """T.P, T.T and T.X come as two words; they are one."""
    joined: list[tuple[str, int, int]] = []
    for word, start, end in written:
        if joined and joined[-1][0] == "t" and word in {"p", "t", "x"} and text[joined[-1][2] : start] == ".":
            joined[-1] = ("t" + word, joined[-1][1], end)
        elif word:
            joined.append((word, start, end))
    return joined


def _is_shortened(word: str, following: str, mark: str) -> bool:
    return (
        bool(following)
        and (mark == "." or word not in _ONLY_BEFORE_A_STOP)
        and (following.isdigit() or word not in _ONLY_BEFORE_A_NUMBER)
    )


@lru_cache(maxsize=1 << 14)
def _in_full(word: str) -> list[str]:
    if numbered := _NUMBERED.fullmatch(word):
        return [*_SHORT.get(numbered[1], [numbered[1]]), _plain(numbered[2])]
    return [_plain(word)]


def _plain(word: str) -> str:
    if word.isdigit():
        return word.lstrip("0") or "0"
    return _LAST_Y.sub("i", _LAST_K.sub("c", word))
