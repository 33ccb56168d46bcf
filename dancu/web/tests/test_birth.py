import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from dancu.matching.lookups import PartialDate
from dancu.web.shared.birth import BirthField


@given(st.dates(dt.date(1890, 1, 1), dt.date(2020, 12, 31)))
def test_every_day_is_a_birth_date(born):
    assert BirthField().clean([str(born.day), str(born.month), str(born.year)]) == PartialDate.of(born)


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        (["", "", "1950"], PartialDate(1950)),
        (["", "7", "1950"], PartialDate(1950, 7)),
        (["01", "01", "1950"], PartialDate(1950, 1, 1)),
    ],
)
def test_what_is_not_known_is_left_empty(typed, known):
    assert BirthField().clean(typed) == known


@pytest.mark.parametrize(
    "typed",
    [
        ["15", "", "1950"],
        ["15", "2", ""],
        ["30", "2", "2000"],
        ["0", "1", "2000"],
        ["1", "0", "2000"],
        ["1", "13", "2000"],
        ["1", "1", "50"],
        ["a", "1", "2000"],
        ["1", "1", "1889"],
        ["", "", ""],
        ["-1", "1", "2000"],
        ["1", "1", "0000"],
    ],
)
def test_what_cannot_be_a_birth_date_is_refused(typed):
    with pytest.raises(ValidationError):
        BirthField().clean(typed)


def test_nobody_is_born_tomorrow():
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    with pytest.raises(ValidationError):
        BirthField().clean([str(tomorrow.day), str(tomorrow.month), str(tomorrow.year)])


def test_it_may_be_left_out_where_it_is_not_required():
    assert BirthField(required=False).clean(["", "", ""]) is None
