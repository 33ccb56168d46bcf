"""A number of a household that lost its zeros, or is one's in another commune, makes strangers into no
family.
"""

from pathlib import Path

import polars as pl
import pytest

from dancu.register import importing
from dancu.register.importing.tests.test_rules_of_files import (
    AN,
    HUNG,
    LAN,
    TODAY,
    an,
    hung,
    lan,
    load,
    refused,
    warned,
)
from dancu.testing.database import rows

pytestmark = [pytest.mark.usefixtures("published_areas"), pytest.mark.django_db(transaction=True)]

HERE, THERE = "26740", "26743"


def households() -> dict[str, int]:
    return dict(rows("SELECT pin, household_id FROM person"))


def test_a_number_without_its_zeros_leaves_the_household(tmp_path: Path) -> None:
    load(tmp_path, an(household_no="0012", relation_to_head=1), lan(household_no="0012", relation_to_head=2))
    before = households()
    report = load(tmp_path, an(household_no="12"), lan(household_no="12"), hung(household_no="12"))
    assert (report.changed, report.new) == (0, 1)
    assert set(households().values()) == set(before.values())
    assert warned(report)[1] == "household_no: has lost its zeros; the household stays 0012"


def test_another_number_is_another_household(tmp_path: Path) -> None:
    load(tmp_path, an(household_no="0012"))
    assert load(tmp_path, an(household_no="13")).changed == 1


def test_nobody_comes_to_a_household_in_another_commune(tmp_path: Path) -> None:
    load(tmp_path, an(household_no="7", relation_to_head=1), hung(household_no="8", permanent_code=THERE))
    before = households()
    report = load(
        tmp_path, lan(household_no="7", permanent_code=THERE), hung(household_no="7", permanent_code=THERE)
    )
    assert (report.new, report.changed, report.rejected) == (0, 0, 2)
    assert all(
        "household_no: is the number of a household in another commune" in why
        for why in refused(report).values()
    )
    assert households() == before


def test_who_moves_with_the_household_or_into_its_commune_comes_to_it(tmp_path: Path) -> None:
    load(tmp_path, an(household_no="7"))
    report = load(
        tmp_path, an(household_no="7", permanent_code=THERE), lan(household_no="7", permanent_code=THERE)
    )
    assert (report.new, report.changed, report.rejected) == (1, 1, 0)
    assert households()[AN] == households()[LAN]


def test_a_new_household_of_two_communes_is_told(tmp_path: Path) -> None:
    load(tmp_path, hung())
    report = load(tmp_path, an(household_no="7"), lan(household_no="7", permanent_code=THERE))
    assert (report.new, report.rejected) == (2, 0)
    assert set(warned(report).values()) == {"household_no: is the number of people in two communes"}


@pytest.mark.parametrize("written", ["{}.0", "{},0", " {}.00 "])
@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_number_taken_for_a_fraction_is_the_number(
    tmp_path: Path, way: str, written: str, kind: str
) -> None:
    load(tmp_path, an(household_no="324"), hung(household_no=written.format("324")), kind=kind)
    report = load(
        tmp_path, an(household_no=written.format("324")), lan(household_no=written.format("324")), kind=kind
    )
    assert (report.new, report.changed, report.rejected) == (1, 0, 0)
    assert len(set(rows("SELECT household_id FROM person WHERE pin IN (%s, %s, %s)", AN, LAN, HUNG))) == 1


def test_a_column_of_fractions_in_parquet_is_one_of_numbers(tmp_path: Path, way: str) -> None:
    load(tmp_path, an(household_no="324"))
    frame = pl.DataFrame([an(), lan()]).with_columns(household_no=pl.Series([324.0, 324.0]))
    frame.write_parquet(tmp_path / "people.parquet")
    report = importing.import_files([tmp_path / "people.parquet"], tmp_path / "rejected.csv", TODAY)
    assert (report.new, report.changed, report.rejected) == (1, 0, 0)


@pytest.mark.parametrize("written", ["1.23457E+11", "1,2e+11", "3E+05", "1.2e16"])
def test_a_rounded_number_comes_back(tmp_path: Path, way: str, written: str) -> None:
    report = load(tmp_path, an(household_no=written), lan(household_no="3E05"), hung(household_no="H-1.0"))
    assert refused(report) == {
        AN: "household_no: was rounded by a spreadsheet; write the whole number, as text"
    }


def test_who_moves_alone_leaves_the_household_as_by_an_event(tmp_path: Path) -> None:
    load(
        tmp_path,
        an(household_no="7", relation_to_head=1),
        lan(household_no="7", relation_to_head=2),
        hung(household_no="7", relation_to_head=4),
    )
    moved = an(household_no=None, permanent_code=THERE)
    report = load(tmp_path, moved)
    assert (report.changed, report.rejected) == (1, 0)
    assert rows("SELECT household_id, relation FROM person WHERE pin = %s", AN) == [(None, None)]
    assert (
        "household_no: is left with this move, since others of the household stay in another commune"
        in warned(report)[1]
    )
    assert "household_no: the household that this person leaves has no head" in warned(report)[1]
    assert load(tmp_path, moved).changed == 0


def test_who_moves_with_all_or_most_of_the_household_stays_in_it(tmp_path: Path) -> None:
    family = an(household_no="7"), lan(household_no="7"), hung(household_no="7")
    load(tmp_path, *family)
    before = households()
    report = load(tmp_path, *({**each, "household_no": None, "permanent_code": THERE} for each in family[:2]))
    assert warned(report) == dict.fromkeys(
        (1, 2), "household_no: others of the household live in another commune"
    )
    report = load(tmp_path, {**family[2], "household_no": None, "permanent_code": THERE})
    assert (report.changed, report.warned, households()) == (1, 0, before)
