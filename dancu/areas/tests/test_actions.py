import csv
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.utils import translation

from dancu.areas import actions, lookups
from dancu.areas.errors import Rejected

from .factories import BEFORE, OLD, REFORM, SINCE, area_id, link, unit

pytestmark = pytest.mark.django_db


def test_the_published_list_is_loaded_once_and_a_second_time_changes_nothing(no_areas: None) -> None:
    first = actions.import_published()
    rows = everything()
    second = actions.import_published()

    assert (first.new, first.changed, first.links) == (14_154, 0, 10_634)
    assert (second.new, second.changed, second.links) == (0, 0, 0)
    assert everything() == rows


def test_a_unit_knows_all_that_is_above_it(small_country: None) -> None:
    ngo = lookups.get(area_id("00002", BEFORE))

    assert ngo.path == "Xã Ngô, Huyện Đồng Quê, Tỉnh An Bình"
    assert ngo.short_name == "Ngô"
    assert ngo.ancestors == (ngo.province_id, ngo.district_id)
    assert ngo.district_id == ngo.parent_id == area_id("001", BEFORE)
    assert ngo.province_id == area_id("01", BEFORE) != area_id("01", SINCE)


def test_a_renamed_unit_keeps_its_id_and_renames_the_paths_below_it(small_country: None) -> None:
    before = area_id("00002", BEFORE)

    imported = actions.import_rows(
        [unit("001", "Huyện Thanh Bình", parent_code="01", valid_from=OLD, valid_to=REFORM)], []
    )

    assert imported.changed == 4  # the district and its three communes
    assert lookups.get(before).path == "Xã Ngô, Huyện Thanh Bình, Tỉnh An Bình"


def test_a_next_reform_closes_a_commune_and_opens_its_successor(small_country: None) -> None:
    day = date(2030, 1, 1)
    closed = unit("00003", "Phường Bãi Ngô", parent_code="01", valid_from=REFORM, valid_to=day)
    opened = unit("00003", "Phường Bờ Sông", parent_code="01", valid_from=day)
    became = link("00003", "00003") | {"old_valid_from": REFORM, "new_valid_from": day}

    actions.import_rows([closed, opened], [became])

    assert [found.name for found in lookups.units("00003")] == [
        "Xã Khoai",
        "Phường Bãi Ngô",
        "Phường Bờ Sông",
    ]
    assert area_id("00003", BEFORE) in lookups.ids_below(area_id("00003", day))


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        (unit("1", "Tỉnh Mới", level=1), "code", "leading zero"),
        (unit("03", "Tỉnh Mới", valid_to=OLD), "valid_to", "after valid_from"),
        (unit("03", "Tỉnh Mới", kind="Xã"), "name", "begin with the kind"),
        (unit("03", "Tỉnh Mới", parent_code="01"), "parent_code", "empty for a province"),
        (unit("00007", "Xã Mới"), "parent_code", "must not be"),
        (unit("00007", "Xã Mới", parent_code="077", valid_to=REFORM), "parent_code", "no higher unit"),
        (unit("00007", "Xã Mới", parent_code="001"), "valid_to", "outlive"),
        (unit("01", "Tỉnh Mới", valid_from=date(2026, 1, 1)), "code", "two units have this code"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_loaded(
    small_country: None, row: dict, field: str, reason: str
) -> None:
    before = everything()
    right = unit("04", "Tỉnh Đúng")

    with pytest.raises(Rejected) as rejected, translation.override("en"):
        actions.import_rows([right, row | {"line": 7}], [])

    (rejection,) = rejected.value.rejections
    assert (rejection.line, rejection.field) == (7, field)
    assert reason in rejection.reason
    assert everything() == before


def test_the_same_unit_twice_is_refused(no_areas: None) -> None:
    with pytest.raises(Rejected) as rejected:
        actions.import_rows([unit("04", "Tỉnh A") | {"line": 2}, unit("04", "Tỉnh B") | {"line": 5}], [])

    assert [rejection.line for rejection in rejected.value.rejections] == [5]


def test_a_link_to_nobody_takes_the_units_back_with_it(small_country: None) -> None:
    before = everything()

    with pytest.raises(Rejected) as rejected:
        actions.import_rows([unit("04", "Tỉnh Đúng")], [link("00001", "99999") | {"line": 3}])

    assert [(each.line, each.field) for each in rejected.value.rejections] == [(3, "new_code")]
    assert everything() == before


def test_a_closed_province_does_not_leave_its_communes_behind(small_country: None) -> None:
    closed = unit("01", "Tỉnh An Bình", valid_from=REFORM, valid_to=date(2030, 1, 1)) | {"line": 2}

    with pytest.raises(Rejected) as rejected:
        actions.import_rows([closed], [])

    assert {(each.line, each.field) for each in rejected.value.rejections} == {(2, "valid_to")}
    assert len(rejected.value.rejections) == 3


def test_a_file_says_the_same_as_rows(no_areas: None, tmp_path: Path) -> None:
    units, links = tmp_path / "units.csv", tmp_path / "links.csv"
    write(
        units,
        ["code", "valid_from", "valid_to", "level", "kind", "name", "parent_code", "latitude", "aliases"],
        [
            ["05", "1990-01-01", "2025-07-01", "1", "Tỉnh", "Tỉnh Mía", "", "10.5", "Mía Lau; Đường Phèn"],
            ["00051", "1990-01-01", "2025-07-01", "3", "Phường", "Phường  1", "05", "", ""],
            ["05", "2025-07-01", "", "1", "Tỉnh", "Tỉnh Mía", "", "", ""],
            ["00051", "2025-07-01", "", "3", "Phường", "Phường Mía", "05", "", ""],
        ],
    )
    write(
        links,
        ["old_code", "old_valid_from", "new_code", "new_valid_from", "main"],
        [
            ["00051", "1990-01-01", "00051", "2025-07-01", "yes"],
            ["05", "1990-01-01", "05", "2025-07-01", "yes"],
        ],
    )

    first, second = actions.import_file(units, links), actions.import_file(units, links)

    assert (first.new, first.changed, first.links) == (4, 0, 2)
    assert (second.new, second.changed, second.links) == (0, 0, 0)
    ward = lookups.unit("00051", date(2000, 1, 1))
    assert ward
    assert (ward.name, ward.short_name, ward.path) == ("Phường 1", "Phường 1", "Phường 1, Tỉnh Mía")
    assert [after.name for after in lookups.successors(ward.area_id)] == ["Phường Mía"]
    assert lookups.find("duong phen", date(2000, 1, 1), level=1)[0].code == "05"


def test_every_wrong_field_of_a_file_is_named_with_its_line(no_areas: None, tmp_path: Path) -> None:
    units = tmp_path / "units.csv"
    write(
        units,
        ["code", "valid_from", "valid_to", "level", "kind", "name", "parent_code", "latitude"],
        [
            ["01", "2025-07-01", "", "1", "Tỉnh", "Tỉnh Đúng", "", "21"],
            ["O2", "01/07/2025", "", "4", "Tỉnh", "", "", "121,5"],
        ],
    )

    with pytest.raises(Rejected) as rejected:
        actions.import_file(units)

    named = {(each.line, each.field, each.value) for each in rejected.value.rejections}
    assert named == {
        (3, "code", "O2"),
        (3, "valid_from", "01/07/2025"),
        (3, "level", "4"),
        (3, "name", ""),
        (3, "latitude", "121,5"),
    }
    assert everything() == []


def test_a_file_without_its_columns_or_in_another_encoding_is_refused(tmp_path: Path) -> None:
    headless, foreign = tmp_path / "headless.csv", tmp_path / "foreign.csv"
    write(headless, ["code", "name"], [])
    foreign.write_bytes("code,name\n01,Tỉnh".encode("utf-16"))

    with pytest.raises(Rejected) as missing:
        actions.import_file(headless)
    with pytest.raises(Rejected) as unread:
        actions.import_file(foreign)

    assert [each.field for each in missing.value.rejections] == ["kind", "level", "valid_from"]
    assert unread.value.rejections[0].line == 1


def everything() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT area::text FROM area ORDER BY area_id")
        areas = cursor.fetchall()
        cursor.execute("SELECT * FROM area_successor ORDER BY old_id, new_id")
        successors = cursor.fetchall()
        cursor.execute("SELECT * FROM area_edition")
        return [*areas, *successors, *cursor.fetchall()]


def write(path: Path, columns: list[str], rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([columns, *rows])
