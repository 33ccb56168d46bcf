"""Dates and times come to the millisecond that JavaScript has for them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dancu.certlogic.errors import CertLogicError
from dancu.certlogic.instants import Instant, date_of_birth, plus_time

DAYS = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31))


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2021", "2021-12-31T00:00:00.000Z"),
        ("2021-02", "2021-02-28T00:00:00.000Z"),
        ("2024-02", "2024-02-29T00:00:00.000Z"),
        ("1900-02", "1900-02-28T00:00:00.000Z"),
        ("2021-12", "2021-12-31T00:00:00.000Z"),
        ("0000-02", "0000-02-29T00:00:00.000Z"),
        ("9999-12", "9999-12-31T00:00:00.000Z"),
        ("2021-05-04", "2021-05-04T00:00:00.000Z"),
        ("2021-05-04T13:37:42", "2021-05-04T13:37:42.000Z"),
        ("2021-05-04T13:37:42Z", "2021-05-04T13:37:42.000Z"),
        ("2021-05-04T03:37:42+7", "2021-05-03T20:37:42.000Z"),
        ("2021-05-04T13:37:42+07", "2021-05-04T06:37:42.000Z"),
        ("2021-05-04T13:37:42-730", "2021-05-04T21:07:42.000Z"),
        ("2021-05-04T13:37:42+0730", "2021-05-04T06:07:42.000Z"),
        ("2021-05-04T13:37:42+7:30", "2021-05-04T06:07:42.000Z"),
        ("2021-05-04T13:37:42-11:00", "2021-05-05T00:37:42.000Z"),
        ("2021-05-04T13:37:42.1", "2021-05-04T13:37:42.100Z"),
        ("2021-05-04T13:37:42.12Z", "2021-05-04T13:37:42.120Z"),
        ("2021-05-04T13:37:42.1239999+00:00", "2021-05-04T13:37:42.123Z"),
        ("2021-05-04T13:37:42." + "9" * 100, "2021-05-04T13:37:42.999Z"),
        ("2021-12-31T24:00:00", "2022-01-01T00:00:00.000Z"),
        ("2021-12-31T24:00:00.0009", "2022-01-01T00:00:00.000Z"),
        ("9999-12-31T23:00:00-23:59", "+010000-01-01T22:59:00.000Z"),
        ("0000-01-01T00:00:00+1", "-000001-12-31T23:00:00.000Z"),
    ],
)
def test_a_text_names_an_instant(text: str, instant: str):
    assert str(plus_time(text, 0, "day")) == instant


@pytest.mark.parametrize(
    "text",
    [
        "", "21", "2021-1", "2021-00", "2021-13", "2021-09-99", "2021-02-30", "2021-02-29", "1900-02-29", "2021-01-00",
        "20210504", "2021-05-04\n", "2021-05-04Z", "2021-05-04 13:37:42", "2021-05-04t13:37:42", "2021-05-04T13:37:42z",
        "2021-05-04T13:37", "2021-05-04T24:00:01", "2021-05-04T24:00:00.001", "2021-05-04T25:00:00",
        "2021-05-04T13:60:00", "2021-05-04T13:00:60", "2021-05-04T13:37:42.", "2021-05-04T13:37:42,5",
        "2021-05-04T13:37:42+24:00", "2021-05-04T13:37:42+07:60", "2021-05-04T13:37:42+", "+2021-05-04", "02021-05-04",
        "٢٠٢١-٠٥-٠٤", "2021-05-04T13:37:42+07:00:00", "x" * 10_000,
    ],
)  # fmt: skip
def test_what_is_no_date_or_that_no_calendar_has_is_refused(text: str):
    with pytest.raises(CertLogicError, match="no date or date-time") as refusal:
        plus_time(text, 0, "day")
    assert len(str(refusal.value)) < 150


@pytest.mark.parametrize(
    ("text", "amount", "unit", "instant"),
    [
        ("2020-02-29", 1, "day", "2020-03-01T00:00:00.000Z"),
        ("2020-02-29", 1, "month", "2020-03-29T00:00:00.000Z"),
        ("2020-02-29", 1, "year", "2021-03-01T00:00:00.000Z"),
        ("2020-02-29", 4, "year", "2024-02-29T00:00:00.000Z"),
        ("2020-02-29", -1, "year", "2019-03-01T00:00:00.000Z"),
        ("2021-01-31", 1, "month", "2021-03-03T00:00:00.000Z"),
        ("2024-01-31", 1, "month", "2024-03-02T00:00:00.000Z"),
        ("2021-03-31", -1, "month", "2021-03-03T00:00:00.000Z"),
        ("2021-12-31", -10, "month", "2021-03-03T00:00:00.000Z"),
        ("2021-01-15", -1, "month", "2020-12-15T00:00:00.000Z"),
        ("2021-06-23", -180, "day", "2020-12-25T00:00:00.000Z"),
        ("2021-06-23T23:30:00", 25, "hour", "2021-06-25T00:30:00.000Z"),
        ("2021-05", 18, "year", "2039-05-31T00:00:00.000Z"),
        ("1970-01-01", -1, "hour", "1969-12-31T23:00:00.000Z"),
        ("9999-12-31", 1, "day", "+010000-01-01T00:00:00.000Z"),
        ("0000-01-01", -1, "month", "-000001-12-01T00:00:00.000Z"),
        ("1970-01-01", 100_000_000, "day", "+275760-09-13T00:00:00.000Z"),
        ("1970-01-01", -100_000_000, "day", "-271821-04-20T00:00:00.000Z"),
        ("2000-02-29", 273_760, "year", "+275760-02-29T00:00:00.000Z"),
    ],
)
def test_time_is_added_as_javascript_adds_it(text: str, amount: int, unit: str, instant: str):
    assert str(plus_time(text, amount, unit)) == instant


@pytest.mark.parametrize(
    ("amount", "unit"),
    [(100_000_001, "day"), (-100_000_001, "day"), (10**6, "year"), (10**8, "month"), (10**300, "hour")],
)
def test_a_sum_beyond_javascripts_years_is_refused(amount: int, unit: str):
    with pytest.raises(CertLogicError, match="beyond the years"):
        plus_time("1970-01-01", amount, unit)


def test_a_birth_date_is_a_day_a_month_or_a_year():
    assert str(date_of_birth("1985")) == "1985-12-31T00:00:00.000Z"
    assert str(date_of_birth("1985-02")) == "1985-02-28T00:00:00.000Z"
    assert str(date_of_birth("1985-03-12")) == "1985-03-12T00:00:00.000Z"
    for text in ("", "1985-03-12T00:00:00Z", "12/03/1985", "85"):
        with pytest.raises(CertLogicError, match="YYYY"):
            date_of_birth(text)


def test_instants_are_equal_to_themselves_alone():
    assert Instant(5) != Instant(5)


@given(DAYS, st.integers(-400_000, 400_000))
def test_days_added_are_pythons_days(day: dt.date, days: int):
    try:
        then = day + dt.timedelta(days)
    except OverflowError:
        return
    assert str(plus_time(day.isoformat(), days, "day")) == f"{then.isoformat()}T00:00:00.000Z"


@given(DAYS, st.integers(-3_000_000, 3_000_000))
def test_months_added_and_taken_away_come_back_where_every_month_has_the_day(day: dt.date, months: int):
    day = day.replace(day=min(day.day, 28))
    there = str(plus_time(day.isoformat(), months, "month"))
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    years = f"{year:04}" if 0 <= year <= 9999 else f"{year:+07}"
    assert there == f"{years}-{month + 1:02}-{day.day:02}T00:00:00.000Z"


@given(st.datetimes(dt.datetime(1, 1, 2), dt.datetime(9999, 12, 30)), st.integers(-14 * 60, 14 * 60))
def test_a_time_with_an_offset_is_pythons(at: dt.datetime, minutes: int):
    at = at.replace(
        microsecond=at.microsecond // 1000 * 1000, tzinfo=dt.timezone(dt.timedelta(minutes=minutes))
    )
    instant = plus_time(at.isoformat(), 0, "day")
    assert instant.milliseconds == (at - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) // dt.timedelta(
        milliseconds=1
    )
