"""A column of values is read as each of them is by itself."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dancu.values.birth_dates import births_column, parse_birth
from dancu.values.emails import emails_column, parse_email
from dancu.values.errors import BadValue
from dancu.values.numbers import cmnds_column, parse_cmnd, parse_pin, pins_column
from dancu.values.passports import parse_passport, passports_column
from dancu.values.phones import parse_phone, phones_column
from dancu.values.plates import parse_plate, plates_column
from dancu.values.sexes import parse_sex, sexes_column

TODAY = dt.date(2026, 11, 30)
DIGITS = st.text("0123456789", min_size=6, max_size=14)
WRITTEN = st.one_of(
    st.text(max_size=20),
    DIGITS,
    DIGITS.map(lambda digits: f"+84{digits}"),
    DIGITS.map(lambda digits: f" {digits[:3]}.{digits[3:]}"),
    st.from_regex(r"0[0-9]{2}[0-9]{9}", fullmatch=True),
    st.from_regex(r"[0-3]?[0-9][/.-][01]?[0-9][/.-](19|20)?[0-9]{2}", fullmatch=True),
    st.from_regex(r"[0-9]{2}[A-Z][0-9]? ?-?[0-9]{4,5}", fullmatch=True),
    st.sampled_from(
        ["nam", "Nữ", "M", "0", "c1234567", "an@example.vn", "１２３４５６７８９", "0084912345678"]
    ),
)

KINDS: dict[str, tuple[Callable[[str], Any], Callable[[pl.Series], pl.Series]]] = {
    "personal number": (lambda text: parse_pin(text).number, pins_column),
    "old card": (parse_cmnd, cmnds_column),
    "passport": (parse_passport, passports_column),
    "phone": (parse_phone, phones_column),
    "sex": (parse_sex, sexes_column),
    "plate": (parse_plate, plates_column),
    "email": (parse_email, emails_column),
}


def alone(parse: Callable[[str], Any], text: str | None) -> Any:
    try:
        return None if text is None else parse(text)
    except BadValue:
        return None


@pytest.mark.parametrize("kind", KINDS)
@given(texts=st.lists(st.none() | WRITTEN, max_size=6))
@example(texts=["079200001234", "079 200 001 234", "079999001234", "999200001234", "079100001234"])
@example(texts=["01681234567", "0381234567", "84381234567", "381234567", "0123456789", "+8613912345678"])
def test_a_column_is_read_as_each_by_itself(kind, texts):
    parse, column = KINDS[kind]
    assert column(pl.Series(texts, dtype=pl.String)).to_list() == [alone(parse, text) for text in texts]


@given(texts=st.lists(st.none() | WRITTEN, max_size=6))
def test_a_column_of_birth_dates_is_read_as_each_by_itself(texts):
    read = births_column(pl.Series(texts, dtype=pl.String), TODAY).rows()
    single = [alone(lambda text: parse_birth(text, TODAY), text) for text in texts]
    assert read == [(born.year, born.month, born.day) if born else (None, None, None) for born in single]


@pytest.mark.parametrize("kind", KINDS)
@given(text=WRITTEN)
def test_what_was_read_is_read_as_itself(kind, text):
    parse, _column = KINDS[kind]
    if (value := alone(parse, text)) is not None:
        assert parse(str(value)) == value
