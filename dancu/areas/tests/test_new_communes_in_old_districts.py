"""A commune of today below the district that it was made from, where a former one is spelled so but for
its marks; and eras that do not fit.
"""

import pytest

from dancu.areas import index, lookups
from dancu.areas.lookups import Area
from dancu.text.folding import fold

from .factories import BEFORE, SINCE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]
QUANG_NGAI = "Tỉnh Quảng Ngãi"


def told(written: str, on=SINCE) -> str | None:
    area = lookups.parse_address(written, on).area
    assert lookups.communes_in([written], on) == {written: area}
    return area and area.path


def made_in(commune: Area) -> list[Area]:
    """The former districts from which a commune of today was made."""
    known = index.current()
    olds = (known.areas[old] for old in known.predecessors.get(commune.area_id, ()))
    return [
        lookups.get(district) for district in sorted({old.district_id for old in olds if old.district_id})
    ]


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("Xã Ba Tơ, Huyện Ba Tơ, Tỉnh Quảng Ngãi", f"Xã Ba Tơ, {QUANG_NGAI}"),
        ("Xã Ba Tơ, Huyện Ba Tơ", f"Xã Ba Tơ, {QUANG_NGAI}"),
        ("xã Ba Tơ huyện Ba Tơ tỉnh Quảng Ngãi", f"Xã Ba Tơ, {QUANG_NGAI}"),
        ("Thôn 2, X. Ba Tơ, H. Ba Tơ, Quảng Ngãi", f"Xã Ba Tơ, {QUANG_NGAI}"),
        ("Xã Ba Tô, Huyện Ba Tơ, Tỉnh Quảng Ngãi", f"Xã Ba Tô, Huyện Ba Tơ, {QUANG_NGAI}"),
        ("XÃ SƠN HÀ, HUYỆN SƠN HÀ, QUẢNG NGÃI", f"Xã Sơn Hà, {QUANG_NGAI}"),
        ("Xã Nghĩa Hưng, Huyện Nghĩa Hưng, Tỉnh Nam Định", "Xã Nghĩa Hưng, Tỉnh Ninh Bình"),
        ("Xã Yên Bình, Huyện Yên Bình, Tỉnh Yên Bái", "Xã Yên Bình, Tỉnh Lào Cai"),
        ("Xã Tân Thạnh, Huyện Tân Thạnh, Tỉnh Tây Ninh", "Xã Tân Thạnh, Tỉnh Tây Ninh"),
        ("Xã Vạn Lộc, Huyện Hậu Lộc, Thanh Hóa", "Xã Vạn Lộc, Tỉnh Thanh Hóa"),
    ],
)
def test_the_one_that_has_the_very_marks_is_meant(written, path):
    assert told(written) == path


def test_so_it_is_of_all_new_communes_that_a_former_one_is_called_nearly_like():
    wrong = []
    for commune in lookups.communes(SINCE):
        for district in made_in(commune):
            for province in (district.province_id, commune.province_id):
                written = f"{commune.name}, {district.name}, {lookups.get(province).name}"
                area = lookups.parse_address(written, SINCE).area
                became = index.current().successors_of(area.area_id) if area else ()
                if area and area.short_name != commune.short_name and commune.area_id not in became:
                    wrong.append((written, area.path))
    assert wrong == []


def test_before_the_reform_and_without_marks_it_is_the_former_one_or_none():
    assert told("Xã Ba Tơ, Huyện Ba Tơ, Tỉnh Quảng Ngãi", BEFORE) == f"Xã Ba Tô, Huyện Ba Tơ, {QUANG_NGAI}"
    assert told("xa ba to, huyen ba to, quang ngai") == f"Xã Ba Tô, Huyện Ba Tơ, {QUANG_NGAI}"
    assert told("xa yen binh, huyen yen binh, yen bai") is None


@pytest.mark.parametrize("on", [BEFORE, SINCE])
def test_a_district_without_its_province_is_not_one_of_other_marks(on):
    known = index.current()
    districts = [area for area in known.areas.values() if area.level == 2 and area.stood(BEFORE)]
    alike = [
        one
        for one in districts
        if sum(known.short_keys[one.area_id] == known.short_keys[other.area_id] for other in districts) > 1
    ]
    assert len(alike) > 20
    for district in alike:
        for below in known.below[district.area_id]:
            written = f"{known.areas[below].name}, {district.name}"
            area = lookups.parse_address(written, on).area
            called = area and (lookups.get(area.district_id).short_name if area.district_id else None)
            assert called in (None, district.short_name), written
            assert lookups.communes_in([written], on) == {written: area}
    assert told("Xã Thanh Trì, Huyện Thanh Trì", on) is None
    assert told("Xã Thạnh Trị, Huyện Thạnh Trị", on) == "Xã Thạnh Trị, Huyện Thạnh Trị, Tỉnh Sóc Trăng"


def test_a_districts_name_below_a_province_that_is_no_more_is_no_commune_of_today():
    """12 Lê Lợi, Thuận An, Bình Dương: the district, of which 29 % of the communes went into its namesake."""
    known = index.current()
    provinces = [area for area in known.areas.values() if area.level == 1]
    standing = {province.name for province in provinces if province.valid_to is None}
    gone = {province.area_id for province in provinces if province.name not in standing}
    districts = [area for area in known.areas.values() if area.level == 2 and area.province_id in gone]
    assert len(districts) > 200
    for district in districts:
        province = lookups.get(district.province_id)
        for house in ("12 Lê Lợi, ", "Thôn 3, ", ""):
            written = f"{house}{district.short_name}, {province.name}"
            for text in (written, fold(written)):
                area = lookups.parse_address(text, SINCE).area
                assert area is None or area.province_id == province.area_id, text
                assert lookups.communes_in([text], SINCE) == {text: area}


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("12 Lê Lợi, Phường Thuận An, Bình Dương", "Phường Thuận An, Thành phố Hồ Chí Minh"),
        ("12 Lê Lợi, Đông Anh, Hà Nội", "Xã Đông Anh, Thành phố Hà Nội"),
        ("12 Lê Lợi, Thuận An, TP. Hồ Chí Minh", "Phường Thuận An, Thành phố Hồ Chí Minh"),
        ("12 Lê Lợi, Thuận An, Bình Dương", None),
        ("Thôn 3, Bắc Mê, Hà Giang", None),
        ("Thôn 3, Xã Bắc Mê, Hà Giang", "Xã Bắc Mê, Tỉnh Tuyên Quang"),
    ],
)
def test_with_its_kind_or_its_own_province_it_is(written, path):
    assert told(written) == path
