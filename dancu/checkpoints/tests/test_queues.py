"""How long a queue is, as officers tap it, and when its growing is told."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from dancu.checkpoints import actions
from dancu.checkpoints.errors import NoSuchStation, NoSuchStep
from dancu.checkpoints.queues import LONGEST, STEPS, grows, queue, queues
from dancu.testing.database import rows
from dancu.testing.officials import acting_as, make_official


def taps(station: int, *said: tuple[float, int]) -> None:
    """Each so many minutes ago."""
    for minutes, step in said:
        at = timezone.now() - dt.timedelta(minutes=minutes)
        rows("INSERT INTO station_queue VALUES (%s, %s, %s)", station, at, step)


def test_a_tap_is_kept_with_its_moment_and_nobody_s_name(acting, station):
    actions.tap_queue(acting, station, 2)
    told = queue(station)
    assert (told.step, told.vehicles, told.is_growing) == (2, 6, False)
    assert rows("SELECT step FROM station_queue WHERE station_id = %s", station) == [(2,)]
    columns = "SELECT column_name FROM information_schema.columns WHERE table_name = 'station_queue'"
    assert {name for (name,) in rows(columns)} == {"station_id", "tapped_at", "step"}


@pytest.mark.parametrize("step", [-1, len(STEPS), 99])
def test_a_length_that_is_none_of_the_five_is_refused(acting, station, step):
    with pytest.raises(NoSuchStep):
        actions.tap_queue(acting, station, step)
    with pytest.raises(IntegrityError), transaction.atomic():
        taps(station, (0, step))


def test_nobody_taps_for_a_station_of_another_jurisdiction(station, far_station):
    bao = acting_as(make_official("bao", "checkpoint_officer", "station", far_station))
    with pytest.raises(NoSuchStation):
        actions.tap_queue(bao, station, 1)


@pytest.mark.parametrize(
    ("said", "grows_now"),
    [
        ([(20, 0), (1, 2)], True),  # two steps within half an hour
        ([(20, 1), (1, 2)], False),
        ([(40, 0), (1, 2)], False),  # not so soon
        ([(1, 3)], False),  # nobody knows what was before
        ([(1, 4)], True),  # more than fifty, whatever was before
        ([(25, 1), (15, 3), (5, 3)], True),  # and still so within the half hour
        ([(25, 1), (15, 3), (5, 1)], False),  # it has become shorter again
        ([(25, 3), (5, 1)], False),
        ([(61, 4)], False),  # too old to be told of
    ],
)
def test_a_queue_grows_by_two_steps_within_half_an_hour_or_is_longer_than_fifty(station, said, grows_now):
    taps(station, *said)
    assert queue(station).is_growing is grows_now


def test_after_an_hour_nobody_knows_and_the_moment_of_the_last_tap_is_told(station):
    taps(station, (70, 3))
    told = queue(station)
    assert (told.step, told.vehicles, told.is_growing) == (None, None, False)
    assert told.tapped_at is not None
    taps(station, (13 * 60, 3))
    assert queue(station).tapped_at == told.tapped_at


def test_of_many_stations_each_has_its_own(station, far_station):
    taps(station, (3, 0), (1, 2))
    told = queues([station, far_station])
    assert (told[station].is_growing, told[far_station].tapped_at) == (True, None)


@given(step=st.integers(0, LONGEST), least=st.integers(0, LONGEST), more=st.integers(0, LONGEST))
def test_a_longer_queue_is_told_of_wherever_a_shorter_one_is(step, least, more):
    longer = min(step + more, LONGEST)
    assert grows(longer, least) or not grows(step, least)
