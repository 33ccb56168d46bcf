import datetime as dt
import string

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from dancu.register.card import Card, read_card
from dancu.register.errors import CardDamaged, CardGarbled, CardNumberWrong, NoCard, NotACard, RegisterError

ADDRESS = "12 Lê Lợi, Phường Bến Nghé, Quận 1, TP. Hồ Chí Minh"
AN = f"079200001234|025123456|Nguyễn Văn An|15022000|Nam|{ADDRESS}|25042021"
CARD = Card("079200001234", "Nguyễn Văn An", 2000, 2, 15, 1, "025123456", ADDRESS, dt.date(2021, 4, 25))


def test_the_chip_card_says_who_its_holder_is():
    assert read_card(AN) == CARD


def test_a_holder_who_never_had_an_old_number_leaves_its_field_empty():
    assert read_card(AN.replace("025123456", "")).cmnd == ""


def test_the_card_of_2024_keeps_what_it_adds_as_it_stands():
    card = read_card(f"{AN}|Trần Thị Bảy|079170004321||")
    assert card.more == ("Trần Thị Bảy", "079170004321", "", "")
    assert (card.number, card.address) == (CARD.number, CARD.address)


def test_a_woman_is_read_as_one():
    assert read_card("001190012345||Lê Thị Hoa|01/02/1990|Nữ|Hà Nội|01/01/2021").sex == 2


@pytest.mark.parametrize("born", ["15/02/2000", "15-02-2000", "15.02.2000"])
def test_a_date_may_have_separators(born):
    card = read_card(AN.replace("15022000", born))
    assert (card.birth_year, card.birth_month, card.birth_day) == (2000, 2, 15)


def test_a_day_and_a_month_that_nobody_knows_stay_unknown():
    card = read_card(AN.replace("15022000", "00002000"))
    assert (card.birth_year, card.birth_month, card.birth_day) == (2000, None, None)


def test_a_scanner_that_took_the_text_for_latin_letters_is_forgiven():
    as_iso = AN.encode().decode("latin-1")
    as_windows = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in AN.encode())
    assert as_iso != as_windows != AN
    assert read_card(as_iso) == read_card(as_windows) == CARD


def test_white_space_a_byte_order_mark_and_wide_bars_are_forgiven():
    assert read_card("\ufeff " + AN.replace("|", " ｜ ") + "\r\n") == CARD


def test_the_national_code_says_who_its_holder_is():
    card = read_card("079200001234|NGUYEN VAN AN|2000-02-15|1|Q123|Q999<1<GD4797912345678<0912 345 678<sig")
    assert (card.number, card.full_name, card.sex, card.phone) == (
        "079200001234",
        "NGUYEN VAN AN",
        1,
        "0912345678",
    )
    assert (card.birth_year, card.birth_month, card.birth_day) == (2000, 2, 15)
    assert card.number_kind == "pin"


@pytest.mark.parametrize(
    ("number", "kind"),
    [("079200001234", "pin"), ("025123456", "cmnd"), ("C1234567", "passport"), ("c1234567", "passport")],
)
def test_the_national_code_may_name_another_paper(number, kind):
    assert read_card(f"{number}|NGUYEN VAN AN|2000-02-15|0").number_kind == kind


def test_the_national_code_needs_no_extension_and_no_full_date():
    card = read_card("079200001234|NGUYEN VAN AN|2000")
    assert (card.birth_year, card.birth_month, card.birth_day, card.sex, card.phone) == (
        2000,
        None,
        None,
        0,
        "",
    )


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", NoCard),
        (" \n", NoCard),
        ("DC1:6BFOXN%TSMAHN-H3TW", NotACard),
        ("https://example.org/?q=1", NotACard),
        ("a|b|c|d|e|f|g", NotACard),
        ("x" * 5000, NotACard),
        ("079200001234|025123456|Nguyễn Văn An|15022000", CardDamaged),
        (AN.replace("15022000", "31022000"), CardDamaged),
        (AN.replace("15022000", ""), CardDamaged),
        (AN.replace("Nguyễn Văn An", ""), CardDamaged),
        (AN.replace("079200001234", "07920000123"), CardNumberWrong),
        (AN.replace("079200001234", "003200001234"), CardNumberWrong),
        ("07920|NGUYEN VAN AN|2000-02-15", CardNumberWrong),
        ("079200001234|NGUYEN VAN AN|2000-13-15", CardDamaged),
    ],
)
def test_what_is_no_card_is_told_apart_from_a_card_that_cannot_be_used(text, error):
    with pytest.raises(error):
        read_card(text)


ERRORS = (NoCard, NotACard, CardDamaged, CardGarbled, CardNumberWrong)


def test_the_errors_speak_the_readers_language():
    with override("vi"):
        messages = {str(error()) for error in ERRORS}
    assert len(messages) == len(ERRORS)
    assert not any(error.__doc__ in messages for error in ERRORS)


latin = st.sampled_from([*string.ascii_letters, *"ÀÁÂÃĂĐƠƯẠẢẤẦỄỆỊỘỚỤỲỹăâêôơưđéüñčőşż", " "])
names = (
    st.text(latin, min_size=2, max_size=40)
    .map(str.title)
    .filter(lambda name: len(" ".join(name.split())) >= 2)
)
plain = st.text(st.characters(exclude_characters="|", exclude_categories=("C", "Z")), max_size=60)


@given(
    names,
    st.dates(dt.date(1900, 1, 1), dt.date(2020, 12, 31)),
    st.sampled_from(["Nam", "Nữ"]),
    plain,
    st.lists(plain, max_size=4),
)
def test_every_card_is_read_as_it_was_written(name, born, sex, address, more):
    text = "|".join(["079200001234", "", name, f"{born:%d%m%Y}".zfill(8), sex, address, "25042021", *more])
    card = read_card(text)
    assert (card.birth_year, card.birth_month, card.birth_day) == (born.year, born.month, born.day)
    assert card.sex == (1 if sex == "Nam" else 2)
    assert len(card.more) == len(more)


@given(st.text(max_size=300) | st.lists(plain, min_size=3, max_size=9).map("|".join))
def test_whatever_is_scanned_is_a_card_or_a_clear_refusal(text):
    try:
        assert read_card(text).full_name
    except RegisterError as error:
        assert str(error)


HIEU = "079200001234||Huỳnh Hiếu Thuận|15022000|Nam|Hue|25042021"


@pytest.mark.parametrize("page", ["cp1252", "cp1258", "cp437", "mac_roman", "big5", "gbk", "cp949"])
def test_a_scanner_set_to_another_alphabet_is_forgiven_where_nothing_was_lost(page):
    seen = (
        "".join(bytes([byte]).decode(page, "ignore") or chr(byte) for byte in HIEU.encode())
        if page in ("cp1252", "cp1258")
        else HIEU.encode().decode(page)
    )
    assert seen != HIEU
    assert read_card(seen).full_name == "Huỳnh Hiếu Thuận"


@pytest.mark.parametrize("page", ["big5", "gbk", "cp932", "euc_jp", "cp949", "ascii"])
@pytest.mark.parametrize("name", ["Nguyễn Văn Đỗ", "Đặng Thị Hà"])
def test_a_name_of_which_letters_were_lost_is_never_taken_and_the_scanner_is_blamed(page, name):
    seen = AN.replace("Nguyễn Văn An", name).encode().decode(page, "replace")
    with pytest.raises(CardGarbled, match="UTF-8"):
        read_card(seen)


def test_a_name_whose_letters_came_as_question_marks_is_no_name():
    with pytest.raises(CardGarbled):
        read_card(AN.replace("Nguyễn Văn An", "Nguy?n V?n An"))


def test_a_zero_width_space_takes_no_space_away_and_a_no_break_space_is_one():
    for seen in (
        "Nguyễn\u200bVăn An",
        "Nguyễn \u200bVăn\ufeff An",
        "Nguyễn\u00a0Văn\u00a0An",
        "Ng\u2060uyễn Văn An",
    ):
        assert read_card(AN.replace("Nguyễn Văn An", seen)).full_name == "Nguyễn Văn An"


def test_a_birth_date_with_a_time_of_day_is_the_day_in_vietnam():
    card = read_card("079200001234|NGUYEN VAN AN|1990-04-30T17:00:00Z|1|Q1|")
    assert (card.birth_year, card.birth_month, card.birth_day) == (1990, 5, 1)
