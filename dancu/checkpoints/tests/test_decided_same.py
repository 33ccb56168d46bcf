"""A steward found an unknown one to be somebody of the register: what the same unknown one declares later
is that person's too.
"""

import pytest

from dancu.checkpoints import lookups
from dancu.checkpoints.errors import ReasonNeeded
from dancu.checkpoints.reasons import Reason
from dancu.checkpoints.tests.test_decided_otherwise import decides, takes_back
from dancu.isolation.lookups import whose_journeys
from dancu.matching.lookups import PartialDate
from dancu.testing.at_the_station import FEVER, NAMELESS, POSITIVE, arrival, cross, look
from dancu.testing.officials import acting_as
from dancu.testing.people import ha
from dancu.testing.travellers import commune, declare

HAI_CHAU = "Phường Hải Châu, Đà Nẵng"
POSITIVE_TEST = {"test_kind": "pcr", "test_result": "positive"}


@pytest.fixture
def hai(db):
    return acting_as(ha())


def stranger(**changes):
    """Somebody of An's name and birth date, without a number and by another telephone."""
    return declare(**NAMELESS, **({"phone": "0977000000", "home_area": None} | changes))


def known():
    """An, on a way of his own, recognised by his number."""
    return declare(destination_area=commune(HAI_CHAU), plate="")


@pytest.fixture
def decided(an, hai):
    """An unknown one is found to be An."""
    first = stranger()
    decides(hai, "same", an)
    return first


def seen(acting, station, declared):
    shown = look(acting, station, declared)
    return shown.colour, [(stop["reason_code"], stop["sure"]) for stop in shown.memory.stops]


def test_who_is_held_as_the_same_unknown_one_is_red_with_the_own_pass(acting, station, decided, an):
    his, later = known(), stranger()
    cross(acting, station, later, "secondary", POSITIVE)
    for one in (his, decided, later):
        assert seen(acting, station, one) == ("red", [("positive", True)])
    with pytest.raises(ReasonNeeded):
        cross(acting, station, his)
    (traveller,) = lookups.identify(acting, "079200001234")
    assert [stop["sure"] for stop in traveller.memory.stops] == [True]
    assert {*whose_journeys(one.declaration_id for one in (decided, later)).values()} == {an}
    assert arrival(his)["found_elsewhere"] == ["positive"]


def test_and_the_other_way_round(acting, station, decided):
    cross(acting, station, known(), "secondary", POSITIVE)
    assert seen(acting, station, stranger()) == ("red", [("positive", True)])


def test_who_is_cleared_with_the_own_pass_is_cleared(acting, station, decided):
    his, later = known(), stranger()
    cross(acting, station, later, "secondary", FEVER)
    cross(acting, station, his, "through", Reason("well"))
    assert seen(acting, station, later) == ("green" if later.marked else "amber", [])
    assert lookups.waiting_count(station) == 0


@pytest.mark.parametrize("changes", [{}, {"full_name": "NGUYEN VAN AN"}], ids=["in marks", "without marks"])
def test_an_illness_that_the_unknown_one_declares_later_is_surely_theirs(acting, station, decided, changes):
    his = known()
    stranger(**changes, **POSITIVE_TEST)
    shown = look(acting, station, his)
    assert (shown.colour, [sign["sure"] for sign in shown.memory.signs]) == ("red", [True])


def test_so_is_one_who_tells_only_the_year_each_time(acting, station, an, hai):
    by_year = {"birth": PartialDate(2000), "home_area": commune("Phường Bến Thành, Hồ Chí Minh")}
    stranger(**by_year)
    decides(hai, "same", an)
    his = known()
    stranger(**by_year, **POSITIVE_TEST)
    assert [sign["sure"] for sign in look(acting, station, his).memory.signs] == [True]


def test_by_another_telephone_it_may_be_a_namesake(acting, station, decided):
    his = known()
    cross(acting, station, stranger(phone="0988000000"), "secondary", POSITIVE)
    stranger(phone="", **POSITIVE_TEST)
    shown = look(acting, station, his)
    assert {*(row["sure"] for row in (*shown.memory.stops, *shown.memory.signs))} == {False}


def test_a_brother_on_the_same_telephone_is_not_meant(acting, station, decided):
    his = known()
    cross(acting, station, stranger(full_name="Nguyễn Văn Bảo"), "secondary", POSITIVE)
    assert look(acting, station, his).memory.stops == []


def test_as_long_as_the_decision_stands(acting, station, decided, hai):
    his, later = known(), stranger()
    cross(acting, station, later, "secondary", FEVER)
    takes_back(hai)
    assert seen(acting, station, his)[1] == [("fever", False)]


def test_what_was_cleared_meanwhile_stands_again_when_the_decision_is_taken_back(
    acting, station, decided, hai
):
    his, later = known(), stranger()
    cross(acting, station, later, "secondary", FEVER)
    cross(acting, station, his, "through", Reason("well"))
    takes_back(hai)
    assert seen(acting, station, later)[1] == [("fever", True)]
    assert lookups.waiting_count(station) == 1


def test_unless_they_are_found_to_be_two_then(acting, station, decided, hai):
    his, later = known(), stranger()
    cross(acting, station, later, "secondary", FEVER)
    takes_back(hai)
    decides(hai, "different")
    assert seen(acting, station, his)[1] == []


def test_what_a_steward_says_of_the_later_one_goes_before(acting, station, decided, hai):
    his = known()
    later = stranger(home_area=commune("Phường Bến Thành, Hồ Chí Minh"))  # another question
    cross(acting, station, later, "secondary", FEVER)
    decides(hai, "different")
    assert seen(acting, station, his)[1] == []
