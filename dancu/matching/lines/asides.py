"""What stands in a line beside the keys, as clerks paste it from messages and sheets: remarks in brackets,
labels, a house, a relative.

None of it may become a word of the name, a year of birth or a home. What is surely no key is unread, and
told; what may still be one (a place in brackets, a name after "Bệnh nhân:") stands aside, and is a name only
where nothing else is.
"""

import re
from dataclasses import dataclass, field
from functools import partial
from itertools import takewhile

from dancu.areas import lookups as areas
from dancu.matching.lines.doubts import Doubts
from dancu.matching.lines.labels import (
    BARE_LABEL,
    MONTH,
    NAMES_TOO,
    SHORT_NUMBER,
    english_days,
    in_digits,
    unlabelled,
)
from dancu.matching.normalising.titles import TITLE_AFTER
from dancu.text.folding import fold


@dataclass
class LineParts:
    """`text`: a line without what stands `aside` and what is `unread`, of which the `passports` are a part,
    all as they were typed. `streets`: the numbers of houses, each with the words after it. `doubts`: whether
    a word of it may belong to a name as well.
    """

    text: str
    aside: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    streets: list[tuple[str, str]] = field(default_factory=list)
    passports: list[str] = field(default_factory=list)
    doubts: Doubts = field(default_factory=Doubts)


def line_parts(text: str, otherwise: bool = False) -> LineParts:
    """A line in NFC; what is left of it has its dates and ages in digits (line_labels.in_digits).
    `otherwise`: with the words that may belong to an aside or to a name taken the other way.
    """
    line = LineParts(_DASHED.sub(", ", _GLUED.sub(" ", english_days(_MIDNIGHT.sub(" ", text)))))
    line.doubts.otherwise = otherwise
    line.passports = [found["number"] or found[0] for found in _PASSPORT.finditer(line.text)]
    unread, street, aside = (partial(what, line) for what in (_unread, _street, _aside))
    for pattern in (_PASSPORT, _WRITTEN_TO, _DATED, _FACT, TITLE_AFTER):
        line.text = pattern.sub(unread, line.text)
    line.text = line.doubts.sub(_HAPPENED, unread, line.text)
    if any(born := [found.span("born") for found in _BORN.finditer(line.text)]):
        line.text = _DAY.sub(lambda day: day[0] if _lies_in(day.span(), born) else unread(day), line.text)
    for pattern in (_RELATIVE, _STATE):
        line.text = line.doubts.sub(pattern, unread, line.text)
    line.text = line.doubts.sub(SHORT_NUMBER, unread, line.text, words=NAMES_TOO)
    line.text = line.doubts.sub(_GROUP, unread, line.text, has_number=True)
    line.text = line.doubts.sub(_ORIGIN, partial(_origin, line), line.text)
    line.text = line.doubts.sub(_HOUSE, street, line.text, has_number=True)
    for pattern in (_HOUSE_ALONE, _HOUSE_FIRST):
        line.text = pattern.sub(street, line.text)
    line.text = in_digits(unlabelled(line.text), line.doubts)
    for pattern in (_BRACKETS, _LABELLED):
        line.text = pattern.sub(aside, line.text)
    line.text = line.doubts.sub(_NO_YEAR, unread, line.text)
    line.text = line.doubts.sub(BARE_LABEL, unread, line.text, words=NAMES_TOO)
    line.text = _ASKING.sub(unread, line.text)
    return line


def is_passport(text: str) -> bool:
    """Whether this is the number of a passport, as they are written in Vietnam and elsewhere, and no
    other.
    """
    return bool(_PASSPORT.fullmatch(text.strip()))


def _unread(line: LineParts, found: re.Match[str]) -> str:
    line.unread.append(_bare(found[0]))
    return ", "


def _origin(line: LineParts, found: re.Match[str]) -> str:
    """Where somebody comes from, with the units above it, is no residence."""
    first, *others = found[0].split(",")
    above = list(takewhile(lambda part: _IS_UNIT.match(part) or areas.provinces_called(part), others))
    line.unread.append(_bare(",".join([first, *above])))
    return ",".join(["", "", *others[len(above) :]])


def _street(line: LineParts, found: re.Match[str]) -> str:
    groups = found.groupdict()
    if groups.get("may_be_date") and _says_a_date(groups):
        return found[0]
    line.streets.append((_bare(found["told"]), _bare(found["value"])))
    return f"{groups.get('kept') or ''}, "


def _aside(line: LineParts, found: re.Match[str]) -> str:
    """What a pattern calls `value` and `label` stands aside; what it calls `kept` stays. A label after
    its number says nothing more.
    """
    groups = found.groupdict()
    if groups.get("kept"):
        return found[0]
    aside = [_bare(groups.get(name) or "") for name in ("value", "quoted", "label")]
    line.aside += [one for one in aside if one and not BARE_LABEL.fullmatch(one)]
    return ", "


def _says_a_date(groups: dict[str, str | None]) -> bool:
    """Whether two digits between words are a year or a day: "sn 05 ninh kieu", "2 April"; or a part of a
    place's name: "quận 12".
    """
    before, after = fold(groups["before"] or "").strip(".:"), (groups["value"] or "").split()
    return before in _BEFORE_TWO_DIGITS or bool(
        after and (MONTH.fullmatch(after[0]) or fold(after[0]) in _AFTER_TWO_DIGITS)
    )


def _lies_in(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    """Whether one place of the line overlaps one of the others."""
    return any(start < span[1] and span[0] < end for start, end in others)


def _bare(text: str) -> str:
    return " ".join(text.split()).strip(" ,;.-–*•")


_WORDS = r"[^,;\n\t\r|()\[\]\d]"  # of one part of the line
_KIND = r"(?:phường|xã|thị\s+trấn|quận|huyện|thị\s+xã|thành\s+phố|tỉnh|tp|tx|tt|p\.|q\.|x\.|h\.)"
_UNTIL_A_PLACE = rf"(?:(?!\s+{_KIND}(?!\w)){_WORDS})*"
_BEFORE_TWO_DIGITS = frozenset(
    "phuong quan xa p q x to khu ap thon duong sn ns sinh nam tuoi khoang ngay thang lop born in on "
    "tp".split()
)
_AFTER_TWO_DIGITS = frozenset("thang tuoi years year yrs yr".split())

_MIDNIGHT = re.compile(r"(?<=\d)[ T]0{1,2}:00(?::00)?(?:\.0+)?(?![\d:])")  # as a sheet shows a day
_DAY_WRITTEN = r"\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)?\d\d(?!\w)"
_OF_A_PERSON = rf"(?:{_DAY_WRITTEN}|(?:\+?84|0)\d{{8,11}}(?!\w)|(?:19|20)\d\d(?!\w))"
_GLUED = re.compile(
    r"(?<=[^\W\d_]{3})[-–_:/](?=\d{2})|(?<=[^\W\d_])_(?=\w)"
    rf"|(?<=[^\W\d_]{{2}})(?={_OF_A_PERSON})|(?<=\s[^\W\d_])(?={_DAY_WRITTEN})"  # Dương21/06/1992
    r"|(?<=\d{4})(?=[^\W\d_]{2})(?<=[/.-]\d{4})|(?<=(?<!\d)0\d{9})(?=[^\W\d_]{2})"
)
_DASHED = re.compile(r"(?<=[^\W\d])\s+[-–—•·/]+\s+|\s+[-–—•·/]+\s+(?=[^\W\d])")
_PASSPORT = re.compile(
    r"(?<!\w)(?:(?:hộ\s+chiếu|ho\s+chieu|passport|hc|pp)(?:\s*(?:số|so|no\.?|number))?\s*[:.]?\s*(?P<number>[A-Z]{0,2}\s?\d{6,9})|"
    r"(?!(?:[OQDIL]|[OQDIL]{2})\d)[A-Z]{1,2}\d{6,8})(?!\w)",
    re.IGNORECASE,
)
_WRITTEN_TO = re.compile(r"\S+@\S+|https?://\S+|www\.\S+|(?<!\w)\d{1,2}:\d{2}(?::\d{2})?(?!\w)")
_DATED = re.compile(
    r"(?<!\w)(?:(?:ngày|nơi)\s+cấp|cấp\s+ngày|ngay\s+cap|cap\s+ngay|(?:có\s+)?giá\s+trị\s+đến|ngày\s+hết\s+hạn|hạn\s+(?:dùng|sử\s+dụng)|"
    r"biển\s+số(?:\s+xe)?|bsx|số\s+xe|thẻ\s+bhyt|bhyt|bhxh|mã\s+số\s+thuế|mst|số\s+sổ(?:\s+hộ\s+khẩu)?|mã\s+(?:số\s+)?hộ|stt)"
    r"(?!\w)\s*[:.]?\s*(?:(?:ngày\s+)?\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}|[\w./-]*\d[\w./-]*(?:\s+\d[\d.]*)?)",
    re.IGNORECASE,
)
_DATE = r"\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})(?![\w/])"
_DAY = re.compile(rf"(?:(?<!\w)(?:ngày|ngay|hôm)\s+)?(?<![\w/.-]){_DATE}", re.IGNORECASE)
_BORN = re.compile(
    rf"(?<!\w)(?:sinh(?:\s+(?:ngày|năm|ngay|nam))?|ns|sn|ntns|dob|born(?:\s+(?:on|in))?)\s*[:.]?\s*(?P<born>{_DATE}|(?:19|20)\d\d(?![\w/]))",
    re.IGNORECASE,
)  # where one says so, no other date is the birth
_HAPPENED = re.compile(
    r"(?<!\w)(?:(?:đã|da)\s+)?(?:tiêm|tiem|chích|chich|mũi|mui|liều|lieu|test|pcr|xét\s+nghiệm|xet\s+nghiem|lấy\s+mẫu|lay\s+mau|nhập\s+viện|nhap\s+vien|"
    r"(?:ra|xuất)\s+viện|(?:ra|xuat)\s+vien|cách\s+ly|cach\s+ly|dương\s+tính|duong\s+tinh|âm\s+tính|am\s+tinh|khai\s+báo|khai\s+bao|nhập\s+cảnh|nhap\s+canh)"
    rf"(?:\s+(?!sinh(?!\w))(?:[^\W\d_]+|\d(?!\d)))*?\s+(?:từ\s+|tu\s+)?(?:ngày|ngay|hôm|hom)\s+{_DATE}",
    re.IGNORECASE,
)  # "tiêm mũi 2 ngày 12/9/2021"
_FACT = re.compile(
    r"(?<!\w)(?:(?:dân\s+tộc|dan\s+toc|tôn\s+giáo|ton\s+giao|quốc\s+tịch|quoc\s+tich|nghề\s+nghiệp|nghe\s+nghiep|trình\s+độ|ghi\s+chú|"
    r"ghi\s+chu|lý\s+do|giới\s+tính|gioi\s+tinh|triệu\s+chứng|nơi\s+cấp|noi\s+cap|tên\s+(?:khác|thường\s+gọi|gọi\s+khác|ở\s+nhà|cũ)|"
    r"ten\s+(?:khac|goi\s+khac|thuong\s+goi|o\s+nha|cu)|bí\s+danh|biệt\s+danh|còn\s+gọi(?:\s+là)?|(?:thường|hay)\s+gọi(?:\s+là)?|aka|"
    r"quan\s+hệ(?:\s+với\s+chủ\s+hộ)?)(?!\w)"
    r"|(?:gt|nghề|tình\s+trạng)\s*:)\s*[:.]?" + _WORDS + r"*"
    r"|(?<!\w)tuổi\s+(?:(?:giáp|ất|bính|đinh|mậu|kỷ|canh|tân|nhâm|quý)\s+)?(?:tý|sửu|dần|mão|mẹo|thìn|tỵ|ngọ|mùi|thân|dậu|tuất|hợi)(?!\w)",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"(?<!\w)(?:(?:con|vợ|chồng|mẹ|má|bố|cha)\s+(?:(?:đẻ|ruột|gái|trai|dâu|rể|nuôi|út|cả)\s+)?(?:của|ông|bà|anh|chị|cô|chú|bác|cháu|bé)\s"
    r"|(?:cháu|con)\s+(?:(?:nội|ngoại)\s+)?(?:của|ông|bà|anh|chị|cua|ong)\s|(?:cha|bố|mẹ|vợ|chồng|bo|me|vo|chong|con)\s*:\s*(?=[^\W\d_]))"
    + _WORDS
    + "*",
    re.IGNORECASE,
)
_SMALL = "".join(letter for letter in map(chr, range(ord("a"), 0x1F00)) if letter.islower())
_STATE = re.compile(
    r"(?<!\w)(?:bị|đang|đã|chưa|không|vừa|mới\s+(?:về|đến|ở)|về\s+(?:từ|quê)|từ|cách\s+ly|tiêm|mũi|test|dương\s+tính|âm\s+tính|"
    rf"làm\s+(?:ở|tại|việc))(?!\w)(?:\s+[{_SMALL}][^\W\d]*)*"
)  # in small letters: these are no names
_ORIGIN = re.compile(
    r"(?<!\w)(?:quê\s+quán|nguyên\s+quán|nơi\s+(?:sinh|đăng\s+ký\s+khai\s+sinh)|(?:que\s+quan|nguyen\s+quan|noi\s+sinh)(?!\w)|quê\s*:|quê\s+(?:ở|tại|gốc)|"
    rf"(?-i:quê(?=\s+[^\W\d_{_SMALL}])))\s*[:.]?{_WORDS}*(?:,{_WORDS}*)*",
    re.IGNORECASE,
)
_IS_UNIT = re.compile(rf"\s*{_KIND}(?!\w)", re.IGNORECASE)
_GROUP = re.compile(
    r"(?<!\w)(?:(?:tổ(?:\s+dân\s+phố)?|to\s+dan\s+pho|tdp|khu\s+phố|khu\s+pho|kp|khu(?:\s+vực)?|khóm|ấp|thôn|xóm|đội|bản|buôn|làng|cụm|"
    r"khối(?:\s+phố)?|dãy|tầng|phòng)\s*(?:số\s+)?\.?\s*\d{1,3}|(?:to|khom|ap|thon|xom|khoi)\s+\d{1,2})[A-Za-z]?(?!\w|[./-]\d|\s+\d)",
    re.IGNORECASE,
)
_NUMBERED = r"\d{1,4}[A-Za-z]?(?:[/.-]\d{1,4}[A-Za-z]?)*(?!\w|[\s./-]*\d)"
_HOUSE = re.compile(
    rf"(?<!\w)(?P<told>(?:(?:số\s+nhà|so\s+nha|nhà\s+số|nha\s+so|nhà|lô|căn(?:\s+hộ)?|hẻm|hem|ngõ|ngách|kiệt|km)\s*[:.]?\s*{_NUMBERED}|"
    rf"(?:số|(?:đường|duong)(?:\s+(?:số|so))?)\s+(?:\d{{1,2}}\s+tháng\s+\d{{1,2}}|\d{{1,3}}[A-Za-z]?(?:/\d{{1,4}}[A-Za-z]?)*)(?!\w|[\s./-]*\d)))"
    rf"(?P<value>{_UNTIL_A_PLACE})",
    re.IGNORECASE,
)
_HOUSE_ALONE = re.compile(
    rf"(?P<kept>(?P<before>[^\s,;|()]*[^\W\d_][.:]?) "
    rf"+)(?P<told>(?:(?P<may_be_date>[0-2]\d|\d{{3}})|(?!\d+/\d{{4}}|\d+/\d+/)\d{{1,4}}[A-Za-z]?"
    rf"(?:/\d{{1,4}}[A-Za-z]?)+|\d{{1,4}}[A-Za-z]))(?= +[^\W\d_])(?P<value>{_UNTIL_A_PLACE})"
)  # "12/4 Lê Lợi", "12 Nhiêu Lộc"
_HOUSE_FIRST = re.compile(
    rf"(?<=[,;\n\t\r|])\s*(?P<told>(?!\d+/\d{{4}}|\d+/\d+/)\d{{1,4}}[A-Za-z]?(?:/\d{{1,4}}[A-Za-z]?)+)(?= "
    rf"+[^\W\d_])(?P<value>{_UNTIL_A_PLACE})"
)
_NO_YEAR = re.compile(
    r"(?<!\w)(?:sinh\s+)?(?:(?:(?:ngày|ngay|mùng|mồng)\s+)?(?:\d{1,2}\s+)?(?:tháng|thang)\s+(?:0?[1-9]|1[0-2])(?!\d|[/.-]\d|\s*[/-]?\s*\d{4})"
    r"|(?:ngày|mùng|mồng)\s+\d{1,2}(?:/\d{1,2})?(?![\d/.-]))(?:\s+(?:âm\s+lịch|al|âl))?(?!\w)",
    re.IGNORECASE,
)
_FORMER = (
    r"\s*(?:cũ|trước|nay|mới|thuộc|tức|sáp\s+nhập|hợp\s+nhất|formerly|old)(?!\w)[^()]*|[^()]*\s(?:cũ|mới)\s*"
)
_BRACKETS = re.compile(
    rf"(?P<kept>(?<!\w){_KIND}\s[^,;()\d]*(?:\d+\s*)?\((?:{_FORMER})\))|[(\[{{（](?P<value>[^()\[\]{{}}（）]*[^\W\d_][^()\[\]{{}}（）]*)(?:[)\]}}）]|$)|"
    r"[\"“«](?P<quoted>[^\"“”«»]*[^\W\d_][^\"“”«»]*)[\"”»]",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:^|(?<=[,;\n\t\r|]))\s*(?P<label>[^\W\d_]+(?:\s+[^\W\d_]+){0,3})\s*:\s*(?P<value>[^\W\d_][^,;\n\t\r|]*)"
)
_ASKING = re.compile(
    r"(?<!\w)(?:(?:cho|nhờ)\s+(?:em|chị|anh|mình|tôi|cô|chú)\s+(?:hỏi|tra|tìm|xem|kiểm\s+tra)|(?:tra|tìm|xem|kiểm\s+tra)\s+(?:giúp|giùm|hộ)(?:\s+(?:em|chị|anh|mình|tôi))?"
    r"|(?:với|nha|nhé|giúp\s+em|giúp\s+với)\s+ạ|ạ)(?!\w)",
    re.IGNORECASE,
)
