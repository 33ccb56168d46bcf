"""A name or a birth date that says no more than what is known: its words in another order, some of them left
out, or what is no part of a name beside them; a date of which only the year is told. What is less says
nothing against what is more (marks.py has the same of marks).
"""

import datetime as dt
import re
from collections import Counter, defaultdict

from dancu.text.folding import fold
from dancu.text.own_names import FAMILIES

ORDER, FEWER, BESIDE = (
    "has its words in another order than",
    "lacks words of",
    "has words that are no part of it beside",
)
"""Why a name says no more than the register's."""
NEW_YEARS_DAY = "stands on 1 January, as dates do of which only the year is known, unlike"
FROM_1904 = "is four years and a day before, as in a spreadsheet that counts from 1904,"
_TITLES = frozenset(
    "ông ong bà ba anh chị chi cụ cu cô co chú chu bác bac em bé be cháu chau đồng chí dr bs gs ts ths mr "
    "mrs ms đ/c".split()
)
_ASIDE = re.compile(
    r"[(\[{].*?(?:[)\]}]|$)|(?:^|[\s,;-])(?:tức|tên gọi|tên thường gọi|thường gọi|còn gọi|bí danh|hay "
    r"là|alias|aka)\b.*",
    re.IGNORECASE,
)
_1904 = dt.timedelta(days=1462)


def name_as_known(known: str, said: str) -> tuple[str, str]:
    """What is said in the words that are known and their order, each as it is written in what is said; and
    why it says no more (ORDER, FEWER, BESIDE).

    Where it says something else, or is the better name of both, it comes back as it is, with "".
    """
    words, others = _own(said), known.split()
    keys, known_keys = Counter(map(fold, words)), Counter(map(fold, others))
    if not words or not keys <= known_keys or _is_better(words, others, known):
        return said, ""
    written = defaultdict(list)
    for word in words:
        written[fold(word)].append(word)
    unshouted = [word.capitalize() if known.isupper() and not said.isupper() else word for word in others]
    text = " ".join(written[fold(word)].pop(0) if written[fold(word)] else word for word in unshouted)
    if keys != known_keys:
        return text, FEWER
    if len(words) != len(said.split()):
        return text, BESIDE
    return text, ORDER if fold(said) != fold(known) else ""


def is_given_name_of(one: str, other: str) -> bool:
    """Whether the one of two names, in whatever order, is the given name alone of the other, a title
    before it or none: "Chị Linh" of "Nguyễn Kiều Linh".
    """
    called, whole = sorted((fold(without_title(name)).split() for name in (one, other)), key=len)
    return len(called) == 1 < len(whole) and called[0] == whole[-1]


def without_title(name: str) -> str:
    """A name without how somebody is addressed before it, however short what is left."""
    words = name.split()
    return " ".join(words[1:] if len(words) > 1 and words[0].lower().rstrip(".") in _TITLES else words)


def birth_says_less(known: dt.date, known_to: str, said: dt.date, said_to: str) -> str | None:
    """Why a birth date says no more than the one that is known: "" where it only tells less of it; None where
    it tells something else.

    `known_to`, `said_to`: how much of it is known ("D", "M", "Y").
    """
    if said.year == known.year and (said_to == "Y" or (said_to == "M" and said.month == known.month)):
        return "" if "DMY".index(said_to) > "DMY".index(known_to) else None
    if said.year == known.year and (said.month, said.day) == (1, 1) != (known.month, known.day):
        return NEW_YEARS_DAY
    return FROM_1904 if known - said == _1904 else None


def _own(said: str) -> list[str]:
    """The words of a name without how somebody is addressed, what stands in brackets, or is another name,
    and without a second time.
    """
    words = _ASIDE.sub(" ", said).split()
    half = len(words) // 2
    if len(words) > 2 and fold(" ".join(words[:half])) == fold(" ".join(words[half:])):
        words = words[:half]
    while len(words) > 2 and words[0].lower().rstrip(".") in _TITLES:
        words = words[1:]
    return words


def _is_better(words: list[str], known: list[str], name: str) -> bool:
    """Whether what is known has words that are no part of a name itself, or stands given name first
    unlike what is said.
    """
    if len(_own(name)) != len(known):
        return True
    firsts = [fold(each[0]) in FAMILIES for each in (words, known)]
    return (
        firsts == [True, False]
        and any(fold(word) in FAMILIES for word in known[1:])
        and len(words) == len(known)
    )
