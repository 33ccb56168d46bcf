"""An illness that was declared or found counts with any pass as long as it is remembered, and nobody but
the ill is taken for ill.
"""

import datetime as dt

import pytest
from django.db import connection
from uuid_utils.compat import uuid7

from dancu.checkpoints import actions, lookups
from dancu.checkpoints.errors import ReasonNeeded
from dancu.checkpoints.reasons import Reason
from dancu.matching.lookups import PartialDate
from dancu.testing.at_the_station import FEVER, POSITIVE, arrival, cross, look, state_of
from dancu.testing.rules import document, in_force
from dancu.testing.travellers import commune, declare, journey


def test_what_was_declared_of_an_illness_colours_every_pass(an, acting, station):
    clean = declare()
    declare(test_kind="pcr", test_result="positive", destination_area=commune("Phường Hải Châu, Đà Nẵng"))
    assert look(acting, station, clean).colour == "red"
    assert [sign["sure"] for sign in look(acting, station, clean).memory.signs] == [True]


@pytest.mark.parametrize("sign", [{"symptoms": ("fever",)}, {"contact": True}])
def test_symptoms_and_contacts_declared_with_another_pass_are_to_be_checked(an, acting, station, sign):
    clean = declare()
    declare(**sign, destination_area=commune("Phường Hải Châu, Đà Nẵng"))
    assert look(acting, station, clean).colour == "amber"


def test_an_illness_declared_by_another_name_with_the_number_is_not_surely_theirs(an, acting, station):
    clean = declare()
    declare(full_name="Lê Thị Hoa", sex=2, phone="0977000000", test_kind="pcr", test_result="positive")
    again = look(acting, station, clean)
    assert (again.colour, [sign["sure"] for sign in again.memory.signs]) == ("amber", [False])


def test_what_was_declared_of_an_illness_is_over_when_its_pass_is(an, acting, station):
    declare(symptoms=("fever",), destination_area=commune("Phường Hải Châu, Đà Nẵng"))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE declaration SET declared_at = declared_at - interval '73 hours'")
    assert look(acting, station, declare()).colour == "green"


def test_a_withdrawn_journey_heals_nobody(an, acting, station):
    sick = declare(symptoms=("cough",), destination_area=commune("Phường Hải Châu, Đà Nẵng"))
    actions.revoke_pass(sick.pass_id, "")
    assert look(acting, station, declare()).colour == "amber"


@pytest.mark.parametrize(("found", "by"), [(FEVER, "papers"), (POSITIVE, "papers"), (POSITIVE, "order")])
def test_who_was_found_ill_is_not_cleared_by_a_paper_nor_by_another_stop(an, acting, station, found, by):
    declared = declare()
    cross(acting, station, declared, "back" if found is POSITIVE else "secondary", found)
    cross(acting, station, declared, "secondary", Reason("no_paper"))
    cross(acting, station, declared, "through", Reason(by))
    again = look(acting, station, declared)
    assert [stop["reason_code"] for stop in again.memory.stops] == [found.code]
    assert again.colour == ("red" if found is POSITIVE else "amber")
    assert lookups.waiting_count(station) == 0  # and nobody waits for it
    cross(acting, station, declared, "through", Reason("negative"))
    assert look(acting, station, declared).memory.stops == []


def test_an_illness_is_healed_by_nobody_who_only_gave_the_number(an, acting, station):
    mine = declare(acting, test_result="positive")
    other = declare(acting, full_name="Đặng Văn Gian", birth=PartialDate(1991, 3, 4), phone="0909000111")
    cross(acting, station, other, "through", Reason("negative"))
    assert look(acting, station, mine).colour == "red"
    older = declare(destination_area=commune("Phường Hải Châu, Đà Nẵng"))
    assert look(acting, station, older).colour == "red"


def test_what_an_officer_found_weighs_more_than_what_was_declared_before(an, acting, station):
    sick = actions.declare(journey(test_kind="pcr", test_result="positive"), uuid7(), acting)
    cross(acting, station, sick, "through", Reason("negative"))
    assert (
        look(acting, station, declare(destination_area=commune("Phường Hải Châu, Đà Nẵng"))).colour == "green"
    )


@pytest.mark.parametrize(
    ("sign", "days", "colour"),
    [
        ({"test_result": "positive"}, 5, "red"),
        ({"test_result": "positive"}, 15, "green"),
        ({"test_result": "positive", "tested_on": dt.date.today() - dt.timedelta(12)}, 1, "red"),
        ({"test_result": "positive", "tested_on": dt.date.today() - dt.timedelta(12)}, 4, "green"),
        ({"contact": True}, 5, "amber"),
        ({"symptoms": ("cough",)}, 2, "amber"),
        ({"symptoms": ("cough",)}, 4, "green"),
    ],
)
def test_an_illness_is_remembered_as_long_as_the_policy_says(an, acting, station, sign, days, colour):
    declare(**sign)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE declaration SET declared_at = declared_at - make_interval(days => %s), tested_on = "
            "tested_on - %s::integer",
            [days, days],
        )
    assert look(acting, station, declare()).colour == colour


@pytest.mark.parametrize("sign", [{"symptoms": ("fever",)}, {"contact": True}, {"test_result": "positive"}])
def test_what_a_citizen_is_refused_for_takes_an_officer_a_reason(an, acting, station, sign):
    refused = declare(acting, **sign)
    later = declare(destination_area=commune("Phường Hải Châu, Đà Nẵng"))
    for one in (refused, later):
        with pytest.raises(ReasonNeeded):
            cross(acting, station, one)
    cross(acting, station, refused, "through", Reason("well"))
    for one in (refused, later):  # no thermometer disproves a test, and neither what has not broken out yet
        if "symptoms" in sign:
            assert cross(acting, station, one)
        else:
            with pytest.raises(ReasonNeeded):
                cross(acting, station, one)


def test_a_slight_symptom_takes_no_reason(an, acting, station):
    assert cross(acting, station, declare(acting, symptoms=("cough",)))


# A test of long ago


def positive_of(days_ago: int) -> dict:
    return {
        "test_kind": "pcr",
        "test_result": "positive",
        "tested_on": dt.date.today() - dt.timedelta(days=days_ago),
    }


@pytest.mark.parametrize("days_ago", [15, 16, 28, 30])
def test_who_declares_a_test_that_counts_no_more_travels_as_anybody(an, acting, station, days_ago):
    declared = actions.declare(journey(**positive_of(days_ago)), uuid7())
    assert (declared.pass_id > 0, declared.marked) == (True, False)
    assert (arrival(declared)["warnings"], arrival(declared)["ill_until"]) == ([], None)
    assert look(acting, station, declared).colour == "green"
    assert cross(acting, station, declared)
    assert (state_of(declared), arrival(declared)["warnings"]) == ("on_the_way", [])
    later = declare(destination_area=commune("Phường Hải Châu, Đà Nẵng"))
    assert (look(acting, station, later).colour, arrival(later)["warned_elsewhere"]) == ("green", [])


@pytest.mark.parametrize("days_ago", [0, 13, 14])
def test_who_declares_one_that_counts_is_told_to_stay(an, acting, station, days_ago):
    assert actions.declare(journey(**positive_of(days_ago)), uuid7()).withheld
    assert (
        look(acting, station, declare(destination_area=commune("Phường Hải Châu, Đà Nẵng"))).colour == "red"
    )


LONGER = {"when": {"===": [{"var": "sign"}, "positive"]}, "then": 21}


@pytest.mark.parametrize(("days", "remembers"), [(13, True), (16, True), (20, True), (23, False)])
def test_who_gave_no_number_is_recognised_as_long_as_the_order_of_the_day_remembers(
    country, acting, station, days, remembers
):
    with in_force(document("illness-days", LONGER, otherwise=14)):
        _recognised(acting, station, days, remembers)


def _recognised(acting, station, days, remembers):
    stranger = {"number_kind": "none", "number": "", "full_name": "Lò Văn Pá", "phone": "0912000777"}
    actions.declare(journey(**stranger, **positive_of(0)), uuid7())
    with connection.cursor() as cursor:
        for table in ("declaration", "arrival"):
            cursor.execute(
                f"UPDATE {table} SET declared_at = declared_at - make_interval(days => %s)", [days]
            )
        cursor.execute("UPDATE declaration SET tested_on = tested_on - %s", [days])
        cursor.execute("UPDATE arrival SET ill_until = ill_until - make_interval(days => %s)", [days])
    later = declare(**stranger, destination_area=commune("Phường Hải Châu, Đà Nẵng"))
    assert look(acting, station, later).colour == ("red" if remembers else "amber")
    assert arrival(later)["warned_elsewhere"] == (["positive"] if remembers else [])


def test_what_else_they_declare_counts_all_the_same(an, acting, station):
    declared = actions.declare(journey(**positive_of(20), symptoms=("cough",)), uuid7())
    assert (declared.marked, arrival(declared)["warnings"]) == (True, ["symptoms"])
    assert actions.declare(journey(**positive_of(20), contact=True), uuid7()).withheld


def test_a_companion_and_whom_an_officer_keys_in_are_answered_alike(an, acting, station):
    keyed_in = actions.declare(journey(**positive_of(20)), uuid7(), acting)
    child = actions.declare(
        journey(
            **positive_of(20),
            full_name="Nguyễn Bé",
            declared_by="other",
            declarer_name="Nguyễn Văn An",
            declarer_phone="0909123456",
            number="",
            number_kind="none",
            birth=PartialDate(2015, 1, 2),
        ),
        uuid7(),
    )
    assert [keyed_in.marked, child.marked, child.withheld] == [False, False, False]


def test_what_a_station_finds_of_them_counts_until_it_is_cleared(an, acting, station):
    declared = actions.declare(journey(**positive_of(20)), uuid7())
    cross(acting, station, declared, "secondary", POSITIVE)
    assert (look(acting, station, declared).colour, arrival(declared)["warnings"]) == ("red", ["positive"])
    cross(acting, station, declared, "through", Reason("negative"))
    assert arrival(declared)["warnings"] == []


# What links two journeys counts from the last of them, declared or stopped


def days_pass(days: int, of_crossings: bool = True) -> None:
    moved = {
        "declaration": ("declared_at",),
        "pass": ("issued_at", "expires_at"),
        "arrival": ("declared_at",),
    }
    if of_crossings:
        moved |= {
            "crossing": ("crossed_at", "received_at"),
            "arrival": ("declared_at", "crossed_at", "found_at"),
        }
    with connection.cursor() as cursor:
        for table, columns in moved.items():
            changed = ", ".join(f"{column} = {column} - make_interval(days => {days})" for column in columns)
            cursor.execute(f"UPDATE {table} SET {changed}")


@pytest.mark.parametrize(
    ("number", "declared_before", "stopped_before", "remembers"),
    [
        ({}, 13, 2, True),
        ({}, 3, 12, True),
        ({}, 3, 15, False),
        ({"number": "B1234567", "number_kind": "passport"}, 170, 11, True),
    ],
)
def test_who_is_stopped_with_an_old_code_is_remembered_from_then(
    country, acting, station, number, declared_before, stopped_before, remembers
):
    stranger = {"number_kind": "none", "number": "", "full_name": "Lò Văn Pá", "phone": "0912000777"} | number
    old = declare(**stranger)
    days_pass(declared_before, of_crossings=False)
    cross(acting, station, old, "back", POSITIVE)
    days_pass(stopped_before)
    later = declare(**stranger, destination_area=commune("Phường Hải Châu, Đà Nẵng"))
    assert bool(look(acting, station, later).memory.stops) == remembers
    assert (arrival(later)["warned_elsewhere"] == ["positive"]) == remembers
