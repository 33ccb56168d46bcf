"""How lists here call their columns, and which of our fields each means: by its words, in any order and
however many.

A heading means a field where all its words are words of that field and one of them says it: "Số thẻ CCCD gắn
chip" is a number, "Ngày cấp CCCD" and "CCCD của mẹ" are none. What a heading says of whose it is (the
patient's) or of how it is filled in (in capitals) does not count.
"""

import re
import unicodedata
from collections.abc import Collection

from dancu.files.source import column_key
from dancu.text.folding import fold
from dancu.text.fonts import legible
from dancu.text.garbled import mended

USUAL = {
    "record_id": "stt|mã bản ghi|số thứ tự|tt|no|mã hồ sơ|mã đối tượng",
    "number": "số cccd|cccd|số định danh|số định danh cá nhân|mã định danh|số căn cước|căn cước|số "
    "cccd/cmnd|cccd/cmnd|số cmnd/cccd|cmnd/cccd|cmnd|số cmnd|pin",
    "full_name": "họ và tên|họ tên|họ, chữ đệm và tên|họ và tên người tiêm|tên đầy đủ|name",
    "family_name": "họ",
    "middle_name": "đệm|tên đệm|chữ đệm|họ đệm|họ và tên đệm|họ và đệm",
    "given_name": "tên",
    "birth": "ngày sinh|ngày tháng năm sinh|ngày, tháng, năm sinh|năm sinh|birth date|birth_date|date of "
    "birth|dob",
    "sex": "giới tính|giới|phái|gender|nam/nữ|nam nữ|gt",
    "phone": "điện thoại|số điện thoại|sđt|sdt|số đt|telephone",
    "commune_code": "mã xã|mã phường xã|mã xã phường|mã xã/phường",
    "address": "địa chỉ|nơi thường trú|thường trú|nơi ở|địa chỉ thường trú|hktt|hộ khẩu",
    "sender": "cơ sở|đơn vị|đơn vị gửi|cơ sở tiêm",
    "province": "tỉnh|tỉnh/thành phố|tỉnh thành",
}
"""The usual headings, which go before what others mean by their words."""

_WORDS = {
    "number": (
        "can cuoc|cccd|cccds|cmnd|cmt|cmtnd|chung minh|dinh danh|ddcn|giay "
        "to|identity|identification|national|personal|citizen|id card|id number|id no|so cc",
        "so|ma|the|cong dan|ca nhan|cc|ho chieu|hc|passport|chip|gan|tuy than|thu|nhan "
        "dan|nd|id|number|no|num|card|va|hoac|or|and|moi|cu|pin",
    ),
    "birth": ("sinh|ntns|birth|dob|birthday|born", "ngay|thang|nam|hoac|va|date|day|year|month|of"),
    "sex": (
        "gioi tinh|gioi|gt|phai|gender|sex",
        "nam|nu|male|female|m|f|or|hoac|khac|other|la|ma|code|[1-3]",
    ),
    "phone": (
        "dien thoai|dt|sdt|dtdd|di dong|phone|mobile|telephone|tel|cell",
        "so|lien he|lien lac|number|no|cam tay",
    ),
    "address": (
        "dia chi|thuong tru|noi o|cho o|cu tru|hktt|dktt|ho khau|address|residence",
        "noi|o|cho|hien|nay|tai|dang ky|chi tiet|day du|permanent|home|residential|of|nha",
    ),
}
_ASKED_ONCE = (
    "number",
    "full_name",
    "birth",
    "sex",
)  # of which two columns are one too many; of the others neither is taken
_WHOSE = (
    "cua|nguoi duoc tiem(?: chung)?|nguoi tiem(?: chung)?|doi tuong(?: tiem chung)?|benh nhan|nguoi "
    "benh|nhan khau|nguoi dan|nguoi khai(?: bao)?|khai bao"
    "|hanh khach|cu dan|tre em|tre|hoc sinh|sinh vien|nhan vien"
)
_HOW = "(?:viet |ghi )?(?:chu )?in hoa(?: co dau)?|co dau|ghi ro|neu co|bat buoc|12 so|d{1,2} m{1,2} y{2,4}"
_NAME = re.compile(
    r"(?:.* )?(?:ho (?:va )?ten|hoten|ho (?:va )?chu dem (?:va )?ten|full ?name)(?: .*)?|(?:chu )?dem va "
    r"ten|ten (?:day du|khai sinh)"
    r"|(?:name of )?(?:the "
    r")?(?:person|patient|customer|client|employee|worker|student|member|passenger|travell?er|citizen|resident|declarant)(?: s)?(?: name)?"  # noqa: E501
    r"|ten (?:cua )?(?:nguoi|benh nhan|bn|khach|hanh khach|kh|cong dan|cong nhan|can bo|nhan vien|thanh "
    r"vien|hoc sinh|sinh vien|thi sinh|hoc vien|giao vien|doi tuong"
    r"|tre|chau|cu tri|tai xe|lai xe|doan vien|hoi vien|xa vien|dang vien|chien si|quan nhan|nhan khau|ho "
    r"dan|nguoi dan|ca nhan|thuyen vien|f\d)(?: .*)?|ten"
)
"""A name by its words, of whomever: họ tên người lao động; what "tên" alone begins may be a vaccine's or
a commune's.
"""
_OTHERS_NAME = re.compile(
    r"\b(?:cha|me|bo|ba|vo|chong|con|chu ho|chu nha|chu tro|chu co so|giam ho|bao ho|bao lanh|bao tin|phu "
    r"huynh|ph|lien he|lien lac|nguoi than|than nhan|nguoi nha|dai dien"
    r"|khai (?:ho|thay)|uy quyen|nguoi (?:lap|nhap|ky|giao|nhan|tiep|kiem|cham|gioi thieu|cung cap|phu "
    r"trach|thuc hien|xac nhan|thong bao)|chu ky|ky|xac nhan|can bo (?:tiem|y te|lap|nhap|phu trach)"
    r"|bac si|bs|dieu duong|y ta|cham soc|quan ly|chu nhiem|gvcn|to truong|truong "
    r"(?:thon|xom|ap|ban|khu|phong|tram)|thu truong|giam doc|lanh dao"
    r"|father|mother|guardian|parents?|spouse|head|contact|husband|wife|emergency|doctor|nurse|vaccine|file|user)\b"
)
_OTHER_FIELDS = re.compile(
    r"\b(?:ngay|nam sinh|sinh ngay|cccd|cmnd|so|ma|dia chi|sdt|dien thoai|gioi tinh|quan he|lop|truong|don "
    r"vi|co quan|cong ty|dem|lot)\b"
)  # beside a name in one column
_CODED = re.compile(r"(\d)\s*[:=.\-–]?\s*(?:là\s*)?(nam|nữ|nu|male|female)\b", re.IGNORECASE)
_CODED_AFTER = re.compile(r"\b(nam|nữ|nu|male|female)\s*[:=.\-–]?\s*(?:là\s*)?(\d)", re.IGNORECASE)
_ASIDE = re.compile(rf"\b(?:{_WHOSE}|{_HOW})\b")
_OF_ONE_SEX = (
    r"(?:(?:(?:ngày|tháng|năm|ngay|thang|nam) )*(?:sinh|tính|tinh) |(?:year|date) of birth "
    r"|birth (?:year|date) )?{}(?: (?:năm|nam|ngày|ngay) sinh)?"
)
MALE, FEMALE = (re.compile(_OF_ONE_SEX.format(sex)) for sex in ("(?:nam|male)", "(?:nữ|nu|female)"))
_PARTS = {
    part: re.compile(rf"(?:.*(?:sinh|birth) )?(?:{name})(?: sinh| of birth)?")
    for part, name in (("birth_day", "ngay|day"), ("birth_month", "thang|month"), ("birth_year", "nam|year"))
}


def usually(field: str, columns: Collection[str]) -> list[str]:
    """The columns that bear a usual heading of this field, spaces, marks and capitals aside."""
    keys = {column_key(heading) for heading in USUAL.get(field, "").split("|")} - {""}
    return [column for column in columns if column_key(column) in keys]


def by_words(field: str, columns: Collection[str]) -> list[str]:
    """The columns whose heading means this field by its words. Of a field that a record need not have,
    none where several do.
    """
    if field == "full_name":
        return [column for column in columns if is_a_name(column)]
    if field not in _WORDS:
        return []
    meaning = [
        column for column in columns if _means(field, plain(column)) or (field == "sex" and sex_codes(column))
    ]
    return meaning if len(meaning) < 2 or field in _ASKED_ONCE else []


def of_each_sex(columns: Collection[str]) -> dict[str, str]:
    """The columns "Nam" and "Nữ", in one of which stands when somebody was born, or a mark: as male and
    female. Nam alone may be năm, the year.
    """
    males, females = (
        [column for column in columns if sex.fullmatch(_marked(column))] for sex in (MALE, FEMALE)
    )
    if len(females) != 1 or len(males) > 1:
        return {}
    return ({"male": males[0]} if males else {}) | {"female": females[0]}


def in_three(columns: Collection[str]) -> dict[str, str]:
    """The columns day, month and year of a birth, where there are all three."""
    found = {
        part: [column for column in columns if called.fullmatch(plain(column))]
        for part, called in _PARTS.items()
    }
    return (
        {part: one for part, (one, *_others) in found.items()}
        if all(len(one) == 1 for one in found.values())
        else {}
    )


def is_a_name(heading: str) -> bool:
    """Whether it means the name of whom a list is of, whatever they are called in it; names of relatives
    and of who signs are theirs.
    """
    words = re.sub(
        r"\b(?:hoc|thi|khai|nghiem) sinh\b|\bsinh vien\b|\bcan bo\b(?! (?:tiem|y te|lap|nhap|phu "
        r"trach))|\bchu dem (?:va )?ten\b",
        " ",
        _worded(heading),
    )
    if _OTHERS_NAME.search(words) or (
        _OTHER_FIELDS.search(words) and not re.fullmatch(r"(?:ho )?dem va ten", words)
    ):
        return False
    return bool(_NAME.fullmatch(_worded(heading)))


def sex_codes(heading: str) -> dict[str, str]:
    """What the codes of a column of sex mean where its heading says so: "Giới tính (0: Nam, 1: Nữ)"."""
    words = " ".join(unicodedata.normalize("NFC", _meant(heading)).split())
    if not re.search(r"\b(?:gioi|gt|phai|gender|sex)\b", fold(words)):
        return {}
    before, after = _CODED.findall(words), [(code, sex) for sex, code in _CODED_AFTER.findall(words)]
    is_after = re.search(r"\d|\b(?:nam|nữ|nu|male|female)\b", words, re.IGNORECASE)
    found = after if is_after and not is_after[0].isdigit() else before
    codes = {code: "Nữ" if fold(sex) in ("nu", "female") else "Nam" for code, sex in found}
    return codes if len(found) == 2 and len(set(codes.values())) == len(codes) == 2 else {}


def plain(heading: str) -> str:
    """The words of a heading that count, without marks: of an old font or a wrong code page, as they were
    meant.
    """
    return " ".join(_ASIDE.sub(" ", _worded(heading)).split())


def _worded(heading: str) -> str:
    words = re.sub(r"[\W_]+", " ", fold(_meant(heading)).replace("&", " va "))
    return " ".join(re.sub(rf"\b{_HOW}\b", " ", words).split())


def _means(field: str, words: str) -> bool:
    says, others = _WORDS[field]
    if not re.search(rf"\b(?:{says})\b", words):
        return False
    return not (re.sub(rf"\b(?:{says}|{others})\b", " ", words).strip() or words == "thang sinh")


def _marked(heading: str) -> str:
    """The words of a heading with their marks: năm is not nam."""
    return " ".join(re.sub(r"[\W_]+", " ", unicodedata.normalize("NFC", _meant(heading)).casefold()).split())


def _meant(heading: str) -> str:
    return legible(mended(heading) or heading)[0]
