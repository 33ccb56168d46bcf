import datetime as dt
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dancu.audit import lookups as audit
from dancu.isolation import actions, lookups
from dancu.isolation.errors import NoSuchArrival
from dancu.isolation.lookups import Filters
from dancu.register.lookups import people as people_held
from dancu.testing.arrivals import cross, expect, withdraw
from dancu.testing.officials import acting_as, make_official
from dancu.testing.people import (
    BEFORE,
    BEN_THANH,
    CAU_GIAY,
    DICH_VONG,
    HA_NOI,
    HO_CHI_MINH,
    YEN_HOA,
    area,
    chi,
    someone,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

TODAY = timezone.localdate
DAY = 24 * 60  # minutes


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
    assert [row["person_id"] for row in rows] == [4, 6, 5, 3, 2, 1, 7]
    assert [row["attention"] for row in rows] == [4, 3, 3, 2, 2, 1, 0]


def test_the_list_is_the_same_page_by_page(acting):
    for person_id in range(1, 8):
        expect(person_id=person_id)
    whole = lookups.arrivals(acting, Filters())
    pages = [lookups.listing(acting, Filters(), most=3, skip=skip) for skip in (0, 3, 6)]
    assert [row["person_id"] for page in pages for row in page.people] == [row["person_id"] for row in whole]
    assert {page.total for page in pages} == {7}


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
        ({"text": "+84 987 654 321"}, [2]),
        ({"text": "0084987654321"}, [2]),
        ({"text": "(0987) 654-321"}, [2]),
        ({"text": "Bế Lê"}, [3]),
        ({"text": "duc tran van"}, [2]),
        ({"text": "Bế Trần"}, []),
        ({"text": "51h123"}, [3]),
        ({"text": "51H-123.45"}, [3]),
        ({"text": "%"}, []),
        ({"text": "_"}, []),
        ({"text": "-"}, []),
        ({"text": "001 085.012345"}, [1]),
        ({"text": "b1234567"}, [3]),
        ({"text": "B12345"}, []),
        ({"overdue": True}, [2]),
        ({"companions": True}, [3]),
        ({"arrives_from": TODAY() + dt.timedelta(1)}, [3]),
        ({"arrives_until": TODAY() - dt.timedelta(1), "days": 1}, [2]),
        ({"arrives_from": TODAY(), "arrives_until": TODAY()}, [1]),
        ({"states": ("on_the_way",), "text": "bé"}, []),
    ],
)
def test_the_list_is_filtered(acting, filters, found):
    yesterday, tomorrow = (TODAY() + dt.timedelta(days=days) for days in (-1, 1))
    expect(person_id=1, warnings=["contact"], phone="", plate="", number="001085012345")
    cross(
        expect(person_id=2, full_name="Trần Văn Đức", phone="0987654321", plate="", arrives_on=yesterday),
        person_id=2,
    )
    expect(
        person_id=3,
        full_name="Lê Thị Bé",
        outcome="disagrees",
        plate="51H-12345",
        phone="",
        number="B1234567",
        companions=2,
        arrives_on=tomorrow,
    )
    assert sorted(people(acting, **filters)) == found


def test_only_the_period_asked_for_is_listed(acting):
    expect(person_id=1, minutes_ago=3 * 24 * 60)
    expect(person_id=2)
    assert people(acting, days=1) == [2]
    assert sorted(people(acting, days=7)) == [1, 2]


def test_a_person_with_many_journeys_is_listed_once_with_the_newest_and_the_worst_of_what_counts(acting):
    oldest = expect(person_id=1, minutes_ago=300, outcome="disagrees", differing=["name"])
    held = expect(person_id=1, minutes_ago=200, outcome="differences", differing=["sex"], plate="51F-11111")
    cross(held, state="held", minutes_ago=60, station_id=9)
    newest = expect(person_id=1, minutes_ago=30, warnings=["contact"])
    expect(person_id=1, minutes_ago=20, warnings=["positive"], destination_area=area(YEN_HOA))
    withdraw(1, oldest)
    (an,) = lookups.arrivals(acting, Filters())
    assert (an["declaration_id"], an["total"], an["attention"], an["state"]) == (newest, 1, 4, "held")
    assert (an["outcome"], an["differing"], an["warnings"], an["station_id"]) == (
        "differences",
        ["sex"],
        ["contact"],
        9,
    )
    assert [other["declaration_id"] for other in an["others"]] == [held, oldest]
    assert {name: count for name, count in lookups.summary(acting, Filters()).items() if count} == {
        "held": 1,
        "all": 1,
        "attention": 1,
        "warned": 1,
    }


def test_of_several_journeys_one_that_is_still_expected_is_shown_before_a_newer_one_that_is_off(acting):
    expected, off = expect(person_id=1, minutes_ago=9), expect(person_id=1)
    withdraw(1, off)
    (an,) = lookups.arrivals(acting, Filters())
    assert (an["declaration_id"], an["state"], an["attention"]) == (expected, "declared", 1)


def test_somebody_unknown_who_declared_three_times_is_listed_once(acting):
    for person_id in (-1, -2, -3):
        expect(person_id=person_id, number="B1234567", outcome="not_found")
    (unknown,) = lookups.arrivals(acting, Filters())
    assert len(unknown["others"]) == 2
    assert [recorded(person_id, "arrivals.list") for person_id in (-1, -2, -3)] == [1, 1, 1]
    assert lookups.summary(acting, Filters())["declared"] == 1


@pytest.mark.parametrize(("warnings", "attention"), [([], 2), (["symptoms"], 4)])
def test_whoever_was_turned_back_is_not_expected_and_never_overdue_but_looked_into(
    acting, warnings, attention
):
    yesterday = TODAY() - dt.timedelta(days=1)
    cross(
        expect(person_id=1, outcome="disagrees", arrives_on=yesterday, warnings=warnings), state="turned_back"
    )
    (back,) = lookups.arrivals(acting, Filters())
    assert (back["state"], back["attention"], back["overdue_since"]) == ("turned_back", attention, None)
    assert people(acting, overdue=True) == []


def test_once_met_a_turning_back_of_before_counts_no_more(acting):
    cross(expect(person_id=1, minutes_ago=90), state="turned_back", minutes_ago=80)
    later = expect(person_id=1, minutes_ago=60)
    assert lookups.arrivals(acting, Filters())[0]["attention"] == 2
    actions.meet(acting, later)
    (met,) = lookups.arrivals(acting, Filters())
    assert (met["state"], met["attention"]) == ("met", 0)


def test_a_release_after_a_hold_is_seen(acting):
    declaration = expect(person_id=1, minutes_ago=90)
    cross(declaration, state="held", minutes_ago=80)
    assert (lookups.arrivals(acting, Filters())[0]["state"], people(acting, states=("held",))) == (
        "held",
        [1],
    )
    cross(declaration, state="on_the_way", minutes_ago=70)
    (released,) = lookups.arrivals(acting, Filters())
    assert (released["state"], released["attention"]) == ("on_the_way", 1)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.integers(1, 4),
            st.sampled_from(["", "on_the_way", "held", "turned_back", "met", "withdrawn"]),
            st.sampled_from(["confirmed", "differences", "disagrees"]),
            st.sampled_from([[], ["symptoms"]]),
        ),
        max_size=12,
    )
)
def test_whatever_happened_the_counts_add_up_and_each_is_the_list_it_leads_to(acting, journeys):
    with transaction.atomic():
        for person_id, state, outcome, warnings in journeys:
            declaration = expect(person_id=person_id, outcome=outcome, warnings=warnings)
            if state == "met":
                actions.meet_many(acting, [declaration])
            elif state == "withdrawn":
                withdraw(person_id, declaration)
            elif state:
                cross(declaration, person_id, state=state)
        counts = lookups.summary(acting, Filters())
        assert (
            sum(counts[state] for state in lookups.STATES)
            == counts["all"]
            == len({person for person, *_ in journeys})
        )
        for state in lookups.STATES:
            assert len(people(acting, states=(state,))) == counts[state]
        assert len(people(acting, attention=True)) == counts["attention"]
        for row in lookups.arrivals(acting, Filters()):
            assert row["attention"] == 4 if row["warnings"] and row["state"] in lookups.LIVE else True
        transaction.set_rollback(True)


@pytest.mark.parametrize("order", list(lookups.ORDERS))
def test_the_list_is_ordered_as_asked_and_the_other_way_round(acting, order):
    for person_id, name, days in ((1, "Trần Văn Bình", 2), (2, "Nguyễn Thị An", 0), (3, "Lê Văn An", 1)):
        expect(
            person_id=person_id,
            full_name=name,
            minutes_ago=person_id,
            arrives_on=TODAY() + dt.timedelta(days=days),
        )
    found = {"name": [3, 2, 1], "expected": [2, 3, 1]}.get(order, [1, 2, 3])
    assert people(acting, order=order) == found
    assert people(acting, order=order, backwards=True) == found[::-1]


def test_those_from_one_province_are_found_and_on_the_other_list_those_to_it(acting):
    expect(person_id=1)
    expect(person_id=2, origin_area=area(YEN_HOA))
    expect(person_id=3, origin_area=area(CAU_GIAY), destination_area=area(BEN_THANH))
    assert people(acting, other_area_id=area(HO_CHI_MINH)) == [1]
    assert people(acting, other_area_id=area(HO_CHI_MINH), leaving=True) == [3]
    assert people(acting, other_area_id=999_999_999) == []


def test_a_health_warning_is_counted_for_both_communes_until_they_are_met(acting):
    saigon = acting_as(chi(BEN_THANH, "saigon"))
    declaration = expect(person_id=1, warnings=["positive"])
    expect(person_id=1, warnings=["positive"])
    before = lookups.news(saigon, Filters())
    assert (
        lookups.warned(acting, leaving=False)["people"] == lookups.warned(saigon, leaving=True)["people"] == 1
    )
    assert (
        lookups.warned(acting, leaving=True)["people"] == lookups.warned(saigon, leaving=False)["people"] == 0
    )
    (coming,), (left,) = (lookups.arrivals(who, Filters(leaving=who is saigon)) for who in (acting, saigon))
    assert coming["attention"] == left["attention"] == 4
    actions.meet(acting, declaration)
    assert lookups.warned(saigon, leaving=True)["people"] == 0
    assert lookups.news(saigon, Filters()) != before


def test_after_they_are_met_the_warnings_of_every_journey_are_still_told(acting):
    expect(person_id=1, minutes_ago=2, warnings=["symptoms", "contact", "positive"])
    healthy = expect(person_id=1, minutes_ago=1)
    actions.meet(acting, healthy)
    (met,) = lookups.arrivals(acting, Filters())
    assert (met["state"], met["attention"], set(met["warnings"])) == (
        "met",
        0,
        {"symptoms", "contact", "positive"},
    )
    assert people(acting, warned=True) == [1]


def test_a_cancelled_journey_heals_nobody_as_long_as_the_illness_counts(acting):
    for person_id, days in ((1, 13), (2, 15)):
        withdraw(person_id, expect(person_id=person_id, minutes_ago=days * DAY, warnings=["positive"]))
    found = {row["person_id"]: row for row in lookups.arrivals(acting, Filters())}
    assert {person: (row["state"], row["attention"]) for person, row in found.items()} == {
        1: ("withdrawn", 4),
        2: ("withdrawn", 0),
    }
    assert found[1]["warnings"] == found[2]["warnings"] == ["positive"]


@pytest.mark.parametrize("sick_first", [True, False])
@pytest.mark.parametrize("ids", [(1, 1), (-5, -5), (-5, -6), (1, -6)])
def test_an_illness_declared_for_one_commune_is_known_in_every_other_without_the_journey(
    acting, sick_first, ids
):
    who = {"number": "B1234567", "birth_month": 3, "birth_day": 12}
    sick = {
        "person_id": ids[0],
        "warnings": ["positive"],
        "destination_area": area(YEN_HOA),
        "plate": "29A-00001",
    }
    for journey in ({"person_id": ids[1]}, sick)[:: -1 if sick_first else 1]:
        expect(**who | journey)
    (coming,) = lookups.arrivals(acting, Filters())
    assert (coming["attention"], coming["warnings"], coming["warned_elsewhere"]) == (4, [], ["positive"])
    assert coming["warned_at"] is not None
    assert "29A-00001" not in str(coming)
    assert people(acting, warned=True) == people(acting, attention=True) == [ids[1]]
    assert lookups.warned(acting, leaving=False)["people"] == 1
    assert lookups.summary(acting, Filters())["warned"] == 1
    assert {row["attention"] for row in lookups.arrivals_of(ids[1])} == {4}


def test_an_illness_declared_elsewhere_is_news_and_falls_once_they_are_met_until_another(acting):
    healthy = expect(person_id=1, minutes_ago=9)
    before = lookups.news(acting, Filters())
    expect(person_id=1, warnings=["contact"], destination_area=area(YEN_HOA))
    assert lookups.news(acting, Filters()) != before
    actions.meet(acting, healthy)
    (met,) = lookups.arrivals(acting, Filters())
    assert (met["state"], met["attention"], met["warned_elsewhere"]) == ("met", 0, ["contact"])
    expect(person_id=1, warnings=["positive"], destination_area=area(YEN_HOA))
    (met,) = lookups.arrivals(acting, Filters())
    assert (met["state"], met["attention"], met["warned_elsewhere"]) == ("met", 4, ["contact", "positive"])


@pytest.mark.parametrize(
    ("signs", "days", "attention"),
    [
        (["positive"], 13, 4),
        (["positive"], 15, 1),
        (["contact"], 13, 4),
        (["contact"], 15, 1),
        (["symptoms"], 2, 4),
        (["symptoms"], 4, 1),
        (["symptoms", "contact"], 2, 4),
        (["symptoms", "contact"], 15, 1),
    ],
)
def test_an_illness_that_was_declared_says_something_of_a_new_journey_as_long_as_the_policy_says(
    acting, signs, days, attention
):
    expect(person_id=1, minutes_ago=days * DAY, warnings=signs, destination_area=area(YEN_HOA))
    expect(person_id=1)
    (coming,) = lookups.arrivals(acting, Filters())
    assert (coming["attention"], coming["warned_elsewhere"]) == (
        attention,
        sorted(signs) if attention == 4 else [],
    )


def test_a_test_counts_from_its_own_day(acting):
    expect(person_id=1, minutes_ago=4 * DAY, warnings=["positive"], tested_on=TODAY() - dt.timedelta(15))
    expect(person_id=1)
    assert {row["attention"] for row in lookups.arrivals_of(1) if not row["warnings"]} == {1}


def test_what_was_declared_elsewhere_is_over_for_the_list_when_it_is_for_the_policy(acting):
    expect(person_id=1, minutes_ago=2 * DAY, warnings=["symptoms"], destination_area=area(YEN_HOA))
    expect(person_id=1)
    assert lookups.arrivals(acting, Filters())[0]["attention"] == 4
    with connection.cursor() as cursor:
        cursor.execute("UPDATE arrival SET warned_until = warned_until - interval '1 day 1 minute'")
    assert lookups.arrivals(acting, Filters())[0]["attention"] == 1
    assert lookups.warned(acting, leaving=False)["people"] == 0


def test_an_illness_follows_to_whom_the_journey_is_found_to_be_and_leaves_with_it(acting):
    expect(person_id=1, phone="")
    sick = expect(
        person_id=-5, warnings=["positive"], phone="", full_name="An", destination_area=area(YEN_HOA)
    )
    assert lookups.arrivals(acting, Filters())[0]["attention"] == 1
    stands_under(1, sick)
    actions.identify(-5, 1, sick, outcome="confirmed", differing=[])
    assert lookups.arrivals(acting, Filters())[0]["attention"] == 4
    stands_under(-5, sick)
    actions.identify(1, -5, sick, outcome="not_found", differing=[])
    assert lookups.arrivals(acting, Filters())[0]["attention"] == 1


def test_a_declared_telephone_that_is_not_the_registers_is_told(acting):
    an = someone(phone="0911222333")
    held = people_held([an])[an]["phone"]
    expect(person_id=an, phone=held)
    expect(person_id=-5, phone="0999000111", full_name="Lê Văn Ba")
    assert {row["person_id"]: row["phone_differs"] for row in lookups.arrivals(acting, Filters())} == {
        an: False,
        -5: False,
    }
    expect(person_id=an, phone="0999000111")
    assert {row["person_id"]: row["phone_differs"] for row in lookups.arrivals(acting, Filters())} == {
        an: True,
        -5: False,
    }
    assert lookups.registered_phone(acting, an) == held
    assert lookups.registered_phone(acting_as(chi(BEN_THANH, "saigon")), an) == ""


def test_the_declared_number_is_shown_to_either_commune_and_to_nobody_else_and_on_the_record(acting):
    declaration = expect(person_id=1, number="001085012345")
    assert lookups.number(acting, declaration) == "001085012345"
    with pytest.raises(NoSuchArrival):
        lookups.number(acting_as(chi(YEN_HOA, "neighbour")), declaration)
    assert recorded(1, "arrivals.number_shown") == 1


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
        lookups.listing(acting, Filters(), refreshed=True)
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
        expect(
            person_id=person_id, minutes_ago=person_id, outcome="disagrees" if person_id == 4 else "confirmed"
        )
    rows = list(lookups.every_arrival(acting, Filters(), "csv"))
    assert [row["person_id"] for row in rows] == people(acting) == [4, 1, 2, 3, 5]
    assert recorded(3, "arrivals.export") == 1


def stands_under(person_id: int, declaration_id: UUID) -> None:
    """As when its declaration goes to somebody."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE arrival SET person_id = %s WHERE declaration_id = %s", [person_id, declaration_id]
        )
