"""A journey that was declared anew has several codes: what happened with one of them happened with all."""

import datetime as dt

import pytest
from uuid_utils.compat import uuid7

from dancu.checkpoints import actions, crossings
from dancu.checkpoints.actions import Sender
from dancu.checkpoints.errors import ReasonNeeded
from dancu.checkpoints.reasons import Reason
from dancu.testing.at_the_station import arrival, cross, issued_before, look, pass_time, state_of
from dancu.testing.travellers import commune, declare, journey

HAI_CHAU = "Phường Hải Châu, Đà Nẵng"


def anew(*before, **changes):
    return actions.declare(
        journey(**changes), uuid7(), None, Sender(0, tuple(one.declaration_id for one in before))
    )


@pytest.mark.parametrize("used", [0, 1, 2])
@pytest.mark.parametrize("shown", [0, 1, 2])
def test_a_code_used_far_away_stops_every_code_of_the_journey_and_the_reason_is_told(
    an, acting, station, far_station, used, shown
):
    codes = []
    for nth in range(3):
        codes.append(anew(*codes))
        if nth == used:
            cross(acting, far_station, codes[nth])
    again = look(acting, station, codes[shown])
    assert (again.status, again.colour, again.for_a_reason) == ("used_elsewhere", "red", True)
    assert again.elsewhere["station"] == "Hầm Hải Vân"
    with pytest.raises(ReasonNeeded):
        cross(acting, station, codes[-1])


@pytest.mark.parametrize("used", [0, 1])
@pytest.mark.parametrize("shown", [0, 1])
def test_a_code_used_here_just_now_is_told_of_every_code_of_the_journey(an, acting, station, used, shown):
    first = anew()
    if used == 0:
        cross(acting, station, first)
    second = anew(first)
    if used == 1:
        cross(acting, station, second)
    again = look(acting, station, (first, second)[shown])
    assert again.last_here
    assert not again.for_a_reason
    pass_time(0.2)
    assert not look(acting, station, (first, second)[shown]).last_here


def test_what_a_page_asks_a_reason_for_is_what_the_record_wants_one_for(an, acting, station, far_station):
    first = anew()
    second = anew(first)
    cross(acting, station, second, "secondary", Reason("no_paper"))
    cross(acting, station, second, "through", Reason("papers"))
    for code in (first, second):
        assert not look(acting, station, code).for_a_reason
    assert cross(acting, station, second)


def test_another_journey_of_the_same_person_is_another_journey(an, acting, station, far_station):
    cross(acting, far_station, declare(destination_area=commune(HAI_CHAU)))
    assert look(acting, station, declare()).status == "valid"


def test_a_crossing_that_reaches_us_late_is_near_in_time_to_a_later_one_elsewhere_only_if_it_was(
    an, acting, station, far_station, monkeypatch
):
    """As a device that was long without a network will send it."""
    monkeypatch.setattr(crossings, "LATEST", dt.timedelta(days=1))
    declared = declare()
    issued_before(declared, hours=24)
    early = uuid7()
    early = type(early)(int=early.int - (20 * 3_600_000 << 80))  # twenty hours before
    cross(acting, far_station, declared)
    assert cross(acting, station, declared, crossing_id=early)


# Stopped with one pass, then again with another


@pytest.mark.parametrize(("decision", "state"), [("secondary", "held"), ("back", "turned_back")])
def test_who_is_stopped_again_with_another_pass_is_expected_nowhere(an, acting, station, decision, state):
    first, other = declare(), declare(destination_area=commune(HAI_CHAU))
    cross(acting, station, first, "secondary", Reason("no_paper"))
    cross(acting, station, other, decision, Reason("no_test" if decision == "secondary" else "refuses"))
    assert (state_of(first), state_of(other)) == (state, state)
    assert arrival(first)["station_id"] == station
    through = cross(acting, station, other, "through", Reason("papers"))
    assert (state_of(first), state_of(other)) == ("declared", "on_the_way")
    actions.undo_crossing(acting, through)
    assert (state_of(first), state_of(other)) == (state, state)


def test_how_a_later_waiting_ended_is_told_for_the_first_journey_too(an, acting, station):
    first, other = declare(), declare(destination_area=commune(HAI_CHAU))
    third = declare(destination_area=commune("Phường Hải Vân, Đà Nẵng"))
    cross(acting, station, first, "secondary", Reason("no_paper"))
    cross(acting, station, other, "secondary", Reason("no_test"))
    held = cross(acting, station, third, "secondary", Reason("differs"))
    actions.release(
        acting, pass_id=third.pass_id, crossing_id=held, station_id=station, reason=Reason("health_post")
    )
    assert {(state_of(one), arrival(one)["ended_as"]) for one in (first, other, third)} == {
        ("held", "health_post")
    }


def test_a_later_stop_that_is_taken_back_or_corrected_leaves_the_first(an, acting, station):
    first, other = declare(), declare(destination_area=commune(HAI_CHAU))
    cross(acting, station, first, "secondary", Reason("no_paper"))
    held = cross(acting, station, other, "secondary", Reason("no_test"))
    assert actions.correct_crossing(acting, held, "back", Reason("refuses"))
    assert (state_of(first), state_of(other)) == ("turned_back", "turned_back")
    back = look(acting, station, other).memory.stops[0]["crossing_id"]
    actions.undo_crossing(acting, back)
    assert (state_of(first), state_of(other)) == ("held", "declared")


def test_a_journey_that_was_replaced_is_off_whatever_stops_the_newer_one(an, acting, station):
    first = declare()
    cross(acting, station, first, "secondary", Reason("no_paper"))
    newer = declare(acting)
    cross(acting, station, newer, "secondary", Reason("no_test"))
    assert (state_of(first), state_of(newer)) == ("withdrawn", "held")
