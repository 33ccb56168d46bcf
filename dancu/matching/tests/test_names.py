"""The faults that declared names suffer (docs/domain.md), and what compare_names calls each."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dancu.matching.names import compare_names

NAME = "Nguyễn Thị Thu Hòa"
LEVELS = {"same", "spelling", "unmarked", "marks", "order", "shortened", "close", "different", "missing"}
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)
WORDS = "Nguyễn Trần Lê Phạm Võ Vũ Huỳnh Hoàng Văn Thị Thu Đức Hòa Mỹ Quý An Ê Blô H'Hen Niê Ng. T."
NAMES = st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=5).map(" ".join)


@pytest.mark.parametrize(
    ("declared", "held"),
    [
        (NAME, NAME),
        ("  Nguyễn  Thị Thu   Hòa ", NAME),
        (unicodedata.normalize("NFD", NAME), NAME),
        ("Ðỗ Thu Hà", "Đỗ Thu Hà"),  # the Icelandic letter that some keyboards type
        ("An", "An"),
        ("H'Hen Niê", "H'Hen Niê"),
    ],
)
def test_spaces_unicode_forms_and_a_foreign_d_make_no_difference(declared, held):
    assert compare_names(declared, held) == "same"


@pytest.mark.parametrize(
    ("declared", "held"),
    [
        ("NGUYỄN THỊ THU HÒA", NAME),
        ("nguyễn thị thu hòa", NAME),
        ("Nguyễn Thị Thu Hoà", NAME),
        ("Lê Thuỳ Linh", "Lê Thùy Linh"),
        ("Lí Văn Mĩ", "Lý Văn Mỹ"),
        ("Trần Quí", "Trần Quý"),
        ("Nguyeenx Thị Thu Hòa", NAME),  # Telex keys that reached the paper
        ("Nguye6n4 Thi5 Thu Ho2a", NAME),
        ("NguyÔn ThÞ Thu Hßa", NAME),  # TCVN3
        ("Nguyeãn Thò Thu Hoøa", NAME),  # VNI
        ("H’ HEN NIÊ", "H'Hen Niê"),
    ],
)
def test_case_tone_placement_and_i_for_y_are_another_spelling(declared, held):
    assert compare_names(declared, held) == "spelling"


@pytest.mark.parametrize("declared", ["Nguyen Thi Thu Hoa", "NGUYEN THI THU HOA", "nguyen thi  thu hoa"])
def test_a_name_typed_without_any_marks_is_unmarked(declared):
    assert compare_names(declared, NAME) == "unmarked"


@pytest.mark.parametrize(
    ("declared", "held"),
    [("Nguyễn Thị Thu Hóa", NAME), ("Nguyên Thị Thu Hòa", NAME), ("Trần Văn Đúc", "Trần Văn Đức")],
)
def test_wrong_marks_are_told_from_no_marks(declared, held):
    assert compare_names(declared, held) == "marks"


@pytest.mark.parametrize(
    "declared", ["Hòa Nguyễn Thị Thu", "Hoa Thi Thu Nguyen", "Thị Thu Hòa Nguyễn", "Hòa Nguyeenx Thị Thu"]
)
def test_the_given_name_first_is_another_order(declared):
    assert compare_names(declared, NAME) == "order"


@pytest.mark.parametrize(
    "declared",
    [
        "Nguyễn Hòa",
        "Hòa Nguyễn",
        "Ng.T.T.Hòa",
        "Ngt. Thu Hòa",
        "Nguyễn Thu Hòa",
        "Nguyễn T. Thu Hòa",
        "Ng. Thị Thu Hòa",
        "Ng T T Hoa",
        "nguyen thi hoa",
    ],
)
def test_middle_words_dropped_or_abbreviated_shorten_a_name(declared):
    assert compare_names(declared, NAME) == "shortened"


def test_a_register_that_holds_the_short_form_is_met_by_the_long_one():
    assert compare_names(NAME, "Nguyễn Hòa") == "shortened"


@pytest.mark.parametrize(
    ("declared", "held"),
    [
        ("Huỳnh Văn Tâm", "Hoàng Văn Tâm"),
        ("Võ Thị Sáu", "Vũ Thị Sáu"),
        ("Nguyễn Thị Thu Hoan", NAME),
        ("Trần Văn Bnìh", "Trần Văn Bình"),
        ("Lê An", "Lê Am"),
    ],
)
def test_a_slip_of_one_or_two_letters_and_a_regional_surname_are_close(declared, held):
    assert compare_names(declared, held) == "close"


@pytest.mark.parametrize(
    ("declared", "held"),
    [
        ("Nguyễn Văn Bình", NAME),
        ("Trần Thị Thu Hòa", NAME),  # another surname is another family
        ("Nguyễn Thị Thu Hương", NAME),
        ("Hòa", NAME),  # one word names nobody
        ("Lê An", "Lê Bắc"),
        ("Vũ Gia Huy", "Vũ Gia Hân"),  # two letters of three: a twin's
        ("Phạm Minh Chi", "Phạm Minh Châu"),
        ("Nguyễn Anh Minh", "Nguyễn Minh Anh"),  # the family name stands where it stood: not given name first
        (". . .", NAME),
        (". Hòa", NAME),
    ],
)
def test_another_name_is_different(declared, held):
    assert compare_names(declared, held) == "different"


@pytest.mark.parametrize("declared", ["", "   ", "\u3000\n"])
def test_no_name_is_missing(declared):
    assert compare_names(declared, NAME) == "missing"


@given(ANY_TEXT.filter(str.strip))
def test_any_name_is_the_same_as_itself(name):
    assert compare_names(name, name) == "same"


@given(ANY_TEXT, ANY_TEXT)
def test_any_two_texts_compare_to_some_level(declared, held):
    assert compare_names(declared, held) in LEVELS


@given(NAMES, NAMES)
def test_which_of_the_two_is_declared_matters_only_for_marks_and_for_slips(one, other):
    there, back = compare_names(one, other), compare_names(other, one)
    if {there, back} & {"same", "spelling", "order", "shortened"}:
        assert there == back
    if {there, back} & {"unmarked", "marks"}:
        assert {there, back} <= {"unmarked", "marks"}
