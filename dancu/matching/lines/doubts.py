"""Whether the word with which an aside begins is a part of the name before it: Kiệt is an alley too, Từ a
family name, Thang (Thắng) a month.

What the words around it tell decides at once or leaves a doubt; a line with a doubt is read both ways
(one_line.read_line).
"""

import re
from collections.abc import Callable, Container
from dataclasses import dataclass
from enum import Enum

from dancu.matching.normalising.titles import untitled
from dancu.matching.normalising.word_lists import may_be_surname
from dancu.text.syllables import is_plausible


class _Likely(Enum):
    SURELY = "surely"
    RATHER = "rather"
    HARDLY = "hardly"
    NOT = "not"


@dataclass
class Doubts:
    """`otherwise`: what is in doubt is taken the other way; `any`: whether anything is."""

    otherwise: bool = False
    any: bool = False

    def sub(
        self,
        pattern: re.Pattern[str],
        replaced: Callable[[re.Match[str]], str],
        text: str,
        has_number: bool = False,
        words: Container[str] | None = None,
    ) -> str:
        """`pattern.sub`, but for matches that begin with a word of the name. `has_number`: what follows the
        word in an aside is the number of a house or a group, and no date, year, age or telephone; `words`: of
        the first words those that may be a name's, if not any.
        """
        parts, done, at = list[str](), 0, 0
        while found := pattern.search(text, at):
            head = _HEAD.match(found[0])
            may_be = head and (words is None or head[1].lower() in words)
            if head and may_be and self._keeps(_likely(found, head[0], has_number)):
                at = found.start() + head.end()
                continue
            parts += [text[done : found.start()], replaced(found)]
            done = at = found.end()
        return "".join(parts) + text[done:]

    def _keeps(self, likely: _Likely) -> bool:
        if likely in (_Likely.SURELY, _Likely.NOT):
            return likely is _Likely.SURELY
        self.any = True
        return (likely is _Likely.RATHER) != self.otherwise


def is_begun(words: list[str]) -> bool:
    """Whether these words of a name want another: a family name and "Văn", "Thị"."""
    last = words[-1].lower() if words else ""
    return last in ("văn", "thị") or (last in ("van", "thi") and len(words) <= 2)


_HEAD = re.compile(r"\s*([^\W\d_]+)")
_MORE_WORDS = re.compile(r"\s*[^\W\d_]+(?:\s+[^\W\d_]+)+\s*[:.]?\s*\d")  # "khu vực 3"
_LABELS = re.compile(r"\s*[^\W\d_]+\s*:")
_TOLD_APART = re.compile(r"[,;:\n\t\r|()\[\]\d\"“”«»]")
_HARDLY_NAMES = frozenset(
    "tổ ấp thôn xóm khóm khu hẻm hem ngõ ngách km tầng dãy buôn cụm sinh khoảng chừng ngày ngay tháng mùng "
    "mồng số bị đang đã chưa về".split()
)
_BOTH = frozenset(
    ("năm", "nam", "sinh")
)  # before another word of a label: "năm sinh 1981", "sinh ngày 13 tháng 4 năm 1981"
_BORN_OR_CALLED = re.compile(
    r"\s*[:.]?\s*(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,2}[/.-](?:19|20)\d\d|(?:19|20)\d\d(?:[/.-]\d{1,2}[/.-]\d{1,2})?|\d{1,3}\s*(?:tuổi|tuoi|t)|"
    r"(?:\+?84|0)[\s.-]?\d[\d\s.-]{7,}|\d[\d\s.]{7,})(?![\w/])",
    re.IGNORECASE,
)


def _likely(found: re.Match[str], head: str, has_number: bool) -> _Likely:
    """How likely the first word of an aside is a name's."""
    word, behind = head.strip(), found.string[found.start() + len(head) :]
    is_of_label = bool(_MORE_WORDS.match(found[0])) and word.lower() not in _BOTH
    before = _TOLD_APART.split(found.string[: found.start()])[-1].strip(" .-–")
    words = untitled(before)[0].split() if before else []
    is_of_label = is_of_label and not is_begun(words)
    is_word = is_plausible(word.lower()) or is_begun(words)
    if is_of_label or _LABELS.match(found[0]) or not is_word:
        return _Likely.NOT
    if has_number and _BORN_OR_CALLED.match(behind):
        return _Likely.SURELY
    has_more = not any(map(str.isdigit, found[0])) and len(found[0].split()) > 1
    return _after(words, word, has_more) if words else _alone(word, found[0].split()[1:], has_more)


def _alone(word: str, others: list[str], has_more: bool) -> _Likely:
    """Of a word with which a part of the line begins: "từ thị kim lài", and "từ huế về"."""
    if word.lower() in _HARDLY_NAMES or (has_more and not may_be_surname(word)):
        return _Likely.NOT
    return _Likely.RATHER if has_more and is_begun([word, *others[:1]]) else _Likely.HARDLY


def _after(words: list[str], word: str, has_more: bool) -> _Likely:
    """Of a word behind others."""
    if is_begun(words):
        return _Likely.RATHER
    is_small = word.islower() and any(other[0].isupper() for other in words)
    is_hardly = word.lower() in _HARDLY_NAMES
    if is_small or len(words) > 4 or (is_hardly and len(words) > 2):
        return _Likely.NOT
    is_rather = len(words) < 3 and may_be_surname(words[0]) and not is_hardly and not has_more
    return _Likely.RATHER if is_rather else _Likely.HARDLY
