import datetime as dt

import pytest
from django.utils import timezone
from uuid_utils.compat import uuid7

from dancu.accounts.tests.factories import acting_as, make_official
from dancu.audit import lookups as audit
from dancu.isolation import actions, lookups
from dancu.isolation.errors import NoSuchArrival
from dancu.isolation.lookups import Filters
from dancu.isolation.tests.factories import (
    BEFORE,
    BEN_THANH,
    CAU_GIAY,
    DICH_VONG,
    HA_NOI,
    HO_CHI_MINH,
    YEN_HOA,
    area,
    chi,
    cross,
    expect,
    someone,
)  # fmt: skip

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

TODAY = timezone.localdate


@pytest.fixture
def acting():
    return acting_as(chi())


def people(acting, **filters) -> list[int]:
    return [row["person_id"] for row in lookups.arrivals(acting, Filters(**filters))]


def recorded(person_id: int, action: str) -> int:
    return [entry.action for entry in audit.of_person(person_id)].count(action)


def test_a_commune_sees_who_comes_to_it_and_not_who_comes_to_its_neighbour(acting):
    expect(person_id=1)
    expect(person_id=2, destination_area=area(YEN_HOA))
    assert people(acting) == [1]


def test_a_commune_sees_who_left_it_on_the_other_list(acting):
    expect(person_id=1)
    expect(person_id=2, origin_area=area(CAU_GIAY), destination_area=area(BEN_THANH))
    assert people(acting, leaving=True) == [2]


def test_arrivals_declared_to_a_ward_of_former_days_are_seen_by_its_successor(acting):
    expect(destination_area=area(DICH_VONG, on=BEFORE))
    assert people(acting) == [1]


def test_a_province_sees_all_its_communes_and_no_other_province():
    expect(person_id=1)
    expect(person_id=2, destination_area=area(YEN_HOA))
    expect(person_id=3, destination_area=area(BEN_THANH))
    assert sorted(people(acting_as(chi(HA_NOI, "hanoi")))) == [1, 2]
    assert people(acting_as(chi(HO_CHI_MINH, "hcm"))) == [3]


def test_the_nation_sees_all_and_a_station_nothing():
    expect(person_id=1)
    expect(person_id=2, destination_area=area(BEN_THANH))
    everywhere = make_official("quoc", "commune_officer", "nation")
    at_a_station = make_official("binh", "checkpoint_officer", "station", 7)
    assert sorted(people(acting_as(everywhere))) == [1, 2]
    assert people(acting_as(at_a_station)) == []


def test_what_needs_attention_comes_first_and_within_that_the_latest_news(acting):
    yesterday = TODAY() - dt.timedelta(days=1)
    expect(person_id=1, minutes_ago=1)  # all in order
    expect(person_id=2, minutes_ago=9, outcome="differences", differing=["name"])
    expect(person_id=3, minutes_ago=8, arrives_on=yesterday)  # overdue
    expect(person_id=4, minutes_ago=7, warnings=["symptoms"])
    expect(person_id=5, minutes_ago=6, outcome="not_found")
    cross(expect(person_id=6, minutes_ago=60), person_id=6, state="held")
    actions.meet(acting, expect(person_id=7, warnings=["positive"]))
    rows = lookups.arrivals(acting, Filters())
    assert [row["person_id"] for row in rows] == [6, 5, 4, 3, 2, 1, 7]
    assert [row["attention"] for row in rows] == [3, 3, 3, 2, 2, 1, 0]


def test_the_list_is_the_same_page_by_page(acting):
    for person_id in range(1, 8):
        expect(person_id=person_id)
    whole = lookups.arrivals(acting, Filters())
    pages = [lookups.arrivals(acting, Filters(), most=3, skip=skip) for skip in (0, 3, 6)]
    assert [row["person_id"] for page in pages for row in page] == [row["person_id"] for row in whole]
    assert {row["total"] for page in pages for row in page} == {7}


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"states": ("on_the_way",)}, [2]),
        ({"states": ("declared", "on_the_way")}, [1, 2, 3]),
        ({"outcomes": ("disagrees",)}, [3]),
        ({"attention": True}, [1, 3]),
        ({"warned": True}, [1]),
        ({"text": "duc"}, [2]),
        ({"text": "ĐỨC"}, [2]),
        ({"text": "Thị Bé"}, [3]),
        ({"text": "0987 654"}, [2]),
        ({"text": "51h123"}, [3]),
        ({"text": "51H-123.45"}, [3]),
        ({"text": "%"}, []),
        ({"text": "_"}, []),
        ({"text": "-"}, []),
        ({"states": ("on_the_way",), "text": "bé"}, []),
    ],
)
def test_the_list_is_filtered(acting, filters, found):
    expect(person_id=1, warnings=["contact"], phone="", plate="")
    cross(expect(person_id=2, full_name="Trần Văn Đức", phone="0987654321", plate=""), person_id=2)
    expect(person_id=3, full_name="Lê Thị Bé", outcome="disagrees", plate="51H-12345", phone="")
    assert sorted(people(acting, **filters)) == found


def test_only_the_period_asked_for_is_listed(acting):
    expect(person_id=1, minutes_ago=3 * 24 * 60)
    expect(person_id=2)
    assert people(acting, days=1) == [2]
    assert sorted(people(acting, days=7)) == [1, 2]


def test_the_counts_tell_how_many_of_each_kind_and_how_many_need_attention(acting):
    expect(person_id=1)
    expect(person_id=2, outcome="disagrees")
    cross(expect(person_id=3), person_id=3)
    actions.meet(acting, expect(person_id=4))
    expect(person_id=5, destination_area=area(YEN_HOA))
    counts = lookups.summary(acting, Filters())
    assert (counts["all"], counts["attention"], counts["declared"], counts["on_the_way"], counts["met"]) == (
        4,
        1,
        2,
        1,
        1,
    )


def test_a_province_counts_by_commune_and_may_ask_for_one():
    acting = acting_as(chi(HA_NOI, "hanoi"))
    expect(person_id=1, outcome="disagrees")
    expect(person_id=2)
    expect(person_id=3, destination_area=area(YEN_HOA))
    counts = {row["area_id"]: (row["people"], row["attention"]) for row in lookups.by_area(acting, Filters())}
    assert counts == {area(CAU_GIAY): (2, 1), area(YEN_HOA): (1, 0)}
    assert people(acting, area_id=area(YEN_HOA)) == [3]


@pytest.mark.parametrize("code", [YEN_HOA, BEN_THANH, HO_CHI_MINH])
def test_asking_for_an_area_outside_ones_own_finds_nothing(acting, code):
    expect(person_id=1)
    expect(person_id=2, destination_area=area(YEN_HOA))
    expect(person_id=3, destination_area=area(BEN_THANH))
    assert people(acting, area_id=area(code)) == []


def test_asking_for_an_area_that_is_none_finds_nothing(acting):
    expect()
    assert people(acting, area_id=999_999_999) == []


def test_everyone_listed_is_on_the_record(acting):
    expect(person_id=1)
    expect(person_id=-5)
    people(acting)
    assert recorded(1, "arrivals.list") == recorded(-5, "arrivals.list") == 1


def test_a_list_that_refreshes_itself_records_only_whom_it_had_not_shown(acting):
    expect(person_id=1)
    people(acting)
    expect(person_id=2)
    for _ in range(3):
        lookups.arrivals(acting, Filters(), refreshed=True)
    assert recorded(1, "arrivals.list") == recorded(2, "arrivals.list") == 1


def test_the_news_tell_when_the_list_has_changed(acting):
    declaration = expect()
    before = lookups.news(acting, Filters())
    expect(person_id=2, destination_area=area(YEN_HOA))
    assert lookups.news(acting, Filters()) == before
    cross(declaration)
    assert lookups.news(acting, Filters()) != before


def test_a_file_holds_the_whole_list_in_its_order_and_is_on_the_record(acting):
    for person_id in range(1, 6):
        expect(person_id=person_id, minutes_ago=person_id, outcome="disagrees" if person_id == 4 else "confirmed")
    rows = list(lookups.every_arrival(acting, Filters(), "csv"))
    assert [row["person_id"] for row in rows] == people(acting) == [4, 1, 2, 3, 5]
    assert recorded(3, "arrivals.export") == 1


def test_one_arrival_is_seen_from_either_end_and_from_nowhere_else(acting):
    declaration = expect()
    assert lookups.arrival(acting, declaration)["person_id"] == 1
    assert lookups.arrival(acting_as(chi(BEN_THANH, "saigon")), declaration)["person_id"] == 1
    with pytest.raises(NoSuchArrival):
        lookups.arrival(acting_as(chi(YEN_HOA, "neighbour")), declaration)
    with pytest.raises(NoSuchArrival):
        lookups.arrival(acting, uuid7())


def test_the_journeys_of_one_who_came_here_are_all_seen(acting):
    expect(person_id=1)
    expect(person_id=1, destination_area=area(YEN_HOA))
    assert len(lookups.journeys(acting, 1)) == 2
    assert recorded(1, "movements.view") == 1


def test_the_journeys_of_a_resident_are_seen_wherever_they_went(acting):
    an = someone(area(DICH_VONG, on=BEFORE))
    expect(person_id=an, origin_area=area(BEN_THANH), destination_area=area(YEN_HOA))
    assert len(lookups.journeys(acting, an)) == 1


def test_the_journeys_of_anyone_else_are_refused_like_those_of_nobody(acting):
    stranger = someone(area(BEN_THANH))
    expect(person_id=stranger, destination_area=area(YEN_HOA))
    for person_id in (stranger, 999_999_999, -5):
        with pytest.raises(NoSuchArrival):
            lookups.journeys(acting, person_id)
    assert recorded(stranger, "movements.refused") == 1
    assert recorded(stranger, "movements.view") == 0
