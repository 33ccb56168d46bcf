"""Names to draw from: real ones, of the words that the synthetic population is named by."""

from hypothesis import strategies as st

from dancu.register.synthetic.name_lists import name_lists
from dancu.syllables import is_syllable

from ..word_lists import SURNAMES

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
