"""What else an address says speaks against a commune: marks, the kind of another unit, a longer name,
another district.
"""

import random
from collections.abc import Iterator

import pytest

from dancu.areas import index, lookups
from dancu.areas.folding import key
from dancu.areas.lookups import Area
from dancu.text.folding import fold

from .factories import BEFORE, SINCE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]
SHORT = {"Quận ": "Q.", "Huyện ": "H.", "Thị xã ": "TX.", "Thành phố ": "TP.", "Tỉnh ": ""}
NO_COMMUNE = [
    "12 Lê Lợi, TP. Thanh Hóa, Thanh Hóa",  # no Thạnh Hóa in Long An
    "12 Lê Lợi, Thanh Hóa, Thanh Hóa",
    "12 Lê Lợi, TP Vũng Tàu, Bà Rịa - Vũng Tàu",  # no Bà Rịa
    "12 Lê Lợi, H.Châu Đức, Bà Rịa - Vũng Tàu",
    "H. Yên Khánh, Ninh Bình",  # no Hiển Khánh
    "TP Lào Cai, Lào Cai",
    "da lat lam dong",  # no Lát
    "H.Long Đất, Bà Rịa - Vũng Tàu",  # no Hòa Long
    "Đức Thuận, Hàm Tân, Bình Thuận",  # which lies in Tánh Linh
    "Lũng Cú, Hà Giang, Hà Giang",  # which lies in Đồng Văn, not in the city
    "12 Lê Lợi, Long Hưng, Gò Công Đông, Tiền Giang",
    "Mỹ Thạnh An, Ba Tri, Bến Tre",  # no Mỹ Thạnh
    "Tân Hiệp, Thanh Hóa",
]  # fmt: skip


@pytest.mark.parametrize("day", [BEFORE, SINCE])
@pytest.mark.parametrize("written", NO_COMMUNE)
def test_what_speaks_against_a_commune_leaves_none(written, day) -> None:
    assert {text: path for text in (written, fold(written)) if (path := told(text, day))} == {}
    assert lookups.communes_in([written], day) == {written: None}


@pytest.mark.parametrize(
    "written",
    [
        "Núa Ngam, Điện Biên Phủ, Điện Biên",
        "12 Lê Lợi, Thạch Hà, Hà Tĩnh",
        "Tân Thành, Phú Lương, Thái Nguyên",
        "Chi Lăng, Lạng Sơn",
        "thanh hoa thanh hoa",
    ],
)
def test_a_district_is_no_commune_of_that_name_while_there_are_districts(written) -> None:
    assert told(written, BEFORE) is None


def test_marks_tell_namesakes_apart_and_none_are_no_contradiction() -> None:
    thach_ha, thach_da = "Phường Thạch Hạ, Thành phố Hà Tĩnh, Tỉnh Hà Tĩnh", "Xã Thạch Hà, Tỉnh Hà Tĩnh"
    assert (
        told("Phường Thạch Hạ, TP Hà Tĩnh", BEFORE) == told("phuong thach ha, tp ha tinh", BEFORE) == thach_ha
    )
    assert told("12 Lê Lợi, Thạch Hà, Hà Tĩnh", SINCE) == thach_da
    below_its_province = ["Tiền Phong, Thái Nguyên", "Tiên Phong, Thái Nguyên", "tien phong, thai nguyen"]
    below_its_district = [text.replace(", ", ", Phổ Yên, ") for text in below_its_province]
    tien_phong = "Phường Tiên Phong, Thành phố Phổ Yên, Tỉnh Thái Nguyên"
    assert [told(text, SINCE) for text in below_its_province] == [None, tien_phong, tien_phong]
    assert {told(text, SINCE) for text in below_its_district} == {tien_phong}
    for written in (below_its_province, below_its_district):
        assert lookups.communes_in(written, SINCE) == {
            text: lookups.parse_address(text, SINCE).area for text in written
        }


@pytest.mark.parametrize("day", [BEFORE, SINCE])
@pytest.mark.parametrize("house", ["", "12 Lê Lợi", "Số 5 đường Trần Phú"])
def test_no_district_named_by_its_kind_is_a_commune_but_the_islands(house, day) -> None:
    for district in districts(60):
        above = lookups.get(district.province_id)
        for name in (district.name, shortened(district.name)):
            for written in (
                f"{house}, {name}, {above.name}",
                f"{house}, {name}, {shortened(above.name)}",
                fold(f"{house} {name} {above.short_name}"),
            ):
                path = told(written.strip(" ,"), day)
                assert path is None or path.startswith(f"{district.name}, "), written


@pytest.mark.parametrize("day", [BEFORE, SINCE])
def test_a_commune_is_not_read_below_another_district_of_its_province(day) -> None:
    written = list(in_another_district(200))

    wrong = {text: path for text in written if (path := told(text, day)) and not is_todays(path, text)}

    assert len(wrong) <= 0.01 * len(written), wrong


@pytest.mark.parametrize(
    ("written", "path"),
    [
        (
            "Thôn Trọng Quan, Đông Hoàng, Đông Hưng, Thái Bình",
            "Xã Đông Hoàng, Huyện Đông Hưng, Tỉnh Thái Bình",
        ),
        ("12 thoi quan vinh phuoc a go quao kien giang", "Xã Vĩnh Phước A, Huyện Gò Quao, Tỉnh Kiên Giang"),
        ("hong gai, ha long, q.ninh", "Phường Hồng Gai, Thành phố Hạ Long, Tỉnh Quảng Ninh"),
        ("my dinh 1 nam tu liem ha noi", "Phường Mỹ Đình 1, Quận Nam Từ Liêm, Thành phố Hà Nội"),
        ("Tân Lang, Phù Yên", "Xã Tân Lang, Huyện Phù Yên, Tỉnh Sơn La"),  # no Phú Yên
        (
            "Phường Long Phước, Quận 9, TP Thủ Đức, TP HCM",
            "Phường Long Phước, Thành phố Thủ Đức, Thành phố Hồ Chí Minh",
        ),
    ],
)
def test_what_only_seems_to_speak_against_it_does_not(written, path) -> None:
    assert told(written, BEFORE) == told(written, SINCE) == path


def told(text: str, day) -> str | None:
    area = lookups.parse_address(text, day).area
    return area and area.path


def shortened(name: str) -> str:
    return next(
        (short + name.removeprefix(kind) for kind, short in SHORT.items() if name.startswith(kind)), name
    )


def districts(count: int) -> list[Area]:
    return random.Random(41).sample(
        [area for area in index.current().areas.values() if area.level == 2], count
    )


def in_another_district(count: int) -> Iterator[str]:
    """Addresses as cards print them, each with a district of the commune's province in which none is or
    was called so, nor any made of it.
    """
    known, dice = index.current(), random.Random(42)
    communes, places = lookups.communes(BEFORE), districts(696)
    while count:
        commune, district = dice.choice(communes), dice.choice(places)
        called = {
            name
            for below in known.below[district.area_id]
            for name in known.areas[below].search_key.split("|")
        }
        if (
            district.province_id == commune.province_id
            and not known.lay_in(commune, {district.area_id})
            and key(commune.short_name) not in called
            and not any(
                known.ever_lay_in(same, {district.area_id})
                for same in known.by_name[3, key(commune.short_name)]
            )
        ):
            count -= 1
            yield (
                f"{commune.short_name}, {district.short_name}, {lookups.get(commune.province_id).short_name}"
            )


def is_todays(path: str, written: str) -> bool:
    """Whether it is the commune of today that is called as the district was: what is before it may be a
    hamlet.
    """
    return len(path.split(", ")) == 2 and key(path.split(", ")[0]).endswith(key(written.split(", ")[1]))
