"""Anybody may have written an address."""

import datetime as dt

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from dancu.web.kit import address


@given(st.text(max_size=30))
def test_no_text_in_an_address_is_a_fault(text):
    found = address.number(text)
    assert found is None or text.isdigit()
    assert address.day(text) is None or isinstance(address.day(text), dt.date)
    assert address.page(QueryDict(mutable=True) | {"page": text}) >= 1


@pytest.mark.parametrize(
    ("text", "page"),
    [("", 1), ("0", 1), ("7", 7), ("-7", 1), ("٣", 1), ("999999999", 100_000), ("9" * 40, 1)],
)
def test_a_page_is_a_number_from_one(text, page):
    assert address.page(QueryDict(f"page={text}")) == page


def test_a_day_is_one_that_lists_have():
    assert address.day("2021-08-03") == dt.date(2021, 8, 3)
    for text in ("2021-02-30", "1999-12-31", "2101-01-01", "3/8/2021"):
        assert address.day(text) is None


def test_what_was_ticked_is_read_once_each_without_what_is_no_number():
    assert address.numbers(["3", "x", "3", "10", "9" * 19]) == [3, 10]
    assert address.known(["b", "x", "a"], ("a", "b", "c")) == ("a", "b")
    assert address.number("7", {3, 7}) == 7
    assert address.number("8", {3, 7}) is None
