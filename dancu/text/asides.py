"""What stands where a name should and is none, or stands beside one: "Tổng cộng", "Nguyễn Văn Tám (đã mất)",
"An và Bình".

Lists are kept so by hand. What may be somebody's name stays one: Và is a family name of the H'Mông, Mất a
given name.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from dancu.text.own_names import FAMILIES
from dancu.text.syllables import is_plausible

Aside = Literal["line", "several", "remark"]

_LINE = re.compile(
    r"(?:(?:tổng|cộng|tổng cộng|tổng số|tong cong|tong so|total|sum|cộng dồn)(?: "
    r"(?:cộng|số|hộ|khẩu|người|cong|so|ho|khau|nguoi|danh sách|nam|nữ|là|có))*"
    r"|(?:người|cán bộ|nguoi|can bo) (?:lập|kiểm tra|thực hiện|xác nhận|tổng hợp|nhập|báo cáo|lap|kiem "
    r"tra|thuc hien|tong hop)(?: .*)?"
    r"|(?:lập biểu|lập bảng|thủ trưởng|kế toán trưởng|xác nhận của|ký tên|ký và|ký ghi|đã ký|ghi chú|danh "
    r"sách|họ và tên|họ tên|ho va ten|ho ten|full name|fullname"
    r"|chủ tịch ubnd|tm ubnd|ubnd|ủy ban|uỷ ban|trạm y tế|trưởng trạm|hết|số thứ tự|stt|nơi nhận)(?: .*)?"
    r"|(?:thôn|xóm|ấp|bản|khóm|làng|khu phố|tổ dân phố|tổ nhân dân|cụm dân cư|tdp|xã|phường|huyện|quận) "
    r"(?:số )?.+|thị trấn .+|(?:tỉnh|thành phố) .+"
    r"|như trên|như nhau|đã (?:xóa|xoá|hủy|huỷ|chuyển|chết|mất)(?: .*)?|hộ (?:nghèo|cận nghèo|gia "
    r"đình|khẩu|độc thân|tập thể|kinh doanh)(?: .*)?"
    r"|(?:công ty|cty|bệnh viện|doanh nghiệp|hợp tác xã|htx|khách sạn|cơ quan|trung tâm|ngân hàng|trại "
    r"(?:giam|tạm giam|cải tạo|trẻ)|nhà (?:trẻ|máy|nghỉ|trọ|hàng|văn hóa))(?: .*)?"
    r"|trường (?:mầm non|mẫu giáo|tiểu học|trung học|thcs|thpt|cao đẳng|đại học|mn|học)(?: .*)?)"
    # of marked words those that are no family name: Bàn is one, bản none; Buôn is none here, since Buôn Krông
    # is
)
_GONE = (
    r"(?:đã |mới |vừa |bị )?(?:chết|tử vong|từ trần|qua đời|khuất núi)|(?:đã|mới|vừa) "
    r"(?:mất|chuyển|đi|cắt|xóa|xoá|nhập|tách|lấy|có|đăng ký|tiêm|khai|hy sinh)"
    r"|chuyển (?:đi|đến|khẩu|hộ|về)|đi (?:vắng|làm|học|nước|bộ đội|nghĩa vụ)|vắng mặt|tạm "
    r"(?:trú|vắng)|trùng tên|liệt sĩ|liệt sỹ|(?:da|đa) (?:mat|chet)|tu vong"
)
_REMARK = re.compile(
    rf"(?!\S+ (?:văn|thị|a) chết$)\S+ \S.* (?:{_GONE}|chủ hộ)(?: .*)?|\S+ (?:đã|bị) (?:chết|mất|chuyển)(?: "
    rf".*)?"
)
_TAIL = re.compile(r"\S+ \S.* (?:mất|vắng|trùng|chủ hộ|mới sinh|vắng nhà)")
_FAMILY = "|".join(sorted(FAMILIES))
_TWO_WHOLE = re.compile(
    rf"(?:{_FAMILY}) (?:văn|thị|van|thi) \S.* (?:{_FAMILY}) (?:văn|thị|van|thi) \S.*", re.IGNORECASE
)
_AND = re.compile(r"\s(?:và|va|cùng|với|and|&)\s", re.IGNORECASE)
_KIN = re.compile(
    r"(?:vợ|chồng|con|các con|cả nhà|gia đình|mẹ|bố|cha|anh|chị|em|cháu|vo|chong|gia dinh|cac con)\b"
)
_DASH = re.compile(r"\s[-‐‑–—]+\s|\s[-–—](?=\w)|(?<=\w)[-–—]\s")
MAY_BE = (
    r"(?i)^[\s\d\pP]*(?:tổng|cộng|tong|total|sum|người|nguoi|cán bộ|can bo|lập|thủ|kế "
    r"toán|xác|ký|đã|ghi|danh|họ|ho (?:va )?ten|full ?name|chủ tịch|tm|ubnd|ủy ban|uỷ ban"
    r"|trạm|trưởng|hết|số|stt|nơi|thôn|xóm|ấp|bản|khóm|làng|khu phố|tổ|cụm|tdp|xã|phường|huyện|quận|thị "
    r"trấn|tỉnh|thành phố"
    r"|như|hộ|công ty|cty|bệnh viện|doanh nghiệp|hợp tác|htx|khách sạn|cơ quan|trung tâm|ngân "
    r"hàng|trại|nhà|trường)(?:$|[^\p{L}\p{M}])"
    r"|[^\p{L}\p{M}](?:đã|da mat|da chet|đa mat|đa chet|chết|tử vong|tu vong|từ trần|qua "
    r"đời|khuất|mới|vừa|bị|chuyển|đi|vắng|tạm|trùng|liệt|mất|chủ hộ"
    r"|và|va|cùng|với|and)(?:$|[^\p{L}\p{M}])|[-‐‑–—,;/+&]"
    r"|[^\p{L}\p{M}](?:văn|thị|van|thi)[^\p{L}\p{M}].*[^\p{L}\p{M}](?:văn|thị|van|thi)[^\p{L}\p{M}]"
)
"""Of names in which there is none of it `aside` tells nothing: for a whole column, as polars writes it."""


@lru_cache(maxsize=1 << 14)
def aside(name: str) -> Aside | None:
    """What is wrong with a name by its words. line: it is a line of a list (a total, who signs, a hamlet, a
    header); several: it names more than one person; remark: something is noted beside it; None: nothing of
    that kind.
    """
    name = unicodedata.normalize("NFC", " ".join(name.split()))
    said = re.sub(r"[.,;:()\[\]*…]+", " ", name.lower()).strip()
    said = " ".join(re.sub(r"^[\d\W]+", "", said).split())
    uncounted = " ".join(re.sub(r"\b\d+\b", "", said).split())
    if _LINE.fullmatch(said) or _LINE.fullmatch(uncounted):
        return "line"
    if _names_several(name):
        return "several"
    mixed = not name.isupper() and not name.islower()
    last = name.split()[-2:] if _TAIL.fullmatch(said) else []
    if _REMARK.fullmatch(said) or (mixed and last and last[-1].strip("()").islower()):
        return "remark"
    before, *after = _DASH.split(name)
    return "remark" if after and len(before.split()) > 1 and all(map(is_plausible, before.split())) else None


def _names_several(name: str) -> bool:
    """Whether "và", a comma or a dash stands between two names, or before whose kin comes too."""
    for found in _AND.finditer(name):
        before, after = name[: found.start()].split(), name[found.end() :].split()
        small = found[0].strip().islower() and not name.islower()
        if _KIN.match(" ".join(after).lower()) or (
            small and found[0].strip() in ("và", "cùng", "với", "and", "&")
        ):
            return True
        if (
            len(before) > 1
            and len(after) > 1
            and after[0].lower() in FAMILIES
            and before[0].lower() in FAMILIES
        ):
            return True
    if _TWO_WHOLE.fullmatch(name):
        return True
    first, *others = _parts(name)
    return bool(others) and len(first) > 1 and any(_is_whole(part) for part in others)


def _parts(name: str) -> list[list[str]]:
    parts = [part.split() for part in re.split(rf"[,;/+]|{_DASH.pattern}", name)]
    return [part for part in parts if part] or [[]]


def _is_whole(words: list[str]) -> bool:
    return (len(words) > 1 and words[0].lower() in FAMILIES) or bool(_KIN.fullmatch(" ".join(words).lower()))
