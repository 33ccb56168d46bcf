"""Whatever is taken back (a press, a hold by mistake, who was taken for whom) takes back what it ended,
and nothing else.
"""

import pytest

from dancu.checkpoints import actions, lookups
from dancu.checkpoints.errors import NotHeld
from dancu.checkpoints.reasons import Reason
from dancu.testing.at_the_station import FEVER, NAMELESS, POSITIVE, arrival, cross, look, state_of
from dancu.testing.officials import acting_as, make_official
from dancu.testing.travellers import add_an, commune, declare

HAI_CHAU = "Phường Hải Châu, Đà Nẵng"
NEGATIVE, OTHER = Reason("negative"), Reason("other_person")


@pytest.fixture
def cuong(db):
    return acting_as(make_official("cuong", "checkpoint_officer"))


@pytest.fixture
def dung(db):
    return acting_as(make_official("dung", "checkpoint_officer"))


def stops(acting, station, declared) -> list[str]:
    return sorted(stop["reason_code"] for stop in look(acting, station, declared).memory.stops)


def waiting(acting, station) -> list[str]:
    return [row["reason_code"] for row in lookups.waiting(acting, station)[0]]


def by_mistake(acting, station, declared, held) -> None:
    actions.release(
        acting, pass_id=declared.pass_id, crossing_id=held, station_id=station, reason=Reason("mistake")
    )


def undone(acting, station, declared, held) -> None:
    actions.undo_crossing(acting, held)


def corrected(acting, station, declared, held) -> None:
    actions.correct_crossing(acting, held, "through", Reason("mistake"))


# A hold that was pressed by mistake


@pytest.mark.parametrize("takes_back", [by_mistake, undone, corrected])
@pytest.mark.parametrize("with_the_same_pass", [True, False])
@pytest.mark.parametrize("first", ["fever", "positive", "no_test", "other_holder"])
def test_a_second_hold_by_mistake_leaves_the_first(
    an, acting, cuong, station, first, with_the_same_pass, takes_back
):
    declared = declare()
    cross(acting, station, declared, "secondary", Reason(first))
    shown = declared if with_the_same_pass else declare(destination_area=commune(HAI_CHAU))
    before = (look(acting, station, declared).colour, state_of(declared), arrival(declared)["warnings"])
    second = cross(cuong, station, shown, "secondary", Reason(first))
    takes_back(cuong, station, shown, second)
    for one in (declared, shown):
        assert stops(acting, station, one) == [first]
        assert look(acting, station, one).for_a_reason
    if takes_back is not corrected:  # which says that they were let through
        assert (
            look(acting, station, declared).colour,
            state_of(declared),
            arrival(declared)["warnings"],
        ) == before
        assert waiting(acting, station) == [first]


def test_who_was_handed_over_before_stays_so_when_a_later_hold_was_a_mistake(an, acting, cuong, station):
    declared = declare()
    held = cross(acting, station, declared, "secondary", POSITIVE)
    actions.release(
        acting, pass_id=declared.pass_id, crossing_id=held, station_id=station, reason=Reason("health_post")
    )
    other = declare(destination_area=commune(HAI_CHAU))
    by_mistake(cuong, station, other, cross(cuong, station, other, "secondary", POSITIVE))
    assert [look(acting, station, one).colour for one in (declared, other)] == ["red", "red"]
    assert (arrival(declared)["warnings"], arrival(declared)["ended_as"]) == (["positive"], "health_post")
    assert arrival(other)["warned_elsewhere"] == ["positive"]
    assert waiting(acting, station) == []


def test_a_hold_by_mistake_gives_back_the_doubt_that_it_took_over(an, acting, station):
    declared = declare()
    cross(acting, station, declared, "secondary", Reason("no_paper"))
    by_mistake(
        acting, station, declared, cross(acting, station, declared, "secondary", Reason("other_holder"))
    )
    assert stops(acting, station, declared) == ["no_paper"]
    assert state_of(declared) == "held"


def test_a_hold_by_mistake_that_was_one_after_all_says_so_for_both(an, acting, cuong, station):
    declared = declare()
    cross(acting, station, declared, "secondary", POSITIVE)
    second = cross(cuong, station, declared, "secondary", POSITIVE)
    by_mistake(cuong, station, declared, second)
    assert actions.correct_crossing(cuong, second, "back", POSITIVE)
    assert [
        (stop["decision"], stop["reason_code"]) for stop in look(acting, station, declared).memory.stops
    ] == [("back", "positive")]
    cross(acting, station, declared, "through", NEGATIVE)
    assert look(acting, station, declared).colour == "green"


@pytest.mark.parametrize("how", ["mistake", "left", "health_post"])
def test_who_was_turned_back_is_not_waiting_and_is_released_by_nobody(an, acting, cuong, station, how):
    declared = declare()
    back = cross(acting, station, declared, "back", POSITIVE)
    with pytest.raises(NotHeld):
        actions.release(
            cuong, pass_id=declared.pass_id, crossing_id=back, station_id=station, reason=Reason(how)
        )
    assert (state_of(declared), arrival(declared)["warnings"]) == ("turned_back", ["positive"])


def test_whose_waiting_it_is_ends_it_at_that_station_alone(an, acting, cuong, station, far_station):
    declared = declare()
    held = cross(acting, station, declared, "secondary", FEVER)
    with pytest.raises(NotHeld):
        by_mistake(cuong, far_station, declared, held)
    assert waiting(acting, station) == ["fever"]


# A decision answers every earlier stop


@pytest.mark.parametrize(
    "change",
    [
        lambda cuong, held: actions.undo_crossing(cuong, held),
        lambda cuong, held: actions.correct_crossing(cuong, held, "through", Reason("mistake")),
        lambda cuong, held: actions.correct_crossing(cuong, held, "secondary", FEVER),
    ],
    ids=["undone", "corrected to a mistake", "corrected to a fever"],
)
def test_a_negative_test_has_answered_both_holds_whatever_becomes_of_the_second(
    an, acting, cuong, dung, station, change
):
    declared = declare()
    cross(acting, station, declared, "secondary", POSITIVE)
    second = cross(cuong, station, declared, "secondary", POSITIVE)
    cross(dung, station, declared, "through", NEGATIVE)
    change(cuong, second)
    assert (stops(acting, station, declared), waiting(acting, station)) == ([], [])
    assert look(acting, station, declared).colour == "green"
    assert (state_of(declared), arrival(declared)["warnings"]) == ("on_the_way", [])


def test_of_two_negative_tests_the_second_stands_when_the_first_is_taken_back(an, acting, cuong, station):
    declared = declare()
    cross(acting, station, declared, "secondary", POSITIVE)
    first = cross(cuong, station, declared, "through", NEGATIVE)
    cross(acting, station, declared, "through", NEGATIVE)
    actions.undo_crossing(cuong, first)
    assert stops(acting, station, declared) == []


def test_who_passed_without_a_reason_was_asked_nothing_and_answers_nothing(an, acting, cuong, station):
    declared = declare()
    cross(acting, station, declared, "secondary", Reason("no_paper"))
    first = cross(cuong, station, declared, "through", Reason("papers"))
    cross(acting, station, declared)
    actions.undo_crossing(cuong, first)
    assert stops(acting, station, declared) == ["no_paper"]


def test_how_a_waiting_ended_is_told_once_however_often_it_was_answered(an, acting, cuong, station):
    declared = declare()
    cross(acting, station, declared, "secondary", FEVER)
    for by in ("well", "negative", "papers"):
        cross(cuong, station, declared, "through", Reason(by))
    _waiting, ended = lookups.waiting(acting, station)
    assert [row["result_code"] for row in ended] == ["well"]


def test_a_journey_that_went_on_is_not_held_with_a_later_one(an, acting, station):
    first, later = declare(), declare(destination_area=commune(HAI_CHAU))
    cross(acting, station, first, "secondary", POSITIVE)
    cross(acting, station, first, "through", NEGATIVE)
    cross(acting, station, later, "secondary", POSITIVE)
    assert (state_of(first), state_of(later)) == ("on_the_way", "held")


# Who was taken for whom


@pytest.mark.parametrize("phone", ["0977000000", "0901234567"])
@pytest.mark.parametrize("decision", ["secondary", "back"])
def test_ones_own_positive_test_is_kept_by_who_turns_out_to_be_another(
    country, acting, cuong, station, decision, phone
):
    add_an(phone="0901234567")
    theirs = declare(**NAMELESS, phone="0901234567", home_area=None)
    his = declare(phone=phone, destination_area=commune(HAI_CHAU))
    cross(acting, station, theirs, "secondary", POSITIVE)
    cross(cuong, station, his, decision, POSITIVE)
    assert look(acting, station, theirs).colour == "red"
    cross(acting, station, theirs, "through", OTHER)
    again = look(acting, station, theirs)
    assert (again.colour, [(stop["reason_code"], stop["sure"]) for stop in again.memory.stops]) == (
        "red",
        [("positive", True)],
    )
    assert arrival(theirs)["warnings"] == ["positive"]
    assert look(acting, station, his).colour == "red"


def test_of_two_strangers_each_keeps_their_own_fever(country, acting, cuong, station):
    one = declare(**NAMELESS, home_area=None)
    other = declare(**NAMELESS, home_area=None, destination_area=commune(HAI_CHAU))
    cross(acting, station, one, "secondary", FEVER)
    cross(cuong, station, other, "secondary", FEVER)
    cross(acting, station, one, "through", OTHER)
    assert stops(acting, station, one) == ["fever"]
    assert [stop["crossing_id"] for stop in look(acting, station, one).memory.stops] != [
        stop["crossing_id"] for stop in look(acting, station, other).memory.stops if stop["person_id"] < 0
    ][:1]
    assert waiting(acting, station) == ["fever"]  # the other one


def test_a_negative_test_of_who_turns_out_to_be_another_was_theirs(country, acting, cuong, station):
    one = declare(**NAMELESS, home_area=None)
    other = declare(**NAMELESS, home_area=None, destination_area=commune(HAI_CHAU))
    cross(acting, station, one, "back", POSITIVE)
    cross(cuong, station, other, "through", NEGATIVE)
    assert stops(acting, station, one) == []
    cross(acting, station, one, "through", OTHER)
    assert look(acting, station, one).colour == "red"
    assert arrival(one)["warnings"] == ["positive"]


def test_another_person_that_is_taken_back_gives_back_what_had_ended(country, acting, cuong, station):
    one = declare(**NAMELESS, home_area=None)
    other = declare(**NAMELESS, home_area=None, destination_area=commune(HAI_CHAU))
    cross(acting, station, one, "secondary", FEVER)
    cross(cuong, station, other, "back", POSITIVE)
    before = [stops(acting, station, each) for each in (one, other)], state_of(one), waiting(acting, station)
    for _once_and_again in range(2):
        pressed = cross(acting, station, other, "through", OTHER)
        assert stops(acting, station, one) == ["fever", "positive"]
        actions.undo_crossing(acting, pressed)
        assert (
            [stops(acting, station, each) for each in (one, other)],
            state_of(one),
            waiting(acting, station),
        ) == before
