"""Personal numbers and old card numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dancu.register.codes import FEMALE, MALE
from dancu.values.digits import clean_number
from dancu.values.errors import BadNumber
from dancu.values.masking import mask
from dancu.values.numbers import PROVINCES, check_cmnd, check_pin, parse_pin

AN = "079200001234"  # a boy, registered in Hồ Chí Minh City in 2000

years = st.integers(1900, 2025)
sexes = st.sampled_from([MALE, FEMALE])
provinces = st.sampled_from([*PROVINCES, "101", "840"])
serials = st.integers(0, 999_999)


def number(province: str, sex: int, year: int, serial: int) -> str:
    return f"{province}{(year // 100 - 19) * 2 + sex - 1}{year % 100:02}{serial:06}"


@given(provinces, sexes, years, serials)
def test_a_number_says_what_it_was_made_of(province: str, sex: int, year: int, serial: int):
    pin = parse_pin(number(province, sex, year, serial))
    assert (pin.province, pin.sex, pin.birth_year) == (province, sex, year)
    assert pin.century == year // 100 + 1


@given(provinces, sexes, years, serials, st.integers(1, 12), st.integers(1, 28))
def test_a_number_agrees_with_the_record_it_was_made_from(province, sex, year, serial, month, day):
    assert check_pin(number(province, sex, year, serial), sex, date(year, month, day)) == []


@given(provinces, sexes, years, serials)
def test_another_sex_or_year_is_a_warning_and_no_error(province, sex, year, serial):
    problems = check_pin(number(province, sex, year, serial), 3 - sex, date(year - 1, 6, 1))
    assert [(problem.kind, problem.field) for problem in problems] == [
        ("warning", "sex"),
        ("warning", "birth_date"),
    ]
    assert str(year) in problems[1].message


@given(st.text())
def test_any_text_gets_an_answer(text: str):
    problems = check_pin(text)
    assert all(problem.message for problem in problems)
    if not problems:
        assert parse_pin(text).number == clean_number(text)


@given(st.text(), st.text(".- \u00a0\u200b"))
def test_cleaning_twice_is_cleaning_once(text: str, marks: str):
    assert clean_number(clean_number(text)) == clean_number(text) == clean_number(marks + text + marks)


@pytest.mark.parametrize(
    "typed",
    [
        "079 200 001 234",
        "079.200.001.234",
        "079-2-00-001234",
        "０７９２００００１２３４",
        "٠٧٩٢٠٠٠٠١٢٣٤",
        " 079200001234\u200b\n",
    ],
)
def test_a_number_is_read_however_it_was_typed(typed: str):
    assert parse_pin(typed).number == AN


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        ("07920000123O", "digits"),
        ("025123456", "is_cmnd"),
        ("79200001234", "leading_zero"),
        ("0792000012345", "length"),
        ("003200001234", "province"),
        ("000200001234", "province"),
        ("079500001234", "century"),
    ],
)
def test_a_wrong_number_gets_the_reason(typed: str, code: str):
    problems = check_pin(typed)
    assert [(problem.kind, problem.code) for problem in problems] == [("error", code)]
    with pytest.raises(BadNumber) as refusal:
        parse_pin(typed)
    assert problems[0].message in str(refusal.value)


def test_a_refusal_does_not_repeat_the_number():
    with pytest.raises(BadNumber) as refusal:
        parse_pin("003200001234")
    assert "003200001234" not in str(refusal.value)


def test_there_are_63_provinces_with_gaps_between_their_codes():
    assert len(PROVINCES) == 63
    assert PROVINCES["079"] == "Thành phố Hồ Chí Minh"
    assert "003" not in PROVINCES


def test_an_old_card_number_has_nine_digits():
    assert check_cmnd("025 123 456") == []
    assert [problem.code for problem in check_cmnd(AN)] == ["is_pin"]
    assert [problem.code for problem in check_cmnd("25123456")] == ["digits"]


def test_only_the_last_four_digits_are_shown():
    assert mask("079 200 001 234") == "••••••••1234"
    assert mask("12") == "••"


@given(provinces, sexes, years, serials)
def test_a_mask_tells_neither_province_nor_sex_nor_year(province, sex, year, serial):
    shown = mask(number(province, sex, year, serial))
    assert shown == "•" * 8 + f"{serial:06}"[2:]


@given(st.text(st.characters(max_codepoint=127)))
def test_a_number_in_ascii_is_cleaned_as_any_is(text):
    from dancu.values import digits

    slowly = "".join(digits._ascii_digit(character) for character in text if not digits._separates(character))
    assert digits.clean_number(text) == slowly
