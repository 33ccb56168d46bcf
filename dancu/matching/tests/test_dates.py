import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dancu.matching.dates import compare_birth
from dancu.values.birth_dates import PartialDate

HELD = dt.date(1985, 3, 12)


@pytest.mark.parametrize(
    ("declared", "level"),
    [
        (PartialDate(1985, 3, 12), "same"),
        (PartialDate(1985, 12, 3), "swapped"),
        (PartialDate(1985), "year_only"),
        (PartialDate(1985, 1, 1), "year_only"),  # what is written where no more is known
        (PartialDate(1985, 3), "year_only"),
        (PartialDate(1984, 3, 12), "year_near"),
        (PartialDate(1986, 3, 12), "year_near"),
        (PartialDate(1985, 3, 13), "one_digit"),
        (PartialDate(1985, 3, 22), "one_digit"),
        (PartialDate(1975, 3, 12), "one_digit"),
        (PartialDate(1955, 3, 12), "different"),  # it may be a parent's
        (PartialDate(1985, 4, 21), "different"),
        (PartialDate(1972, 3, 12), "different"),
        (PartialDate(1984), "different"),
        (None, "missing"),
    ],
)
def test_each_fault_of_a_declared_birth_date_has_its_level(declared, level):
    assert compare_birth(declared, HELD) == level


def test_a_register_that_knows_only_the_year_agrees_with_any_day_of_it():
    assert compare_birth(PartialDate(1985, 3, 12), dt.date(1985, 1, 1), "Y") == "same"
    assert compare_birth(PartialDate(1986, 3, 12), dt.date(1985, 1, 1), "Y") == "year_near"
    assert compare_birth(PartialDate(1988), dt.date(1985, 1, 1), "Y") == "different"


def test_a_register_that_knows_only_the_month_agrees_with_any_day_of_it():
    assert compare_birth(PartialDate(1985, 3, 12), dt.date(1985, 3, 1), "M") == "same"
    assert compare_birth(PartialDate(1985, 3), dt.date(1985, 3, 1), "M") == "same"
    assert compare_birth(PartialDate(1985, 8, 20), dt.date(1985, 3, 1), "M") == "different"


def test_a_date_is_written_as_far_as_it_is_known():
    assert [str(PartialDate(*parts)) for parts in ((1985, 3, 2), (1985, 3), (1985,))] == [
        "02/03/1985",
        "03/1985",
        "1985",
    ]


@given(st.dates(), st.sampled_from("DMY"))
def test_any_date_is_the_same_as_itself(date, precision):
    assert compare_birth(PartialDate.of(date), date, precision) == "same"


@given(
    st.builds(
        PartialDate, st.integers(1, 9999), st.none() | st.integers(0, 99), st.none() | st.integers(0, 99)
    ),
    st.dates(),
    st.sampled_from("DMY"),
)
def test_any_declared_date_compares_to_some_level(declared, held, precision):
    assert compare_birth(declared, held, precision) in {
        "same",
        "swapped",
        "year_only",
        "one_digit",
        "year_near",
        "different",
    }
