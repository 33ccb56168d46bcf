"""The words in a line that say what stands after them ("CCCD", "sđt cũ", "sinh năm", "địa chỉ:"), and
dates and ages written in words.
"""

import re

from dancu.matching.lines.doubts import Doubts
from dancu.values.months import ENGLISH_MONTHS

_BEFORE_DIGIT = r"\s*[:.]?\s*(?=[+('’\"\d'OoxX?-])"
_SAYS_NUMBER = (
    r"cccd|cmtnd|cmnd|cmt|đdcn|ddcn|căn\s+cước(?:\s+công\s+dân)?|can\s+cuoc(?:\s+cong\s+dan)?|chứng\s+minh(?:\s+nhân\s+dân|\s+thư)?|"
    r"(?:mã\s+)?định\s+danh(?:\s+cá\s+nhân)?|dinh\s+danh(?:\s+ca\s+nhan)?|giấy\s+tờ|id|thẻ(?=\s*[:.]?\s*\d{5})|"
    r"thẻ\s+(?:căn\s+cước|cccd|số)"
)
_SAYS_PHONE = (
    r"sđt|sdt|đtdđ|dtdd|đt|dt|điện\s+thoại|dien\s+thoai|di\s+động|di\s+dong|số\s+máy|tel|phone|mobile|zalo|viber|hotline|"
    r"liên\s+hệ|lien\s+he|lh"
)
_WHICH = r"(?:\s*[/&]\s*|\s+)(?:số|cũ|cu|mới|moi|hiện\s+tại|liên\s+hệ|zalo|chính|phụ|nhà|người\s+nhà|(?:của\s+)?(?:bố|mẹ|vợ|chồng|con))"  # noqa: E501
_KEY = rf"(?:(?:số|so)\s+)?(?:{_SAYS_NUMBER}|{_SAYS_PHONE})"
SHORT_NUMBER = re.compile(
    rf"(?<!\w){_KEY}(?:\s*[/&]\s*{_KEY})*(?:{_WHICH})*\s*[:.]?\s*\d{{1,7}}(?!\d|[\s./-]*\d|\w)", re.IGNORECASE
)
"""A number or a telephone of too few digits to be one: "thẻ 079169". """
BARE_LABEL = re.compile(
    rf"(?<!\w)(?:{_KEY}(?:\s*[/&]\s*{_KEY})*(?:\s+(?:số|cũ|mới))?|ngày\s+sinh|năm\s+sinh|ngày\s+tháng\s+năm\s+sinh|dob|hktt|stt)(?!\w)\s*:?",
    re.IGNORECASE,
)
"""A label after which nothing stands that it could mean."""
_LABEL = re.compile(
    rf"(?<!\w)(?:{_KEY}(?:\s*[/&]\s*{_KEY})*(?:{_WHICH})*|số(?:\s+(?:cũ|mới))?(?=\s*[:.]?\s*[+(]?\d[\d\s.-]{{6}})|khoảng|"
    r"(?:ngày[\s/,.]*)?tháng[\s/,.]*năm\s+sinh|(?:số\s+)?(?:ngày|năm)\s+sinh|sinh\s+(?:ngày|năm)|sinh\s*:|(?<=[,;|(\t])sinh|(?<=[,;|(] )sinh|"  # noqa: E501
    r"(?-i:(?:ngay|nam)\s+sinh|sinh\s+(?:ngay|nam))|n\.?\s?sinh|sn|ns|ntns|born(?:\s+on|\s+in)?|dob)"
    + _BEFORE_DIGIT,
    re.IGNORECASE,
)
NAMES_TOO = ("năm", "nam", "sinh", "số", "thẻ", "khoảng", "phone")
"""Of the words with which labels begin those that are names."""
_TRUNK_ZERO = re.compile(r"\(?(?:\+|(?<!\d)00)\s*84\)?[\s.-]*\(0\)\s*")
_IN_WORDS = (
    re.compile(
        r"(?<!\w)(?:sinh\s+)?(?:ng[aà]y\s+)?(\d{1,2})\s+th[aá]ng\s+(\d{1,2})(?:\s*,?\s*n[aă]m\s+|\s*[/,-]?\s*)(\d{4})(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<!\w)(?:sinh\s+)?()th[aá]ng\s+(\d{1,2})(?:\s*,?\s*n[aă]m\s+|\s*[/,-]?\s*)(\d{4})(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(r"(?<!\d)(\d{1,2})\.?\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})"),
)
MONTH = re.compile(f"(?:{'|'.join(sorted(ENGLISH_MONTHS, key=len, reverse=True))})", re.IGNORECASE)
_MONTH_FIRST = re.compile(
    rf"(?<!\w)(?P<month>{MONTH.pattern})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?P<comma>\s*,)?\s*(?P<year>\d{{4}})(?!\w)",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(
    rf"(?<![\w/.-])(?P<day>\d{{1,2}})(?:(?:st|nd|rd|th)(?:\s+of)?\s+|\s*[-/.]\s*)(?P<month>{MONTH.pattern})\.?\s*[-/.,\s]\s*(?P<year>\d{{4}})(?!\w)",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"(?<![\w/.-])(?:(?:khoảng|chừng|độ|tuổi|aged?|about)\s*:?\s*)?(\d{1,3})\s*(?:tuổi|(?:tuoi)\b|years?\s+old\b|yrs?\b)(?:\s+rồi)?",
    re.IGNORECASE,
)
_NAME_LABEL = re.compile(
    r"(?<!\w)(?:(?:họ(?:\s*,)?(?:\s+chữ\s+đệm)?(?:\s+và|\s*&)?\s+tên(?:\s+khai\s+sinh)?|ho(?:\s+va)?\s+ten|full\s+name)\s*:?|"
    r"(?:tên|ten|name|công\s+dân|giới\s+tính|sex)\s*:)\s*",
    re.IGNORECASE,
)
_PLACE_LABEL = re.compile(
    r"(?<!\w)(?:(?:địa\s+chỉ|nơi\s+(?:ở|thường\s+trú|tạm\s+trú|cư\s+trú)(?:\s+hiện\s+(?:tại|nay))?|(?:đăng\s+ký\s+)?(?:thường|tạm)\s+trú|"
    r"hộ\s+khẩu(?:\s+thường\s+trú)?|address|dia\s+chi|dc|noi\s+(?:o|thuong\s+tru|tam\s+tru)|thuong\s+tru|tam\s+tru|ho\s+khau)\s*:|(?:hkt+t?|đ/c(?=\s*:))\s*:?(?!\w))\s*",
    re.IGNORECASE,
)


def in_digits(text: str, doubts: Doubts) -> str:
    """ "Sinh ngày 13 tháng 4 năm 1981", "born 13 April 1981" → "13/4/1981"; the words that only say what a
    number is left out, and the zero that no telephone has after the country's code: "+84 (0)912 345 678". An
    age becomes one word: "(49 tuổi)", "49 years old" → "49tuổi". `doubts`: which of the words are a name's.
    """
    text = doubts.sub(_AGE, lambda found: f" {found[1]}tuổi ", text)
    text = _TRUNK_ZERO.sub("+84 ", doubts.sub(_LABEL, lambda _label: " ", text, words=NAMES_TOO))
    for pattern in _IN_WORDS:
        text = doubts.sub(pattern, _date, text)
    return text


def english_days(text: str) -> str:
    """Days as English writes them, in digits: "Jul 12, 1977", "12-Jul-1977". May is a name too, where no
    comma follows the day.
    """
    for pattern in (_MONTH_FIRST, _DAY_FIRST):
        text = pattern.sub(_english_day, text)
    return text


def _english_day(found: re.Match[str]) -> str:
    if found["month"].lower() == "may" and "comma" in found.re.groupindex and not found["comma"]:
        return found[0]
    return f" {found['day']}/{ENGLISH_MONTHS[found['month'].lower()]}/{found['year']} "


def unlabelled(text: str) -> str:
    """Without the words of a form that say what follows: "họ tên:", "địa chỉ:"."""
    return _PLACE_LABEL.sub(", ", _NAME_LABEL.sub(", ", text))


def _date(found: re.Match[str]) -> str:
    day, month, year = found.groups()
    if not month.isdigit():
        if not MONTH.fullmatch(month):
            return found[0]
        month = str(ENGLISH_MONTHS[month.lower()])
    return " " + "/".join(filter(None, (day, month, year)))
