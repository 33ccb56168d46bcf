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
from dancu.testing.at_the_station import NO_PERMIT, cross, issued_before, look
from dancu.testing.travellers import declare


def ago(**time: float) -> UUID:
    """The id of a crossing that was pressed so long ago."""
    return UUID(int=uuid7().int - (int(dt.timedelta(**time).total_seconds() * 1000) << 80))


@pytest.mark.django_db(transaction=True)
def test_one_pass_in_one_second_at_two_stations_far_apart_is_let_through_once(
    an, acting, station, far_station
):
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
            "UPDATE crossing SET crossed_at = crossed_at - interval '3 hours' WHERE crossing_id = %s",
            [crossing],
        )
    assert actions.correct_crossing(acting, crossing, "secondary", Reason("fever"))


@pytest.mark.django_db
def test_one_id_is_one_crossing_whoever_s_pass_it_comes_with(an, acting, station, far_station):
    pressed = cross(acting, station, declare())
    other = declare(number_kind="none", number="", full_name="Lò Văn Pá", phone="0912000777")
    with pytest.raises(BadCrossingId):
        cross(acting, far_station, other, "back", NO_PERMIT, crossing_id=pressed)
    assert look(acting, station, other).memory.stops == []


@pytest.mark.django_db(transaction=True)
def test_of_two_that_come_with_one_id_at_once_one_is_taken(at_once, an, acting, station):
    passes = [declare(), declare(number_kind="none", number="", full_name="Lò Văn Pá", phone="0912000777")]
    pressed = uuid7()

    def press() -> bool:
        try:
            return bool(cross(acting, station, passes.pop(), "back", NO_PERMIT, crossing_id=pressed))
        except BadCrossingId:
            return False

    assert sorted(at_once(2, press)) == [False, True]


@pytest.mark.django_db
def test_what_would_take_a_reason_now_takes_one_though_it_was_pressed_before(an, acting, station):
    declared = declare()
    issued_before(declared, 2)
    with connection.cursor() as cursor:  # it expired half an hour ago, and the page was open for an hour
        cursor.execute(
            "UPDATE pass SET expires_at = now() - interval '30 minutes' WHERE pass_id = %s",
            [declared.pass_id],
        )
    with pytest.raises(ReasonNeeded):
        cross(acting, station, declared, crossing_id=ago(hours=1))
    assert cross(
        acting, station, declared, "through", Reason(written="the page stayed open"), crossing_id=ago(hours=1)
    )
