"""How many journeys the statistics tell an official, and what they keep to themselves."""

import datetime as dt
import random
from itertools import combinations

import pytest
from django.utils import timezone

from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.isolation import actions
from dancu.isolation.by_day import ArrivalsByDay, arrivals_by_day
from dancu.isolation.sums import ARRIVALS
from dancu.register.errors import NotYourArea
from dancu.rollups import actions as rollups
from dancu.testing.arrivals import cross, expect
from dancu.testing.database import rows
from dancu.testing.officials import acting_as, make_official
from dancu.testing.people import BEFORE, BEN_THANH, CAU_GIAY, DICH_VONG, HA_NOI, YEN_HOA, area, chi, ha

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

TODAY = timezone.localdate()


def due(many: int, code: str = CAU_GIAY, days: int = 0, on: dt.date | None = None) -> list:
    return [
        expect(
            -(10**6) - random.randrange(10**9),
            arrives_on=TODAY + dt.timedelta(days=days),
            destination_area=area(code, on),
            phone="",
        )
        for _ in range(many)
    ]


def told(acting: Acting, code: str | None = None, days: int = 2, **how) -> ArrivalsByDay:
    last = TODAY + dt.timedelta(days=days)
    return arrivals_by_day(acting, TODAY, last, area(code) if code else None, **how)


def journeys(found: ArrivalsByDay) -> list[int | None]:
    return [numbers.journeys for _day, numbers in found.days]


@pytest.fixture(params=[False, True], ids=["waiting", "added up"])
def added_up(request):
    return (lambda: rollups.fold(ARRIVALS)) if request.param else lambda: None


def test_a_commune_is_told_how_far_its_arrivals_of_each_day_are(added_up):
    first, second, third = due(3)
    due(1, days=1)
    cross(first, rows("SELECT person_id FROM arrival WHERE declaration_id = %s", first)[0][0])
    actions.meet(acting_as(chi()), second)
    added_up()
    found = told(acting_as(chi(username="lan")))
    assert journeys(found) == [3, 1, 0]
    (_day, today), *_others = found.days
    assert today.states is not None
    states = {state: many for state, many in today.states.items() if many}
    assert states == {"on_the_way": 1, "met": 1, "declared": 1}
    assert found.total.journeys == 4
    assert found.parts == []
    assert third


def test_the_province_and_the_country_by_their_parts_and_by_where_journeys_begin(added_up):
    due(2)
    due(1, YEN_HOA, days=2)
    added_up()
    due(1, DICH_VONG, days=1, on=BEFORE)  # a ward that became one of today's
    officer = acting_as(make_official("mai", "commune_officer", "nation"))
    country = told(officer)
    assert journeys(country) == [2, 1, 1]
    assert [(part.name, numbers.journeys) for part, numbers in country.parts] == [("Thành phố Hà Nội", 4)]
    province = told(officer, HA_NOI)
    assert journeys(province) == [2, 1, 1]
    parts = {part.code: numbers.journeys for part, numbers in province.parts}
    assert parts == {CAU_GIAY: 3, YEN_HOA: 1}
    assert journeys(told(officer, leaving=True)) == [2, 1, 1]
    assert told(officer, BEN_THANH, leaving=True).total.journeys == 4
    assert told(officer, BEN_THANH).total.journeys == 0


def test_who_may_not_see_the_people_is_told_no_small_number_of_a_commune(added_up):
    due(2), due(6, YEN_HOA), due(7, days=1)
    added_up()
    steward = acting_as(ha())
    assert journeys(told(steward, HA_NOI)) == [8, 7, 0]
    assert told(steward, HA_NOI).total.states is not None
    here, hides = told(steward, CAU_GIAY), told(steward, YEN_HOA)
    assert journeys(here) == [None, 7, 0]
    assert journeys(hides) == [None, 0, 0]
    assert here.total.journeys is here.total.states is None
    assert all(numbers.states is None for _day, numbers in here.days)
    assert {part.code: numbers.journeys for part, numbers in told(steward, HA_NOI).parts} == {
        CAU_GIAY: None,
        YEN_HOA: None,
    }
    assert journeys(told(acting_as(chi()), CAU_GIAY)) == [2, 7, 0]


def test_where_nobody_else_arrives_that_day_all_communes_of_the_province_are_alike():
    due(1)
    steward = acting_as(ha())
    parts = told(steward, HA_NOI).parts
    assert {numbers.journeys for _part, numbers in parts} == {None}
    in_province = {
        commune.area_id
        for commune in areas.communes(TODAY)
        if commune.province_id == areas.get(area(HA_NOI)).area_id
    }
    assert {part.area_id for part, _numbers in parts} == in_province
    assert journeys(told(steward, YEN_HOA)) == [None, 0, 0]


def test_no_small_number_follows_from_all_that_is_told_of_a_province():
    """Whatever the numbers are: of each day at least two communes are withheld together, or none, and what
    they have together could be split in another way.
    """
    drawn = random.Random(7)
    here = [
        commune.area_id
        for commune in areas.communes(TODAY)
        if commune.province_id == areas.get(area(HA_NOI)).area_id
    ]
    for round_ in range(4):
        for unit in here:
            many = drawn.choice([0, 0, 1, 2, 3, 5, 8])
            day = TODAY + dt.timedelta(days=round_)
            rollups.note(ARRIVALS, [(unit, 0, day, 1, many)])
    steward = acting_as(ha())
    days = [
        dict(zip(here, column, strict=True))
        for column in zip(
            *(journeys(arrivals_by_day(steward, TODAY, TODAY + dt.timedelta(days=3), unit)) for unit in here),
            strict=True,
        )
    ]
    whole = journeys(arrivals_by_day(steward, TODAY, TODAY + dt.timedelta(days=3), area(HA_NOI)))
    for of_day, province in zip(days, whole, strict=True):
        assert province is not None
        hidden = [unit for unit, many in of_day.items() if many is None]
        assert not any(many in (1, 2) for many in of_day.values())
        rest = province - sum(many or 0 for many in of_day.values())
        assert len(hidden) != 1
        if hidden:
            splits = {tuple(sorted(pair)) for pair in combinations(range(rest + 1), 2) if sum(pair) == rest}
            assert len(hidden) > 2 or len(splits) > 1


def test_an_official_reads_of_their_own_area_only_and_that_is_on_the_record():
    with pytest.raises(NotYourArea):
        told(acting_as(chi()), BEN_THANH)
    with pytest.raises(NotYourArea):
        told(acting_as(make_official("binh", "checkpoint_officer", "station", 7)))
    told(acting_as(chi(username="lan")), detail="csv")
    assert rows("SELECT action, detail FROM audit_entry WHERE action = 'arrivals.statistics'") == [
        ("arrivals.statistics", f"{CAU_GIAY} csv")
    ]


def test_a_unit_of_another_time_is_told_to_those_alone_who_may_see_the_people():
    due(1, DICH_VONG, on=BEFORE)
    ended = area(DICH_VONG, BEFORE)
    officer = acting_as(make_official("mai", "commune_officer", "nation"))
    assert journeys(arrivals_by_day(officer, TODAY, TODAY, ended)) == [1]
    with pytest.raises(NotYourArea):
        arrivals_by_day(acting_as(ha()), TODAY, TODAY, ended)
