from datetime import date

import pytest
from django.utils import translation

from dancu.areas import lookups

from .factories import BEFORE, SINCE, area_id

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]
BEN_NGHE = "Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Q.1 TP HCM", "Quận 1, Thành phố Hồ Chí Minh"),
        ("phường Bến Nghé", BEN_NGHE),
        ("p ben nghe q1", BEN_NGHE),
        ("P.BEN NGHE Q.01 TPHCM", BEN_NGHE),
        ("tp hcm, quận 1, bến nghé", BEN_NGHE),
        ("Sài Gòn", "Thành phố Hồ Chí Minh"),
        ("SG", "Thành phố Hồ Chí Minh"),
        ("hn", "Thành phố Hà Nội"),
        ("Thừa Thiên Huế", "Thành phố Huế"),
        ("dac lac", "Tỉnh Đắk Lắk"),
        ("brvt", "Tỉnh Bà Rịa - Vũng Tàu"),
        ("tx son tay", "Thị xã Sơn Tây, Thành phố Hà Nội"),
        ("TT. Yên Viên", "Thị trấn Yên Viên, Huyện Gia Lâm, Thành phố Hà Nội"),
        ("x yên viên", "Xã Yên Viên, Huyện Gia Lâm, Thành phố Hà Nội"),
        ("h. gia lâm", "Huyện Gia Lâm, Thành phố Hà Nội"),
        ("quận 9", "Thành phố Thủ Đức, Thành phố Hồ Chí Minh"),
        ("phương mai", "Phường Phương Mai, Quận Đống Đa, Thành phố Hà Nội"),
        ("mdrak", "Huyện M'Đrắk, Tỉnh Đắk Lắk"),
        ("p1 q3", "Phường 1, Quận 3, Thành phố Hồ Chí Minh"),
    ],
)
def test_a_unit_is_found_as_people_type_it(typed: str, meant: str) -> None:
    assert lookups.find(typed, BEFORE)[0].path == meant


def test_a_number_is_not_the_beginning_of_another() -> None:
    found = lookups.find("Quận 1", BEFORE, level=2)

    assert [area.name for area in found] == ["Quận 1"]


def test_marks_tell_apart_what_folds_alike() -> None:
    assert lookups.find("Tân Thạnh", SINCE, level=3, limit=1)[0].short_name == "Tân Thạnh"
    assert lookups.find("Tân Thành", SINCE, level=3, limit=1)[0].short_name == "Tân Thành"


def test_without_a_day_today_is_meant() -> None:
    assert all(area.valid_to is None for area in lookups.find("bến"))


def test_a_level_is_kept_to() -> None:
    assert lookups.find("Sài Gòn", SINCE, level=3)[0].name == "Phường Sài Gòn"
    assert {area.level for area in lookups.find("hà", SINCE, level=1)} == {1}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Ben Thanh Ward, Ho Chi Minh City", "Phường Bến Thành, Thành phố Hồ Chí Minh"),
        ("Ben Thanh W", "Phường Bến Thành, Thành phố Hồ Chí Minh"),
        ("Ninh Kieu District", "Phường Ninh Kiều, Thành phố Cần Thơ"),
        ("Gia Lam District, Hanoi", "Xã Gia Lâm, Thành phố Hà Nội"),
        ("District 1", "Phường Sài Gòn, Thành phố Hồ Chí Minh"),
        ("Ấp Thới Hòa, Bến Cầu, Tây Ninh", "Xã Bến Cầu, Tỉnh Tây Ninh"),
    ],
)
def test_type_ahead_understands_english_kinds_and_a_hamlet_before_the_commune(typed: str, meant: str) -> None:
    assert meant in [each.label for each in lookups.suggest(typed, SINCE)]


def test_what_is_written_with_marks_is_suggested_before_its_namesakes() -> None:
    assert lookups.suggest("Hưng Lợi", SINCE)[0].label == "Phường Tân An, Thành phố Cần Thơ"
    assert lookups.suggest("Hùng Lợi", SINCE)[0].label == "Xã Hùng Lợi, Tỉnh Tuyên Quang"


def test_an_old_name_finds_what_the_unit_became() -> None:
    assert lookups.find("Phường Bến Nghé, Quận 1", SINCE)[0].path == "Phường Sài Gòn, Thành phố Hồ Chí Minh"
    assert {"Phường Bến Thành", "Phường Tân Định"} <= {
        area.name for area in lookups.find("Q.1 TP HCM", SINCE)
    }


def test_type_ahead_suggests_the_successor_and_says_what_it_was() -> None:
    with translation.override("vi"):
        (first, *_) = lookups.suggest("Phường Bến Nghé, Quận 1", SINCE)

    assert first.label == "Phường Sài Gòn, Thành phố Hồ Chí Minh"
    assert first.note == f"trước đây là {BEN_NGHE}"


def test_type_ahead_says_where_only_a_part_went(small_country: None) -> None:
    with translation.override("en"):
        suggested = lookups.suggest("xã ngô", SINCE)

    assert [(each.area.name, each.note) for each in suggested] == [
        ("Xã Đồng Lúa", "formerly Xã Ngô, Huyện Đồng Quê, Tỉnh An Bình"),
        ("Phường Bãi Ngô", "took part of Xã Ngô, Huyện Đồng Quê, Tỉnh An Bình"),
    ]


def test_type_ahead_for_a_past_day_knows_todays_names(small_country: None) -> None:
    with translation.override("en"):
        suggested = lookups.suggest("bãi ngô", BEFORE)

    assert {(each.area.name, each.note) for each in suggested} == {
        ("Xã Ngô", "now in Phường Bãi Ngô, Tỉnh An Bình"),
        ("Xã Khoai", "now in Phường Bãi Ngô, Tỉnh An Bình"),
    }


def test_type_ahead_suggests_communes_of_the_day_only() -> None:
    for day in (BEFORE, SINCE):
        for typed in ("bến ng", "th", "hà nội", "quận 1"):
            suggested = lookups.suggest(typed, day)
            assert len(suggested) == len({each.area.area_id for each in suggested}) <= 10
            assert suggested and all(each.area.level == 3 and each.area.stood(day) for each in suggested)


@pytest.mark.parametrize("typed", ["", " ", "b", "zzzz", "…", "%", "' OR 1=1 --", "\x00", "Q" * 5000])
def test_type_ahead_shrugs_at_nonsense(typed: str) -> None:
    assert lookups.suggest(typed, SINCE) == []


def test_an_island_is_found_as_district_and_as_where_one_lives() -> None:
    before = lookups.find("Lý Sơn", BEFORE, limit=2)

    assert [(area.level, area.path) for area in before] == [
        (2, "Huyện Lý Sơn, Tỉnh Quảng Ngãi"),
        (3, "Huyện Lý Sơn, Tỉnh Quảng Ngãi"),
    ]
    assert lookups.successors(before[1].area_id) == [lookups.get(area_id("21548", SINCE))]
    assert lookups.find("Lý Sơn", date(2025, 7, 1))[0].name == "Đặc khu Lý Sơn"
