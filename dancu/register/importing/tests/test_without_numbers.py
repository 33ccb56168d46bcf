"""Who has no number is known by the name, its marks too: other marks are another name, and often a twin's."""

from pathlib import Path

import pytest

from dancu.register.importing.tests.test_rules_of_files import an, lan, load, refused
from dancu.testing.database import rows

pytestmark = [pytest.mark.usefixtures("published_areas"), pytest.mark.django_db(transaction=True)]

AN, AAN, BARE = "Khuất Bảo An", "Khuất Bảo Ân", "KHUAT BAO AN"


def child(name: str, **fields) -> dict[str, str | None]:
    return an(pin=None, full_name=name, household_no="7", **fields)


def people() -> list[tuple[str, int]]:
    return rows("SELECT full_name, status FROM person WHERE pin IS NULL ORDER BY full_name")


@pytest.mark.parametrize(
    "fields", [{}, {"status": 2, "status_on": "2026-10-01"}, {"permanent_code": "26743"}]
)
@pytest.mark.parametrize("born", [{}, {"birth_date": "1985-01-01", "birth_precision": "Y"}])
@pytest.mark.parametrize(("held", "said"), [(AN, AAN), (AAN, AN), ("Lưu Văn Hùng", "Lưu Văn Hưng")])
def test_other_marks_are_another_name_and_the_row_comes_back(
    tmp_path: Path, held: str, said: str, born: dict, fields: dict
) -> None:
    load(tmp_path, child(held, **born), lan())
    report = load(tmp_path, child(said, **born, **fields))
    assert (report.new, report.changed, report.rejected) == (0, 0, 1)
    assert f"the register has {held} without a number" in "".join(refused(report).values())
    assert people() == [(held, 1)]


@pytest.mark.parametrize(
    ("held", "said", "kept"),
    [
        (AN, BARE, AN),
        (BARE, AAN, AAN),
        (AN, AN.lower(), AN),
        ("Lê Hòa", "Lê Hoà", None),
        (AN, "khuat bao an", AN),
    ],
)
def test_a_name_without_its_marks_in_capitals_or_with_one_elsewhere_is_known(
    tmp_path: Path, held: str, said: str, kept: str | None
) -> None:
    load(tmp_path, child(held), lan())
    report = load(tmp_path, child(said, status=2, status_on="2026-10-01"))
    assert (report.new, report.changed, report.rejected) == (0, 1, 0)
    assert [status for _name, status in people()] == [2]
    assert kept is None or people()[0][0] == kept


def test_twins_whose_names_differ_by_marks_stand_in_one_file_and_again(tmp_path: Path) -> None:
    load(tmp_path, lan())
    report = load(tmp_path, child(AN), child(AAN))
    assert (report.new, report.rejected, report.warned) == (2, 0, 1)
    again = load(tmp_path, child(AN), child(AAN))
    assert (again.new, again.changed, again.rejected) == (0, 0, 0)


def test_of_twins_a_name_without_any_marks_is_neithers(tmp_path: Path) -> None:
    load(tmp_path, lan())
    load(tmp_path, child(AN), child(AAN))
    died = load(tmp_path, child(BARE, status=2, status_on="2026-10-01"))
    assert (died.new, died.changed, died.rejected) == (0, 0, 1)
    assert people() == [(AN, 1), (AAN, 1)]


def test_nor_are_two_marked_names_both_the_one_without(tmp_path: Path) -> None:
    load(tmp_path, child(BARE), lan())
    report = load(tmp_path, child(AN), child(AAN))
    assert (report.new, report.changed, report.rejected) == (0, 0, 2)


@pytest.mark.parametrize("names", [(AN, BARE), (BARE, AAN), (AN, AAN, BARE), (BARE, AN, AAN)])
def test_beside_a_name_without_marks_only_one_row_of_a_file_is_taken(tmp_path: Path, names: tuple) -> None:
    load(tmp_path, lan())
    report = load(tmp_path, *map(child, names))
    assert report.new == (2 if names[0] == AN and names[1] == AAN else 1)
    assert report.new + report.rejected == len(names)
