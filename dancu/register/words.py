"""What the codes in a person's record mean, for everyone who shows a record."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dancu.values import sexes

Words = str | Promise

SEXES = sexes.LABELS
STATUSES: dict[int, Words] = {1: _("Alive"), 2: _("Deceased"), 3: _("Declared missing")}
MARITAL_STATUSES: dict[int, Words] = {
    1: _("Single"),
    2: _("Married"),
    3: _("Widowed"),
    4: _("Divorced"),
    5: _("Separated"),
}
RELATIONS: dict[int, Words] = {  # to the head of the household
    1: _("Head of household"),
    2: _("Spouse"),
    3: _("Child"),
    4: _("Parent"),
    5: _("Sibling"),
    6: _("Grandchild"),
    7: _("Child-in-law"),
    8: _("Grandparent"),
    9: pgettext_lazy("relation to the head of the household", "Other"),
}
RELATIVES: dict[str, Words] = {
    "father": _("Father"),
    "mother": _("Mother"),
    "spouse": _("Spouse"),
    "representative": _("Legal representative"),
}
RESIDENCES: dict[int, Words] = {  # Decree 62/2021
    1: _("Permanent residence"),
    2: _("Temporary residence"),
    3: _("Temporary absence"),
    4: _("Current residence"),
    5: _("Stay"),
}
# The names of the groups are their own; only the last two are translated. Decision 121-TCTK/PPCĐ of 1979.
_GROUPS = (
    "Kinh|Tày|Thái|Hoa|Khơ-me|Mường|Nùng|HMông|Dao|Gia-rai|Ngái|Ê-đê|Ba-na|Xơ-đăng|Sán Chay|Cơ-ho|Chăm|Sán "
    "Dìu|Hrê|"
    "Mnông|Ra-glai|Xtiêng|Bru-Vân "
    "Kiều|Thổ|Giáy|Cơ-tu|Gié-Triêng|Mạ|Khơ-mú|Co|Tà-ôi|Chơ-ro|Kháng|Xinh-mun|Hà Nhì|"
    "Chu-ru|Lào|La Chí|La Ha|Phù Lá|La Hủ|Lự|Lô Lô|Chứt|Mảng|Pà Thẻn|Co Lao|Cống|Bố Y|Si La|Pu Péo|Brâu|Ơ "
    "Đu|Rơ-măm"
)
ETHNICITIES: dict[str, Words] = {
    f"{code:02}": name for code, name in enumerate(_GROUPS.split("|"), start=1)
} | {
    "55": _("Foreigner"),
    "56": _("Not known"),
}
RELIGIONS: dict[str, Words] = {
    "01": _("Buddhist"),
    "02": _("Catholic"),
    "03": "Phật giáo Hòa Hảo",
    "04": _("Islam"),
    "05": "Cao Đài",
    "06": "Minh Sư đạo",
    "07": "Minh Lý đạo",
    "08": _("Protestant"),
    "09": "Tịnh độ cư sĩ Phật hội Việt Nam",
    "10": "Đạo Tứ Ân Hiếu Nghĩa",
    "11": "Bửu Sơn Kỳ Hương",
    "12": "Baha’i",
    "13": "Bà La Môn",
    "14": "Mormon",
}
EVENTS: dict[str, Words] = {  # kinds of life_event
    "entry": _("Added to the register"),
    "correction": _("Corrected"),
    "birth": _("Birth registered"),
    "child_birth": _("Birth of a child"),
    "move": _("Change of residence"),
    "split": _("Household divided"),
    "head": _("New head of household"),
    "marriage": _("Marriage"),
    "divorce": _("Divorce"),
    "death": _("Death"),
    "spouse_death": _("Death of the husband or wife"),
    "missing": _("Declared missing"),
    "return": _("Returned"),
    "spouse_return": _("Return of the husband or wife"),
    "new_number": _("Personal number replaced"),
    "undone": _("Event undone"),
    "merge": _("Merged with another record"),
    "merge_undone": _("Merge undone"),
}


def meaning(words: Mapping[Any, Any], code: object) -> Words:
    """What a code means; the code itself where it is not known here, "" where there is none."""
    return "" if code is None or code == "" else words.get(code, str(code))
