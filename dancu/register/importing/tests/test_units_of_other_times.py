"""Codes of before a reform move nobody: a home in what its unit became is the same home."""

from pathlib import Path

import pytest

from dancu.register.importing.tests.test_rules_of_files import an, lan, load, warned
from dancu.testing.database import rows

pytestmark = [pytest.mark.usefixtures("published_areas"), pytest.mark.django_db(transaction=True)]

HERE, THERE = "26743", "26737"
HOME = {"permanent_code": HERE, "permanent_address": "12 Lê Lợi", "permanent_since": "2010-01-01"}
TOLD = "is the code of a unit of another time, of none that stood on 01/11/2026"


def before(code: str) -> str:
    """A unit that went into the one with this code, whose own is nobody's now."""
    return rows(
        "SELECT min(o.code) FROM area_successor s JOIN area o ON o.area_id = s.old_id JOIN area n ON "
        "n.area_id = s.new_id"
        " WHERE n.code = %s AND n.valid_to IS NULL AND o.level = 3 AND s.main"
        " AND NOT EXISTS (SELECT FROM area u WHERE u.code = o.code AND u.valid_to IS NULL)",
        code,
    )[0][0]


def everything() -> list[list[tuple]]:
    return [
        rows(f"SELECT * FROM {table} ORDER BY 1, 2, 3") for table in ("person", "residence", "person_history")
    ]


@pytest.mark.parametrize("fields", [HOME, {"permanent_address": "12 LE LOI"}, {}])
def test_the_code_of_a_homes_predecessor_is_no_move(tmp_path: Path, fields: dict) -> None:
    load(tmp_path, an(**HOME), lan(permanent_code=HERE))
    held = everything()
    report = load(
        tmp_path, an(**{**fields, "permanent_code": before(HERE)}), lan(permanent_code=before(HERE))
    )
    assert (report.changed, report.rejected, everything()) == (0, 0, held)
    assert warned(report) == {1: f"permanent_code: {TOLD}", 2: f"permanent_code: {TOLD}"}


def test_all_else_of_such_a_row_is_taken(tmp_path: Path) -> None:
    load(tmp_path, an(**HOME))
    homes = rows("SELECT home_area, home_since, home_address FROM person")
    report = load(tmp_path, an(permanent_code=before(HERE), phone="0912345678"))
    assert (report.changed, rows("SELECT phone FROM person")) == (1, [("0912345678",)])
    assert rows("SELECT home_area, home_since, home_address FROM person") == homes
    assert rows("SELECT count(*) FROM residence") == [(0,)]


@pytest.mark.parametrize(
    "home",
    [
        {"temporary_code": HERE, "temporary_since": "2020-01-01", "temporary_address": "7 Hàm Nghi"},
        {"current_code": HERE, "current_address": "7 Hàm Nghi"},
    ],
)
def test_other_homes_are_known_under_their_old_codes_too(tmp_path: Path, home: dict) -> None:
    load(tmp_path, an(**HOME, **home))
    held = everything()
    old = {name: before(HERE) if name.endswith("code") else value for name, value in home.items()}
    report = load(tmp_path, an(**HOME, **old))
    assert (report.changed, report.rejected, everything()) == (0, 0, held)


def test_a_home_elsewhere_under_an_old_code_is_a_move_and_told(tmp_path: Path) -> None:
    load(tmp_path, an(**HOME), lan(permanent_code=HERE))
    report = load(tmp_path, an(permanent_code=before(THERE)), lan(permanent_code=THERE))
    assert (report.changed, warned(report)) == (2, {1: f"permanent_code: {TOLD}"})
    assert rows("SELECT count(*) FROM residence") == [(2,)]


def test_a_home_that_is_told_in_the_unit_of_today_is_the_same_home(tmp_path: Path) -> None:
    load(tmp_path, an(**{**HOME, "permanent_code": before(HERE)}))
    report = load(tmp_path, an(permanent_code=HERE))
    assert report.changed == 1
    assert rows(
        "SELECT a.code, p.home_since::text, p.home_address FROM person p JOIN area a ON a.area_id = "
        "p.home_area"
    ) == [(HERE, "2010-01-01", "12 Lê Lợi")]
    assert rows("SELECT count(*) FROM residence") == [(0,)]


def test_who_is_new_under_an_old_code_is_told(tmp_path: Path, way: str) -> None:
    report = load(tmp_path, an(permanent_code=before(HERE)), lan())
    assert report.new == 2
    assert warned(report) == {1: f"permanent_code: {TOLD}"}


def reused() -> tuple[str, str]:
    """A code that another unit bears today, and that of one which took in a part of what bore it before."""
    return rows(
        "SELECT o.code, n.code FROM area o JOIN area_successor s ON s.old_id = o.area_id JOIN area n ON "
        "n.area_id = s.new_id AND n.valid_to IS NULL"
        " JOIN area u ON u.code = o.code AND u.valid_to IS NULL AND u.area_id <> n.area_id WHERE o.level = "
        "3 AND n.code <> o.code ORDER BY 1, 2"
    )[0]


@pytest.mark.parametrize(
    "home",
    [
        {"permanent_code": ..., "permanent_address": "12 Lê Lợi"},
        {"temporary_code": ..., "temporary_since": "2020-01-01", "temporary_address": "7 Hàm Nghi"},
        {"current_code": ..., "current_address": "7 Hàm Nghi"},
    ],
)
def test_a_predecessors_code_that_another_unit_bears_today_moves_nobody_at_one_address(
    tmp_path: Path, home: dict
) -> None:
    old, here = reused()
    load(tmp_path, an(**{**HOME, **{name: here if value is ... else value for name, value in home.items()}}))
    held = everything()
    report = load(
        tmp_path, an(**{**HOME, **{name: old if value is ... else value for name, value in home.items()}})
    )
    assert (report.changed, report.rejected, everything()) == (0, 0, held)
    stays = "whose home there stays, since the address is the same"
    assert report.warned == 0 or warned(report)[1].endswith(stays)


def test_a_move_to_the_unit_that_bears_the_code_today_is_a_move(tmp_path: Path) -> None:
    old, here = reused()
    load(tmp_path, an(permanent_code=here, permanent_address="12 Lê Lợi"), lan(permanent_code=here))
    report = load(tmp_path, an(permanent_code=old, permanent_address="3 Hàm Nghi"), lan(permanent_code=old))
    assert (report.changed, report.rejected) == (2, 0)
    assert list(warned(report)) == [2]
    assert "whose home there ends with this move" in warned(report)[2]
