"""A commune that is not there, in a district or province that is, is no other commune."""

import re
from collections.abc import Callable
from datetime import date

import pytest

from dancu.areas import index, lookups
from dancu.text.folding import fold

from .factories import BEFORE, SINCE
from .invented import invented_addresses

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]
NOWHERE = [
    "Phường Không Tên, Huyện Châu Thành, Tỉnh Đồng Tháp",  # no Phú Long
    "thôn 2, phuong bia dat, Huyện Bình Đại, Tỉnh Bến Tre",
    "Phường Long Phước, Thành phố Huế",  # no Thượng Long
    "Xã Tân Lạ, Quận Ô Môn, Cần Thơ",  # no T. An
    "Xã Tân Lạ, Huyện Thanh Chương, Tỉnh Nghệ An",
    "Xã Tân Lạ, Quận Thốt Nốt, Thành phố Cần Thơ",
    "Xã Tân Lạ, Huyện Vũng Liêm, Tỉnh Vĩnh Long",
    "Xã Tân Cương, Huyện Điện Biên Đông, Tỉnh Điện Biên",
    "P. An, Huyện Thanh Chương, Tỉnh Nghệ An",
    "Xã Mây Hồng, Hà Nội",  # no Mai Động
    "Xã Thanh Đình, Huyện Hướng Hóa, Tỉnh Quảng Trị",  # no Thanh with a word more
    "Thôn 2 Xã Cà Tĩnh Huyện Cồn Cỏ Tỉnh Quảng Trị",
    "Tổ 5 Phường Định An Thị xã Ayun Pa Tỉnh Gia Lai",
]  # fmt: skip
WAYS: dict[str, Callable[[str], str]] = {
    "without commas": lambda text: text.replace(",", ""),
    "without marks": fold,
    "with neither": lambda text: fold(text).replace(",", "").lower(),
    "with short kinds": lambda text: (
        re.sub("Tỉnh |Thành phố ", "", text).replace("Huyện ", "H. ").replace("Xã ", "X. ")
    ),
}


@pytest.mark.parametrize("day", [BEFORE, SINCE])
@pytest.mark.parametrize("written", NOWHERE)
def test_a_commune_that_is_not_there_is_none(written, day):
    for text in (written, fold(written), written.upper()):
        assert lookups.parse_address(text, day).area is None


def test_a_kind_that_a_commune_never_had_is_another_commune_where_all_above_is_in_full():
    lap, phu = "Xã Tân Lập, Huyện Lục Yên, Tỉnh Yên Bái", "Phường Nghi Phú, Thành phố Vinh, Tỉnh Nghệ An"
    once, never = "Xã Nghi Phú, Thành phố Vinh, Tỉnh Nghệ An", "Phường Tân Lập, Huyện Lục Yên, Tỉnh Yên Bái"
    for day in (BEFORE, SINCE):
        assert told([lap, never, once], day) == {lap: lap, once: phu}
        assert lookups.communes_in([never], day) == {never: None}


def test_no_invented_commune_is_taken_for_one_that_is_there():
    for day, seed in ((BEFORE, 31), (SINCE, 32)):
        assert told(invented_addresses(1000, seed), day) == {}


@pytest.mark.parametrize("way", WAYS)
def test_hardly_any_is_where_commas_marks_or_kinds_are_left_out(way):
    for day, seed in ((BEFORE, 33), (SINCE, 34)):
        written = [WAYS[way](text) for text in invented_addresses(400, seed)]
        assert len(told(written, day)) <= 0.005 * len(written), told(written, day)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("X. T. Bình, H. Vũng Liêm, Vĩnh Long", "Xã Thanh Bình, Huyện Vũng Liêm, Tỉnh Vĩnh Long"),
        ("X.Ba bĐình, Nga Sơn, Tỉnh Thanh Hóa", "Xã Ba Đình, Huyện Nga Sơn, Tỉnh Thanh Hóa"),
        ("ấp 5, xã tân lkng,huyện lương tài, bắc ninh", "Xã Tân Lãng, Huyện Lương Tài, Tỉnh Bắc Ninh"),
        ("X. Tân Lăng, Huyện Lương Tài, Bắc Ninh", "Xã Tân Lãng, Huyện Lương Tài, Tỉnh Bắc Ninh"),
    ],
)
def test_one_letter_of_one_word_may_be_wrong_or_missing(written, meant):
    assert told([written], BEFORE) == {written: meant}


def told(written: list[str], day: date) -> dict[str, str]:
    """What was read of those that were read."""
    areas = {text: lookups.parse_address(text, day).area for text in written}
    return {text: area.path for text, area in areas.items() if area}


@pytest.mark.parametrize(
    "written", ["{}", "{}, Việt Nam", "tỉnh {}", "Quê {}", "Người {}", "ở {}", "12 Lê Lợi, {}"]
)
@pytest.mark.parametrize("day", [BEFORE, SINCE])
def test_a_provinces_name_alone_is_no_commune_of_another(written: str, day: date) -> None:
    known = index.current()
    for province in (area for area in known.areas.values() if area.level == 1):
        found = lookups.parse_address(written.format(province.short_name), day).area
        called = {each.area_id for each in known.by_name[1, fold(province.short_name)]}
        assert found is None or not called.isdisjoint(
            (found.province_id, *known.related(found.province_id))
        ), found
