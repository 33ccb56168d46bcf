"""Names to draw from: real ones, of the words that the synthetic population is named by."""

from hypothesis import strategies as st

from dancu.matching.normalising.word_lists import SURNAMES
from dancu.synthetic.population.name_lists import name_lists
from dancu.text.syllables import is_syllable

WORDS = sorted({word for name in name_lists().words for word in name.split() if is_syllable(word)})
VIETNAMESE_SURNAMES = [name for name in SURNAMES if is_syllable(name)]
VIETNAMESE_NAMES = st.builds(
    lambda surname, words: " ".join([surname, *words]),
    st.sampled_from(VIETNAMESE_SURNAMES),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3),
)
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60) | st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0x1EFF), max_size=40
)
_PIECES = (
    "0 00 000 1 5 12 13 31 85 1985 1899 2021 31118 99999 / - . , : ; T Z +07:00 +99:00 17:00:00 "
    "24:60 Jun march th6 tháng năm ngày mười ? x -- \u0661 \u00b2 ½ ９"
).split()
DATE_LIKE = st.lists(st.sampled_from([*_PIECES, " "]), max_size=9).map("".join)
"""Texts of what dates are written with, in any order: what is nearly a date breaks readers more often
than what is none.
"""
NUMBER_LIKE = st.lists(
    st.sampled_from(
        [
            "0",
            "001",
            "085",
            "001234",
            "9",
            "E+",
            "e",
            "O",
            "l",
            ".",
            ",",
            " ",
            "-",
            "'",
            "+",
            "84",
            "\u0661",
            "²",
            "(",
            "/",
            "x",
        ]
    ),
    max_size=9,
).map("".join)
