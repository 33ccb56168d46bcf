"""Names that say whose child, or whose wife, somebody is: "Con bà Nguyễn Thị Hoa", "CB Hoa", "Nguyễn Gia Bảo (con chị Hoa)".

Lists of births and of vaccinations write newborns so until their birth is registered. The name that stands there is another's.
"""

import re

_KIN = frozenset(
    "bà ba ông ong chị chi anh cô co chú chu bác bac dì di cậu cau mợ mo thím thim mẹ me má ma bố bo ba cha vợ vo em của cua người nguoi "
    "sản san sp thai bệnh benh bn nội ngoại".split()
)  # after "con"; without marks too, since "con" is nobody's family name
_RELATIVE = frozenset("vợ chồng mẹ bố cháu em".split())  # as marked: Võ, Châu and Mè are family names
_KIN_MARKED = frozenset("bà ông chị anh cô chú bác dì cậu mợ thím mẹ bố của nội ngoại bé cháu gái trai rể dâu".split())
_CHILD = frozenset(("bé", "be", "trẻ", "tre", "cháu", "em", "baby"))
_SUCH_CHILD = frozenset("gái gai trai sơ so con bé be của of boy girl".split())
_WORDS_OF_CHILDREN = frozenset("bé be gái gai trai sơ so sinh trẻ tre cháu chau em ss".split())
_NO_NAME = frozenset(
    "chưa đặt tên|chưa có tên|chưa tên|chưa rõ tên|chưa rõ|chưa khai sinh|không tên|không có tên|không rõ|không rõ tên|vô danh|sơ sinh|"
    "chua dat ten|chua co ten|khong ten|khong co ten|unnamed|unknown|newborn|no name".split("|")
)
_LOOSE = ".,;:()[]{}-–—_/*0123456789"
_MAY_BE = re.compile(
    r"(?<!\w)(?:con|cb|c\W{0,2}b|ss|b/o|vợ|chồng|mẹ|bố|cháu|em|bé|be|trẻ|tre|baby|newborn|infant|unnamed|unknown|no|chưa|chua|không|khong|vô|sơ|so)(?!\w)",
    re.IGNORECASE,
)
BEGINNINGS = frozenset(("con", "cb", *_RELATIVE, *_CHILD))
"""Words, in lower case, with which names begin that are another's, though some of them are family names without their marks."""


MAY_BE = (
    r"(?i)(?:^|[^\p{L}\p{M}])(?:con|cb|c[^\p{L}\p{N}]{0,2}b|ss|b/o|vợ|chồng|mẹ|bố|cháu|em|bé|be|trẻ|tre|baby|newborn|infant|unnamed|unknown|no|"
    r"chưa|chua|không|khong|vô|sơ|so)(?:$|[^\p{L}\p{M}])"
)
"""Of names in which there is none of it `own_name` is the name: for a whole column, as polars writes it."""


def own_name(text: str) -> str:
    """What of a name is the person's own: all of it nearly always; nothing where it only says whose child they are, or that they have none."""
    if not _MAY_BE.search(text):
        return text
    words = text.split()
    keys = [word.lower().strip(_LOOSE) for word in words]
    while keys and not keys[0]:  # "2. Con bà Hoa"
        words, keys = words[1:], keys[1:]
    if " ".join(filter(None, keys)) in _NO_NAME or _begins(keys) or _remarked(words, keys):
        return ""
    at = next((at for at in range(1, len(keys)) if _is_parents(keys[at:])), None)
    if at is None:
        return text
    return "" if _WORDS_OF_CHILDREN.issuperset(keys[:at]) else " ".join(words[:at]).rstrip(_LOOSE + " ")


def _begins(keys: list[str]) -> bool:
    first, then = keys[0] if keys else "", keys[1] if len(keys) > 1 else ""
    if not then:
        return False
    if first in ("con", "cb", "c/b", "c.b", "ss", "b/o", "newborn", "infant") or (first, then) in (
        ("c", "b"),
        ("sơ", "sinh"),
    ):
        return True
    return (first in _CHILD and then in _SUCH_CHILD) or (first in _RELATIVE and then in _KIN_MARKED)


def _is_parents(keys: list[str]) -> bool:
    """Whether these words, after a name, say whose child it is."""
    return (len(keys) > 2 and keys[0] == "con" and keys[1] in _KIN) or (
        len(keys) > 1 and keys[0] in ("cb", "c/b", "c.b")
    )


def _remarked(words: list[str], keys: list[str]) -> bool:
    """Whether a name is followed by "(con)", "- con 2", "(sơ sinh)": it is the parent's."""
    for at in range(1, len(words)):
        apart = words[at][0] in "([-–—" or not keys[at - 1]
        if apart and keys[at] in ("con", "sơ", "so", "ss") and not _is_parents(keys[at:]):
            return True
    return False
