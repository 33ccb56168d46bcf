import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dancu.text.folding import fold, folded

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cn"]), max_size=40)


def column(texts: list[str]) -> list[str]:
    return (
        pl.DataFrame({"text": texts}, schema={"text": pl.String})
        .select(folded(pl.col("text")))["text"]
        .to_list()
    )


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Nguyễn  ĐỨC", "nguyen duc"),
        ("Ðỗ Thu Hà", "do thu ha"),
        ("  Huỳnh\tVõ\n", "huynh vo"),
        ("Hoà", "hoa"),
        ("H'Hen Niê", "h'hen nie"),
        ("", ""),
    ],
)
def test_text_is_folded_to_lower_case_without_marks(text, key):
    assert fold(text) == key
    assert column([text]) == [key]


@given(st.lists(ANY_TEXT, max_size=20))
@example(["\x1c", "a\x1fb", "\u0085", "\u3000x", "ΑΣ", "İstanbul", "\u212a"])
def test_a_column_is_folded_like_each_of_its_texts(texts):
    assert column(texts) == [fold(text) for text in texts]


@given(ANY_TEXT)
def test_a_folded_text_is_folded_already(text):
    assert fold(fold(text)) == fold(text)
