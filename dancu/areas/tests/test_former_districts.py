"""Cards are valid for years: an address bears the district of its time, which the list of the last day no
more has.
"""

import csv

import pytest
from django.utils import translation

from dancu.areas import actions, lookups, published
from dancu.text.folding import fold

from .factories import BEFORE, OLD, REFORM, SINCE, link, unit

pytestmark = pytest.mark.django_db


def rows() -> list[dict[str, str]]:
    with published.FORMER_DISTRICTS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_row_names_a_unit_of_the_list_and_its_source() -> None:
    names = {
        row["code"]: row["name"]
        for row in published.units().filter(valid_from=published.ERAS[0]).iter_rows(named=True)
    }

    assert len({row["code"] for row in rows()}) == len(rows())
    for row in rows():
        assert row["now"].startswith(names[row["code"]] + ", ")
        assert len(row["source"]) > 40


@pytest.mark.usefixtures("published_areas")
@pytest.mark.parametrize("day", [BEFORE, SINCE])
def test_a_commune_is_read_below_its_former_district_however_it_is_written(day) -> None:
    for row in rows():
        area = lookups.unit(row["code"], BEFORE)
        if area is None or area.level < 3:
            continue
        full = f"{row['name']}, {row['district']}, {lookups.get(area.province_id).name}"
        bare = ", ".join(part.split(" ", 2 if part.startswith("Thị") else 1)[-1] for part in full.split(", "))
        for written in (full, f"12 Lê Lợi, {bare}", fold(bare), fold(f"thon 3 {full}").replace(",", "")):
            assert lookups.parse_address(written, day).area is area, written
            assert lookups.communes_in([written], day) == {written: area}


@pytest.mark.usefixtures("published_areas")
def test_only_what_lay_there_is_read_below_a_former_district() -> None:
    nowhere = ["Xã Thạch Hưng, Huyện Lộc Hà, Tỉnh Hà Tĩnh", "Trù Hựu, Sơn Động, Bắc Giang", "Lộc Hà, Hà Tĩnh"]

    assert [lookups.parse_address(written, BEFORE).area for written in nowhere] == [None] * 3


@pytest.mark.usefixtures("published_areas")
def test_whoever_types_the_former_district_finds_the_commune() -> None:
    assert lookups.suggest("hộ độ lộc hà", BEFORE)[0].label == "Xã Hộ Độ, Thành phố Hà Tĩnh, Tỉnh Hà Tĩnh"


def test_a_country_s_own_list_says_so_too(no_areas: None) -> None:
    old = {"valid_from": OLD, "valid_to": REFORM}
    units = [
        unit("01", "Tỉnh An Bình", **old),
        unit("001", "Huyện Đồng Quê", parent_code="01", **old),
        unit("002", "Huyện Phố Mới", parent_code="01", **old),
        unit("00001", "Phường Lúa", parent_code="002", aliases=["Xã Gạo Nếp, Huyện Đồng Quê"], **old),
        unit("00002", "Xã Khoai", parent_code="001", **old),
        unit("01", "Tỉnh An Bình", valid_from=REFORM),
        unit("00001", "Xã Mới", parent_code="01", valid_from=REFORM),
    ]
    with translation.override("en"):
        actions.import_rows(units, [link("01", "01"), link("00001", "00001"), link("00002", "00001")])

    read = {
        written: (area := lookups.parse_address(written, BEFORE).area) and area.code
        for written in (
            "Xã Gạo Nếp, Huyện Đồng Quê, Tỉnh An Bình",
            "Lúa, Đồng Quê, An Bình",
            "Khoai, Phố Mới, An Bình",
        )
    }

    assert list(read.values()) == ["00001", "00001", None]
