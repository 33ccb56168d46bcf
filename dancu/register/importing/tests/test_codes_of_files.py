"""Codes of a file are those that there are, or are mended where it is certain which was meant, or their
row comes back.
"""

from pathlib import Path

import pytest
from click.testing import CliRunner

from dancu.register import lookups
from dancu.register.commands import population
from dancu.register.importing.tests.test_rules_of_files import AN, an, hung, load, refused
from dancu.testing.database import rows

pytestmark = [pytest.mark.usefixtures("published_areas"), pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("blood_group", "Z", "is not O, A, B or AB"),
        ("blood_group", "A1", "is not O, A, B or AB"),
        ("ethnicity", "99", "is not 01 to 54"),
        ("ethnicity", "00", "is not 01 to 54"),
        ("ethnicity", "Kinh", "is not 01 to 54"),
        ("religion", "99", "is not 01 to 14"),
        ("religion", "Không", "is not 01 to 14"),
        ("nationality", "VN", "is not a three-letter ISO 3166 country code"),
        ("nationality", "XXX", "is not a three-letter ISO 3166 country code"),
        ("email", "abc@gmail", "is not an email address"),
        ("email", "abc.gmail.com", "is not an email address"),
        ("cmnd", "000000000", "is nobody's number"),
    ],
)
def test_a_code_that_there_is_not_refuses_its_row(
    tmp_path: Path, way: str, field: str, value: str, reason: str
) -> None:
    report = load(tmp_path, an(**{field: value}), hung())
    assert report.new == 1
    assert list(refused(report)) == [AN]
    assert f"{field}: {reason}" in refused(report)[AN]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("blood_group", "o", "O"),
        ("blood_group", "0", "O"),
        ("blood_group", "A+", "A"),
        ("blood_group", "ab Rh-", "AB"),
        ("blood_group", "B (+)", "B"),
        ("ethnicity", "1", "01"),
        ("ethnicity", "1.0", "01"),
        ("ethnicity", "12.0", "12"),
        ("religion", "2", "02"),
        ("nationality", "vnm", "VNM"),
        ("email", "an.nguyen+1@mail.example.vn", "an.nguyen+1@mail.example.vn"),
    ],
)
def test_a_code_is_mended_where_it_is_certain(
    tmp_path: Path, way: str, field: str, value: str, code: str
) -> None:
    assert load(tmp_path, an(**{field: value}), hung()).rejected == 0
    assert lookups.get(lookups.by_number(AN)[0].person_id)[field] == code


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_whole_numbers_that_were_taken_for_fractions_are_whole(tmp_path: Path, way: str, kind: str) -> None:
    """As pandas writes a column in which a value is missing."""
    fields = {
        "sex": "1.0",
        "marital_status": "1.0",
        "status": "1,0",
        "relation_to_head": "1.0",
        "permanent_code": "26740.0",
    }
    report = load(
        tmp_path, an(pin=f"{AN}.0", cmnd="123456789.0", native_code="26743.00", **fields), hung(), kind=kind
    )
    assert (report.new, report.rejected) == (2, 0)
    found = lookups.get(lookups.by_number(AN)[0].person_id)
    assert (found["cmnd"], found["sex"], found["marital_status"]) == ("123456789", 1, 1)
    report = load(tmp_path, an(sex="1.5"), hung(permanent_code="26740.5"), kind=kind)
    assert "sex: is not a whole number" in refused(report)[AN]


def test_a_register_that_holds_people_asks_of_which_day_a_file_tells(tmp_path: Path) -> None:
    def imported(*more: str):
        return CliRunner().invoke(
            population, ["import", str(tmp_path / "people.csv"), "--rejects", str(tmp_path / "r.csv"), *more]
        )

    load(tmp_path, an(phone="0912345678"))
    load(tmp_path, an(phone="0987654321"))
    before = rows("SELECT * FROM person")
    asked = imported()
    assert asked.exit_code == 1
    assert "Traceback" not in asked.output
    assert "--on" in asked.output
    assert rows("SELECT * FROM person") == before
    assert imported("--on", "2026-11-01").exit_code == 0
