import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dancu.text.sounds import ends_key, given_key, name_keys

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cn"]), max_size=30)
NAMES = st.text(st.sampled_from("Nguyễn Thị ĐỨC  huynh\u0301\u0302\x1c\u3000'"), max_size=20)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nguyễn Văn An", "AN"),
        ("Lê Trung", "Trần Thị  Chun "),
        ("Phạm Thị Lan", "lang"),
        ("Y Blô Niê", "Niê"),
    ],
)
def test_names_whose_last_words_sound_alike_have_one_given_key(one, other):
    assert given_key(one) == given_key(other) != 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nguyễn Văn An", "an nguyen"),
        ("Huỳnh Thị Sáu", "Hoàng Sáu"),
        ("Võ Minh Trí", "Trí Vũ"),
        ("H'Hen Niê", "Niê H'Hen"),
        ("An", "An An"),
    ],
)
def test_the_ends_of_a_name_count_in_either_order_and_either_region(one, other):
    assert ends_key(one) == ends_key(other) != 0


def test_other_ends_have_other_keys():
    assert len({ends_key(name) for name in ("Nguyễn An", "Trần An", "Nguyễn Bình", "An", "Nguyễn")}) == 5


@pytest.mark.parametrize("nothing", ["", "   ", "\u0301", "\x1c"])
def test_no_word_at_all_has_the_key_nought(nothing):
    assert given_key(nothing) == ends_key(nothing) == 0


def test_a_key_is_the_same_in_every_version_for_it_stands_in_the_register():
    assert (given_key("Nguyễn Văn An"), ends_key("Nguyễn Văn An")) == (-1758133178, 390511767)


@given(st.lists(st.one_of(ANY_TEXT, NAMES, st.none()), max_size=20))
@example(["\x1c", "a\x1fb", "\u0085", "\u3000x", "\u0301 An", "An \u0301", "a\x1cb \u0301", "İ", "x\u2000y"])
def test_a_columns_keys_are_those_of_each_of_its_names(texts):
    names = pl.Series(texts, dtype=pl.String)
    given_keys, ends_keys = name_keys(names)
    assert given_keys.to_list() == [None if text is None else given_key(text) for text in texts]
    assert ends_keys.to_list() == [None if text is None else ends_key(text) for text in texts]
