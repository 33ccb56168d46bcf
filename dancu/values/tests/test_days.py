"""A day with a time and a zone beside it is the day that it was in Vietnam, in one text and in a column
alike.
"""

import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dancu.matching.batch.records import _birth, _plain_birth
from dancu.values.birth_dates import birth_readings
from dancu.values.days import VIETNAM, as_days, day_of, days_of

MAY_DAY = dt.date(1990, 5, 1)
IN_VIETNAM = [
    "1990-04-30T17:00:00Z",
    "1990-04-30T17:00:00.000Z",
    "1990-04-30 17:00:00+00",
    "1990-04-30T17:00:00+00:00",
    "1990-05-01T00:00:00+07:00",
    "1990-05-01T00:00:00+0700",
    "1990-05-01T23:59:59.999999+07:00",
    "1990-04-30T12:00:00-05:00",
    "19900430T170000Z",
    "1990-04-30T17:00Z",
    "30/04/1990 17:00:00 +00:00",
    "1990-04-30 17:00:00 UTC",
    "1990-04-30T24:00:00Z",
    "1990-04-30 05:00:00 PM Z",
    "1990-04-30t17:00:00z",
    "1990-05-01T17:00:00",
    "1990-05-01 23:59",
    "01/05/1990 12:00:00 SA",
    "1990-05-01 00:00:00.000",
    "1990-05-01Z",
    "1990-05-01+07:00",
    "32994",
    "32994.0",
    "32994.75",
    "1990-05-01",
    "01/05/1990",
]


@pytest.mark.parametrize("text", IN_VIETNAM)
def test_a_moment_with_a_zone_is_the_day_in_vietnam_and_without_one_the_day_as_written(text):
    assert day_of(text) == MAY_DAY
    assert days_of(pl.Series([text])).to_list() == [MAY_DAY]
    assert str(birth_readings(text)[0]) == "01/05/1990"


@pytest.mark.parametrize(
    "text", ["1990-04-30T16:59:59Z", "1990-05-01T00:00:00+08:00", "1990-04-30T23:59:59+07:00"]
)
def test_a_second_before_midnight_in_vietnam_is_the_day_before(text):
    assert day_of(text) == dt.date(1990, 4, 30)
    assert str(birth_readings(text)[0]) == "30/04/1990"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1990-02-30",
        "1990-02-30T17:00:00Z",
        "1990-04-30T25:00:00Z",
        "17:00",
        "hôm qua",
        "1990",
        "1990-04-30T17:00:00+99:00",
        "1990-04-30 17:00:00 -14:01",
        "1990-04-30T17:00:00+07:75",
        "1990-04-30T17:00:00+15",
        "19900430T170000+2500",
        "1990-04-30+99:00",
        "1990-04-30T24:30:00Z",
    ],
)
def test_what_is_no_day_is_none(text):
    assert day_of(text) is None
    assert days_of(pl.Series([text])).to_list() == [None]


def test_the_first_of_january_in_vietnam_may_be_the_year_alone():
    assert [str(day) for day in birth_readings("1984-12-31T17:00:00Z")] == ["01/01/1985", "1985"]


def test_a_column_of_moments_is_read_by_the_clock_of_vietnam():
    moments = pl.DataFrame({"at": [dt.datetime(1990, 4, 30, 17), None]})
    for zone, day in ((None, dt.date(1990, 4, 30)), ("UTC", MAY_DAY)):
        frame = moments.select(pl.col("at").dt.replace_time_zone(zone))
        assert frame.select(as_days(pl.col("at"), frame.schema["at"])).to_series().to_list() == [day, None]


@given(
    st.datetimes(dt.datetime(1890, 1, 2), dt.datetime(2021, 1, 1)),
    st.integers(-12 * 60, 14 * 60),
    st.sampled_from("T "),
)
def test_any_moment_in_any_zone_is_its_day_in_vietnam(at, minutes, between):
    moment = at.replace(tzinfo=dt.timezone(dt.timedelta(minutes=minutes)))
    text = moment.isoformat(between)
    day = moment.astimezone(VIETNAM).date()
    assert day_of(text) == day == days_of(pl.Series([text]))[0]
    assert str(birth_readings(text)[0]) == f"{day:%d/%m/%Y}"


@given(
    st.lists(
        st.sampled_from(IN_VIETNAM)
        | st.text(max_size=12)
        | st.from_regex(r"[0-9/. +:TZ-]{0,24}", fullmatch=True)
    )
)
def test_a_column_and_its_texts_are_read_alike(texts):
    assert days_of(pl.Series(texts, dtype=pl.String)).to_list() == [day_of(text) for text in texts]


@given(st.lists(st.sampled_from(IN_VIETNAM) | st.dates(dt.date(1880, 1, 1)).map(str)))
def test_birth_dates_of_a_whole_file_are_read_as_each_by_itself(texts):
    for text, *read in _plain_birth(pl.Series("birth", texts, pl.String).unique()).iter_rows():
        assert tuple(read) == _birth(text)
