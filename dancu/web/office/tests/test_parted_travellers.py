"""Hà merges two who are two, or says so of a declaration, and takes it back: whoever was stopped is
stopped as before, on every page.
"""

import pytest
from django.test import Client

from dancu.checkpoints.reasons import Reason
from dancu.isolation.lookups import arrivals_of
from dancu.register import actions
from dancu.register import lookups as register
from dancu.review import lookups as reviewed
from dancu.testing.at_the_station import FEVER, NAMELESS, cross, look, state_of
from dancu.testing.officials import acting_as, signed_in
from dancu.testing.pages import press
from dancu.testing.people import ha
from dancu.testing.travellers import add_an, commune, declare
from dancu.web.office.tests.test_merging import BASIS, ask, page_of

WELL = Reason("well")


@pytest.fixture
def acting(binh):
    return acting_as(binh)


@pytest.fixture
def steward(db):
    return ha()


@pytest.fixture
def desk(steward):
    """A browser in which Hà, the nation's data steward, is signed in."""
    return signed_in(Client(), steward)


def test_a_merge_undone_on_the_page_gives_the_stop_back_to_whom_it_was_of(desk, an, acting, station):
    other = add_an(pin="079200005678", cmnd="025111222")
    his = declare()
    theirs = declare(number="079200005678", destination_area=commune("Phường Hải Châu, Đà Nẵng"))
    assert theirs.person_id == other
    cross(acting, station, theirs, "secondary", FEVER)
    press(desk, page_of(an, other), ask(desk, an, other, keep=str(an)))
    assert register.merged_into(other) == an
    cross(acting, station, his, "through", WELL)
    (merge,) = register.merges_of(an)
    page = desk.post(f"/office/person/{an}/merges/{merge.merge_id}/undo/", {"basis": BASIS}, follow=True)
    assert "1 checkpoint stop is open again" in page.content.decode()
    assert [stop["reason_code"] for stop in look(acting, station, theirs).memory.stops if stop["sure"]] == [
        "fever"
    ]
    assert (state_of(theirs), state_of(his)) == ("held", "on_the_way")


def test_a_merge_undone_on_the_page_says_nothing_of_stops_where_none_stands_again(desk, an, acting, station):
    other = add_an(pin="079200005678", cmnd="025111222")
    press(desk, page_of(an, other), ask(desk, an, other, keep=str(an)))
    (merge,) = register.merges_of(an)
    page = desk.post(f"/office/person/{an}/merges/{merge.merge_id}/undo/", {"basis": BASIS}, follow=True)
    assert "is separate again" in page.content.decode()
    assert "at a checkpoint" not in page.content.decode()


def test_what_was_declared_during_a_merge_is_handed_over_on_the_page(desk, steward, an):
    other = add_an(pin="079200005678", cmnd="025111222", full_name="Nguyễn Văn Bình")
    merge_id = actions.merge_people(acting_as(steward), an, other, basis=BASIS, fields=["full_name", "pin"])
    declared = declare(
        number="079200005678", full_name="Nguyễn Văn Bình", test_kind="pcr", test_result="positive"
    )
    assert declared.person_id == an
    desk.post(f"/office/person/{an}/merges/{merge_id}/undo/", {"basis": BASIS})
    assert [row["warnings"] for row in arrivals_of(other)] == [["positive"]]
    assert arrivals_of(an) == []


def test_a_wrong_same_taken_back_with_one_key_gives_it_back_too(desk, steward, an, acting, station):
    theirs = declare(**NAMELESS, phone="0977000000", home_area=None)
    his = declare(destination_area=commune("Phường Hải Châu, Đà Nẵng"))
    cross(acting, station, theirs, "secondary", FEVER)
    desk.get("/office/review/?kind=declaration")
    case = reviewed.next_case(acting_as(steward), "declaration")
    assert case
    desk.post("/office/review/decide/", {"case": case.case_id, "decision": "same", "person": an})
    cross(acting, station, his, "through", WELL)
    assert look(acting, station, theirs).memory.stops == []
    desk.post("/office/review/undo/")
    assert [stop["reason_code"] for stop in look(acting, station, theirs).memory.stops if stop["sure"]] == [
        "fever"
    ]
    assert state_of(theirs) == "held"


@pytest.mark.parametrize("first", ["phone", "birth_date"])
def test_a_record_that_was_anothers_is_put_right_on_the_page_and_the_stop_is_given_back(
    desk, acting, station, first
):
    his_record = add_an(phone="0901234567")
    theirs = declare(**NAMELESS, home_area=None)
    his = declare(phone="0966000111", destination_area=commune("Phường Hải Châu, Đà Nẵng"))
    cross(acting, station, theirs, "secondary", FEVER)
    cross(acting, station, his, "through", WELL)
    assert look(acting, station, theirs).memory.stops == []
    right = {
        "phone": {"value": "0966000111"},
        "birth_date": {"value_0": "5", "value_1": "7", "value_2": "2000", "precision": "D"},
    }
    for field in sorted(right, key=lambda field: field != first):
        address = f"/office/person/{his_record}/correct/{field}/"
        press(desk, address, desk.post(address, right[field] | {"basis": BASIS}))
    assert register.get(his_record)["birth_date"].month == 7
    assert [stop["reason_code"] for stop in look(acting, station, theirs).memory.stops] == ["fever"]
    assert state_of(theirs) == "held"
