from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from uuid_utils.compat import uuid7

from dancu.accounts.tests.factories import acting_as
from dancu.audit import lookups as audit
from dancu.isolation import actions
from dancu.isolation.errors import AlreadyMet, NoSuchArrival
from dancu.isolation.lookups import arrivals_of
from dancu.isolation.tests.factories import BEFORE, BEN_THANH, DICH_VONG, YEN_HOA, area, chi, cross, expect

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]


def only(person_id: int = 1) -> dict:
    (row,) = arrivals_of(person_id)
    return row


def recorded(person_id: int = 1) -> list[str]:
    return [entry.action for entry in audit.of_person(person_id)]


def test_a_declaration_sent_twice_is_expected_once():
    declaration = expect()
    expect(declaration_id=declaration, full_name="Somebody Else")
    assert only()["full_name"] == "Nguyễn Văn An"


def test_a_crossing_moves_the_arrival_on_and_brings_the_plate_that_was_seen():
    cross(expect(), station_id=3, plate="30A-99999")
    assert (only()["state"], only()["station_id"], only()["plate"]) == ("on_the_way", 3, "30A-99999")


def test_a_crossing_without_a_plate_keeps_the_declared_one():
    cross(expect(), plate="")
    assert only()["plate"] == "51F-12345"


def test_an_earlier_crossing_that_reaches_us_late_does_not_undo_the_later_one():
    declaration = expect(minutes_ago=90)
    cross(declaration, minutes_ago=5, state="turned_back", station_id=9)
    cross(declaration, minutes_ago=60, state="on_the_way", station_id=3)
    assert (only()["state"], only()["station_id"]) == ("turned_back", 9)


def test_a_crossing_that_reaches_us_after_the_person_was_met_changes_nothing():
    declaration = expect()
    actions.meet(acting_as(chi()), declaration)
    cross(declaration, state="held")
    assert only()["state"] == "met"


def test_meeting_is_on_the_record_with_who_when_and_the_note():
    official, declaration = chi(), expect()
    actions.meet(acting_as(official), declaration, "Cách ly tại nhà")
    met = only()
    assert (met["state"], met["met_by"], met["met_note"]) == ("met", official.pk, "Cách ly tại nhà")
    assert met["met_at"] is not None
    assert "arrival.met" in recorded()


def test_nobody_is_met_twice():
    acting, declaration = acting_as(chi()), expect()
    actions.meet(acting, declaration)
    with pytest.raises(AlreadyMet):
        actions.meet(acting, declaration)
    assert recorded().count("arrival.met") == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_press_at_the_same_moment_one_has_met_the_person():
    acting, declaration = acting_as(chi()), expect()

    def press(_nth: int) -> str:
        try:
            actions.meet(acting, declaration)
        except AlreadyMet:
            return "already"
        finally:
            connection.close()
        return "met"

    with ThreadPoolExecutor(4) as officers:
        assert sorted(officers.map(press, range(4))) == ["already", "already", "already", "met"]
    assert recorded().count("arrival.met") == 1


@pytest.mark.parametrize("state", ["on_the_way", "held", "turned_back"])
def test_undoing_a_meeting_goes_back_to_the_state_before(state):
    acting, declaration = acting_as(chi()), expect()
    cross(declaration, state=state)
    actions.meet(acting, declaration)
    actions.undo_meeting(acting, declaration)
    assert (only()["state"], only()["met_at"], only()["met_by"]) == (state, None, None)
    assert "arrival.met_undone" in recorded()


def test_what_was_not_met_cannot_be_undone():
    with pytest.raises(NoSuchArrival):
        actions.undo_meeting(acting_as(chi()), expect())


def test_a_journey_whose_pass_was_revoked_is_off_unless_the_person_was_met():
    one, other = expect(person_id=1), expect(person_id=2)
    actions.meet(acting_as(chi()), other)
    actions.withdraw(1, one)
    actions.withdraw(2, other)
    assert (only(1)["state"], only(2)["state"]) == ("withdrawn", "met")


def test_a_note_stands_without_a_meeting_and_survives_it():
    acting, declaration = acting_as(chi()), expect()
    actions.write_note(acting, declaration, "  Đến bằng xe của công ty ")
    actions.meet(acting, declaration)
    assert only()["met_note"] == "Đến bằng xe của công ty"
    assert {"arrival.noted", "arrival.met"} <= set(recorded())


@pytest.mark.parametrize("code", [YEN_HOA, BEN_THANH])
def test_neither_a_neighbour_nor_the_commune_of_origin_meets_or_notes(code):
    acting, declaration = acting_as(chi(code)), expect()
    for act in (actions.meet, actions.undo_meeting):
        with pytest.raises(NoSuchArrival):
            act(acting, declaration)
    with pytest.raises(NoSuchArrival):
        actions.write_note(acting, declaration, "x")
    assert only()["state"] == "declared"
    assert "arrival.met" not in recorded()


def test_an_arrival_declared_to_a_ward_of_former_days_is_met_by_its_successor():
    declaration = expect(destination_area=area(DICH_VONG, on=BEFORE))
    actions.meet(acting_as(chi()), declaration)
    assert only()["state"] == "met"


def test_a_declaration_that_nobody_made_is_refused():
    with pytest.raises(NoSuchArrival):
        actions.meet(acting_as(chi()), uuid7())
