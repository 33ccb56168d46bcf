import pytest
from hypothesis import given

from dancu.testing.words import ANY_TEXT
from dancu.values import errors
from dancu.values.phones import OLD_PREFIXES, parse_phone


@pytest.mark.parametrize(
    "text",
    [
        "0912345678",
        "0912 345 678",
        "+84 912 345 678",
        "84912345678",
        "0084912345678",
        "(+84) 912.345.678",
        "+84 0912345678",
    ],
)
def test_a_telephone_is_written_with_and_without_the_country(text):
    assert parse_phone(text) == "0912345678"


@pytest.mark.parametrize("text", ["912345678", "912345678.0", "'0912345678"])
def test_the_zero_that_a_spreadsheet_dropped_is_put_back(text):
    assert parse_phone(text) == "0912345678"


@pytest.mark.parametrize("text", ["01681234567", "+841681234567", "841681234567", "1681234567"])
def test_a_mobile_number_of_before_2018_is_the_one_it_became(text):
    assert parse_phone(text) == "0381234567"


def test_every_old_prefix_has_become_one_of_ten_digits():
    assert len(OLD_PREFIXES) == 21
    assert len(set(OLD_PREFIXES.values())) == 21
    for old in OLD_PREFIXES:
        assert len(parse_phone(f"{old}1234567")) == 10


def test_a_country_code_within_a_number_is_none():
    assert parse_phone("0369500842") == "0369500842"


def test_a_foreign_number_and_a_landline_stay():
    assert parse_phone("+86 139 1234 5678") == "+8613912345678"
    assert parse_phone("024 3825 1234") == "02438251234"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12",
        "không có",
        "0000000000",
        "09123456789012",
        "0912345678/9",
        "09123456789",
        "0123456789",
        "0412345678",
    ],
)
def test_what_is_no_telephone_is_refused(text):
    with pytest.raises(errors.BadPhone):
        parse_phone(text)


@given(ANY_TEXT)
def test_any_text_is_a_telephone_or_refused_and_a_telephone_stays_one(text):
    try:
        phone = parse_phone(text)
    except errors.BadPhone:
        return
    assert parse_phone(phone) == phone
