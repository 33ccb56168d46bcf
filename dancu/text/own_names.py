"""Names that say whose child, wife, or mother somebody is: "Con bà Nguyễn Thị Hoa", "CB Hoa", "mẹ Trọng",
"Nguyễn Gia Bảo (con chị Hoa)".

Lists of births and of vaccinations write newborns so until their birth is registered, and kin by whoever is
in the list already. The name that stands there is another's. What is a family name too (Má, Mè, Ma, Thân, Võ
without its marks) counts as one unless what follows is certain.
"""

import re

_KIN = frozenset(
    "bà ba ông ong chị chi anh cô co chú chu bác bac dì di cậu cau mợ mo thím thim mẹ me má ma bố bo ba cha "
    "vợ vo em của cua người nguoi "
    "sản san sp thai bệnh benh bn nội ngoại".split()
)  # after "con"; without marks too, since "con" is nobody's family name
_NEVER_FIRST = frozenset(
    "mẹ bố vợ chồng cháu tía chong".split()
)  # as marked: Võ, Châu and Mè are family names; none of these is
FAMILIES = frozenset(
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh đoàn trịnh trương mai "
    "lương đào lâm phùng tô "
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh doan trinh truong luong "
    "dao lam phung to".split()
)
"""Family names of nine in ten, in lower case, with their marks and without; a word that may be kin is,
where one of these and more follows.
"""
_GIVEN = frozenset(
    "an lan hoa hồng huệ cúc liên mai đào hương hằng hạnh hà hiền hòa huyền loan linh lý nga ngân ngọc "
    "nguyệt nhung oanh phương phượng quyên quỳnh tâm thanh thảo "
    "thu thúy thủy trang tuyết vân xuân yến anh bích chi dung diệp giang hùng dũng cường tuấn sơn nam long "
    "minh đức trọng tùng thắng bình bảo phúc "
    "hong lien dao huong hang hanh ha hien hoa huyen ly ngan ngoc nguyet phuong quyen quynh tam thao thuy "
    "tuyet van yen hung dung cuong tuan son duc trong "
    "tung thang binh bao phuc".split()
)  # the commonest given names, with their marks and without
_NICK_FIRST = frozenset(
    "má me bo".split()
)  # kin before one of these ("Má Liên"); Má Dợ, Mè Em and Bo Bo have family names
_MAYBE_FIRST = frozenset(
    "má ma".split()
)  # of the H'Mông and the Tày: kin where a whole name with Thị or Văn follows
_ANY_FIRST = frozenset("bé em me bo ba cha".split())  # kin where any whole name follows: "Bé Lê Gia Sơn"
_ELDER = frozenset("anh chị ông bà cô chú bác dì cậu".split())
_OF_ELDER = frozenset("trai gái dâu rể nội ngoại ruột họ".split())
_KIN_MARKED = frozenset(
    "bà ông chị anh cô chú bác dì cậu mợ thím mẹ bố của nội ngoại bé cháu gái trai rể dâu".split()
)
_CHILD = frozenset(("bé", "be", "trẻ", "tre", "cháu", "em", "baby"))
_CHILD_OF = frozenset(("bg", "bt"))  # bé gái, bé trai
_SUCH_CHILD = frozenset("gái gai trai sơ so con bé be của of boy girl".split())
_BY_NUMBER = frozenset(
    "hai ba tư năm sáu bảy tám chín mười út một lớn nhỏ".split()
)  # Bé Bảy: names in the south
_WORDS_OF_CHILDREN = frozenset("bé be gái gai trai sơ so sinh trẻ tre cháu chau em ss".split())
_NO_NAME = frozenset(
    "chưa đặt tên|chưa có tên|chưa tên|chưa rõ tên|chưa rõ|chưa khai sinh|không tên|không có tên|không "
    "rõ|không rõ tên|vô danh|sơ sinh|"
    "chua dat ten|chua co ten|khong ten|khong co ten|unnamed|unknown|newborn|no name|người nhà|nguoi "
    "nha|thân nhân|thai nhi|thai phụ|ẩn danh|"
    "null|none|nil|undefined|n/a|không|không có|chưa có|chưa biết|không biết|trẻ em|em bé|cháu "
    "bé|bé|trẻ|gia đình|bệnh nhân|anonymous|trống|bỏ trống|để trống|test".split("|")
)
_BEGIN_NO_NAME = (
    ("người", "nhà"),
    ("nguoi", "nha"),
    ("gia", "đình"),
    ("sơ", "sinh"),
    ("c", "b"),
    ("hộ", "ông"),
    ("hộ", "bà"),
)
_LOOSE = ".,;:()[]{}-–—_/*0123456789"
_WORDS = (
    r"con|cb|bg|bt|c[^\p{L}\p{N}]{0,2}b|ss|b/o|vợ|chồng|chong|mẹ|me|má|ma|bố|bo|ba|cha|tía|cháu|em|bé|be|trẻ|tre|baby|newborn|infant|unnamed|unknown|no|"
    r"chưa|chua|không|khong|vô|sơ|so|người|nguoi|thân|thai|gia|bệnh|ẩn|anonymous|null|none|nil|nan|undefined|n/a|hộ|trống|test|anh|chị|ông|bà|cô|chú|bác|dì|cậu"
)
MAY_BE = rf"(?i)(?:^|[^\p{{L}}\p{{M}}])(?:{_WORDS})(?:$|[^\p{{L}}\p{{M}}])"
"""Of names in which there is none of it `own_name` is the name: for a whole column, as polars writes it."""

_MAY_BE = re.compile(rf"(?<!\w)(?:{_WORDS})(?!\w)".replace(r"[^\p{L}\p{N}]", r"\W"), re.IGNORECASE)
BEGINNINGS = _CHILD_OF | _NEVER_FIRST | _NICK_FIRST | _MAYBE_FIRST | _ANY_FIRST | _CHILD | _ELDER
BEGINNINGS |= {"con", "cb", "thân", "người", "gia"}
"""Words, in lower case, with which names begin that are another's, though some of them are family names without their marks."""  # noqa: E501
WITHIN = frozenset(("con", "cháu", "mẹ", "bố", "vợ", "chồng"))
"""Words, in lower case, after which it may be another's name that follows."""


def own_name(text: str) -> str:
    """What of a name is the person's own: all of it nearly always; nothing where it only says whose kin
    they are, or that they have none.
    """
    if not _MAY_BE.search(text):
        return text
    words = text.split()
    keys = [word.lower().strip(_LOOSE) for word in words]
    while keys and not keys[0]:  # "2. Con bà Hoa"
        words, keys = words[1:], keys[1:]
    said = " ".join(filter(None, keys))
    if said in _NO_NAME or text.strip() in ("nan", "NaN") or _begins(keys) or _remarked(words, keys):
        return ""
    at = next((at for at in range(1, len(keys)) if _is_parents(keys[at:]) or _is_kin(words, keys, at)), None)
    if at is None:
        return text
    return "" if _WORDS_OF_CHILDREN.issuperset(keys[:at]) else " ".join(words[:at]).rstrip(_LOOSE + " ")


def _begins(keys: list[str]) -> bool:
    first, then = keys[0] if keys else "", keys[1] if len(keys) > 1 else ""
    if first in _NEVER_FIRST:
        return True
    if not then:
        return False
    if first in _CHILD_OF and _is_whole(keys[1:]):
        return True
    if (
        first in ("con", "cb", "c/b", "c.b", "ss", "b/o", "newborn", "infant")
        or (first, then) in _BEGIN_NO_NAME
    ):
        return True
    if (first, then) == ("thân", "nhân"):  # Thân Nhân Trung was a scholar
        return _is_whole(keys[2:]) or keys[2] in _KIN
    if (first in _CHILD and then in _SUCH_CHILD) or (first == "em" and then in _KIN_MARKED):
        return True
    if first in _ELDER and then in _OF_ELDER:
        return True
    if len(keys) == 2:
        return (first == "bé" and then not in _BY_NUMBER) or (first in _NICK_FIRST and then in _GIVEN)
    if first in _MAYBE_FIRST:
        return _is_whole(keys[1:]) and len(keys) > 3 and keys[2] in ("thị", "văn", "thi", "van")
    return first in _ANY_FIRST and _is_whole(keys[1:])


def _is_whole(keys: list[str]) -> bool:
    """Whether these words are a whole name, with a family name that is certain."""
    return len(keys) > 1 and bool(keys[1]) and keys[0] in FAMILIES


def _is_parents(keys: list[str]) -> bool:
    """Whether these words, after a name, say whose child it is."""
    return (len(keys) > 2 and keys[0] in ("con", "cháu") and keys[1] in _KIN) or (
        len(keys) > 1 and keys[0] in ("cb", "c/b", "c.b")
    )


def _is_kin(words: list[str], keys: list[str], at: int) -> bool:
    """Whether a mother, or apart from the name ("(bố Hùng)") another of the kin is named from this word
    on.
    """
    return len(keys) > at + 1 and (
        keys[at] == "mẹ" or (keys[at] in _NEVER_FIRST and _is_apart(words, keys, at))
    )


def _is_apart(words: list[str], keys: list[str], at: int) -> bool:
    return words[at][0] in "([-–—" or not keys[at - 1] or words[at - 1][-1] in ",;"


def _remarked(words: list[str], keys: list[str]) -> bool:
    """Whether a name is followed by "(con)", "- con 2", "(sơ sinh)", "(mẹ)": it is the parent's, or
    another of the kin's.
    """
    for at in range(1, len(words)):
        if not _is_apart(words, keys, at) or _is_parents(keys[at:]):
            continue
        if keys[at] in ("con", "sơ", "so", "ss") or keys[at : at + 2] in (["người", "nhà"], ["thân", "nhân"]):
            return True
        if keys[at] in _NEVER_FIRST and not any(keys[at + 1 :]):
            return True
    return False
