import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from dancu.values.phones import clean_phone
from dancu.web.shared.phones import PhoneField


@pytest.mark.parametrize(
    "written",
    [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "0912-345-678",
        "(0912) 345 678",
        "+84912345678",
        "+84 912 345 678",
        "+84 0912 345 678",
        "84912345678",
        "0084912345678",
        "+84(0)912345678",
        " 0912345678 ",
        "０９１２３４５６７８",
        "912345678",
    ],
)
def test_one_number_is_one_number_however_it_is_written(written):
    assert PhoneField().clean(written) == "0912345678"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("+8613912345678", "+8613912345678"),
        ("0086 139 1234 5678", "+8613912345678"),
        ("02838225678", "02838225678"),
    ],
)
def test_numbers_of_other_countries_and_of_houses_are_numbers_too(written, kept):
    assert PhoneField().clean(written) == kept


@pytest.mark.parametrize(
    "written", ["12", "091234567", "0912345678901", "abc", "09123456789012", "+12", "09x2345678"]
)
def test_what_is_no_number_is_refused(written):
    with pytest.raises(ValidationError):
        PhoneField().clean(written)


def test_it_may_be_left_out_where_it_is_not_required():
    assert PhoneField(required=False).clean("") == ""


@given(st.text(max_size=30))
def test_tidying_twice_is_tidying_once(text):
    assert clean_phone(clean_phone(text)) == clean_phone(text)
