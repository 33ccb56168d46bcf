"""Names typed for a font of before Unicode are read where that is certain; of a whole such file those
that are not come back.
"""

from pathlib import Path

import pytest

from dancu.register.importing.tests.test_rules_of_files import (
    AN,
    LAN,
    an,
    hoa,
    hung,
    lan,
    load,
    refused,
    warned,
)
from dancu.testing.database import rows
from dancu.text.fonts import into_tcvn3, into_vni

pytestmark = [pytest.mark.usefixtures("published_areas"), pytest.mark.django_db(transaction=True)]


def names() -> set[str]:
    return {name for (name,) in rows("SELECT full_name FROM person WHERE pin LIKE '079%%'")}


@pytest.mark.parametrize("typed", [into_vni, into_tcvn3])
def test_a_file_in_an_old_font_brings_in_the_names_that_were_meant(tmp_path: Path, way: str, typed) -> None:
    people = [an(father_name=typed("Nguyễn Đức Thọ")), lan(), hung(), hoa()]
    report = load(tmp_path, *({**each, "full_name": typed(each["full_name"])} for each in people))
    assert names() == {"Nguyễn Văn An", "Lê Thị Lan", "Nguyễn Văn Hùng", "Trần Thị Hoa"}
    assert "are in a" in warned(report)[0]
    assert rows("SELECT father_name FROM person WHERE father_name IS NOT NULL") == [("Nguyễn Đức Thọ",)]


@pytest.mark.parametrize("typed", [into_vni, into_tcvn3])
def test_a_file_in_an_old_font_changes_no_name(tmp_path: Path, typed) -> None:
    people = [an(), lan(), hung(), hoa()]
    load(tmp_path, *people)
    report = load(tmp_path, *({**each, "full_name": typed(each["full_name"])} for each in people))
    assert (report.changed, report.rejected) == (0, 0)


def test_a_name_that_is_one_in_unicode_and_in_the_font_of_the_file_comes_back(
    tmp_path: Path, way: str
) -> None:
    both = into_vni("Hồ Thị Lan")
    assert both == "Hoà Thò Lan"
    report = load(tmp_path, lan(full_name=both), an(full_name=into_vni("Nguyễn Văn An")))
    assert refused(report)[LAN].startswith(
        "full_name: may be typed in a VNI font, as other names of this file are"
    )
    assert names() == {"Nguyễn Văn An"}


def test_one_name_in_a_font_among_many_in_unicode_costs_no_other_row(tmp_path: Path, way: str) -> None:
    many = [{**hung(), "pin": f"0790600{nth:05}", "household_no": str(nth)} for nth in range(10, 20)]
    report = load(tmp_path, lan(full_name="Hoà Thò Lan"), an(full_name=into_vni("Nguyễn Văn An")), *many)
    assert report.rejected == 0
    assert {"Hoà Thò Lan", "Nguyễn Văn An"} < names()


@pytest.mark.parametrize("name", ["Nguyeenx Vawn An", "Nguye6n4 Va8n An", "Mai Vawn Hungf"])
def test_keys_in_the_place_of_marks_come_back(tmp_path: Path, way: str, name: str) -> None:
    report = load(tmp_path, an(full_name=name), lan())
    assert "full_name: contains Telex or VNI keys instead of accents" in refused(report)[AN]
    assert names() == {"Lê Thị Lan"}


@pytest.mark.parametrize(
    "name", ["Nguyen Max", "Loïc Nguyen", "Alex Trần", "Y Êñuôl", "José Müller", "Lê Hoà"]
)
def test_names_of_people_are_not_taken_for_keys_or_fonts(tmp_path: Path, way: str, name: str) -> None:
    assert load(tmp_path, an(full_name=name), lan()).rejected == 0
    assert names() == {name, "Lê Thị Lan"}
