"""Whoever may be ill by what still counts is on the communes' lists however old the news; what was
declared anew is not expected again.
"""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from dancu.isolation import actions, lookups
from dancu.isolation.lookups import Filters
from dancu.testing.arrivals import cross, expect
from dancu.testing.people import BEN_THANH, CAU_GIAY, YEN_HOA, area

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

DAY = 24 * 60  # minutes


def people(acting, **filters) -> list[int]:
    listed = lookups.listing(acting, Filters(**filters))
    assert listed.total == len(listed.people) == lookups.how_many(acting, Filters(**filters))
    return [row["person_id"] for row in listed.people]


def find_ill(declaration_id, *signs: str, days_ago: int, state: str = "held") -> None:
    """A station found this; so long ago."""
    at = timezone.now() - dt.timedelta(days=days_ago)
    actions.note_standing(
        1, declaration_id, state=state, crossed_at=at, station_id=7, declared=[], found=signs, found_at=at
    )
    age(days_ago)


def age(days: int) -> None:
    """The last news of everybody was so long ago."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE arrival SET moved_at = now() - make_interval(days => %s)", [days])


@pytest.mark.parametrize(("sign", "counts"), [("positive", 14), ("contact", 14), ("symptoms", 3)])
def test_what_was_declared_is_listed_as_long_as_the_policy_counts_it(acting, sign, counts):
    expect(warnings=[sign], minutes_ago=counts * DAY - 60)
    assert people(acting, days=1) == [1]
    assert people(acting) == [1]
    assert lookups.warned(acting, False)["people"] == 1


@pytest.mark.parametrize(("sign", "days"), [("positive", 15), ("contact", 15), ("symptoms", 8)])
def test_and_no_longer_than_that(acting, sign, days):
    expect(warnings=[sign], minutes_ago=days * DAY)
    assert people(acting) == []
    assert people(acting, days=30) == [1]
    assert lookups.warned(acting, False)["people"] == 0


def test_a_test_counts_from_its_day(acting):
    days_ago = timezone.localdate() - dt.timedelta(days=12)
    expect(warnings=["positive"], minutes_ago=8 * DAY, tested_on=days_ago)
    expect(2, warnings=["positive"], minutes_ago=10 * DAY, tested_on=days_ago - dt.timedelta(days=4))
    assert people(acting) == [1]


@pytest.mark.parametrize("state", ["held", "turned_back", "on_the_way"])
@pytest.mark.parametrize("days", [8, 20, 90])
def test_what_a_station_found_is_listed_until_it_is_cleared(acting, state, days):
    one = expect(minutes_ago=days * DAY)
    find_ill(one, "positive", days_ago=days, state=state)
    assert people(acting) == [1]
    actions.note_standing(1, one, state=state, declared=[], found=[])
    age(days)
    assert people(acting) == []


def test_both_communes_list_them_and_count_them(acting):
    expect(minutes_ago=8 * DAY, warnings=["positive"])
    expect(
        2,
        minutes_ago=8 * DAY,
        warnings=["positive"],
        origin_area=area(CAU_GIAY),
        destination_area=area(BEN_THANH),
    )
    assert (people(acting), people(acting, leaving=True)) == ([1], [2])
    assert (lookups.summary(acting, Filters())["warned"], lookups.news(acting, Filters()).journeys) == (1, 1)
    assert [row["people"] for row in lookups.by_area(acting, Filters())] == [1]


def test_what_another_commune_heard_counts_here_as_long(acting):
    expect(minutes_ago=9 * DAY, destination_area=area(YEN_HOA), warnings=["positive"])
    mine = expect(minutes_ago=8 * DAY)
    assert people(acting) == [1]
    assert lookups.person(acting, Filters(), mine)["attention"] == 4


def test_who_was_met_since_is_looked_after(acting):
    mine = expect(minutes_ago=8 * DAY, warnings=["positive"])
    actions.meet(acting, mine)
    age(8)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE arrival SET met_at = moved_at")
    assert people(acting) == []


def test_days_of_arrival_are_those_days(acting):
    expect(minutes_ago=8 * DAY, warnings=["positive"], arrives_on=timezone.localdate() - dt.timedelta(days=8))
    expect(2)
    assert people(acting, arrives_from=timezone.localdate(), arrives_until=timezone.localdate()) == [2]


def test_a_filter_asks_among_them_too(acting):
    expect(minutes_ago=8 * DAY, warnings=["positive"])
    assert people(acting, warned=True) == people(acting, text="nguyen van an") == [1]
    assert people(acting, text="Lê Thị Hoa") == people(acting, overdue=False, companions=True) == []


def test_who_was_met_and_declared_the_journey_anew_is_not_expected_when_the_meeting_is_undone(acting):
    first = expect()
    cross(first)
    actions.meet(acting, first)
    second = expect()
    declared_anew(first, second)
    assert lookups.state_of(1, first) == "met"
    actions.undo_meeting(acting, first)
    assert lookups.state_of(1, first) == "withdrawn"


@pytest.mark.parametrize(
    ("state", "warnings"), [("held", []), ("turned_back", []), ("declared", ["symptoms"])]
)
def test_but_who_is_to_be_looked_after_is_as_before(acting, state, warnings):
    first = expect(warnings=warnings)
    if state != "declared":
        cross(first, state=state)
    met = state != "turned_back" and not actions.meet(acting, first)
    declared_anew(first)
    if met:
        actions.undo_meeting(acting, first)
    assert lookups.state_of(1, first) == state


def declared_anew(*journeys) -> None:
    """A newer declaration took their place."""
    actions._sql.run("withdraw_replaced", declaration_ids=list(journeys))
