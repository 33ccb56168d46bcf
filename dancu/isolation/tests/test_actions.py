import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone
from uuid_utils.compat import uuid7

from dancu.audit import lookups as audit
from dancu.isolation import actions
from dancu.isolation.errors import AlreadyMet, NoSuchArrival, NotExpected
from dancu.isolation.lookups import arrivals_of
from dancu.testing.arrivals import cross, expect, withdraw
from dancu.testing.officials import acting_as
from dancu.testing.people import BEFORE, BEN_THANH, CAU_GIAY, DICH_VONG, YEN_HOA, area, chi

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


@pytest.mark.parametrize("state", ["on_the_way", "held"])
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
    withdraw(1, one)
    withdraw(2, other)
    assert (only(1)["state"], only(2)["state"]) == ("withdrawn", "met")


def test_a_note_stands_without_a_meeting_and_survives_it():
    acting, declaration = acting_as(chi()), expect()
    actions.write_note(acting, declaration, "  Đến bằng xe của công ty ")
    actions.meet(acting, declaration)
    assert only()["met_note"] == "Đến bằng xe của công ty"
    assert {"arrival.noted", "arrival.met"} <= set(recorded())


def test_whoever_was_turned_back_or_cancelled_is_not_expected_and_not_met():
    acting, back, off = acting_as(chi()), expect(person_id=1), expect(person_id=2)
    cross(back, state="turned_back")
    withdraw(2, off)
    for declaration in (back, off):
        with pytest.raises(NotExpected):
            actions.meet(acting, declaration)
    assert (only(1)["state"], only(2)["state"]) == ("turned_back", "withdrawn")
    with pytest.raises(NoSuchArrival):
        actions.meet(acting_as(chi(BEN_THANH, "saigon")), back)


def test_meeting_a_person_closes_all_that_was_due_by_then_and_undoing_opens_it_again():
    acting, today = acting_as(chi()), timezone.localdate()
    older = expect(minutes_ago=90, arrives_on=today - dt.timedelta(1))
    newest = expect(minutes_ago=10)
    cross(older, minutes_ago=30, state="held")
    tomorrows = expect(arrives_on=today + dt.timedelta(1))
    elsewhere = expect(destination_area=area(YEN_HOA))
    actions.meet(acting, newest, "Đã đến")
    states = {row["declaration_id"]: row["state"] for row in arrivals_of(1)}
    assert states == {older: "met", newest: "met", tomorrows: "declared", elsewhere: "declared"}
    assert {row["declaration_id"]: row["met_note"] for row in arrivals_of(1)}[older] == ""
    actions.undo_meeting(acting, older)
    states = {row["declaration_id"]: row["state"] for row in arrivals_of(1)}
    assert states == {older: "held", newest: "declared", tomorrows: "declared", elsewhere: "declared"}


def test_of_many_at_once_only_those_are_met_whom_this_commune_still_expects():
    acting = acting_as(chi())
    mine, met, off, theirs = expect(1), expect(2), expect(3), expect(4, destination_area=area(YEN_HOA))
    actions.meet(acting, met)
    withdraw(3, off)
    assert actions.meet_many(acting, [mine, met, off, theirs, uuid7()]) == [mine]
    assert [only(person)["state"] for person in (1, 2, 3, 4)] == ["met", "met", "withdrawn", "declared"]
    assert [recorded(person).count("arrival.met") for person in (1, 2, 3, 4)] == [1, 1, 0, 0]


def test_many_are_met_and_undone_in_one_statement_each(django_assert_max_num_queries, settings):
    acting = acting_as(chi())
    declarations = [expect(person) for person in range(1, 13)]
    settings.AREAS_KEPT_SECONDS = 60
    with django_assert_max_num_queries(
        6
    ):  # begin, the arrivals, the people held, the audit, end; the areas' edition
        assert set(actions.meet_many(acting, declarations)) == set(declarations)
    with django_assert_max_num_queries(6):
        assert set(actions.undo_meetings(acting, declarations)) == set(declarations)
    assert {only(person)["state"] for person in range(1, 13)} == {"declared"}
    assert all(recorded(person).count("arrival.met_undone") == 1 for person in range(1, 13))


@pytest.mark.django_db(transaction=True)
def test_two_who_mark_the_same_many_at_once_in_other_orders_do_not_hinder_each_other():
    acting, declarations = acting_as(chi()), [expect(person) for person in range(1, 31)]

    def press(order: list) -> list:
        try:
            return actions.meet_many(acting, order)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as officers:
        met = list(officers.map(press, [declarations, declarations[::-1]] * 2))
    assert sorted(declaration for each in met for declaration in each) == sorted(declarations)
    assert all(recorded(person).count("arrival.met") == 1 for person in range(1, 31))


AN = {"number": "001085012345", "birth_month": 3, "birth_day": 12}


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        ({"full_name": "Nguyen Van An", "phone": "0987000111"}, True),
        ({"full_name": "Nguyễn Văn Ân", "phone": ""}, True),
        ({"full_name": "Nguyễn Bình An", "birth_day": None, "birth_month": None}, False),
        ({"full_name": "Bé Na", "birth_year": 2020}, False),
        ({"number": "001085012346"}, True),
        ({"number": ""}, True),
        ({"number": "", "phone": "0987000111"}, False),
        ({"number": "", "birth_day": 13}, False),
        ({"number": "", "full_name": "Nguyễn Văn Ba"}, False),
        ({"number": "001.085.012.345", "birth_year": 1986}, True),
    ],
)
def test_somebody_unknown_is_known_again_by_number_or_by_name_birth_date_and_telephone(other, is_same):
    expect(-5, **AN)
    expect(-9, **(AN | other))
    assert len(arrivals_of(-9)) == len(arrivals_of(-5)) == (2 if is_same else 1)


def test_two_who_seem_strangers_are_joined_by_what_a_third_declaration_says():
    expect(-1, minutes_ago=9, number="B1234567", phone="")
    expect(-2, minutes_ago=8, phone="0987000111")
    assert len(arrivals_of(-2)) == 1
    expect(-3, number="b1234567", phone="0987000111")
    assert {row["person_id"] for row in arrivals_of(-2)} == {-1, -2, -3}


@pytest.mark.parametrize("order", [(1, -5), (-5, 1)])
@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        ({}, True),
        ({"number": ""}, True),
        ({"number": "001085012346", "full_name": "An Nguyễn Văn"}, True),
        ({"number": "", "full_name": "Nguyễn An"}, True),
        ({"number": "", "birth_day": None, "birth_month": None}, True),
        ({"number": "", "birth_month": 12, "birth_day": 3}, True),
        ({"number": "", "phone": "", "declarer_phone": "0912345678"}, True),
        ({"phone": ""}, True),  # the number and the name are theirs
        ({"phone": "0987000111", "birth_day": 13}, True),
        ({"full_name": "Lê Thị Hoa", "phone": ""}, False),  # of one birth date are many
        ({"number": "", "phone": ""}, False),
        ({"number": "", "phone": "0987000111"}, False),
        ({"number": "", "birth_day": 13}, False),
        ({"number": "", "birth_year": 1955}, False),  # the father, of the same name
        ({"number": "", "full_name": "Nguyễn Văn Anh"}, False),  # as a twin would be called
        ({"number": "", "full_name": "Nguyễn An Văn"}, False),
        ({"number": "", "full_name": "Nguyễn Văn An Bình"}, False),
    ],
)
def test_whom_the_register_knew_once_and_once_not_is_one_where_they_are_surely_the_same(
    order, other, is_same
):
    for person_id in order:
        expect(person_id, **(AN | (other if person_id < 0 else {})))
    assert len(arrivals_of(1)) == len(arrivals_of(-5)) == (2 if is_same else 1)


def test_of_two_people_of_the_register_who_seem_the_same_neither_gets_a_strangers_journey():
    for person_id in (1, 2, -5):
        expect(person_id, **AN)
    assert [len(arrivals_of(person_id)) for person_id in (1, 2, -5)] == [1, 1, 1]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", [AN, AN | {"number": "", "phone": "", "declarer_phone": "0977000000"}])
def test_somebody_unknown_who_declares_four_times_at_once_is_one_person(who):
    def declare(person_id: int) -> None:
        try:
            expect(person_id, **who)
        finally:
            connection.close()

    area(CAU_GIAY)
    with ThreadPoolExecutor(4) as phones:
        list(phones.map(declare, [-1, -2, -3, -4]))
    assert len(arrivals_of(-3)) == 4


@pytest.mark.django_db(transaction=True)
def test_of_what_one_person_declares_at_the_same_moment_every_arrival_knows_of_the_illness():
    def declare(journey: dict) -> None:
        try:
            expect(1, **journey)
        finally:
            connection.close()

    area(CAU_GIAY)
    with ThreadPoolExecutor(4) as phones:
        list(phones.map(declare, [{"warnings": ["positive"]}, {}, {}, {}]))
    found = arrivals_of(1)
    assert sorted((row["warnings"], row["warned_elsewhere"]) for row in found) == [([], ["positive"])] * 3 + [
        (["positive"], [])
    ]


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
