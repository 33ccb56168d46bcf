"""A steward takes back that a declaration is somebody's: what was decided at the stations with that one's
own pass is nothing of the declarer's.
"""

import datetime as dt

import pytest
from django.utils import timezone

from dancu.checkpoints import lookups
from dancu.checkpoints.actions import ask_about_doubtful, follow
from dancu.checkpoints.reasons import Reason
from dancu.isolation.lookups import arrivals_of
from dancu.matching.lookups import PartialDate
from dancu.review import actions as review
from dancu.review import lookups as reviewed
from dancu.testing.at_the_station import FEVER, NAMELESS, POSITIVE, arrival, cross, look, state_of
from dancu.testing.officials import acting_as
from dancu.testing.people import ha
from dancu.testing.travellers import add_an, commune, declare

HAI_CHAU = "Phường Hải Châu, Đà Nẵng"
WELL, NEGATIVE = Reason("well"), Reason("negative")


@pytest.fixture
def hai(db):
    return acting_as(ha())


def decides(hai, decision: str, person_id: int | None = None) -> None:
    """The steward answers the case that is on the page."""
    ask_about_doubtful()
    case = reviewed.next_case(hai, "declaration")
    assert case
    review.decide(hai, case.case_id, decision, person_id)
    follow(hai, case.case_id)


def takes_back(hai) -> None:
    follow(hai, review.undo(hai))


def stranger(**changes):
    """Somebody of An's name and birth date, without a number and by another telephone."""
    return declare(**NAMELESS, **({"phone": "0977000000", "home_area": None} | changes))


@pytest.mark.parametrize("then", [None, "different"])
def test_a_wrong_same_that_is_undone_gives_the_stranger_their_stop_again(an, acting, station, hai, then):
    theirs, his = stranger(), declare(destination_area=commune(HAI_CHAU))
    cross(acting, station, theirs, "secondary", FEVER)
    decides(hai, "same", an)
    cross(acting, station, his, "through", WELL)
    assert look(acting, station, theirs).memory.stops == []
    takes_back(hai)
    if then:
        decides(hai, then)
    again = look(acting, station, theirs)
    assert [(stop["reason_code"], stop["sure"]) for stop in again.memory.stops] == [("fever", True)]
    assert again.for_a_reason
    assert (state_of(theirs), arrival(theirs)["warnings"]) == ("held", ["symptoms"])
    assert lookups.waiting_count(station) == 1


def test_and_their_clearing_says_nothing_of_him(an, acting, station, hai):
    theirs, his = stranger(), declare(destination_area=commune(HAI_CHAU))
    cross(acting, station, his, "back", POSITIVE)
    decides(hai, "same", an)
    cross(acting, station, theirs, "through", NEGATIVE)
    assert look(acting, station, his).colour == "green"
    takes_back(hai)
    assert look(acting, station, his).colour == "red"
    assert (state_of(his), arrival(his)["warnings"]) == ("turned_back", ["positive"])


def test_same_once_more_it_was_cleared(an, acting, station, hai):
    theirs, his = stranger(), declare(destination_area=commune(HAI_CHAU))
    cross(acting, station, theirs, "secondary", FEVER)
    decides(hai, "same", an)
    cross(acting, station, his, "through", WELL)
    takes_back(hai)
    decides(hai, "same", an)
    assert look(acting, station, theirs).memory.stops == []
    assert arrival(his)["warned_elsewhere"] == []


def test_who_is_one_by_what_they_told_stays_cleared_when_the_steward_takes_back_what_was_decided(
    an, acting, station, hai
):
    theirs, his = (
        stranger(phone="0909123456"),
        declare(phone="0909123456", destination_area=commune(HAI_CHAU)),
    )
    cross(acting, station, theirs, "secondary", FEVER)
    decides(hai, "same", an)
    cross(acting, station, his, "through", WELL)
    takes_back(hai)
    assert look(acting, station, theirs).memory.stops == []
    assert look(acting, station, his).memory.stops == []


def test_who_was_one_by_what_they_told_and_was_found_to_be_two_has_the_stop_again(an, acting, station, hai):
    theirs, his = (
        stranger(phone="0909123456"),
        declare(phone="0909123456", destination_area=commune(HAI_CHAU)),
    )
    cross(acting, station, theirs, "secondary", FEVER)
    cross(acting, station, his, "through", WELL)
    assert look(acting, station, theirs).memory.stops == []
    decides(hai, "different")
    assert [stop["reason_code"] for stop in look(acting, station, theirs).memory.stops] == ["fever"]
    assert state_of(theirs) == "held"
    takes_back(hai)
    assert look(acting, station, theirs).memory.stops == []


def test_what_the_stranger_was_cleared_of_with_another_code_of_theirs_stays_cleared(an, acting, station, hai):
    theirs = stranger()
    cross(acting, station, theirs, "secondary", FEVER)
    cross(acting, station, stranger(destination_area=commune(HAI_CHAU)), "through", WELL)
    decides(hai, "same", an)
    takes_back(hai)
    assert look(acting, station, theirs).memory.stops == []


def test_a_decision_that_is_taken_back_weeks_later_leaves_what_was_cleared_between_two_strangers(
    an, acting, station, hai, monkeypatch
):
    theirs = stranger()
    cross(acting, station, theirs, "secondary", FEVER)
    cross(acting, station, stranger(destination_area=commune(HAI_CHAU)), "through", WELL)
    decides(hai, "same", an)
    later = timezone.now() + dt.timedelta(days=30)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    takes_back(hai)
    assert look(acting, station, theirs).memory.stops == []


def test_what_stood_with_the_holder_of_the_number_goes_along_with_what_was_decided_and_back(an, hai):
    """An's brother Anh declares with An's number, and afterwards without a number."""
    brother = {"full_name": "Nguyễn Văn Anh", "birth": PartialDate(2000, 2, 16), "phone": "0966000000"}
    anh = add_an(full_name="Nguyễn Văn Anh", pin="079200005678", cmnd=None, birth_date=dt.date(2000, 2, 16))
    by_number = declare(**brother)
    assert arrivals_of(by_number.person_id)[0]["who"] == an
    decides(hai, "same", anh)
    nameless = declare(**NAMELESS, **brother, destination_area=commune(HAI_CHAU))
    assert {row["who"] for row in arrivals_of(nameless.person_id)} == {anh}
    takes_back(hai)
    assert [arrivals_of(one.person_id)[0]["who"] for one in (by_number, nameless)] == [an, an]
