import pytest
from django.utils.translation import override

from dancu.checkpoints.codes import pass_code
from dancu.web.checkpoint.reading import NotUnderstood, read


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


CARD = (
    "079200001234|025123456|Nguyễn Văn An|15022000|Nam|12 Lê Lợi, Phường Bến Thành, TP. Hồ Chí Minh|25042021"
)


def test_a_passes_qr_text_is_told_by_its_beginning():
    assert read(" DC1:6BF+70790T9WJWG\r\n").text == "DC1:6BF+70790T9WJWG"


def test_a_scanner_gun_with_caps_lock_on_is_forgiven():
    assert read("dc1:6bf+70790t9wjwg").text == "DC1:6BF+70790T9WJWG"


def test_a_scanner_gun_behind_a_vietnamese_keyboard_is_told_what_to_do():
    with pytest.raises(NotUnderstood, match="Unikey"):
        read("DC1:6BF+70790T9ƯJÂG")


def test_a_typed_pass_code_is_told_by_its_check_letter():
    assert read(pass_code(1234567890123).lower()).pass_id == 1234567890123


@pytest.mark.parametrize("typed", ["079200001234", "079 200 001 234", "079.200.001.234"])
def test_twelve_digits_are_a_personal_number(typed):
    assert read(typed).number == "079200001234"


def test_nine_digits_are_an_old_card_number():
    assert read("025123456").number == "025123456"


@pytest.mark.parametrize("typed", ["C1234567", "c 123 4567", "AB123456", "K0123456A"])
def test_a_passports_number_is_told_by_a_letter_among_digits(typed):
    assert read(typed).passport == typed.replace(" ", "").upper()


@pytest.mark.parametrize("typed", ["7K3M-9QX2", "ABCDEFGH", "59X1", "C1234567890"])
def test_a_part_of_a_pass_code_is_no_passport(typed):
    with pytest.raises(NotUnderstood):
        read(typed)


def test_a_card_is_told_by_its_bars():
    assert read(CARD).card.full_name == "Nguyễn Văn An"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Scan a code"),
        ("07920000123", "12 digits"),
        ("79200001234", "0 is missing"),
        ("ABCD-EFGH-JKMX", "One letter or digit of this pass code is wrong"),
        ("HC1:6BF+70790T9WJWG.FKY*4GO0", "vaccination certificate"),
        ("one|two|three", "not the code of an identity card"),
    ],
)
def test_what_is_none_of_these_is_answered_with_what_would_be_right(typed, told):
    with pytest.raises(NotUnderstood, match=told):
        read(typed)


def test_a_long_text_from_another_system_is_left_to_the_examination():
    assert read("https://example.org/pass/0123456789").text.startswith("https")
