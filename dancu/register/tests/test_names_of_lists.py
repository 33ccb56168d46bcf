"""What lists write where a name should stand comes back as what it is; names in old ways of writing are
mended or told; real names stay.
"""

import unicodedata

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dancu.register.errors import (
    NameOfAnother,
    NameOfSeveral,
    NameWithRemark,
    NotAName,
    NotAPerson,
    RegisterError,
)
from dancu.register.importing.problems import _are_unwritten, _asides, legible_names
from dancu.register.names import right_name
from dancu.text.asides import aside
from dancu.text.fonts import _VISCII, into_tcvn3, into_vni

VIQR = {
    "\u0300": "`",
    "\u0301": "'",
    "\u0303": "~",
    "\u0309": "?",
    "\u0323": ".",
    "\u0302": "^",
    "\u0306": "(",
    "\u031b": "+",
}
NAMES = [
    "Huỳnh Thị Ngọc Ánh",
    "Nguyễn Văn An",
    "Trần Đức Sơn",
    "Đặng Thuỳ Dương",
    "Phạm Thị Bưởi",
    "Ngô Quỳnh Nga",
    "Đỗ Hữu Lộc",
    "Lý Mỹ Phượng",
    "Phan Tuấn Khải",
    "Lê Thị Mỹ Lệ",
    "Trần Thị Bích",
    "Đào Thị Lẹn",
    "Nguyễn Thị Ổi",
    "Lê Quốc Đạt",
    "Võ Như Ý",
]


def into_viqr(name: str) -> str:
    said = name.replace("Đ", "DD").replace("đ", "dd")
    parts = [unicodedata.normalize("NFD", letter) for letter in said]
    tones = "\u0300\u0301\u0303\u0309\u0323"
    return "".join(
        part[0] + "".join(VIQR[mark] for mark in sorted(part[1:], key=lambda mark: mark in tones))
        for part in parts
    )


def into_cp1258(name: str) -> str:
    said = b""
    for letter in unicodedata.normalize("NFC", name):
        apart = unicodedata.normalize("NFD", letter)
        tones = "".join(mark for mark in apart if mark in "\u0300\u0301\u0303\u0309\u0323")
        plain = unicodedata.normalize(
            "NFC", "".join(mark for mark in apart if mark not in tones or not tones)
        )
        try:
            said += letter.encode("cp1258")
        except UnicodeEncodeError:
            said += plain.encode("cp1258") + tones.encode("cp1258")
    return said.decode("latin-1")


def into_viscii(name: str) -> str:
    letters = {letter: sign for sign, letter in _VISCII.items()}
    return "".join(letters.get(letter, letter) for letter in name)


def into_utf_7(name: str) -> str:
    return name.encode("utf-7").decode("ascii")


def taken(text: str) -> str | None:
    try:
        return right_name(text)
    except RegisterError:
        return None


def taken_from_a_file(text: str) -> str | None:
    column = legible_names(pl.Series([text])).str.normalize("NFC")
    return None if _asides(column)[0] or _are_unwritten(column)[0] else column[0]


@pytest.mark.parametrize("into", [into_viqr, into_cp1258, into_viscii, into_utf_7, into_vni, into_tcvn3])
@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_an_old_way_of_writing_is_the_right_one_or_told(into, name):
    assert taken(into(name)) in (name, None) or "ß" in into(name)  # Như of VISCII is a German's as well
    if into in (into_viqr, into_utf_7):
        assert (taken(into(name)), taken_from_a_file(into(name))) == (name, name)


@pytest.mark.parametrize(
    "name",
    [
        "H'Hen Niê",
        "Y-Bler",
        "Y Bler Niê",
        "O'Brien",
        "Müller",
        "Jean-Luc Müller",
        "Nguyễn T. An",
        "Ng. T. Hoa",
        "Đặng Đình Đức",
        "Và Bá Chớ",
        "Và Y Xì",
        "Lầu Bá Và",
        "Nguyễn Thị Mất",
        "Buôn Krông Tuyết Nhung",
        "H'Linh Buôn Yă",
        "Tôn Nữ Thị Ninh",
        "K'Brể",
        "N'Trang Lơng",
        "D'Angelo",
        "Smith - Jones",
        "Robert Jr.",
        "J. R. Smith",
        "Từ Trần An",
        "Bàn Văn Hộ",
        "Lê Cộng Hòa",
        "Đoàn Thị Đi",
        "Trần Vắng",
        "Phan Văn Trùng",
        "Trần Cùng",
        "Quận",
        "Ka' Lan",
        "Ng Wei",
        "Ñuñez",
        "Ê̆ban",
        "Liệt Sĩ Minh",
        "R'Ô H'Bla",
        "Nguyễn Chuyển",
        "Lê Văn Thôn",
        "Loïc Nguyen",
        "Niccolò Rossi",
        "Ærø Ångström",
        "Guðrún",
        "Nguyễn Văn Chết",
        "Và A Chết",
        "Trương Thị Mới Sinh",
        "Hộ Văn Chủ",
        "Nguyễn Công Ty",
        "Lê Bệnh",
        "Đoàn Thị Như Trên",
        "Nguyễn Thị Lê Thị",
        "Trường Văn Học",
        "Trần Cháu Anh",
    ],
)
def test_a_real_name_stays(name):
    assert right_name(name) == taken_from_a_file(name) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize(
    ("text", "name"),
    [("H’Hen Niê", "H'Hen Niê"), ("HʼHen Niê", "H'Hen Niê"), ("Ðặng Văn Ðức", "Đặng Văn Đức")],
)
def test_another_apostrophe_and_another_d_are_ours(text, name):
    assert right_name(text) == taken_from_a_file(text) == name


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("Nguyễn Văn Tám (đã mất)", NameWithRemark),
        ("Nguyễn Văn Chín (chết 2020)", NameWithRemark),
        ("Nông Đình Dương - chết", NameWithRemark),
        ("Nguyễn Văn An đã chết", NameWithRemark),
        ("Nguyễn Văn An chuyển đi", NameWithRemark),
        ("Nguyễn Văn An mất", NameWithRemark),
        ("Trần Văn Bảy và Lê Thị Sáu", NameOfSeveral),
        ("TRẦN VĂN BẢY VÀ LÊ THỊ SÁU", NameOfSeveral),
        ("Trần Văn Bảy, Lê Thị Sáu", NameOfSeveral),
        ("Nguyễn Văn Ổi + vợ", NameOfSeveral),
        ("Nguyễn Văn An và con", NameOfSeveral),
        ("Nguyễn Văn An - Trần Thị Bé", NameOfSeveral),
        ("Tổng cộng", NotAPerson),
        ("Tổng cộng: 25 người", NotAPerson),
        ("NGƯỜI LẬP BIỂU", NotAPerson),
        ("Thôn Đông", NotAPerson),
        ("Xóm 3", NotAPerson),
        ("Hộ nghèo", NotAPerson),
        ("Công ty An Phát", NotAPerson),
        ("Trường Mầm non Hoa Sen", NotAPerson),
        ("BỆNH VIỆN BẠCH MAI", NotAPerson),
        ("Trại giam", NotAPerson),
        ("Như trên", NotAPerson),
        ("Đã xóa", NotAPerson),
        ("BG Nguyễn Thị Lan", NameOfAnother),
        ("Nguyễn Văn An cháu ông Bảy", NameOfAnother),
        ("Nguyễn Văn An mới sinh", NameWithRemark),
        ("Nguyễn Văn An vắng nhà", NameWithRemark),
        ("Nguyễn Văn An Chủ Hộ", NameWithRemark),
        ("Nguyễn Văn An Lê Thị Bình", NameOfSeveral),
        ("NGUYEN VAN AN LE THI BINH", NameOfSeveral),
        ("Họ và tên", NotAPerson),
        ("TM. UBND xã", NotAPerson),
        ("Hộ ông Nguyễn Văn Mít", NameOfAnother),
        ("Trống", NameOfAnother),
        ("Nguyễn Văn Lựu*", NotAName),
        ("Nguyễn Văn Xoài/Mận", NotAName),
        ("Nguyễn Văn An ❤", NotAName),
        ("Nguyễn.Văn.An", NotAName),
        ("XXX", NotAName),
        ("Nguy\\~{\\^e}n", NotAName),
        ("Nguyễ́n Văn An", NotAName),
        ("Nguyễn Văn An (A)", NotAName),
        ("Nguyễn Văn An [A]", NotAName),
    ],
)
def test_what_lists_write_beside_a_name_or_in_its_stead_is_told(text, error):
    with pytest.raises(error) as refused:
        right_name(text)
    assert str(refused.value)
    assert error is NameOfAnother or taken_from_a_file(text) is None


@given(
    st.lists(
        st.sampled_from(
            [
                "Nguyễn",
                "và",
                "Và",
                "Lê",
                "-",
                "(đã mất)",
                "chết",
                "Thôn",
                "+",
                "vợ",
                "An",
                "Tổng",
                "cộng",
                "3",
                "Cùng",
                "mất",
            ]
        ),
        max_size=6,
    ).map(" ".join)
)
def test_a_column_at_once_tells_what_each_name_tells(text):
    assert _asides(pl.Series([text]))[0] == aside(text)


def test_given_names_that_are_words_of_lists_too_stay():
    words = {
        f"{surname} Văn {name}"
        for surname in ("Nguyễn", "Và", "Thân")
        for name in ("Hộ", "Đi", "Hết", "Tỉnh", "Cùng", "Quận", "Trùng")
    }
    assert [name for name in words if taken(name) != name] == []
