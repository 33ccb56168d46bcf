"""The words of what was typed in haste, taken apart where they run together, and the names that stretches of
them may spell.

"XGia Hội,h.Văn Chấn,TỉnhYênBái" has the words x gia hoi h van chan tinh yen bai; "P13Q.TB" has phuong13 q tb.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from .folding import fold

LONGEST_NAME = 8  # words, taken apart
LOOKED_AT = 32  # words from the right: what is before them is house and street
COMMUNE, DISTRICT, PROVINCE = 3, 2, 1
KINDS: dict[tuple[str, ...], tuple[int, ...]] = {
    ("phuong",): (COMMUNE,),
    ("p",): (COMMUNE,),
    ("f",): (COMMUNE,),
    ("ph",): (COMMUNE,),
    ("xa",): (COMMUNE,),
    ("x",): (COMMUNE,),
    ("thi", "tran"): (COMMUNE,),
    ("tt",): (COMMUNE,),
    ("ttr",): (COMMUNE,),
    ("dac", "khu"): (COMMUNE,),
    ("dk",): (COMMUNE,),
    ("quan",): (DISTRICT,),
    ("q",): (DISTRICT,),
    ("huyen",): (DISTRICT,),
    ("h",): (DISTRICT,),
    ("thi", "xa"): (DISTRICT,),
    ("tx",): (DISTRICT,),
    ("txa",): (DISTRICT,),
    ("thanh", "pho"): (DISTRICT, PROVINCE),
    ("tp",): (DISTRICT, PROVINCE),
    ("tpho",): (DISTRICT, PROVINCE),
    ("tinh",): (PROVINCE,),
    ("t",): (PROVINCE,),
}
KIND_OF = {
    "phuong": "Phường",
    "p": "Phường",
    "f": "Phường",
    "ph": "Phường",
    "xa": "Xã",
    "x": "Xã",
    "thitran": "Thị trấn",
    "tt": "Thị trấn",
    "ttr": "Thị trấn",
    "dackhu": "Đặc khu",
    "dk": "Đặc khu",
    "quan": "Quận",
    "q": "Quận",
    "huyen": "Huyện",
    "h": "Huyện",
    "thixa": "Thị xã",
    "tx": "Thị xã",
    "txa": "Thị xã",
    "thanhpho": "Thành phố",
    "tp": "Thành phố",
    "tpho": "Thành phố",
}
STREETS = {
    "duong",
    "pho",
    "ngo",
    "ngach",
    "hem",
    "cho",
    "cau",
    "ham",
    "so",
    "chung",
    "toa",
    "block",
    "lo",
    "can",
    "quoc",
    "dai",
}
HAMLETS = {
    "thon",
    "ap",
    "xom",
    "to",
    "khom",
    "ban",
    "doi",
    "khu",
    "cum",
    "kp",
    "buon",
    "lang",
    "soc",
    "xa",
    "tk",
    "dan",
    "pho",
    "kv",
    "x",
}
_SURELY_HAMLETS = {"thon", "ap", "xom", "khom", "kp", "kv", "tdp"}  # no unit's name begins so
_INITIALS = "XPHTQFxphtqf"
_LAST_WORDS = {
    ("xa",),
    ("phuong",),
    ("x",),
    ("p",),
    ("f",),
    ("ph",),
}  # of names, or one mistyped, as well as kinds
_KINDS_LETTERS = {"p", "f", "x", "q", "h"}  # t. is tỉnh, and often Tân or Thanh
_WORD = re.compile(r"[^\W_]+(?:['’ʼ`´][^\W_]+)*")
_NEITHER_LETTER_NOR_DIGIT = re.compile(r"[^a-z0-9]")
_K = re.compile("k(?!h)")
_JOINED = {
    ("t", "p"): "tp",
    ("t", "x"): "tx",
    ("t", "t"): "tt",
    ("k", "p"): "kp",
    ("t", "pho"): "tpho",
    ("t", "xa"): "txa",
}
_NUMBERED = {"p": "phuong", "ph": "phuong", "f": "phuong", "phuong": "phuong", "q": "quan", "quan": "quan"}


@lru_cache(maxsize=1 << 14)  # the words that names consist of
def squeezed(word: str) -> str:
    """A word of a name with y as i and k as c, which people write one for the other: Mỹ and Mĩ, Đăk and
    Đắc; but not Khánh.
    """
    return _K.sub("c", word.replace("y", "i"))


class TypedWord(NamedTuple):
    """A word in lower case without marks, where it begins in the text, and whether a comma, or any mark
    at all, is before it.
    """

    letters: str
    start: int
    comma: bool
    begins: bool


def may_be_a_streets(words: list[str], at: int) -> bool:
    """Whether a kind may be the name of a house's street, as in 12 Xã Đàn; but not in Thôn 2 Xã Tân Lập,
    nor 12 Phường 5.
    """
    before = words[at - 1] if at else ""
    if before.isdigit():
        return words[at] != "phuong" and (at < 2 or words[at - 2] not in HAMLETS)
    return follows_a_street(words, at)


def is_hamlet(words: list[str]) -> bool:
    """Whether these words say that they are a hamlet's or a house's, which no mistyped name of a unit
    does.
    """
    return words[0] in _SURELY_HAMLETS or any(word.isdigit() for word in words)


def follows_a_street(words: list[str], at: int) -> bool:
    """Whether the word before is a street's or a house's: of chung cư, but not Yên Cư."""
    before = words[at - 1] if at else ""
    return before in STREETS or (before == "cu" and words[max(0, at - 2)] == "chung")


class Written(NamedTuple):
    """A word as names are compared, and as it stands in the text in lower case."""

    letters: str
    marked: str


class Words:
    """The last words of a text (in NFC), and the stretches of them, each without its spaces."""

    def __init__(self, text: str, mistyped: Mapping[int, str]) -> None:
        """`mistyped`: by where it begins in the text, which kind a word was to be."""
        self.text = text
        self.words = list(_numbered(_joined(list(_words(text, mistyped)))))[-LOOKED_AT:]
        self.letters = [word.letters for word in self.words]
        self.squeezed = [squeezed(word) for word in self.letters]
        self._stretches: dict[
            tuple[int, int], dict[tuple[int, int], str]
        ] = {}  # asked for again below each unit
        self._last_kinds: dict[int, int | None] = {}

    def __len__(self) -> int:
        return len(self.words)

    def stretches(self, first: int, last: int) -> dict[tuple[int, int], str]:
        """What each stretch spells that ends at one of the words from `first` to before `last`, and has
        no comma in it.
        """
        if (first, last) not in self._stretches:
            self._stretches[first, last] = {
                place: spelled for stop in range(first + 1, last + 1) for place, spelled in self._ending(stop)
            }
        return self._stretches[first, last]

    def _ending(self, stop: int) -> Iterator[tuple[tuple[int, int], str]]:
        letters = ""
        for start in range(stop - 1, max(0, stop - LONGEST_NAME) - 1, -1):
            letters = self.squeezed[start] + letters
            yield (start, stop), letters
            if self.words[start].comma:
                break

    def is_a_kinds_letter(self, at: int) -> bool:
        """Whether this word is the letter of a kind, with which no name begins: H. Yên Khánh is no Hiển
        Khánh. But H'Neng is one.
        """
        following = self.letters[at + 1 : at + 2]
        return self.letters[at] in _KINDS_LETTERS and bool(following) and following[0][0] in "aeiouyh"

    def is_a_kinds(self, at: int) -> bool:
        """Whether this word is the letter of a kind."""
        return self.letters[at] in _KINDS_LETTERS

    def written(self, start: int, stop: int) -> str:
        """These words as they stand in the text, up to the next."""
        return self.text[self.words[start].start : self.words[stop].start if stop < len(self.words) else None]

    def joined(self, start: int, stop: int) -> list[Written]:
        """These words, each with a lone letter before it that a capital parted from it: b Đình is bĐình."""
        ends = [*(word.start for word in self.words[start + 1 : stop + 1]), len(self.text)]
        written: list[Written] = []
        for at, end in zip(range(start, stop), ends, strict=False):
            marked = "".join(filter(str.isalnum, self.text[self.words[at].start : end].lower()))
            one = Written(self.squeezed[at], marked)
            if written and len(written[-1].letters) == 1 and not self.words[at].begins and self._runs_on(at):
                one = Written(*(before + after for before, after in zip(written.pop(), one, strict=True)))
            written.append(one)
        return written

    def _runs_on(self, at: int) -> bool:
        """Whether no space stands before this word."""
        return self.text[self.words[at].start - 1].isalnum()

    def begins_a_name(self, at: int) -> bool:
        """Whether a commune's name may begin here without its kind: not a street's (12 Lê Lợi), but Thôn
        3 Sơn Hải.
        """
        if not at or self.words[at].comma:
            return True
        before = self.letters[at - 1]
        if follows_a_street(self.letters, at) or (len(before) == 1 and not before.isdigit()):
            return False
        return not before.isdigit() or (at > 1 and self.letters[at - 2] in HAMLETS)

    def is_a_part(self, at: int) -> bool:
        """Whether what begins here stands after a comma, or after a hamlet with its number."""
        return at == 0 or self.words[at].comma or (self.letters[at - 1].isdigit() and self.begins_a_name(at))

    def part_before(self, end: int) -> int:
        """Where the part begins that the word before this one is of."""
        return next((at for at in range(end - 1, 0, -1) if self.words[at].comma), 0)

    def kind_before(self, at: int, level: int) -> int:
        """How many words right before this one are a kind of that level."""
        for length in (2, 1):
            kind = tuple(self.letters[at - length : at]) if at >= length else ()
            if level not in KINDS.get(kind, ()) or (
                kind == ("xa",) and self.letters[at - 2 : at - 1] == ["thi"]
            ):
                continue
            if not self._ends_a_name(at - length, kind):
                return length
        return 0

    def _ends_a_name(self, at: int, kind: tuple[str, ...]) -> bool:
        """Whether what looks like a commune's kind ends the part before a comma: Pùng Xá, Mỹ Đức; but not
        Thị trấn, Mỹ Đức.
        """
        return kind in _LAST_WORDS and self.words[at + 1].comma and not self.words[at].begins

    def kind_at(self, at: int) -> str | None:
        """The kind whose first word this is."""
        kinds = (KIND_OF.get("".join(self.letters[at : at + length])) for length in (2, 1))
        return next((kind for kind in kinds if kind), None)

    def last_kind_of_a_commune(self, before: int) -> int | None:
        """Where a commune is named by its kind, as far right as may be: its kind's first word."""
        if before not in self._last_kinds:
            self._last_kinds[before] = self._last_kind(before)
        return self._last_kinds[before]

    def _last_kind(self, before: int) -> int | None:
        for at in range(before - 1, -1, -1):
            for length in (2, 1):
                kind = tuple(self.letters[at : at + length])
                if at + length < before and COMMUNE in KINDS.get(kind, ()) and self._is_kind(at, kind):
                    return at
            if self.letters[at].removeprefix("phuong").isdigit() and self.letters[at].startswith("phuong"):
                return at
        return None

    def _is_kind(self, at: int, kind: tuple[str, ...]) -> bool:
        after = self.letters[at + len(kind)]
        if kind == ("ph",) or (kind == ("xa",) and self.letters[at - 1 : at] == ["thi"]) or after.isdigit():
            return False  # thị xã; X5 is a hamlet, P401 a room
        if self._ends_a_name(at, kind) or self.letters[at - 1 : at] in (["quan"], ["huyen"]):
            return False  # Pùng Xá, Mỹ Đức; Quận PPhú Xuân
        return self.words[at].begins or not may_be_a_streets(self.letters, at)

    def goes_on(self, at: int, before: int) -> bool:
        """Whether a name that was read to before this word has one more number or letter: Tân Hiệp B, Cát
        Tiên 2.
        """
        return (
            at < before
            and not self.words[at].comma
            and (self.letters[at].isdigit() or len(self.letters[at]) == 1)
        )

    def has_a_part(self, first: int, last: int) -> bool:
        """Whether one of the parts of an address lies whole in these words, and is no hamlet: a commune's
        name, it may be, mistyped.
        """
        begins = next((at for at in range(first, last) if self.words[at].comma), last)
        if begins == last or not self.words[last].comma or is_hamlet(self.letters[begins:last]):
            return False
        return self.left_out(begins, last) > 0

    def left_out(self, first: int, last: int) -> int:
        """How many of these words say something: not a number, a stray letter, or the country; many,
        where one is a kind.
        """
        said = 0
        for at in range(first, last):
            word = self.letters[at]
            if word in ("phuong", "xa", "quan", "huyen", "tinh", "tx", "tt") or word.startswith(
                ("phuong", "quan")
            ):
                said += LOOKED_AT
            elif len(word) > 1 and not word.isdigit() and word not in ("vn", "vietnam", "tp"):
                said += 1
        return said - 2 * (self.letters[first:last] == ["viet", "nam"])


def _words(text: str, mistyped: Mapping[int, str]) -> Iterator[TypedWord]:
    end = 0
    for match in _WORD.finditer(text):
        between = text[end : match.start()]
        comma, begins = not end or any(mark in between for mark in ",;\n"), not end or not between.isspace()
        end = match.end()
        for piece, at in [(kind, 0)] if (kind := mistyped.get(match.start())) else _pieces(match[0]):
            letters = _NEITHER_LETTER_NOR_DIGIT.sub("", fold(piece))
            if letters:
                plain = (letters.lstrip("0") or "0") if letters.isdigit() else letters
                yield TypedWord(plain, match.start() + at, comma and at == 0, begins and at == 0)


def _pieces(word: str) -> Iterator[tuple[str, int]]:
    """A word taken apart where a capital follows a small letter, a letter a digit or a digit a letter,
    and after a lone kind.
    """
    began = 0
    for at in range(1, len(word)):
        before, letter = word[at - 1], word[at]
        runs_on = before.isdigit() == letter.isdigit() and not (before.islower() and letter.isupper())
        if runs_on and not (
            at == 1 and before in _INITIALS and letter.isupper() and word[at + 1 : at + 2].islower()
        ):
            continue
        if unicodedata.category(letter) != "Mn":
            yield word[began:at], began
            began = at
    yield word[began:], began


def _joined(words: list[TypedWord]) -> Iterator[TypedWord]:
    """T.P, T.X and T.T are one word; so is K.P, which is a hamlet and no ward."""
    at = 0
    while at < len(words):
        word = words[at]
        pair = (word.letters, words[at + 1].letters) if at + 1 < len(words) else ("", "")
        if (joined := _JOINED.get(pair)) and not (joined == "tt" and words[at + 1].start > word.start + 2):
            yield word._replace(letters=joined)
            at += 2
        else:
            yield word
            at += 1


def _numbered(words: Iterator[TypedWord]) -> Iterator[TypedWord]:
    """P 13 and Phường 13 are phuong13, which no other number is."""
    held: TypedWord | None = None
    for word in words:
        if held and word.letters.isdigit() and len(word.letters) <= 2:
            yield held._replace(letters=_NUMBERED[held.letters] + word.letters)
            held = None
            continue
        if held:
            yield held
        held = word if word.letters in _NUMBERED else None
        if not held:
            yield word
    if held:
        yield held
