"""What was found or decided stands although the hold was pressed by mistake, or somebody else of nearly
that name comes after.
"""

import pytest
from django.utils.translation import override

from dancu.checkpoints import actions, lookups, memory
from dancu.checkpoints.errors import HandedOver, TooLateToUndoCrossing
from dancu.checkpoints.reasons import HANDED_OVER, Reason
from dancu.testing.at_the_station import NO_PERMIT, arrival, cross, look, state_of
from dancu.testing.travellers import declare

NO_TEST = Reason("no_test")
PASSPORT = {"number_kind": "passport", "number": "B1234567", "sex": 2, "phone": ""}


def hold_and_end(acting, station, ending, reason=NO_TEST):
    declared = declare()
    held = cross(acting, station, declared, "secondary", reason)
    actions.release(acting, pass_id=declared.pass_id, crossing_id=held, station_id=station, reason=ending)
    return declared, held


def last_of(declared):
    """The id of the last crossing of a pass that counts."""
    shown = lookups.pass_in_full(declared.pass_id)
    return memory.of_declaration(shown, lookups.whose(shown)).crossings[0]["crossing_id"]


# What was found while they waited


@pytest.mark.parametrize(
    "taking_back",
    [
        lambda acting, held: actions.undo_crossing(acting, held),
        lambda acting, held: actions.correct_crossing(acting, held, "through", Reason("papers")),
        lambda acting, held: actions.correct_crossing(acting, held, "through", Reason("mistake")),
        lambda acting, held: actions.correct_crossing(acting, held, "through", Reason("negative")),
    ],
)
def test_a_positive_test_found_at_the_hand_over_outlasts_the_hold(an, acting, station, taking_back):
    declared, held = hold_and_end(acting, station, Reason("found_positive"))
    with pytest.raises(HandedOver):
        taking_back(acting, held)
    assert look(acting, station, declared).colour == "red"
    assert (state_of(declared), arrival(declared)["warnings"]) == ("held", ["positive"])
    cross(acting, station, declared, "through", Reason("negative"))  # what answers it does so now
    assert look(acting, station, declared).colour == "green"


@pytest.mark.parametrize(
    "ending", [*map(Reason, sorted(HANDED_OVER)), Reason(written="Sốt 39 độ"), Reason("left", "sốt")]
)
def test_whom_others_had_meanwhile_was_held(an, acting, station, ending):
    declared, held = hold_and_end(acting, station, ending)
    with pytest.raises(HandedOver):
        actions.undo_crossing(acting, held)
    assert actions.correct_crossing(acting, held, "secondary", Reason("differs"))
    assert actions.correct_crossing(acting, last_of(declared), "back", NO_PERMIT)
    with pytest.raises(HandedOver):  # whatever was put in its place
        actions.correct_crossing(acting, last_of(declared), "through", Reason("mistake"))
    assert look(acting, station, declared).memory.stops


@pytest.mark.parametrize("ending", ["left", "mistake"])
def test_a_hold_that_never_was_is_taken_back(an, acting, station, ending):
    declared, held = hold_and_end(acting, station, Reason(ending))
    assert actions.undo_crossing(acting, held)
    assert look(acting, station, declared).colour == "green"


def test_the_desk_may_answer_it_as_anything_too_late(an, acting, station):
    _declared, held = hold_and_end(acting, station, Reason("police"))
    with (
        override("en"),
        pytest.raises(
            TooLateToUndoCrossing, match="the traveller was held, then handed over or found to be ill"
        ),
    ):
        actions.undo_crossing(acting, held)


# Another person of nearly that name


def test_who_is_another_person_by_the_card_clears_nobody(country, acting, station):
    vi, vy = declare(full_name="Lê Tường Vi", **PASSPORT), declare(full_name="Lê Tường Vy", **PASSPORT)
    cross(acting, station, vi, "back", Reason("false"))
    assert look(acting, station, vy).colour == "red"
    cross(acting, station, vy, "through", Reason("other_person"))
    assert look(acting, station, vy).memory.stops == []  # and is not asked again
    assert (look(acting, station, vi).colour, state_of(vi)) == ("red", "turned_back")
    assert look(acting, station, declare(full_name="Lê Tường Vi", **PASSPORT)).colour == "red"


def test_who_waits_is_not_called_because_another_person_came(country, acting, station):
    vi, vy = declare(full_name="Lê Tường Vi", **PASSPORT), declare(full_name="Lê Tường Vy", **PASSPORT)
    cross(acting, station, vi, "secondary", NO_TEST)
    cross(acting, station, vy, "through", Reason("other_person"))
    waiting, _ended = lookups.waiting(acting, station)
    assert [row["full_name"] for row in waiting] == ["Lê Tường Vi"]
    assert state_of(vi) == "held"


@pytest.mark.parametrize("held_for", ["other_holder", "differs", "no_paper"])
def test_what_ended_when_they_were_taken_for_one_has_not_ended(country, acting, station, held_for):
    vi, vy = declare(full_name="Lê Tường Vi", **PASSPORT), declare(full_name="Lê Tường Vy", **PASSPORT)
    cross(acting, station, vi, "back", Reason("false"))
    cross(acting, station, vy, "secondary", Reason(held_for))
    cross(acting, station, vy, "through", Reason("other_person"))
    assert look(acting, station, vy).memory.stops == []
    assert (look(acting, station, vi).colour, state_of(vi)) == ("red", "turned_back")


def test_a_correction_to_another_person_clears_nobody_either(country, acting, station):
    vi, vy = declare(full_name="Lê Tường Vi", **PASSPORT), declare(full_name="Lê Tường Vy", **PASSPORT)
    cross(acting, station, vi, "back", Reason("false"))
    wrong = cross(acting, station, vy, "through", Reason("papers"))
    assert look(acting, station, vi).memory.stops == []
    assert actions.correct_crossing(acting, wrong, "through", Reason("other_person"))
    assert (look(acting, station, vi).colour, state_of(vi)) == ("red", "turned_back")


def test_the_holder_whose_code_another_showed_is_cleared(an, acting, station):
    declared = declare()
    cross(acting, station, declared, "secondary", Reason("other_holder"))
    cross(acting, station, declared, "through", Reason("other_person"))
    assert look(acting, station, declared).colour == "green"
