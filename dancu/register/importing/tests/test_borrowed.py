"""What is a neighbour's in a column that slipped is nobody's own by a file: telephones, cards, addresses,
households.
"""

from pathlib import Path

import pytest

from dancu.register.importing.tests.test_rules_of_files import (
    AN,
    an,
    hung,
    lan,
    load,
    person,
    refused,
    warned,
)
from dancu.testing.database import rows

pytestmark = [pytest.mark.usefixtures("published_areas"), pytest.mark.django_db(transaction=True)]

OWN = {
    "phone": ["0912345670", "0912345671", "0912345672", "0912345673"],
    "cmnd": ["023456780", "023456781", "023456782", "023456783"],
    "email": ["a@example.vn", "b@example.vn", "c@example.vn", "d@example.vn"],
    "household_no": ["71", "72", "73", "74"],
}


def people(column: str, values: list[str | None], **fields: str) -> list[dict[str, str | None]]:
    names = ("Trần Văn Bình", "Lò Quốc Cường", "Phạm Đức Dũng", "Hồ Hải Long")
    return [
        person(f"07909{nth}000100", name, f"199{nth}-02-0{nth + 1}", 1, **{column: value, **fields})
        for nth, (name, value) in enumerate(zip(names, values, strict=True))
    ]


def register(column: str) -> list[tuple]:
    return rows(f"SELECT pin, {column} FROM person WHERE starts_with(pin, '07909') ORDER BY pin")


@pytest.mark.parametrize("column", OWN)
def test_a_column_that_is_off_by_a_row_comes_back(tmp_path: Path, column: str) -> None:
    names = ("Đỗ Thị Mai", "Cao Thị Nga", "Tạ Thị Oanh", "Vi Thị Phụng")
    others = [
        person(f"07918{nth}000200", name, f"198{nth}-05-05", 2, household_no=no)
        for nth, (name, no) in enumerate(zip(names, OWN["household_no"], strict=True))
    ]
    load(tmp_path, *people(column, OWN[column]), *(others if column == "household_no" else []))
    before = register("household_id" if column == "household_no" else column)
    report = load(tmp_path, *people(column, [*OWN[column][1:], OWN[column][0]]), lan())
    assert (report.new, report.changed, report.rejected) == (1, 0, 4)
    assert all(f"{column}: is " in told for told in refused(report).values())
    assert register("household_id" if column == "household_no" else column) == before


@pytest.mark.parametrize("number", ["0903123123", "0900000000"])
def test_one_telephone_for_all_comes_back_of_known_people_and_is_told_of_new_ones(
    tmp_path: Path, number: str
) -> None:
    load(tmp_path, *people("phone", OWN["phone"])[:2])
    report = load(tmp_path, *people("phone", [number] * 4), an(phone="0912345678"))
    assert (report.new, report.changed, report.rejected, report.warned) == (3, 0, 2, 2)
    assert set(refused(report).values()) == {
        "phone: is given to people of 4 households: write each one's own, and leave it empty where it is "
        "not known"
    }


def test_one_telephone_of_a_family_is_taken(tmp_path: Path) -> None:
    load(
        tmp_path, hung(), an(father_pin="079060000041"), lan(household_no=AN), *people("phone", OWN["phone"])
    )
    phone = {"phone": "0912345678"}
    report = load(tmp_path, hung(**phone), an(**phone), lan(household_no=AN, **phone))
    assert (report.changed, report.rejected, report.warned) == (3, 0, 0)


def test_one_number_of_a_stranger_is_told(tmp_path: Path) -> None:
    load(tmp_path, an(), *people("phone", OWN["phone"]))
    report = load(tmp_path, an(phone=OWN["phone"][0]))
    assert (report.changed, report.rejected) == (1, 0)
    assert warned(report) == {1: "phone: is the telephone of Trần Văn Bình of another household too"}


def test_of_many_rows_that_agree_a_few_strangers_numbers_are_told(tmp_path: Path) -> None:
    many = [
        person(
            f"0790700{nth:05}",
            f"Vũ {'ABCDEĐGHIK'[nth % 10]}ông {'LMNOPQRSTU'[nth // 10]}inh",
            f"1970-01-{1 + nth % 28:02}",
            1,
            phone=f"09888{nth:05}",
        )
        for nth in range(40)
    ]
    load(tmp_path, *people("phone", OWN["phone"]), *many)
    report = load(tmp_path, *people("phone", [*OWN["phone"][1:], OWN["phone"][0]]), *many)
    assert (report.changed, report.rejected, report.warned) == (4, 0, 4)


def test_who_joins_a_household_is_no_slip(tmp_path: Path) -> None:
    load(tmp_path, an(household_no="7"), *people("household_no", OWN["household_no"]))
    joining = people("household_no", ["7"] * 4, relation_to_head="9")
    report = load(tmp_path, *joining)
    assert (report.changed, report.rejected) == (4, 0)
    report = load(tmp_path, an(household_no="7"), *people("household_no", ["7", "7", "7", "71"]))
    assert (report.changed, report.rejected) == (1, 0)
