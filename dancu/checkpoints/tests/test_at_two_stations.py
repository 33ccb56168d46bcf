"""One pass at two stations in the same second, and crossings that are dated when nobody was there."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from django.db import connection
from uuid_utils.compat import uuid7

from dancu.checkpoints import actions
from dancu.checkpoints.errors import BadCrossingId, ReasonNeeded
from dancu.checkpoints.reasons import Reason
from dancu.checkpoints.tests.at_the_station import cross, issued_before
from dancu.checkpoints.tests.factories import declare


def ago(**time: float) -> UUID:
    """The id of a crossing that was pressed so long ago."""
    return UUID(int=uuid7().int - (int(dt.timedelta(**time).total_seconds() * 1000) << 80))


@pytest.mark.django_db(transaction=True)
def test_one_pass_in_one_second_at_two_stations_far_apart_is_let_through_once(an, acting, station, far_station):
    for _round in range(5):
        declared = declare()

        def press(station, declared=declared):
            try:
                return cross(acting, station, declared) is not None
            except ReasonNeeded:
                return "asked"
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as both:
            assert sorted(map(str, both.map(press, (station, far_station)))) == ["True", "asked"]


@pytest.mark.parametrize("time", [{"hours": 3}, {"days": 8}, {"days": 29}])
@pytest.mark.django_db
def test_no_crossing_is_dated_hours_back(an, acting, station, time):
    declared = declare()
    issued_before(declared, hours=720)
    with pytest.raises(BadCrossingId):
        cross(acting, station, declared, crossing_id=ago(**time))


@pytest.mark.django_db
def test_nor_before_its_pass(an, acting, station):
    declared = declare()
    with pytest.raises(BadCrossingId):
        cross(acting, station, declared, crossing_id=ago(minutes=30))
    assert cross(acting, station, declared, crossing_id=ago(seconds=20)), "clocks differ by seconds"


@pytest.mark.django_db
def test_a_page_that_stayed_open_for_an_hour_still_records(an, acting, station):
    declared = declare()
    issued_before(declared, hours=24)
    assert cross(acting, station, declared, crossing_id=ago(hours=1))


@pytest.mark.django_db
def test_a_wrong_decision_of_this_morning_is_corrected_at_its_time(an, acting, station):
    declared = declare()
    issued_before(declared, hours=24)
    crossing = cross(acting, station, declared, crossing_id=ago(minutes=100))
    with connection.cursor() as cursor:  # three hours pass
        cursor.execute(
            "UPDATE crossing SET crossed_at = crossed_at - interval '3 hours' WHERE crossing_id = %s", [crossing]
        )
    assert actions.correct_crossing(acting, crossing, "secondary", Reason("fever"))
