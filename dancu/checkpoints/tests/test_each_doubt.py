"""Of two stops each is answered by what tells of it: a later one takes an earlier one's place only where
nothing is lost by it.
"""

import itertools

import pytest

from dancu.checkpoints import lookups
from dancu.checkpoints.reasons import REASONS, Reason, answered_by, answers
from dancu.testing.at_the_station import FEVER, POSITIVE, arrival, cross, look, state_of
from dancu.testing.travellers import commune, declare

WELL, NEGATIVE, PAPERS = Reason("well"), Reason("negative"), Reason("papers")
LOCKED_DOWN, FALSE, NO_TEST = Reason("locked_down"), Reason("false"), Reason("no_test")
OTHER_HOLDER, REFUSES = Reason("other_holder"), Reason("refuses")
STOPS = [(decision, code) for decision in ("secondary", "back") for code in REASONS[decision]]


def left(acting, station, declared) -> list[str]:
    return sorted(stop["reason_code"] for stop in look(acting, station, declared).memory.stops)


@pytest.mark.parametrize(
    ("first", "later", "through", "remains"),
    [
        (("back", LOCKED_DOWN), FEVER, WELL, ["locked_down"]),
        (("back", FALSE), NO_TEST, NEGATIVE, ["false"]),
        (("secondary", OTHER_HOLDER), NO_TEST, NEGATIVE, ["other_holder"]),
        (("secondary", OTHER_HOLDER), FEVER, WELL, ["other_holder"]),
        (("back", Reason("not_permitted")), POSITIVE, NEGATIVE, ["not_permitted"]),
        (("back", FALSE), Reason("no_paper"), PAPERS, []),
        (("back", REFUSES), FEVER, WELL, []),
        (("secondary", NO_TEST), FEVER, WELL, ["no_test"]),
        (("secondary", NO_TEST), FEVER, NEGATIVE, []),
        (("secondary", Reason("differs")), FEVER, PAPERS, ["fever"]),
    ],
    ids=str,
)
def test_what_nobody_answered_stands(an, acting, station, far_station, first, later, through, remains):
    declared, other = declare(), declare(destination_area=commune("Phường Hải Châu, Đà Nẵng"))
    cross(acting, station, declared, *first)
    cross(acting, far_station, other, "secondary", later)
    cross(acting, far_station, other, "through", through)
    assert left(acting, station, declared) == left(acting, station, other) == remains
    assert state_of(declared) == (
        "declared" if not remains else "held" if first[0] == "secondary" else "turned_back"
    )


def test_who_was_turned_back_and_is_held_elsewhere_for_less_is_red_still(an, acting, station, far_station):
    declared = declare()
    cross(acting, station, declared, "back", LOCKED_DOWN)
    cross(acting, far_station, declared, "secondary", NO_TEST)
    assert left(acting, station, declared) == ["locked_down", "no_test"]
    assert look(acting, station, declared).colour == "red"
    assert (state_of(declared), arrival(declared)["station_id"]) == ("held", far_station)
    cross(acting, far_station, declared, "through", Reason("order"))
    assert left(acting, station, declared) == []
    assert state_of(declared) == "on_the_way"


def test_who_is_held_again_waits_once(an, acting, station):
    declared = declare()
    cross(acting, station, declared, "secondary", OTHER_HOLDER)
    cross(acting, station, declared, "secondary", NO_TEST)
    assert [row["reason_code"] for row in lookups.waiting(acting, station)[0]] == ["no_test"]


def test_the_commune_does_not_await_who_is_stopped_elsewhere_for_something_else(
    an, acting, station, far_station
):
    one, other = declare(), declare(destination_area=commune("Phường Hải Châu, Đà Nẵng"))
    cross(acting, station, one, "secondary", OTHER_HOLDER)
    cross(acting, far_station, other, "back", FALSE)
    assert (state_of(one), arrival(one)["station_id"]) == ("turned_back", far_station)


@pytest.mark.parametrize(("first", "later"), list(itertools.product(STOPS, STOPS)), ids=str)
def test_a_later_stop_never_makes_a_reason_clear_what_it_did_not_clear_before(first, later):
    before, after = Reason(first[1]).stopping(first[0]), Reason(later[1]).stopping(later[0])
    if answers(before, Reason(later[1]), later[0]):
        assert answered_by(after) <= answered_by(before)
        assert (first[0], later[0]) != ("back", "secondary")


def test_the_same_stop_again_is_one(an, acting, station):
    for decision, code in STOPS:
        assert answers(Reason(code).stopping(decision), Reason(code), decision)
