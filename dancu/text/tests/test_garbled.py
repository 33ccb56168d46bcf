"""A name that was taken for another alphabet is mended where that is certain, else told; it is never
taken for a name.
"""

import quopri
from urllib.parse import quote, quote_plus

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dancu.matching.normalising.names import normalise_name
from dancu.testing.words import VIETNAMESE_NAMES
from dancu.text.garbled import LETTERS, ODD, mended, trouble
from dancu.text.invisible import visible

LATIN = ["cp1252", "latin-1", "cp1250", "cp1258", "cp437", "cp850", "mac_roman"]
OTHERS = ["big5", "cp950", "gbk", "gb18030", "cp932", "shift_jis", "euc_jp", "cp949", "cp874", "cp1251"]


def seen_in(page: str, name: str) -> str:
    """The name as a reader shows it that takes its UTF-8 for this page; bytes without a letter as Windows
    shows them.
    """
    if page in LATIN:
        return "".join(bytes([byte]).decode(page, "ignore") or chr(byte) for byte in name.encode())
    return name.encode().decode(page, "replace")


@pytest.mark.parametrize(
    ("seen", "name"),
    [
        ("Huá»³nh", "Huỳnh"),
        ("Nguyá»…n VÄƒn An", "Nguyễn Văn An"),
        ("Hu廙軟h Hi廕簑 Thu廕要", "Huỳnh Hiếu Thuận"),
        ("Nguy峄卬 V膬n An", "Nguyễn Văn An"),
        ("NguyÃ¡Â»â€¦n", "Nguyễn"),
        ("JosÃ© MÃ¼ller", "José Müller"),
        ("LÃª HoÃ An", "Lê Hoà An"),
    ],
)
def test_what_was_meant_is_certain(seen, name):
    assert mended(seen) == name
    assert trouble(name) is None


CODES = {
    "entities": lambda name: name.encode("ascii", "xmlcharrefreplace").decode(),
    "entities in base 16": lambda name: "".join(
        letter if letter.isascii() else f"&#x{ord(letter):X};" for letter in name
    ),
    "entities, twice": lambda name: name.encode("ascii", "xmlcharrefreplace").decode().replace("&", "&amp;"),
    "percent": quote,
    "percent, of a form": quote_plus,
    "quoted printable": lambda name: quopri.encodestring(name.encode()).decode(),
    "a program's": lambda name: "".join(
        letter if letter.isascii() else f"\\u{ord(letter):04x}" for letter in name
    ),
    "an old browser's": lambda name: "".join(
        letter if letter.isascii() else f"%u{ord(letter):04X}" for letter in name
    ),
}


@pytest.mark.parametrize("code", CODES.values(), ids=CODES)
@given(
    name=VIETNAMESE_NAMES.filter(
        lambda name: not name.isascii() and len(quopri.encodestring(name.encode())) < 76
    )
)
def test_letters_that_stand_as_codes_are_mended_and_told(code, name):
    coded = code(name)
    assert mended(coded) == name
    assert pl.Series([coded]).str.contains(ODD)[0]
    read = normalise_name(coded)
    assert read.text == normalise_name(name).text
    assert "code_page" in read.faults


def test_a_coded_space_alone_is_mended():
    assert mended("Tran%20Van%20An") == "Tran Van An"


@pytest.mark.parametrize(
    "name", ["Nguy%E1%BBn Anh", "Nguy&#9999999;n An", "Nguy&#xFFFFFF;n Anh", "&lt;b&gt;An", "Nguy\\ud800n An"]
)
def test_codes_that_say_no_letter_are_told_and_never_taken_for_a_name(name):
    assert mended(name) == name
    assert trouble(name) == "code_page"
    assert normalise_name(name).problem is not None


@pytest.mark.parametrize("text", ["Trần & Con", "50% Ba Đình", "a=b", "AT&T; Q.1", "C:\\user", "12%30"])
def test_signs_that_are_no_codes_stay(text):
    assert mended(text) == text


@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn Văn An",
        "NHÃ\u00a0AN",
        "H'Hen Niê",
        "Kpă Y Blô",
        "José Müller",
        "ĐỖ THỊ Ý",
        "TRẦN Á Â",
        "王小明",
        "毛",
        "แบบ",
        "Иван",
        "",
    ],
)
def test_what_is_as_it_was_meant_stays(name):
    assert mended(name) == name


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Nguy\ufffdn Văn An", "lost"),
        ("Nguy?n V?n An", "lost"),
        ("?inh", "lost"),
        ("Hu廙", "code_page"),
        ("Tráº§n HÃ", "code_page"),
        ("王小明", "script"),
        ("縺ｪ縺", "script"),
        ("Иван", "script"),
        ("Nguyễn Văn 明", "script"),
        ("Nguyễn Văn An", None),
        ("H’Hen Niê", None),
        ("Trần T. Hoa", None),
        ("Jean-Noël Š.", None),
    ],
)
def test_a_name_that_cannot_be_one_is_told_apart(name, kind):
    assert trouble(name) == kind
    assert bool(normalise_name(name).problem) == bool(kind)


@given(VIETNAMESE_NAMES, st.sampled_from(LATIN + OTHERS))
def test_any_name_seen_in_any_alphabet_is_mended_or_refused(name, page):
    seen = seen_in(page, name)
    read = normalise_name(seen)
    assert read.problem or read.text == normalise_name(name).text


@given(VIETNAMESE_NAMES, st.sampled_from(LATIN[:4]))
def test_a_name_seen_in_a_latin_alphabet_is_always_mended(name, page):
    assert mended(seen_in(page, name)) == name


@given(VIETNAMESE_NAMES)
def test_no_name_is_changed(name):
    for written in (name, name.upper(), name.lower(), name.replace(" ", "\u00a0")):
        assert mended(written) == written
        assert trouble(visible(written)) is None


@given(st.text(max_size=30))
def test_any_text_is_mended_or_left_and_judged(text):
    assert trouble(mended(text)) in ("lost", "code_page", "script", None)


@given(st.text(max_size=12) | st.text(st.sampled_from("aÃª\u200b\u00a0ễ\ufffd "), max_size=12))
def test_a_column_knows_by_one_look_which_of_its_texts_may_change(text):
    odd = pl.Series([text]).str.contains(ODD)[0]
    assert odd or visible(text) == text
    assert odd or mended(text) == text
    assert LETTERS
