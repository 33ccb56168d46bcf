from datetime import date

import polars as pl

from dancu.areas import published


def test_both_eras_are_listed_whole() -> None:
    units = published.units()

    counts = {(row[0], row[1]): row[2] for row in units.group_by("valid_from", "level").len().iter_rows()}
    old, new = date(1900, 1, 1), date(2025, 7, 1)
    assert counts == {(old, 1): 63, (old, 2): 696, (old, 3): 10_040, (new, 1): 34, (new, 3): 3_321}
    assert units.select("code", "valid_from").is_unique().all()


def test_every_unit_begins_with_its_kind_and_hangs_under_one_of_its_own_time() -> None:
    units = published.units()

    assert units.filter(~pl.col("name").str.starts_with(pl.col("kind"))).is_empty()
    under = units.filter(pl.col("level") > 1)
    known = units.select(parent_code="code", valid_from="valid_from")
    assert under.join(known, on=["parent_code", "valid_from"], how="anti").is_empty()


def test_an_island_district_without_communes_can_be_lived_in() -> None:
    islands = published.units().filter(pl.col("level") == 3, pl.col("kind") == "Huyện")

    assert dict(islands.select("name", "code").iter_rows()) == {
        "Huyện Bạch Long Vĩ": "11948",
        "Huyện Cồn Cỏ": "19742",
        "Huyện Hoàng Sa": "20333",
        "Huyện Lý Sơn": "21548",
        "Huyện Côn Đảo": "26732",
    }


def test_every_old_commune_became_something_and_most_of_it_one_thing() -> None:
    units, links = published.units(), published.links()

    old = units.filter(pl.col("valid_to").is_not_null(), pl.col("level") != 2)
    main = links.filter("main").group_by("old_code").len()
    assert set(main["old_code"]) == set(old["code"])
    assert main["len"].max() == 1
    assert set(links["new_code"]) == set(units.filter(pl.col("valid_to").is_null())["code"])


def test_aliases_are_words_again() -> None:
    aliases = dict(published.units().select("name", "aliases").iter_rows())

    assert "quoc tu giam" in aliases["Phường Văn Miếu Quốc Tử Giám"]
    assert "quan 9" in aliases["Thành phố Thủ Đức"]
    assert "Sài Gòn" in aliases["Thành phố Hồ Chí Minh"]
