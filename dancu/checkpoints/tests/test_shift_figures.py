"""How a station stands in a shift, and all of a jurisdiction, the worst first."""

import datetime as dt
from uuid import UUID

import pytest
from django.utils import timezone
from uuid_utils.compat import uuid7

from dancu.checkpoints import actions, lookups
from dancu.checkpoints.errors import NoSuchStation
from dancu.checkpoints.reasons import Reason
from dancu.testing.at_the_station import FEVER, cross
from dancu.testing.database import rows
from dancu.testing.devices import enrolled
from dancu.testing.officials import acting_as, make_official
from dancu.testing.travellers import commune, declare


def recorded(station: int, official: int, seconds_ago: float, **told: object) -> UUID:
    """A crossing as it is kept, so many seconds before this hour began."""
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    row = {"direction": "in", "decision": "through", "against": "", "by_hand": False} | told
    crossing_id = uuid7()
    rows(
        "INSERT INTO crossing (person_id, crossed_at, crossing_id, pass_id, declaration_id, official_id, "
        "station_id, origin_area, destination_area, direction, decision, vehicle, against, by_hand) "
        "VALUES (1, %s, %s, 1, %s, %s, %s, 1, 1, %s, %s, 'car', %s, %s)",
        hour - dt.timedelta(seconds=seconds_ago), crossing_id, uuid7(), official, station,
        row["direction"], row["decision"], row["against"], row["by_hand"],
    )  # fmt: skip
    return crossing_id


def test_each_hour_is_told_by_direction_and_by_decision(station, acting):
    for told in ({}, {"direction": "out"}, {"decision": "back"}, {"decision": "secondary"}):
        recorded(station, 7, 3500, **told)
    recorded(station, 7, 3700)
    recorded(station, 7, 13 * 3600)  # before the shift
    figures = lookups.station_figures(acting, station)
    last, before = figures.hours[-2], figures.hours[-3]
    assert (last.into, last.out, last.through, last.held, last.back) == (3, 1, 2, 1, 1)
    assert (before.into, before.through) == (1, 1)
    assert (figures.crossings, figures.this_hour, len(figures.hours)) == (5, 0, 12)


def test_what_was_taken_back_is_not_counted(station, acting, an):
    crossing_id = cross(acting, station, declare())
    assert lookups.station_figures(acting, station).crossings == 1
    actions.undo_crossing(acting, crossing_id)
    assert lookups.station_figures(acting, station).crossings == 0


def test_the_share_by_hand_and_what_was_against_the_verdict(station, acting):
    recorded(station, 7, 10, by_hand=True)
    recorded(station, 7, 20, against="red")
    recorded(station, 7, 30, against="asked")
    recorded(station, 7, 40, against="would_have_looked")
    recorded(station, 7, 50, against="not_known", by_hand=None)
    figures = lookups.station_figures(acting, station)
    assert (figures.by_hand, figures.overridden, figures.would_have) == (0.25, 2, 1)


def test_a_traveller_takes_from_one_verdict_to_the_next_of_the_same_officer(station, acting):
    for seconds in (3000, 2960, 2920, 2860):  # 40, 40 and 60 seconds
        recorded(station, 7, seconds)
    recorded(station, 8, 2950)  # another lane, which says nothing of this one
    recorded(station, 8, 2000)  # after a break
    pace = lookups.station_figures(acting, station).pace
    assert pace is not None
    assert (pace["measured"], pace["median"], pace["ninetieth"]) == (3, 40, pytest.approx(56))


def test_a_bus_decided_in_one_second_shares_its_time(station, acting):
    recorded(station, 7, 3000)
    for _passenger in range(40):
        recorded(station, 7, 2880)  # two minutes for forty
    pace = lookups.station_figures(acting, station).pace
    assert pace is not None
    assert (pace["measured"], pace["median"]) == (40, 3)


def test_without_two_in_a_row_nobody_knows_how_long_one_takes(station, acting):
    recorded(station, 7, 10)
    figures = lookups.station_figures(acting, station)
    assert (figures.pace, figures.pace_now) == (None, None)


def test_who_is_held_counts_as_on_the_list_of_the_held(station, acting, an):
    cross(acting, station, declare(), "secondary", FEVER)
    actions.report_incident(
        acting, incident_id=uuid7(), station_id=station, kind="altered", decision="secondary",
        reason=Reason("forged"),
    )  # fmt: skip
    assert lookups.station_figures(acting, station).held == lookups.waiting_count(station) == 2


def test_devices_stand_with_their_last_word_and_what_waits_on_them(station, acting, giang):
    telephone = enrolled(acting_as(giang), station)
    rows("UPDATE device SET waiting = 3, made = 5, lease_until = now() - interval '1 minute'")
    figures = lookups.station_figures(acting, station)
    (standing,) = figures.devices
    assert str(standing.device["device_id"]) == telephone.device_id
    assert (figures.unsent, figures.silent, standing.state, standing.lost) == (3, 1, "silent", 2)
    rows("UPDATE device SET wiped_at = now(), cut_off_at = now()")
    assert lookups.station_figures(acting, station).devices == []


def test_the_worst_station_comes_first(station, far_station):
    thanh = acting_as(make_official("thanh", "checkpoint_leader"))
    names = lambda: [each.station["station_id"] for each in lookups.province_figures(thanh)]  # noqa: E731
    actions.tap_queue(thanh, far_station, 1)
    assert names() == [far_station, station]
    actions.tap_queue(thanh, station, 2)
    assert names() == [station, far_station]
    actions.tap_queue(thanh, far_station, 4)
    assert names() == [far_station, station]


def test_a_province_sees_its_own_stations_and_an_officer_their_own(station, far_station):
    there = commune("Phường Hải Vân, Đà Nẵng")
    province = rows("SELECT province_id FROM area WHERE area_id = %s", there)[0][0]
    for role, kind, number in (
        ("checkpoint_leader", "area", province),
        ("commune_officer", "area", province),
        ("checkpoint_officer", "station", far_station),
    ):
        acting = acting_as(make_official(f"of.{role}", role, kind, number))
        found = lookups.province_figures(acting)
        assert [each.station["station_id"] for each in found] == [far_station]
        with pytest.raises(NoSuchStation):
            lookups.station_figures(acting, station)


def test_reading_it_stands_in_the_audit_and_of_a_page_that_refreshes_itself_once_an_hour(station, acting):
    asked = "SELECT count(*) FROM audit_entry WHERE action = 'stations.seen'"
    for _time in range(3):
        lookups.station_figures(acting, station, is_refreshing=True)
    assert rows(asked) == [(1,)]
    lookups.station_figures(acting, station)
    assert rows(asked) == [(2,)]
