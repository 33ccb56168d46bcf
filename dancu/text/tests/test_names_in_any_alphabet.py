"""Vietnamese names, composed and decomposed, taken for any alphabet: on a page, a card and in a column
each is the right name or told.
"""

import unicodedata

import polars as pl
import pytest
from django.core.exceptions import ValidationError

from dancu.register.card import read_card
from dancu.register.errors import RegisterError
from dancu.register.importing.problems import legible_column
from dancu.text.garbled import ODD, mended, trouble
from dancu.web.shared.names import NameField

NAMES = [
    "Huỳnh Thị Ngọc Ánh",
    "Lê Hoà An",
    "Hà",
    "Bùi Tám",
    "Nguyễn Văn An",
    "Trần Đức Sơn",
    "Sơn",
    "Đặng Thuỳ Dương",
    "Phạm Thị Bưởi",
    "Võ Như Ý",
    "Ngô Quỳnh Nga",
    "Đỗ Hữu Lộc",
    "Lý Mỹ Phượng",
    "Mai Nhã",
    "Hồ Thủy",
    "Phan Tuấn Khải",
    "VŨ THỊ HƯỜNG",
    "MAI SƠN",
    "THỦY",
    "NHÃ",
]
LATIN = ["cp1252", "latin-1", "cp1258", "mac_roman", "iso8859-15", "iso8859-2", "cp1250", "cp850"]
OTHERS = ["big5", "gbk", "shift_jis", "cp949"]


def seen_in(page: str, text: str) -> str:
    """As a reader shows it; in an alphabet of single bytes those without a letter as Windows shows them."""
    if page in OTHERS:
        return text.encode().decode(page, "replace")
    return "".join(bytes([byte]).decode(page, "ignore") or chr(byte) for byte in text.encode())


def on_a_page(text: str) -> str | None:
    try:
        return NameField().clean(text)
    except ValidationError:
        return None


def on_a_card(text: str) -> str | None:
    try:
        return read_card(text).full_name
    except RegisterError:
        return None


def in_a_column(text: str) -> str | None:
    name = legible_column(pl.Series([text])).str.normalize("NFC").str.strip_chars()[0]
    return None if trouble(name) else name


@pytest.mark.parametrize("page", LATIN + OTHERS)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_each_name_is_right_or_told(page, form):
    for name in NAMES:
        seen = seen_in(page, unicodedata.normalize(form, name))
        card = seen_in(
            page, unicodedata.normalize(form, f"079200001234||{name}|15022000|Nữ|12 Lê Lợi, Quận 1|25042021")
        )
        plain_card = f"079200001234||{seen}|15022000|Nam|Hue|25042021"
        read = [on_a_page(seen), in_a_column(seen), on_a_card(card), on_a_card(plain_card)]
        assert {unicodedata.normalize("NFC", text) for text in read if text is not None} <= {name}
        if page in LATIN and (page, name) != ("cp850", "THỦY"):
            assert (read[0], read[1]) == (name, name) or page == "cp850"


@pytest.mark.parametrize("page", LATIN)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_what_is_unseen_may_be_lost_on_the_way(page, form):
    for name in (name for name in NAMES if not name.isupper()):
        seen = seen_in(page, unicodedata.normalize(form, name))
        cut = "".join(letter for letter in seen if unicodedata.category(letter) != "Cc")
        assert on_a_page(cut) in (None, name)
        assert in_a_column(cut) in (None, name)


@pytest.mark.parametrize(
    "text",
    [
        "LeǀHoaǎ An",
        "BĂši Tám",
        "HĂ",
        "Huáťłnh Tháť Ngáť c Ă nh",
        "LeÌ",
        "Äinh",
        "SoÃõn",
        "Sãín",
        "MAI Sãá",
        "THUÌY",
        "Nguyáťn",
    ],
)
def test_halves_of_letters_are_told(text):
    assert mended(text) != text or trouble(text) == "code_page"
    assert pl.Series([text]).str.contains(ODD)[0]


@pytest.mark.parametrize(
    "text",
    [
        "José Müller",
        "Łukasz Wałęsa",
        "Škvorecký",
        "Ñuñez",
        "Ünal Işık",
        "İnönü",
        "Aoife hÉigeartaigh",
        "Siân Ô Brien",
        "H'Hen Niê",
        "Kpă Y Blô",
        "Ê̆ban",
        "D'Angelo",
        "McDonald",
        "Jean-Étienne",
        "Ștefan Țepeș",
        "Ærø Ångström",
        "Åse Øvergård",
        "Žižek",
        "Đoković",
        "Məmmədov",
        "Ärmel",
    ],
)
def test_names_of_other_tongues_stay(text):
    assert mended(text) == text
    assert trouble(text) is None
