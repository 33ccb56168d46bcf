"""What stands around a name and is no part of it: how somebody is addressed ("Ông", "Chị"), the number of
a list, a full stop.
"""

import re

from dancu.matching.normalising.word_lists import is_surely_surname, may_be_surname
from dancu.text.folding import fold

_TITLE = re.compile(
    r"(?:(đ/c|bác\s+sĩ|bs|bệnh\s+nhân|bn|ông|ô(?=\.)|bà|chị|cụ|bác|chú|cháu|mr|mrs|ms)|(đồng\s+chí|anh|cô|em|bé|ong|ba|chi))\.?(?=\s)",
    re.IGNORECASE,
)  # how somebody is addressed; the second group are names, or parts of names, as well
BEGINNINGS = frozenset("đồng bs bệnh bn ông bà chị cụ bác chú cháu mr mrs ms anh cô em bé ong ba chi".split())
"""Words, in lower case, with which a title begins, though some are family names."""
TITLE_AFTER = re.compile(
    r"(?<=[^\W\d_])\s+(?:mr|mrs|ms|mstr|miss|mdm|chd|inf)\.?(?=\s*(?:[\d,;(]|$))", re.IGNORECASE
)
"""How tickets address somebody: behind the name."""
_OF_A_LIST = re.compile(r"\s*\(?\d{1,6}\s*[.)/:\-–]\s*(?=[^\W\d_])")  # "1. Nguyễn Văn A"
_NUMBERED = re.compile(r"\s*\(\d*\)\s*$")  # "Nguyễn Văn A (2)"
_LOOSE_BEFORE, _LOOSE_AFTER = " \t*•+.,;:-–", " \t*.,;:-–…!/\\|"


def untitled(name: str) -> list[str]:
    """What the name may be without "ông" or "bà" before it, the likeliest first: as it stands where those
    are a name themselves.
    """
    found = _TITLE.match(name)
    if not found:
        return [name]
    rest = name[found.end() :].strip(" .")
    first, *others = rest.split() or [""]
    if others and may_be_surname(first) and fold(first) not in ("van", "thi"):
        is_name_too = may_be_surname(found[0].rstrip(".")) and not is_surely_surname(first)  # Ông Bảo Liễu
        return [rest, name] if is_name_too else [rest]
    is_only_title = found[1] and not (others and may_be_surname(found[1]))
    return [rest, name] if is_only_title else [name, rest]


def alone(text: str) -> str:
    """A name without what is no part of it. "Chi Hoàng Long" keeps its first word: chị is written with its
    mark where other words have theirs.
    """
    bare = (
        _NUMBERED.sub("", TITLE_AFTER.sub("", _OF_A_LIST.sub("", text, count=1)))
        .lstrip(_LOOSE_BEFORE)
        .rstrip(_LOOSE_AFTER)
    )
    if not any(map(str.isalpha, bare)):
        return text
    first = bare.split()[0].rstrip(".").lower()
    if first in ("ong", "ba", "chi") and not bare.isascii():
        return bare
    return untitled(bare)[0]
