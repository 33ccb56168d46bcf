from datetime import date

import pytest
from django.db import transaction

from dancu.areas import actions, lookups
from dancu.areas.errors import UnknownArea

from .factories import BEFORE, REFORM, SINCE, area_id, unit

pytestmark = pytest.mark.django_db


def names(areas: list[lookups.Area]) -> list[str]:
    return [area.name for area in areas]


def test_a_code_means_another_unit_after_the_reform(small_country: None) -> None:
    before, since = lookups.unit("00001", BEFORE), lookups.unit("00001", SINCE)

    assert before and since
    assert (before.name, since.name) == ("Xã Lúa", "Xã Đồng Lúa")
    assert before.area_id != since.area_id


def test_a_unit_ends_before_the_first_day_it_is_no_more(small_country: None) -> None:
    on_the_day = lookups.unit("00001", REFORM)

    assert on_the_day and on_the_day.name == "Xã Đồng Lúa"
    assert lookups.unit("00002", REFORM) is None
    assert lookups.unit("77777", REFORM) is None


def test_many_units_are_read_at_once_and_strangers_left_out(small_country: None) -> None:
    known = area_id("00001", SINCE)

    assert lookups.get_many([known, 10**9]) == {known: lookups.get(known)}
    with pytest.raises(UnknownArea):
        lookups.get(10**9)


def test_the_communes_of_a_day_are_those_that_stood(small_country: None) -> None:
    assert names(lookups.communes(BEFORE)) == ["Xã Lúa", "Xã Ngô", "Xã Khoai", "Huyện Đảo"]
    assert names(lookups.communes(SINCE)) == ["Xã Đồng Lúa", "Phường Bãi Ngô", "Đặc khu Đảo"]


def test_whole_columns_of_codes_are_looked_up_era_by_era(small_country: None) -> None:
    before, since = lookups.ids_by_code_and_era()

    assert (before.valid_to, since.valid_from, since.valid_to) == (REFORM, REFORM, None)
    assert before.ids["00001"] == area_id("00001", BEFORE)
    assert since.ids["00001"] == area_id("00001", SINCE)


def test_a_divided_commune_names_first_who_took_most_of_it(small_country: None) -> None:
    assert names(lookups.successors(area_id("00002", BEFORE))) == ["Xã Đồng Lúa", "Phường Bãi Ngô"]
    assert names(lookups.predecessors(area_id("00003", SINCE))) == ["Xã Ngô", "Xã Khoai"]


def test_a_district_became_what_its_communes_became(small_country: None) -> None:
    assert names(lookups.successors(area_id("001", BEFORE))) == ["Xã Đồng Lúa", "Phường Bãi Ngô"]


def test_an_officer_sees_those_registered_under_their_communes_old_codes_and_not_the_neighbours(
    small_country: None,
) -> None:
    seen = lookups.ids_below(area_id("00001", SINCE))

    assert set(seen) == {area_id("00001", SINCE), area_id("00001", BEFORE), area_id("00002", BEFORE)}
    assert area_id("00003", SINCE) not in seen


def test_a_divided_communes_people_are_seen_by_the_officers_of_each_part(small_country: None) -> None:
    divided = area_id("00002", BEFORE)

    assert divided in lookups.ids_below(area_id("00001", SINCE))
    assert divided in lookups.ids_below(area_id("00003", SINCE))


def test_an_old_jurisdiction_reaches_what_it_became_but_not_what_else_that_was_made_of(
    small_country: None,
) -> None:
    seen = set(lookups.ids_below(area_id("00003", BEFORE)))

    assert seen == {area_id("00003", BEFORE), area_id("00003", SINCE)}


def test_a_province_sees_all_below_it_in_both_eras(small_country: None) -> None:
    an_binh = set(lookups.ids_below(area_id("01", SINCE)))

    everyone = {area.area_id for day in (BEFORE, SINCE) for area in lookups.communes(day)}
    assert everyone < an_binh
    assert {area_id(code, BEFORE) for code in ("01", "02", "001", "002")} < an_binh


def test_an_island_that_is_all_of_its_district_sees_who_is_registered_in_the_district(
    small_country: None,
) -> None:
    island = set(lookups.ids_below(area_id("00009", SINCE)))

    assert {area_id("00009", BEFORE), area_id("002", BEFORE)} < island


def test_nobody_sees_below_a_unit_that_is_not_there(small_country: None) -> None:
    with pytest.raises(UnknownArea):
        lookups.ids_below(10**9)


def test_distance_is_as_the_crow_flies_and_unknown_where_a_place_is(small_country: None) -> None:
    hanoi, saigon, nowhere = (area_id(code, BEFORE) for code in ("00001", "00002", "00003"))

    assert lookups.distance_km(hanoi, saigon) == pytest.approx(1138.2, abs=1)
    assert lookups.distance_km(hanoi, hanoi) == 0
    assert lookups.distance_km(hanoi, nowhere) is None


def test_the_index_follows_an_import_and_its_rollback(small_country: None) -> None:
    with transaction.atomic():
        actions.import_rows([unit("88", "Tỉnh Chớp Mắt")], [])
        assert lookups.unit("88", date(2020, 1, 1))
        transaction.set_rollback(True)

    assert lookups.unit("88", date(2020, 1, 1)) is None


def test_before_the_first_import_nothing_is_found_and_nothing_breaks(no_areas: None) -> None:
    assert lookups.find("ha noi") == []
    assert lookups.suggest("ha noi", SINCE) == []
    assert lookups.communes(SINCE) == []
    assert lookups.parse_address("Phường Bến Nghé, Quận 1", SINCE).area is None


def test_every_commune_of_the_country_is_seen_from_its_province_and_from_no_other_commune(
    published_areas: None,
) -> None:
    province = lookups.unit("79", SINCE)
    assert province
    seen = set(lookups.ids_below(province.area_id))
    saigon, ben_thanh = lookups.find("Phường Sài Gòn", SINCE)[0], lookups.find("Phường Bến Thành", SINCE)[0]
    ben_nghe = lookups.find("Phường Bến Nghé, Quận 1", BEFORE)[0]

    assert {saigon.area_id, ben_thanh.area_id, ben_nghe.area_id} < seen
    assert ben_nghe.area_id in lookups.ids_below(saigon.area_id)
    assert ben_thanh.area_id not in lookups.ids_below(saigon.area_id)
    binh_duong = lookups.unit("74", BEFORE)
    assert binh_duong and binh_duong.area_id in seen
