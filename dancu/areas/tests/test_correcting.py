"""The published list as it is loaded: every link of it, not a sample."""

import csv
from collections import Counter, defaultdict
from pathlib import Path

import polars as pl
import pytest

from dancu.areas import correcting, lookups, published
from dancu.areas.correcting import corrected_links
from dancu.areas.lookups import COMMUNE, Area

from .factories import BEFORE, SINCE, unit

LONGEST_KM = 60  # the island of Ngọc Vừng lies 51 km from the middle of Vân Đồn
A_PART_KM = 20  # of a divided commune's part, unless what took the rest is as far


def links() -> list[tuple[Area, Area]]:
    return [(old, new) for old in lookups.communes(BEFORE) for new in lookups.successors(old.area_id)]


@pytest.mark.django_db
@pytest.mark.usefixtures("published_areas")
class TestEveryLink:
    def test_lies_within_the_provinces_that_merged(self) -> None:
        became = {
            (old.area_id, new.area_id)
            for old in map(lookups.get, {commune.province_id for commune in lookups.communes(BEFORE)})
            for new in lookups.successors(old.area_id)
        }

        assert len(became) == 63
        assert all((old.province_id, new.province_id) in became for old, new in links())

    def test_is_no_longer_than_the_country_s_wide_communes_justify(self) -> None:
        for old in lookups.communes(BEFORE):
            far = [
                lookups.distance_km(old.area_id, new.area_id) or 0 for new in lookups.successors(old.area_id)
            ]
            assert max(far) < LONGEST_KM, old
            assert max(far) < A_PART_KM or max(far) < 3 * min(far), old

    def test_leads_from_every_old_commune_to_every_new_one_and_to_one_of_them_mainly(self) -> None:
        mains = published.links().filter("main")
        whole = Counter(mains["old_code"])

        assert {old.area_id for old, _ in links()} == {
            commune.area_id for commune in lookups.communes(BEFORE)
        }
        assert {new.area_id for _, new in links()} == {commune.area_id for commune in lookups.communes(SINCE)}
        assert set(whole.values()) == {1} and len(whole) == len(lookups.communes(BEFORE)) + 63

    def test_stays_beside_the_other_communes_of_its_new_one(self) -> None:
        """No new commune is made of namesakes of which only one lay in the district of its other parts."""
        parts: defaultdict[int, list[Area]] = defaultdict(list)
        for old, new in links():
            parts[new.area_id].append(old)
        for olds in parts.values():
            names = Counter(old.name for old in olds)
            districts = {old.district_id for old in olds if names[old.name] == 1}
            assert all(old.district_id in districts or names[old.name] == 1 or not districts for old in olds)

    @pytest.mark.parametrize(
        ("code", "became"),
        [
            ("28252", ["28249"]),  # Phường 4, Mỹ Tho: not Cao Lãnh
            ("29908", ["29905"]),  # Phường 4, Sa Đéc: neither
            ("06079", ["06079"]),  # Hồng Phong, Bình Gia: not that of Cao Lộc, in the same province
            ("31379", ["31378"]),  # Phú Tân, Châu Thành of Hậu Giang: its only link to its neighbours
            (
                "10798",
                ["10804", "10843"],
            ),  # Hòa Bình, Kim Thành: its people to Kim Thành, some land to Hà Nam
            ("09013", ["08980", "08995", "09022", "09817"]),  # Văn Khê: land across the river, in Ô Diên
            ("23053", ["23053", "23041"]),  # Hòa Thắng: a part to Hồng Thái
            ("28036", ["28036"]),  # Thủ Thừa: Nhựt Tảo has none of it
            ("00073", ["00082", "00004", "00070", "00226"]),  # Cửa Nam: most of it to the new Cửa Nam
            ("00118", ["00118", "00097"]),  # Ngọc Thụy: its people to Bồ Đề
        ],
    )
    def test_is_as_the_decisions_say(self, code: str, became: list[str]) -> None:
        old = lookups.unit(code, BEFORE)
        assert old
        found = [new.code for new in lookups.successors(old.area_id)]
        assert sorted(found) == sorted(became)
        assert found[0] == became[0] or code == "09013"

    def test_shows_officials_nobody_of_a_namesake(self) -> None:
        cao_lanh, my_tho = lookups.unit("29869", SINCE), lookups.unit("28252", BEFORE)
        assert cao_lanh and my_tho
        assert my_tho.area_id not in lookups.ids_below(cao_lanh.area_id)


def test_no_commune_lies_where_none_of_its_links_does() -> None:
    units = {(row["code"], row["valid_from"]): row for row in published.units().iter_rows(named=True)}

    yen_binh, phu_tan = (
        units["04714", published.REFORM],
        units["31379", published.AS_FAR_BACK_AS_THE_LIST_GOES],
    )
    assert (round(yen_binh["latitude"], 1), round(yen_binh["longitude"], 1)) == (
        21.8,
        104.9,
    )  # was in Phú Thọ
    assert round(phu_tan["latitude"], 1) == 9.9  # was in Sóc Trăng
    assert units["22736", published.REFORM]["longitude"] > 111  # Trường Sa stays where it is


def test_each_correction_names_two_units_and_its_source() -> None:
    units = published.units().filter(level=COMMUNE)
    olds, news = (
        dict(units.filter(pl.col("valid_to").is_not_null() == old).select("code", "name").iter_rows())
        for old in (True, False)
    )
    with Path(correcting.__file__).with_name("corrections.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert len({(row["old_code"], row["new_code"]) for row in rows}) == len(rows)
    assert {row["verdict"] for row in rows} == {"main", "also", "never"}
    for row in rows:
        assert row["old_name"].startswith(olds[row["old_code"]] + ", ")
        assert row["new_name"] == news[row["new_code"]]
        assert len(row["source"]) > 40


def test_whose_main_successor_was_a_namesake_s_has_the_other_as_main() -> None:
    olds = [
        unit("001", "Huyện A", parent_code="01"), unit("002", "Huyện B", parent_code="02"),
        unit("00011", "Xã Phú", parent_code="001"), unit("00012", "Xã An", parent_code="001"),
        unit("00021", "Xã Phú", parent_code="002"), unit("00022", "Xã Bình", parent_code="002"),
    ]  # fmt: skip
    listed = {
        ("00011", "n1"): False,
        ("00011", "n2"): True,
        ("00012", "n1"): True,
        ("00021", "n2"): True,
        ("00022", "n2"): True,
    }

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(correcting, "_corrections", lambda: iter(()))
        corrected = corrected_links(listed, olds)

    assert corrected == {("00011", "n1"): True} | {pair: True for pair in listed if pair[0] != "00011"}
