import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dancu.areas.folding import bare, key, placed_words, with_marks


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("P.Bến Nghé, Q1", "Phường Bến Nghé, Quận 1"),
        ("p ben nghe q.01", "Phường Bến Nghé Quận 1"),
        ("F5 Q3", "Phường 5 Quận 3"),
        ("TP.HCM", "Thành phố HCM"),
        ("T.P Huế", "Thành phố Huế"),
        ("TX. Sơn Tây", "Thị xã Sơn Tây"),
        ("TT Yên Viên", "Thị trấn Yên Viên"),
        ("X. Lý Bôn, H. Đông Hưng, T. Thái Bình", "Xã Lý Bôn, Huyện Đông Hưng, Tỉnh Thái Bình"),
        ("ÐẮK LẮK", "Đắc Lắc"),
        ("Mĩ Tho", "Mỹ Tho"),
        ("huyện M’Drăk", "HUYỆN M'ĐRẮK"),
    ],
)
def test_what_is_written_differently_but_meant_alike_is_alike(written: str, meant: str) -> None:
    assert key(written) == key(meant)


@pytest.mark.parametrize(
    ("one", "other"), [("Tây", "Tai"), ("Quận 1", "Quận 11"), ("Khánh", "Chánh"), ("Tổ 5 T", "Tỉnh")]
)
def test_what_is_meant_differently_stays_different(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_marks_are_compared_wherever_the_tone_is_put() -> None:
    assert with_marks("Hoà") == with_marks("HÒA")
    assert with_marks("Tân Thạnh") != with_marks("Tân Thành")


@given(st.text())
def test_no_text_is_too_strange(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    words, starts = placed_words(text)

    assert all(word and word == word.lower() for word in words)
    assert starts == sorted(starts)
    assert len(starts) == len(words)
    assert all(start < len(composed) for start in starts)


@given(st.text())
def test_composed_and_decomposed_text_are_alike(text: str) -> None:
    assert key(unicodedata.normalize("NFC", text)) == key(unicodedata.normalize("NFD", text))


@given(st.text() | st.text(alphabet="aAăÂđĐểờự tpTP.,-–'’_12\u0300\u0323ÐİK ́"))
def test_an_address_without_its_marks_has_the_same_words_at_the_same_places(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    plain = bare(composed)
    assert plain is None or (len(plain) == len(composed) and placed_words(plain) == placed_words(composed))
