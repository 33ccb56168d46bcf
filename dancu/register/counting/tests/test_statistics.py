"""What the statistics tell an official of the population of an area, and what they keep to themselves."""

import datetime as dt

import pytest

from dancu.areas import lookups as areas
from dancu.register import actions, counting
from dancu.register.errors import NotYourArea
from dancu.register.lookups import statistics
from dancu.rollups import lookups as rollups
from dancu.rollups.small_numbers import guarded
from dancu.testing.database import rows
from dancu.testing.officials import acting_as, make_official
from dancu.testing.people import (
    BEFORE,
    BEN_THANH,
    CAU_GIAY,
    DICH_VONG,
    HA_NOI,
    YEN_HOA,
    area,
    chi,
    ha,
    someone,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

ON = dt.date(2026, 11, 1)


def people(code: str, many: int, age: int = 41, sex: int = 1, on: dt.date | None = None) -> list[int]:
    return [
        someone(home=area(code, on), birth_date=dt.date(ON.year - age, 6, 1), sex=sex) for _ in range(many)
    ]


@pytest.fixture(params=[False, True], ids=["waiting", "added up"])
def added_up(request):
    return counting.fold if request.param else lambda: None


def test_the_country_by_age_sex_and_province(added_up):
    (
        people(CAU_GIAY, 4),
        people(YEN_HOA, 3, age=15, sex=2),
        people(BEN_THANH, 5, age=60, sex=2),
        people(BEN_THANH, 1, age=104),
    )
    dead, missing = people(CAU_GIAY, 2)
    actions.record_death(acting_as(ha(username="ha-1")), dead, dt.date(2021, 8, 1), "test")
    actions.record_missing(acting_as(ha(username="ha-2")), missing, dt.date(2021, 8, 1), "test")
    added_up()
    told = statistics(acting_as(ha()), on=ON)
    assert (told.area, told.people, told.men, told.women, told.under_16, told.from_60) == (
        None,
        13,
        5,
        8,
        3,
        6,
    )
    assert (told.dead, told.missing) == (1, 1)
    assert {(band.first, band.last): (band.men, band.women) for band in told.bands if band.people} == {
        (40, 44): (4, 0),
        (15, 19): (0, 3),
        (60, 64): (0, 5),
        (100, None): (1, 0),
    }
    assert [(part.area.code, part.people, part.men, part.under_16, part.from_60) for part in told.parts] == [
        (HA_NOI, 7, 4, 3, 0),
        ("79", 6, 1, 0, 6),
    ]
    assert (
        sum(band.people or 0 for band in statistics(acting_as(ha(username="ha-3")), on=ON, width=1).bands)
        == 13
    )


def test_a_province_by_commune_with_the_people_of_wards_that_became_one_of_today(added_up):
    people(CAU_GIAY, 4), people(DICH_VONG, 5, on=BEFORE), people(YEN_HOA, 6), people(BEN_THANH, 7)
    added_up()
    told = statistics(acting_as(ha()), area(HA_NOI), ON)
    assert told.people == 15
    assert [(part.area.code, part.people) for part in told.parts] == [(CAU_GIAY, 9), (YEN_HOA, 6)]
    assert statistics(acting_as(chi()), on=ON).people == 9


def test_who_is_added_up_and_who_still_waits_count_together_in_every_place():
    people(CAU_GIAY, 4), people(DICH_VONG, 3, on=BEFORE, sex=2), people(YEN_HOA, 5)
    counting.fold()
    people(CAU_GIAY, 6, age=3), people(DICH_VONG, 4, on=BEFORE, age=60, sex=2), people(YEN_HOA, 3)
    told = statistics(acting_as(ha()), area(HA_NOI), ON)
    assert [(part.area.code, part.people, part.men, part.under_16, part.from_60) for part in told.parts] == [
        (CAU_GIAY, 17, 10, 6, 4),
        (YEN_HOA, 8, 8, 0, 0),
    ]
    assert {
        band.first: (band.men, band.women)
        for band in statistics(acting_as(chi()), on=ON).bands
        if band.people
    } == {0: (6, 0), 40: (4, 3), 60: (0, 4)}


def test_the_years_are_those_reached_in_the_year():
    someone(birth_date=dt.date(2011, 1, 1)), someone(birth_date=dt.date(2010, 12, 31))
    told = statistics(acting_as(ha()), on=ON, width=1)
    assert [(band.first, band.men) for band in told.bands if band.men] == [(15, 1), (16, 1)]
    assert told.under_16 == 1


def test_small_numbers_of_a_commune_are_not_told_nor_what_they_follow_from(added_up):
    (
        people(CAU_GIAY, 20, age=30),
        people(CAU_GIAY, 9, age=20),
        people(CAU_GIAY, 1, age=85),
        people(CAU_GIAY, 12, age=30, sex=2),
    )
    added_up()
    told = statistics(acting_as(chi()), on=ON)
    assert (told.people, told.men, told.women, told.from_60, told.share_from_60) == (42, 30, 12, None, None)
    assert [band.first for band in told.bands if band.men is None] == [20, 85]  # the next larger one with it
    assert all(band.women is not None for band in told.bands)
    assert [band.people for band in told.bands if band.first == 30] == [32]


def test_in_the_list_of_communes_a_small_number_hides_that_communes_details_and_the_least_others():
    people(CAU_GIAY, 50, age=30), people(CAU_GIAY, 50, sex=2), people(YEN_HOA, 40), people(YEN_HOA, 40, sex=2)
    third = next(
        part
        for part in areas.communes(ON)
        if part.province_id == area(HA_NOI) and part.code not in (CAU_GIAY, YEN_HOA)
    )
    people(third.code, 2, age=70), people(third.code, 60), people(third.code, 60, sex=2)
    told = {part.area.code: part for part in statistics(acting_as(ha()), area(HA_NOI), ON).parts}
    assert {code: part.people for code, part in told.items()} == {CAU_GIAY: 100, YEN_HOA: 80, third.code: 122}
    assert [code for code, part in told.items() if part.men is None] == sorted(
        [YEN_HOA, third.code], key=list(told).index
    )
    assert told[CAU_GIAY].men == 50


def test_what_a_commune_withholds_does_not_follow_from_the_province_less_all_others(added_up):
    (
        people(CAU_GIAY, 50, age=30),
        people(CAU_GIAY, 1, age=85),
        people(CAU_GIAY, 40, sex=2),
        people(YEN_HOA, 40, age=30),
        people(YEN_HOA, 30, age=85),
        people(YEN_HOA, 40, sex=2),
    )
    (dead,) = people(CAU_GIAY, 1)
    actions.record_death(acting_as(ha(username="ha-1")), dead, dt.date(2021, 8, 1), "test")
    added_up()
    nation, province = acting_as(ha()), acting_as(ha(HA_NOI, "ha-2"))
    officials = {
        CAU_GIAY: [nation, province, acting_as(chi())],
        YEN_HOA: [nation, province, acting_as(chi(YEN_HOA, "chi-2"))],
    }
    told = {
        code: [statistics(official, area(code), ON) for official in reading]
        for code, reading in officials.items()
    }
    for pages in told.values():
        assert all(
            (page.bands, page.from_60, page.dead) == (pages[0].bands, pages[0].from_60, pages[0].dead)
            for page in pages
        )
    one, other = told[CAU_GIAY][0], told[YEN_HOA][0]
    assert (one.dead, other.dead) == (None, None)  # nowhere are there enough to hide the one
    assert [band.first for band in one.bands if band.men is None] == [30, 85]
    assert [band.first for band in other.bands if band.men is None] == [30, 85]
    assert (one.from_60, other.from_60, other.people, other.men) == (None, None, 110, 70)
    assert {part.from_60 for part in statistics(province, area(HA_NOI), ON).parts} == {None}


def test_what_is_hidden_in_a_column_does_not_follow_from_its_sum():
    assert guarded([5, 0, 2, 3, 9]) == [5, 0, None, None, 9]
    assert guarded([1, 1, 7]) == [None, None, None]
    assert guarded([3, 0, 4]) == [3, 0, 4]


def test_an_official_reads_the_statistics_of_their_own_area_only():
    commune = acting_as(chi())
    assert statistics(commune, area(CAU_GIAY)).area.code == CAU_GIAY
    for elsewhere in (area(YEN_HOA), area(HA_NOI), 999_999_999):
        with pytest.raises(NotYourArea):
            statistics(commune, elsewhere)
    province = acting_as(ha(HA_NOI))
    assert statistics(province).area.code == HA_NOI
    assert statistics(province, area(YEN_HOA)).area.code == YEN_HOA
    with pytest.raises(NotYourArea):
        statistics(province, area(BEN_THANH))
    with pytest.raises(NotYourArea):
        statistics(acting_as(make_official("dung", "vaccinator", "facility", 3)))


def test_who_read_statistics_stands_in_the_audit():
    official = chi()
    statistics(acting_as(official), detail="csv")
    noted = rows("SELECT person_id, actor_id, detail FROM audit_entry WHERE action = 'register.statistics'")
    assert noted == [(0, official.pk, f"{CAU_GIAY} csv")]


def test_changes_that_pile_up_are_added_to_the_sums_by_the_next_reader(monkeypatch):
    monkeypatch.setattr(rollups, "MANY", 3)
    people(CAU_GIAY, 4)
    assert statistics(acting_as(ha())).people == 4
    assert rows("SELECT * FROM population_change") == []
