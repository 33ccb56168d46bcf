"""How numbers go wrong, and which ones may have been meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dancu.matching.normalising.numbers import MOST, NumberRepair, repairs
from dancu.testing.words import ANY_TEXT
from dancu.values.errors import NumberRounded
from dancu.values.numbers import check_pin, parse_pin

PIN, CMND = "001085001234", "012345678"


def first(text: str, **known: int) -> NumberRepair:
    return repairs(text, **known)[0]


def repair(text: str, meant: str, **known: int) -> str | None:
    return {candidate.number: candidate.repair for candidate in repairs(text, **known)}.get(meant)


@pytest.mark.parametrize("text", [PIN, " 001 085 001 234 ", "001.085.001.234", "'001085001234", CMND])
def test_a_number_as_given_comes_first(text):
    assert first(text).repair == "as_given"
    assert first(text).number in (PIN, CMND)


@pytest.mark.parametrize("text", ["1085001234", "01085001234", "1085001234.0", "1.085001234E+9"])
def test_zeros_that_a_spreadsheet_dropped_are_put_back(text):
    assert first(text) == NumberRepair(PIN, "lost_zero")


def test_an_old_card_number_of_eight_digits_has_lost_its_zero():
    assert first("12345678") == NumberRepair(CMND, "lost_zero")


@pytest.mark.parametrize("text", ["OO1O85OO1234", "00l085001234", "00I085oo1234"])
def test_letters_are_read_as_the_digits_they_look_like(text):
    assert first(text) == NumberRepair(PIN, "look_alike")


@pytest.mark.parametrize(
    ("text", "meant"),
    [("001085001243", PIN), ("001080501234", PIN), ("010085001234", PIN), ("102345678", CMND)],
)
def test_two_neighbours_exchanged_are_changed_back(text, meant):
    assert repair(text, meant) == "transposed"


def test_a_birth_year_declared_tells_which_digit_of_it_is_wrong():
    assert repair("001095001234", PIN, birth_year=1985) == "one_digit"
    assert repair("001095001234", PIN) is None


def test_a_sex_declared_tells_that_the_digit_of_century_and_sex_is_wrong():
    assert repair("001185001234", PIN, sex=1, birth_year=1985) == "one_digit"
    assert repair("001285001234", PIN, sex=1, birth_year=1985) == "one_digit"  # born in 2085


def test_a_province_that_does_not_exist_is_one_digit_off():
    assert repair("003085001234", PIN, sex=1, birth_year=1985) == "one_digit"


def test_a_digit_that_no_rule_can_tell_wrong_is_left_alone():
    assert repair("001085001235", PIN, sex=1, birth_year=1985) is None


@pytest.mark.parametrize("text", ["7.92E+10", "7,92E+10", "1e9"])
def test_what_a_spreadsheet_rounded_is_lost_and_said_to_be(text):
    with pytest.raises(NumberRounded) as raised:
        repairs(text)
    assert text in str(raised.value)


@pytest.mark.parametrize(
    "text", ["", "12345", "0010850012345", "00108500123A", "B1234567", "OOOOOOOOO", "không có"]
)
def test_what_is_far_from_any_number_has_no_candidates(text):
    assert repairs(text) == []


_PINS = st.builds(
    lambda province, mark, year, rest: f"{province}{mark}{year:02}{rest:06}",
    st.sampled_from(["001", "079", "096", "038"]),
    st.sampled_from("01"),
    st.integers(0, 99),
    st.integers(0, 999_999),
)


@given(_PINS)
def test_any_number_is_found_after_a_spreadsheet_dropped_its_zeros(pin):
    assert repair(str(int(pin)), pin) == "lost_zero"


@given(_PINS, st.integers(0, 10))
def test_any_exchange_of_neighbours_is_found(pin, at):
    swapped = pin[:at] + pin[at + 1] + pin[at] + pin[at + 2 :]
    assert repair(swapped, pin, sex=parse_pin(pin).sex, birth_year=parse_pin(pin).birth_year) in (
        "as_given",
        "transposed",
        "one_digit",
    )


@given(
    ANY_TEXT | st.from_regex(r"[0-9OolI. ]{0,14}", fullmatch=True),
    st.integers(0, 2),
    st.none() | st.integers(0, 3000),
)
def test_any_text_has_few_and_usable_candidates(text, sex, year):
    try:
        found = repairs(text, sex, year)
    except NumberRounded:
        return
    assert len(found) <= MOST
    assert len({candidate.number for candidate in found}) == len(found)
    for candidate in found[1:]:
        assert len(candidate.number) == 9 or not any(
            problem.kind == "error" for problem in check_pin(candidate.number)
        )
