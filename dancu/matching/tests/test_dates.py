import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dancu.matching.dates import DeclaredDate, compare_birth

HELD = dt.date(1985, 3, 12)


@pytest.mark.parametrize(
    ("declared", "level"),
    [
        (DeclaredDate(1985, 3, 12), "same"),
        (DeclaredDate(1985, 12, 3), "swapped"),
        (DeclaredDate(1985), "year_only"),
        (DeclaredDate(1985, 1, 1), "year_only"),  # what is written where no more is known
        (DeclaredDate(1985, 3), "year_only"),
        (DeclaredDate(1984, 3, 12), "year_near"),
        (DeclaredDate(1986, 3, 12), "year_near"),
        (DeclaredDate(1985, 3, 13), "one_digit"),
        (DeclaredDate(1985, 3, 22), "one_digit"),
        (DeclaredDate(1975, 3, 12), "one_digit"),
        (DeclaredDate(1955, 3, 12), "different"),  # it may be a parent's
        (DeclaredDate(1985, 4, 21), "different"),
        (DeclaredDate(1972, 3, 12), "different"),
        (DeclaredDate(1984), "different"),
        (None, "missing"),
    ],
)
def test_each_fault_of_a_declared_birth_date_has_its_level(declared, level):
    assert compare_birth(declared, HELD) == level


def test_a_register_that_knows_only_the_year_agrees_with_any_day_of_it():
    assert compare_birth(DeclaredDate(1985, 3, 12), dt.date(1985, 1, 1), "Y") == "same"
    assert compare_birth(DeclaredDate(1986, 3, 12), dt.date(1985, 1, 1), "Y") == "year_near"
    assert compare_birth(DeclaredDate(1988), dt.date(1985, 1, 1), "Y") == "different"


def test_a_register_that_knows_only_the_month_agrees_with_any_day_of_it():
    assert compare_birth(DeclaredDate(1985, 3, 12), dt.date(1985, 3, 1), "M") == "same"
    assert compare_birth(DeclaredDate(1985, 3), dt.date(1985, 3, 1), "M") == "same"
    assert compare_birth(DeclaredDate(1985, 8, 20), dt.date(1985, 3, 1), "M") == "different"


def test_a_date_is_written_as_far_as_it_is_known():
    assert [str(DeclaredDate(*parts)) for parts in ((1985, 3, 2), (1985, 3), (1985,))] == [
        "02/03/1985",
        "03/1985",
        "1985",
    ]


@given(st.dates(), st.sampled_from("DMY"))
def test_any_date_is_the_same_as_itself(date, precision):
    assert compare_birth(DeclaredDate.of(date), date, precision) == "same"


@given(
    st.builds(
        DeclaredDate, st.integers(1, 9999), st.none() | st.integers(0, 99), st.none() | st.integers(0, 99)
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
