"""What became what is looked at by every import, ours or a stranger's."""

from datetime import date

import pytest
from django.db import connection
from django.utils import translation

from dancu.areas import actions, lookups
from dancu.areas.errors import Rejected

from .factories import BEFORE, OLD, REFORM, SINCE, area_id, link, unit

pytestmark = pytest.mark.django_db
OLDS, NEWS = {"valid_from": OLD, "valid_to": REFORM}, {"valid_from": REFORM}


def refused(units: list[dict], links: list[dict]) -> list[tuple[int, str, str, str]]:
    with pytest.raises(Rejected) as rejected, translation.override("en"):
        actions.import_rows(units, links)
    return [(each.line, each.field, each.value, each.reason) for each in rejected.value.rejections]


def merged_provinces() -> tuple[list[dict], list[dict]]:
    """Tiền and Đồng merged; each had a Phường 4, which went with its own neighbours; third, far-off Tây
    stayed alone.
    """
    units = [
        unit("11", "Tỉnh Tiền", **OLDS),
        unit("12", "Tỉnh Đồng", **OLDS),
        unit("13", "Tỉnh Tây", **OLDS),
        unit("111", "Huyện Mỹ", parent_code="11", **OLDS),
        unit("121", "Huyện Cao", parent_code="12", **OLDS),
        unit("131", "Huyện Xa", parent_code="13", **OLDS),
        unit("01111", "Phường 4", parent_code="111", latitude=10.35, longitude=106.36, **OLDS),
        unit("01112", "Phường 5", parent_code="111", **OLDS),
        unit("01211", "Phường 4", parent_code="121", latitude=10.46, longitude=105.63, **OLDS),
        unit("01212", "Phường 6", parent_code="121", **OLDS),
        unit("01311", "Xã Xa", parent_code="131", **OLDS),
        unit("12", "Tỉnh Đồng", **NEWS),
        unit("13", "Tỉnh Tây", **NEWS),
        unit("01111", "Phường Mỹ", parent_code="12", latitude=10.36, longitude=106.35, **NEWS),
        unit("01211", "Phường Cao", parent_code="12", latitude=10.45, longitude=105.64, **NEWS),
        unit("01311", "Xã Xa", parent_code="13", **NEWS),
    ]
    links = [
        link("11", "12"), link("12", "12"), link("13", "13"), link("01111", "01111"), link("01112", "01111"),
        link("01211", "01211"), link("01212", "01211"), link("01311", "01311"),
    ]  # fmt: skip
    return units, links


def test_what_is_right_is_taken(no_areas: None) -> None:
    assert actions.import_rows(*merged_provinces()).links == 8


def test_a_link_between_provinces_that_did_not_merge_is_refused(no_areas: None) -> None:
    units, links = merged_provinces()

    wrong = link("01212", "01311", main=False) | {"line": 9}

    assert refused(units, [*links, wrong]) == [
        (
            9,
            "new_code",
            "01311",
            "Phường 6, Huyện Cao, Tỉnh Đồng (01212) cannot become Xã Xa, Tỉnh Tây (01311): no link says "
            "that Tỉnh Đồng (12) became Tỉnh Tây (13). Do they only share a name?",
        ),
    ]
    assert lookups.units("01212") == []


def test_a_namesake_of_the_other_province_is_refused(no_areas: None) -> None:
    units, links = merged_provinces()
    for row in units:
        row.update(latitude=None, longitude=None)  # the places tell nothing, the neighbours do

    (fault,) = refused(units, [*links, link("01111", "01211", main=False) | {"line": 9}])

    assert fault[:3] == (9, "old_code", "01111")
    assert fault[3].startswith(
        "Phường Cao, Tỉnh Đồng (01211) was not made from Phường 4, Huyện Mỹ, Tỉnh Tiền (01111)"
    )


def test_a_link_far_beyond_the_unit_s_other_is_refused(no_areas: None) -> None:
    units, links = merged_provinces()
    units[6]["name"] = "Phường Bốn"  # no namesake

    (fault,) = refused(units, [*links, link("01111", "01211", main=False) | {"line": 9}])

    assert fault[:3] == (9, "new_code", "01211")
    assert "80 km" in fault[3] and "2 km from another" in fault[3]


def test_a_far_link_that_is_the_only_one_is_refused_too(no_areas: None) -> None:
    units, links = merged_provinces()
    units[6]["name"] = "Phường Bốn"
    links[3] = link("01111", "01211") | {"line": 4}

    assert [(line, field) for line, field, *_ in refused(units, links)] == [(4, "new_code")]


@pytest.mark.parametrize("mains", [(True, True), (False, False)])
def test_of_the_parts_of_a_unit_one_is_the_main_one(no_areas: None, mains: tuple[bool, bool]) -> None:
    units, links = merged_provinces()
    links[4:5] = [
        link("01112", code, main=main) | {"line": 5}
        for code, main in zip(("01111", "01211"), mains, strict=True)
    ]

    ((line, field, _value, reason),) = refused(units, links)

    assert (line, field) == (5, "main")
    assert "Phường 5, Huyện Mỹ, Tỉnh Tiền (01112)" in reason


def test_whom_no_link_leads_from_or_to_is_named(no_areas: None) -> None:
    units, links = merged_provinces()
    for line, row in enumerate(units, 2):
        row["line"] = line

    faults = refused(units, [*links[:2], *links[3:7]])

    assert [(line, value, reason.split(",")[0]) for line, _field, value, reason in faults] == [
        (4, "13", "Tỉnh Tây (13) ends on 2025-07-01"),
        (12, "01311", "Xã Xa"),
        (14, "13", "Tỉnh Tây (13) begins on 2025-07-01"),
        (17, "01311", "Xã Xa"),
    ]


def test_a_commune_does_not_become_a_province(no_areas: None) -> None:
    units, links = merged_provinces()

    ((_, field, value, reason),) = refused(units, [*links, link("01112", "12", main=False)])

    assert (field, value) == ("new_code", "12") and "different levels" in reason


def test_a_right_list_takes_the_wrong_links_of_an_earlier_one_back(small_country: None) -> None:
    old, wrong = area_id("00001", BEFORE), area_id("00003", SINCE)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO area_successor VALUES (%s, %s, false)", [old, wrong])

    imported = actions.import_rows([], [link("00001", "00001")])

    assert imported.links == 1
    assert wrong not in lookups.ids_below(old)


def test_what_an_import_does_not_speak_of_does_not_hold_it_up(small_country: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM area_successor WHERE old_id = %s", [area_id("00003", BEFORE)])
    day = date(2030, 1, 1)

    closed = unit("00001", "Xã Đồng Lúa", parent_code="01", valid_from=REFORM, valid_to=day)
    opened = unit("00001", "Phường Đồng Lúa", parent_code="01", valid_from=day)
    became = link("00001", "00001") | {"old_valid_from": REFORM, "new_valid_from": day}

    assert actions.import_rows([closed, opened], [became]).new == 1


def one_far_away() -> tuple[list[dict], list[dict]]:
    """Four communes beside each other became four new ones; so it is said, but that one of them became a
    fifth, 16 km away.
    """
    units = [
        unit("11", "Tỉnh Tiền", **OLDS),
        unit("111", "Huyện Mỹ", parent_code="11", **OLDS),
        unit("112", "Huyện Xa", parent_code="11", **OLDS),
        unit("11", "Tỉnh Tiền", **NEWS),
        unit("01120", "Xã Xa", parent_code="112", latitude=10.0, longitude=106.15, **OLDS),
        unit("01120", "Xã Xa", parent_code="11", latitude=10.0, longitude=106.15, **NEWS),
    ]
    links = [link("11", "11"), link("01120", "01120")]
    for at in range(4):
        code, place = f"0111{at}", {"latitude": 10.0, "longitude": 106.0 + at / 100}
        units += [
            unit(code, f"Xã {at}", parent_code="111", **place, **OLDS),
            unit(code, f"Xã {at}", parent_code="11", **place, **NEWS),
        ]
        links.append(link(code, code))
    units.append(unit("01119", "Xã 9", parent_code="111", latitude=10.0, longitude=106.0, **OLDS))
    return units, [*links, link("01119", "01120") | {"line": 7}]


def test_a_link_that_is_only_seldom_true_is_loaded_and_told_of(no_areas: None) -> None:
    with translation.override("en"):
        doubts = actions.import_rows(*one_far_away()).doubts

    assert [(doubt.line, doubt.field, doubt.value, doubt.reason) for doubt in doubts] == [
        (
            7,
            "new_code",
            "01120",
            "Xã 9, Huyện Mỹ, Tỉnh Tiền (01119) is 16 km from Xã Xa, Tỉnh Tiền (01120), and 4 new communes "
            "in that province are nearer",
        ),
    ]
    assert [area.code for area in lookups.successors(area_id("01119", BEFORE))] == ["01120"]


def test_no_doubt_is_raised_beside_another_part_of_its_district(no_areas: None) -> None:
    units, links = one_far_away()
    units.append(unit("01118", "Xã 8", parent_code="111", latitude=10.0, longitude=106.14, **OLDS))

    assert actions.import_rows(units, [*links, link("01118", "01120")]).doubts == ()
