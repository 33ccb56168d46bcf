"""A name or birth date that says less than the register's changes nothing; every other that is changed is
told with what stood before.
"""

import datetime as dt
from pathlib import Path

import pytest

from dancu.register.importing.tests.test_date_order import births, several
from dancu.register.importing.tests.test_rules_of_files import AN, an, lan, load, refused, warned
from dancu.testing.database import rows

pytestmark = [pytest.mark.usefixtures("published_areas"), pytest.mark.django_db(transaction=True)]

HELD = "Nguyễn Hoàng Văn An"


def record() -> tuple:
    (found,) = rows(
        "SELECT full_name, birth_date, birth_precision, given_key, ends_key FROM person WHERE pin = %s", AN
    )
    return found


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("An Nguyễn Hoàng Văn", "has its words in another order than"),
        ("AN NGUYEN HOANG VAN", "has its words in another order than"),
        ("NGUYEN AN", "lacks words of"),
        ("Nguyễn Văn An", "lacks words of"),
        ("An", "lacks words of"),
        ("Ông Nguyễn Hoàng Văn An", "has words that are no part of it beside"),
        ("Nguyễn Hoàng Văn An tức Hùng", "has words that are no part of it beside"),
        ("Nguyễn Hoàng Văn An Nguyễn Hoàng Văn An", "has words that are no part of it beside"),
    ],
)
def test_a_name_that_says_less_changes_nothing_and_is_told(tmp_path: Path, said: str, why: str) -> None:
    load(tmp_path, an(full_name=HELD))
    before = record()
    report = load(tmp_path, an(full_name=said))
    assert (report.changed, report.rejected, record()) == (0, 0, before)
    assert f"full_name: {why} the register's, which stays: {HELD}" in warned(report)[1]


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ("Nguyễn An", "Nguyễn Văn An"),
        ("Nguyễn Văn An", "Nguyễn Văn Ân"),
        ("An Nguyễn Văn", "Nguyễn Văn An"),
        ("Ông Nguyễn Văn An", "Nguyễn Văn An"),
    ],
)
def test_a_name_that_says_more_or_otherwise_is_taken_and_told_with_what_stood_before(
    tmp_path: Path, held: str, said: str
) -> None:
    load(tmp_path, an(full_name=held))
    report = load(tmp_path, an(full_name=said))
    assert report.changed == 1
    assert record()[0] == said
    assert warned(report) == {1: f"full_name: differs from the register, which had: {held}"}


def test_marks_are_gained_also_where_a_word_is_left_out_and_a_tone_elsewhere_is_no_news(
    tmp_path: Path,
) -> None:
    load(tmp_path, an(full_name="NGUYEN VAN AN"), lan(full_name="Lê Thị Hòa"))
    report = load(tmp_path, an(full_name="Nguyễn An"), lan(full_name="Lê Thị Hoà"))
    assert record()[0] == "Nguyễn Van An"
    assert report.changed == 1
    assert list(warned(report)) == [1]


@pytest.mark.parametrize(
    "fields", [{"birth_precision": "Y"}, {"birth_precision": "M", "birth_date": "1985-03-01"}]
)
def test_a_birth_date_of_which_less_is_told_says_nothing(tmp_path: Path, fields: dict[str, str]) -> None:
    load(tmp_path, an())
    before = record()
    report = load(tmp_path, an(**{"birth_date": "1985-01-01", **fields}))
    assert (report.changed, report.warned, record()) == (0, 0, before)


@pytest.mark.parametrize(
    ("born", "why"), [("1985-01-01", "stands on 1 January"), ("1981-03-11", "is four years and a day before")]
)
def test_a_date_as_spreadsheets_write_it_leaves_the_registers_and_is_told(
    tmp_path: Path, born: str, why: str
) -> None:
    load(tmp_path, an())
    report = load(tmp_path, an(birth_date=born, phone="0912345678"))
    assert (report.changed, record()[1:3]) == (1, (dt.date(1985, 3, 12), "D"))
    assert why in warned(report)[1]
    assert "which stays: 1985-03-12" in warned(report)[1]


def test_a_birth_date_that_is_known_better_is_taken_and_told(tmp_path: Path) -> None:
    load(tmp_path, an(birth_date="1985-01-01", birth_precision="Y"))
    report = load(tmp_path, an())
    assert record()[1:3] == (dt.date(1985, 3, 12), "D")
    assert warned(report) == {1: "birth_date: differs from the register, which had: 1985-01-01"}


def test_dates_of_which_many_are_exchanged_come_back_however_they_are_written(tmp_path: Path) -> None:
    load(tmp_path, *several(9, "%Y-%m-%d"))
    before = births()
    report = load(tmp_path, *several(9, "%Y-%d-%m"))
    assert (report.changed, report.rejected) == (0, 8)
    assert all("birth_date: has day and month exchanged" in why for why in refused(report).values())
    assert births() == before


def test_a_single_date_that_is_exchanged_is_a_correction_and_told(tmp_path: Path) -> None:
    load(tmp_path, *several(9, "%Y-%m-%d"))
    report = load(tmp_path, *several(9, "%Y-%m-%d")[:7], several(9, "%Y-%d-%m")[7])
    assert (report.changed, report.rejected) == (1, 0)
    assert "differs from the register, which had" in warned(report)[8]


def test_a_parents_name_that_says_less_changes_nothing(tmp_path: Path) -> None:
    load(tmp_path, an(father_name="Nguyễn Đức Thọ", mother_name="Trần Thị Hoa"))
    report = load(tmp_path, an(father_name="Thọ Nguyễn Đức", mother_name="Bà Trần Hoa"))
    assert report.changed == 0
    assert rows("SELECT father_name, mother_name FROM person") == [("Nguyễn Đức Thọ", "Trần Thị Hoa")]
