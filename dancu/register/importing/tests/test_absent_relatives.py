"""Who names a relative whose row came back, or who is in no file, is told, and linked when the row is
loaded again.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dancu.register.importing import loading
from dancu.register.importing.ruling import ABSENT
from dancu.register.importing.tests.test_rules_of_files import (
    AN,
    HOA,
    HUNG,
    LAN,
    an,
    hoa,
    hung,
    lan,
    load,
    person,
    refused,
    warned,
)
from dancu.testing.database import rows

pytestmark = [pytest.mark.usefixtures("published_areas"), pytest.mark.django_db(transaction=True)]

KHOA = "079092000015"
WED = {"marital_status": 2}
BORN_LATER = {"birth_date": "2012-03-12"}


@pytest.fixture(autouse=True)
def _nothing_left() -> Iterator[None]:
    yield
    loading.clear()


def khoa(**fields: Any) -> dict[str, str | None]:
    return person(KHOA, "Nguyễn Minh Khoa", "1992-03-12", 1, **fields)


def families() -> dict[str, tuple[str | None, ...]]:
    """By number those of father, mother, husband or wife."""
    found = rows(
        "SELECT p.pin, f.pin, m.pin, s.pin FROM person p LEFT JOIN person f ON f.person_id = p.father_id "
        "LEFT JOIN person m ON m.person_id = p.mother_id LEFT JOIN person s ON s.person_id = p.spouse_id"
    )
    return {pin: tuple(kin) for pin, *kin in found}


@pytest.mark.parametrize("name", [None, "Trần Thị Hoa"])
def test_whose_mother_or_husband_came_back_is_told_and_linked_by_loading_the_row_again(
    tmp_path: Path, way: str, name: str | None
) -> None:
    child, wife = khoa(mother_pin=HOA, mother_name=name), lan(spouse_pin=AN, **WED)
    report = load(
        tmp_path, child, {**hoa(), "phone": "12"}, wife, {**an(spouse_pin=LAN, **WED), "phone": "12"}
    )
    assert set(refused(report)) == {HOA, AN}
    assert warned(report) == {1: f"mother_pin: {ABSENT}", 3: f"spouse_pin: {ABSENT}"}
    assert report.warned == 2
    mended = load(tmp_path, hoa(), an(spouse_pin=LAN, **WED))
    assert (mended.new, families()[KHOA], families()[LAN]) == (2, (None, None, None), (None, None, None))
    again = load(tmp_path, child, wife)
    assert (again.changed, again.warned) == (2, 0)
    assert (families()[KHOA], families()[LAN]) == ((None, HOA, None), (None, None, AN))


def test_a_relative_who_is_refused_for_what_they_are_to_others_is_told_of_as_well(
    tmp_path: Path, way: str
) -> None:
    """An's father cannot be one, so An comes back, whose child is taken."""
    report = load(
        tmp_path, hung(birth_date="1983-01-01"), an(father_pin=HUNG), khoa(father_pin=AN, **BORN_LATER)
    )
    assert list(refused(report)) == [AN]
    assert warned(report)[3].endswith(f"father_pin: {ABSENT}")
    assert families()[KHOA] == (None, None, None)


def test_a_number_that_meets_nobody_is_told_until_it_does(tmp_path: Path, way: str) -> None:
    child = khoa(father_pin=HUNG, mother_pin=HOA, mother_name="Trần Thị Hoa")
    for changed in (1, 0):
        report = load(tmp_path, child)
        assert report.new + report.changed == changed
        assert warned(report) == {1: f"father_pin: {ABSENT}"}, "the mother's number is kept with her name"
    load(tmp_path, hung(), hoa())
    report = load(tmp_path, child)
    assert (report.changed, report.warned, families()[KHOA]) == (1, 0, (HUNG, HOA, None))


def test_a_father_whom_the_register_has_stays_where_another_is_named_who_is_nobody(
    tmp_path: Path, way: str
) -> None:
    load(tmp_path, khoa(father_pin=HUNG), hung())
    report = load(tmp_path, khoa(father_pin=AN))
    assert warned(report) == {1: f"father_pin: {ABSENT}"}
    assert families()[KHOA] == (HUNG, None, None)


def test_in_a_country_of_several_parts_the_rows_are_told_by_file_and_row(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(loading, "PART_ROWS", 2)
    report = load(
        tmp_path,
        lan(),
        an(),
        khoa(father_pin=HUNG, mother_pin=LAN, **BORN_LATER),
        {**hung(), "phone": "12"},
        kind="parquet",
    )
    assert list(refused(report)) == [HUNG]
    assert warned(report)[3].endswith(f"father_pin: {ABSENT}")
    assert (report.warned, families()[KHOA]) == (1, (None, LAN, None))
