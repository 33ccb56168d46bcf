"""How birth dates are written, and what each may mean."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dancu.testing.words import ANY_TEXT, DATE_LIKE
from dancu.values import errors
from dancu.values.birth_dates import birth_readings

TODAY = dt.date(2021, 8, 11)


def read(text: str) -> list[str]:
    return [str(reading) for reading in birth_readings(text, TODAY)]


@pytest.mark.parametrize(
    "text",
    [
        "12/03/1985",
        "12-3-1985",
        "12.03.1985",
        " 12 / 3 / 1985 ",
        "12031985",
        "120385",
        "12/3/85",
        "1985-03-12",
        "19850312",
        "1985-03-12 00:00:00",
        "1985-03-12T00:00:00Z",
        "ngày 12 tháng 3 năm 1985",
        "31118",
        "31118.0",
        "١٢/٠٣/١٩٨٥",
        "12-Mar-1985",
        "12 March 1985",
        "March 12, 1985",
        "Mar-12-1985",
        "12MAR85",
        "1985-Mar-12",
        "12 Th3 1985",
        "12 thg 3, 1985",
        "12/Th03/1985",
        "12 tháng 3 năm 1985",
        "12 tháng ba năm 1985",
        "Tháng Ba 12, 1985",
        "1985 tháng 3 ngày 12",
    ],
)
def test_one_day_is_written_in_many_ways(text):
    assert read(text) == ["12/03/1985"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("17 tháng năm năm 1973", "17/05/1973"),
        ("17 tháng năm 1973", "17/05/1973"),
        ("17 tháng mười hai 1973", "17/12/1973"),
        ("17 tháng giêng 1973", "17/01/1973"),
        ("Jun 1973", "06/1973"),
        ("T6/1973", "06/1973"),
        ("ngày … tháng … năm 1973", "1973"),
    ],
)
def test_months_are_written_as_words(text, day):
    assert read(text) == [day]


def test_the_month_first_is_read_where_it_cannot_be_the_day():
    assert read("03/25/1985") == ["25/03/1985"]
    assert read("03/04/1985") == ["03/04/1985"]


@pytest.mark.parametrize(
    "text",
    [
        "1985",
        "85",
        "00/00/1985",
        "0/0/1985",
        "//1985",
        " / / 1985",
        "--/--/1985",
        "??/??/1985",
        "1985-00-00",
        "1985.0",
        "1985,00",
        "1985/",
        "1985-",
        "1985/00",
        "-1985",
        "năm 1985",
    ],
)
def test_the_year_alone_is_a_year_alone(text):
    assert read(text) == ["1985"]


def test_the_first_of_january_may_be_the_year_alone():
    assert read("01/01/1985") == ["01/01/1985", "1985"]


@pytest.mark.parametrize("text", ["03/1985", "00/03/1985", "1985-03"])
def test_a_month_without_a_day_is_kept(text):
    assert read(text) == ["03/1985"]


def test_of_two_centuries_the_nearer_comes_first():
    assert read("12/03/15") == ["12/03/2015", "12/03/1915"]
    assert read("12/03/21") == ["12/03/2021", "12/03/1921"]
    assert read("12/03/22") == ["12/03/1922"]
    assert read("22/04/00") == read("220400") == ["22/04/2000", "22/04/1900"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", errors.NoBirthDate),
        (" / / ", errors.NoBirthDate),
        ("không nhớ", errors.NotABirthDate),
        ("12/03", errors.NotABirthDate),
        ("1/2/3/1985", errors.NotABirthDate),
        ("31/02/1985", errors.NoSuchDay),
        ("29/02/2001", errors.NoSuchDay),
        ("13/13/1985", errors.NoSuchDay),
        ("12/03/1785", errors.BirthDateOutOfRange),
        ("12/08/2021", errors.BirthDateOutOfRange),
        ("9" * 400, errors.NotABirthDate),
        ("1985-" + "9" * 400 + "-1", errors.NotABirthDate),
        ("00000", errors.NotABirthDate),
        ("000000", errors.NotABirthDate),
        ("00/00/00", errors.NotABirthDate),
        ("1985-W05", errors.NotABirthDate),
    ],
)
def test_what_is_no_birth_date_is_refused_with_the_field_and_what_would_be_right(text, problem):
    with pytest.raises(problem) as raised:
        birth_readings(text, TODAY)
    assert str(raised.value).startswith(("Birth date: ", "Ngày sinh: "))


@given(st.dates(dt.date(1890, 1, 1), TODAY), st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d%m%Y", "%d.%m.%Y"]))
def test_any_day_is_read_back(day, form):
    assert day.strftime("%d/%m/%Y") in [str(reading) for reading in birth_readings(day.strftime(form), TODAY)]


@given(ANY_TEXT | DATE_LIKE)
def test_any_text_is_read_or_refused(text):
    try:
        readings = birth_readings(text, TODAY)
    except errors.BadValue as refusal:
        assert str(refusal)
    else:
        assert readings
        assert all(1890 <= reading.year <= 2021 for reading in readings)
        for reading in readings:
            assert reading in birth_readings(str(reading), TODAY)
