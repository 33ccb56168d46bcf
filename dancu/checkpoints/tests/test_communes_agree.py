"""What happens to a traveller at the stations, the communes see in the same way."""

import pytest

from dancu.checkpoints import actions
from dancu.checkpoints.reasons import Reason
from dancu.testing.at_the_station import (
    FEVER,
    NO_PERMIT,
    POSITIVE,
    an_hour_ago,
    arrival,
    cross,
    issued_before,
    state_of,
)
from dancu.testing.travellers import commune, declare


def test_an_earlier_crossing_that_reaches_us_late_does_not_undo_the_later_one(
    an, acting, station, far_station
):
    declared = declare()
    issued_before(declared, hours=2)
    cross(acting, far_station, declared, "back", NO_PERMIT)
    cross(
        acting,
        station,
        declared,
        crossing_id=an_hour_ago(),
        reason=Reason("papers"),
    )
    assert arrival(declared)["station_id"] == far_station
    assert state_of(declared) == "turned_back"


@pytest.mark.parametrize(
    ("how", "state"),
    [("mistake", "declared"), ("health_post", "held"), ("police", "held"), ("left", "held")],
)
def test_the_communes_know_how_a_waiting_ended(an, acting, station, how, state):
    declared = declare()
    held = cross(acting, station, declared, "secondary", FEVER)
    actions.release(
        acting, pass_id=declared.pass_id, crossing_id=held, station_id=station, reason=Reason(how)
    )
    assert (state_of(declared), arrival(declared)["ended_as"]) == (state, how if state == "held" else "")


def test_who_was_held_with_one_pass_and_let_through_with_another_is_held_nowhere(an, acting, station):
    one, other = declare(), declare(destination_area=commune("Phường Hải Châu, Đà Nẵng"))
    cross(acting, station, one, "secondary", Reason("no_paper"))
    through = cross(acting, station, other, "through", Reason("papers"))
    assert (state_of(one), state_of(other)) == ("declared", "on_the_way")
    actions.undo_crossing(acting, through)
    assert (state_of(one), state_of(other)) == ("held", "declared")


@pytest.mark.parametrize(
    ("decision", "reason", "state"), [("secondary", FEVER, "held"), ("back", NO_PERMIT, "turned_back")]
)
def test_who_cancels_a_journey_after_a_stop_is_stopped_all_the_same(
    an, acting, station, decision, reason, state
):
    declared = declare()
    pressed = cross(acting, station, declared, decision, reason)
    actions.revoke_pass(declared.pass_id, "given up")
    assert state_of(declared) == state
    actions.undo_crossing(acting, pressed)
    assert state_of(declared) == "withdrawn"


def test_undoing_a_stop_after_a_cancelled_journey_leaves_it_cancelled(an, acting, station):
    declared = declare()
    actions.revoke_pass(declared.pass_id, "given up")
    actions.undo_crossing(acting, cross(acting, station, declared, "secondary", FEVER))
    assert state_of(declared) == "withdrawn"


def test_what_a_station_finds_the_communes_see_on_every_journey(an, acting, station):
    first = declare()
    back = cross(acting, station, first, "back", POSITIVE)
    other = declare(destination_area=commune("Phường Hải Châu, Đà Nẵng"))
    assert (arrival(first)["warnings"], arrival(other)["warned_elsewhere"]) == (["positive"], ["positive"])
    actions.undo_crossing(acting, back)
    assert (arrival(first)["warnings"], arrival(other)["warned_elsewhere"]) == ([], [])


def test_what_was_declared_stays_beside_what_a_station_found(an, acting, station):
    declared = declare(acting, contact=True)
    cross(acting, station, declared, "secondary", FEVER)
    assert arrival(declared)["warnings"] == ["contact", "symptoms"]
    cross(acting, station, declared, "through", Reason("well"))
    assert arrival(declared)["warnings"] == ["contact"]
