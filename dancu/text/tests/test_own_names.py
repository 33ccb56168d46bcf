"""A name that says whose child somebody is, is no name of theirs."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dancu.matching.errors import NameOfAParent
from dancu.matching.names import compare_names
from dancu.matching.normalising.names import clean_parts, normalise_name
from dancu.matching.normalising.plain_names import plain_names
from dancu.matching.normalising.word_lists import SURNAMES
from dancu.register.importing.problems import is_own_name
from dancu.text.own_names import own_name


@pytest.mark.parametrize(
    "text",
    [
        "Con bà Nguyễn Thị Hoa",
        "Con của Nguyễn Thị Hoa",
        "Bé gái con chị Nguyễn Thị Hoa",
        "CB Nguyễn Thị Hoa",
        "CB. Hoa",
        "C.B Nguyễn Thị Hoa",
        "CON BÀ HOA",
        "con ba nguyen thi hoa",
        "Con Nguyễn Thị Hoa 1",
        "Con bà",
        "Bé trai",
        "Sơ sinh con bà Lan",
        "so sinh con ba lan",
        "SS con chị Lan",
        "Trẻ sơ sinh",
        "2. Con bà Hoa",
        "Con baf Nguyeenx Thij Hoa",
        "Nguyễn Thị Hoa (con)",
        "Nguyễn Thị Hoa - con 2",
        "Chưa đặt tên",
        "Cháu bà Hoa",
        "Vợ ông Hùng",
        "Baby of Nguyen Thi Hoa",
        "mẹ Trọng",
        "mẹ Lê Thị Ngân",
        "Mẹ Lan",
        "1. Mẹ Lan",
        "Bố Quỳnh",
        "Tía Sáu",
        "Vợ Vũ Danh Khải",
        "Chồng Hoa",
        "Má Liên",
        "Má Nguyễn Thị Liên",
        "MA NGUYEN THI HOA",
        "ME Mai",
        "ME LE THI NGAN",
        "Ba Lê Văn Trọng",
        "Cha Nguyễn Văn Hùng",
        "Bé Lê Gia Sơn",
        "Bé Na",
        "Cháu Tí",
        "cháu Nguyễn Văn An",
        "Em Lê Thị Hoa",
        "Anh trai Nguyễn Văn An",
        "Bà nội Lê Thị Bưởi",
        "Thân nhân",
        "Thân nhân Trần Văn An",
        "Thân nhân bà Hoa",
        "Người nhà",
        "người nhà bn Hùng",
        "Thai nhi",
        "Ẩn danh",
        "NULL",
        "none",
        "NaN",
        "Không",
        "Nguyễn Thị Hoa (mẹ)",
        "Lê Văn An - vợ",
        "Trần Văn Bình (người nhà)",
    ],
)
def test_whose_child_it_is_is_no_name(text):
    name = normalise_name(text)
    assert isinstance(name.problem, NameOfAParent)
    assert (name.text, name.ordered, name.unnamed, clean_parts(text)) == ("", "", name.problem.args[0], None)
    assert compare_names(text, "Nguyễn Thị Hoa") == "different"


@pytest.mark.parametrize(
    "text",
    [
        "Trần Gia Bảo (con bà Nguyễn Thị Hoa)",
        "Trần Gia Bảo con bà Nguyễn Thị Hoa",
        "Trần Gia Bảo - con chị Hoa",
        "Trần Gia Bảo (CB Hoa)",
        "TRẦN GIA BẢO CON BÀ HOA",
        "Trần Gia Bảo (mẹ Nguyễn Thị Hoa)",
        "Trần Gia Bảo mẹ Hoa",
        "Trần Gia Bảo, mẹ là Lan",
        "Trần Gia Bảo (bố: Hùng)",
    ],
)
def test_what_stands_before_it_is_the_childs_name(text):
    name = normalise_name(text)
    assert (name.text.title(), name.problem) == ("Trần Gia Bảo", None)
    assert "parent_named" in name.faults
    assert compare_names(text, "Trần Gia Bảo") == "spelling"


@pytest.mark.parametrize(
    "text",
    [
        "Nguyễn Thị Bé",
        "Trần Văn Con",
        "Nguyễn Thị Bé Gái",
        "Châu Anh Tuấn",
        "Vo Anh Hung",
        "Bế Văn Đàn",
        "So Minh",
        "So Sinh",
        "Vo Danh",
        "Con",
        "Lê Thị Bà",
        "Nguyễn Con",
        "Bé Bảy",
        "Mè Thị Em",
        "Y Blô Niê",
        "Trần Thị Con",
        "Má A Sử",
        "Má Thị Dợ",
        "Má Seo Páo",
        "Má Dợ",
        "Má Nguyễn Thanh Thơm",
        "Ma Thị Hoa",
        "Ma Liên",
        "Ma Lê Hoa",
        "Thân Nhân Trung",
        "Thân Văn Nhiếp",
        "Nguyễn Văn Bé",
        "Vo Nguyen Giap",
        "Võ Nguyên Giáp",
        "Bo Bo Thị Lan",
        "Nguyễn Thị Mẹ",
        "Lê Văn Bố",
        "Thái Nhi",
        "Thai Thi Nhi",
        "Bá Văn An",
        "Cha Ma Léa Thị Hoa",
        "Gia Bảo",
        "Nan",
        "Na",
    ],
)
def test_people_who_are_called_nearly_so_keep_their_names(text):
    name = normalise_name(text)
    assert (name.text, name.problem) == (text, None)


_words = st.sampled_from(
    [
        "Con",
        "con",
        "CB",
        "bà",
        "Chị",
        "Bé",
        "Gái",
        "Nguyễn",
        "Trần",
        "Be",
        "Em",
        "Mè",
        "Thị",
        "Hoa",
        "Anh",
        "Bảo",
        "Sơ",
        "sinh",
    ]
)


@given(st.lists(_words, min_size=1, max_size=6).map(" ".join))
def test_a_column_at_once_takes_no_parents_name_for_a_childs(text):
    name = normalise_name(text)
    for plain, *parts in plain_names(pl.Series([text])).iter_rows():
        told = " ".join(filter(None, parts)).lower()
        assert (plain, told) == (text, name.ordered.lower())
    if parts := clean_parts(text):
        assert parts.ordered.lower() == name.ordered.lower()


@given(
    st.sampled_from([word for word in SURNAMES if word not in ("Con", "Má")]),
    _words,
    st.sampled_from(["Hoa", "Anh", "Bảo"]),
)
def test_whoever_has_a_family_name_first_has_a_name(surname, middle, given_name):
    assert normalise_name(f"{surname} {middle} {given_name}").text.startswith(surname)


@given(st.lists(_words, min_size=1, max_size=6).map(" ".join) | st.text(max_size=20))
def test_a_column_of_a_population_file_is_asked_as_each_name_is(text):
    own = pl.DataFrame({"full_name": [text]}).select(is_own_name("full_name")).item()
    assert own == (own_name(text) == text)


def test_a_population_file_takes_no_parents_name():
    names = ["Con bà Lan", "Trần Thị Bé", "CB Nguyễn Thị Hoa", None]
    assert pl.DataFrame({"full_name": names}).select(is_own_name("full_name"))["full_name"].to_list()[:3] == [
        False,
        True,
        False,
    ]
