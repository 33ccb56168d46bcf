"""Whose journeys a commune sees."""

import pytest
from django.db import connection
from uuid_utils.compat import uuid7

from dancu.isolation import actions, lookups
from dancu.isolation.errors import NoSuchArrival, NotSeenYet, ReasonMissing
from dancu.isolation.tests.test_lookups import recorded
from dancu.testing.arrivals import cross, expect
from dancu.testing.officials import acting_as
from dancu.testing.people import BEFORE, BEN_THANH, DICH_VONG, YEN_HOA, area, chi, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]


def test_one_arrival_is_seen_from_either_end_and_from_nowhere_else(acting):
    declaration = expect()
    assert lookups.arrival(acting, declaration)["person_id"] == 1
    assert lookups.arrival(acting_as(chi(BEN_THANH, "saigon")), declaration)["person_id"] == 1
    with pytest.raises(NoSuchArrival):
        lookups.arrival(acting_as(chi(YEN_HOA, "neighbour")), declaration)
    with pytest.raises(NoSuchArrival):
        lookups.arrival(acting, uuid7())


def seen(acting, person_id: int = 1) -> tuple[int, bool]:
    """How many journeys, and whether others may be asked for."""
    found = lookups.journeys(acting, person_id)
    return len(found.rows), found.may_ask


def test_all_journeys_of_one_who_signed_in_and_was_met_here_are_seen_for_a_reason(acting):
    here = expect(person_id=1, vouched_by=0)
    expect(person_id=1, destination_area=area(YEN_HOA))
    assert seen(acting) == (1, False), "declared alone: nobody has come"
    with pytest.raises(NotSeenYet):
        lookups.ask_for_journeys(acting, here, "contacts")
    actions.meet(acting, here)
    assert seen(acting) == (1, True), "and nobody asked yet"
    lookups.ask_for_journeys(acting, here, "contacts")
    assert seen(acting) == (2, False)
    assert recorded(1, "movements.view") == 3
    assert recorded(1, "movements.all") == 1


@pytest.mark.parametrize("pressed_by", ["chi", "colleague"])
def test_met_in_a_chair_opens_nothing_of_one_in_whose_name_anybody_declared(acting, pressed_by):
    here = expect(person_id=1)
    expect(person_id=1, destination_area=area(YEN_HOA))
    actions.meet(acting if pressed_by == "chi" else acting_as(chi(username=pressed_by)), here)
    assert seen(acting) == (1, False)
    with pytest.raises(NotSeenYet):
        lookups.ask_for_journeys(acting, here, "contacts")
    assert recorded(1, "movements.all") == 0


def test_met_opens_where_another_official_keyed_it_in_from_the_card(acting):
    here = expect(person_id=1, vouched_by=acting.official_id + 1)
    expect(person_id=1, destination_area=area(YEN_HOA))
    actions.meet(acting, here)
    lookups.ask_for_journeys(acting, here, "contacts")
    assert seen(acting) == (2, False)


def test_what_an_official_keyed_in_and_let_through_alone_opens_nothing_for_them(acting):
    here = expect(person_id=1, vouched_by=acting.official_id)
    expect(person_id=1, destination_area=area(YEN_HOA))
    cross(here, 1, crossed_by=acting.official_id)
    actions.meet(acting, here)
    assert seen(acting) == (1, False)
    with pytest.raises(NotSeenYet):
        lookups.ask_for_journeys(acting, here, "contacts")
    assert seen(acting_as(chi(username="colleague"))) == (1, True), (
        "but for others, who have it from that official"
    )


def test_a_meeting_of_today_makes_no_crossing_of_long_ago_count(acting):
    here = expect(person_id=1)
    expect(person_id=1, destination_area=area(YEN_HOA))
    cross(here, 1, minutes_ago=15 * 24 * 60)
    actions.meet(acting, here)
    assert seen(acting) == (1, False)


def test_a_crossing_that_was_taken_back_counts_no_more(acting):
    here = expect(person_id=1)
    expect(person_id=1, destination_area=area(YEN_HOA))
    cross(here, 1)
    assert seen(acting) == (1, True)
    actions.note_standing(1, here, state="declared")
    assert seen(acting) == (1, False)


@pytest.mark.parametrize("state", ["on_the_way", "held", "turned_back"])
def test_so_are_those_of_one_whom_a_station_saw_on_the_way_here(acting, state):
    here = expect(person_id=1)
    expect(person_id=1, destination_area=area(YEN_HOA))
    cross(here, 1, state=state)
    assert seen(acting) == (1, True)
    lookups.ask_for_journeys(acting, here, "Bệnh viện Cầu Giấy hỏi")
    assert seen(acting) == (2, False)


def test_a_reason_holds_for_an_hour_and_for_whoever_gave_it(acting):
    here = expect(person_id=1, vouched_by=0)
    expect(person_id=1, destination_area=area(YEN_HOA))
    actions.meet(acting, here)
    lookups.ask_for_journeys(acting, here, "asked")
    assert seen(acting_as(chi(username="colleague"))) == (1, True)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE audit_entry SET at = at - interval '61 minutes' WHERE action = 'movements.all'"
        )
    assert seen(acting) == (1, True)


def test_after_some_days_a_journey_that_is_over_opens_nothing(acting):
    here = expect(person_id=1, vouched_by=0)
    expect(person_id=1, destination_area=area(YEN_HOA))
    actions.meet(acting, here)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE arrival SET met_at = met_at - interval '15 days' WHERE declaration_id = %s", [here]
        )
    assert seen(acting) == (1, False)
    with pytest.raises(NotSeenYet):
        lookups.ask_for_journeys(acting, here, "contacts")


@pytest.mark.parametrize("reason", ["", "  ", "\0", ".", "123", "\u200b\u202e"])
def test_a_reason_has_words(acting, reason):
    here = expect(person_id=1, vouched_by=0)
    actions.meet(acting, here)
    with pytest.raises(ReasonMissing):
        lookups.ask_for_journeys(acting, here, reason)
    assert recorded(1, "movements.all") == 0


def test_for_the_journeys_of_a_resident_no_reason_is_asked_nor_kept(acting):
    an = someone(area(DICH_VONG, on=BEFORE))
    here = expect(person_id=an)
    expect(person_id=an, origin_area=area(BEN_THANH), destination_area=area(YEN_HOA))
    actions.meet(acting, here)
    assert seen(acting, an) == (2, False)
    lookups.ask_for_journeys(acting, here, "contacts")
    assert recorded(an, "movements.all") == 0


def test_nobody_gives_a_reason_for_an_arrival_of_another_commune(acting):
    there = expect(person_id=1, destination_area=area(YEN_HOA))
    for declaration in (there, uuid7()):
        with pytest.raises(NoSuchArrival):
            lookups.ask_for_journeys(acting, declaration, "contacts")


def test_the_journeys_of_a_resident_are_seen_wherever_they_went(acting):
    an = someone(area(DICH_VONG, on=BEFORE))
    expect(person_id=an, origin_area=area(BEN_THANH), destination_area=area(YEN_HOA))
    assert seen(acting, an) == (1, False)


def test_the_journeys_of_anyone_else_are_refused_like_those_of_nobody(acting):
    stranger = someone(area(BEN_THANH))
    expect(person_id=stranger, destination_area=area(YEN_HOA))
    for person_id in (stranger, 999_999_999, -5):
        with pytest.raises(NoSuchArrival):
            lookups.journeys(acting, person_id)
    assert recorded(stranger, "movements.refused") == 1
    assert recorded(stranger, "movements.view") == 0
