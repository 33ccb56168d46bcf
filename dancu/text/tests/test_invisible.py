"""What stands unseen between letters goes, and takes no space away; nor does it make one word of two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dancu.matching.normalising.names import normalise_name
from dancu.testing.words import VIETNAMESE_NAMES
from dancu.text.invisible import visible

UNSEEN = ["\u200b", "\ufeff", "\u00ad", "\u2060", "\u200c", "\u200d", "\u200e", "\u202a", "\u180e"]


@pytest.mark.parametrize("unseen", UNSEEN)
def test_between_letters_of_a_word_it_vanishes_and_between_words_it_is_a_space(unseen):
    for seen, meant in (
        ("Ng_uyễn Văn An", "Nguyễn Văn An"),
        ("Nguyễn_Văn_An", "Nguyễn Văn An"),
        ("Nguyễn _Văn_ An", "Nguyễn  Văn  An".replace("  ", " ")),
        ("_Nguyễn_", "Nguyễn"),
        ("VĂN_AN", "VĂN AN"),
        ("NGUY_ỄN", "NGUYỄN"),
        ("H_'Hen", "H'Hen"),
        ("001_085", "001085"),
        ("a_b c", "ab c"),
    ):
        assert visible(seen.replace("_", unseen)) == meant


@pytest.mark.parametrize("space", ["\u00a0", "\u2009", "\u202f", "\u3000", "\u2028", "\u0085"])
def test_a_space_of_another_kind_is_a_space(space):
    assert visible(f"Nguyễn{space}Văn An") == "Nguyễn Văn An"


@given(VIETNAMESE_NAMES, st.data())
def test_a_name_is_read_the_same_whatever_stands_unseen_in_it(name, data):
    at = data.draw(st.integers(0, len(name)))
    seen = name[:at] + data.draw(st.sampled_from(UNSEEN)) + name[at:]
    assert normalise_name(seen).text == normalise_name(name).text
    spaces = name.replace(" ", data.draw(st.sampled_from(["\u200b", "\ufeff \u200b", "\u00a0"])))
    assert normalise_name(spaces).text == normalise_name(name).text


@given(st.text())
def test_nothing_that_is_seen_is_lost(text):
    assert visible(visible(text)) == visible(text)
    assert [x for x in visible(text) if x.isalnum()] == [
        x for x in text if x.isalnum() and x not in "\u115f\u1160\u17b4\u17b5\u3164\uffa0"
    ]
