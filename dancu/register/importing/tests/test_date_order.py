"""A file whose dates stand month first says so by some of its rows, or by the register; of the others
nobody knows.
"""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from dancu.register.importing.date_order import DateOrder
from dancu.register.importing.tests.test_rules_of_files import (
    AN,
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

EITHER = "birth_date: may be month first, like others in this file; write 1975-04-30"


def several(number: int, written: str, **fields: str) -> list[dict[str, str | None]]:
    """So many people, born on the 4th to 12th of May of 1950 and later years."""
    births = [dt.date(1950 + nth, 5, 4 + nth % 9) for nth in range(number)]
    return [
        person(f"0790{born:%y}0{born:%d}{nth:03}", "Trần Văn Bình", born.strftime(written), 1, **fields)
        for nth, born in enumerate(births)
        if born.day != born.month
    ]


def births() -> set[dt.date]:
    return {born for (born,) in rows("SELECT birth_date FROM person WHERE full_name = 'Trần Văn Bình'")}


@pytest.mark.usefixtures("published_areas")
@pytest.mark.django_db(transaction=True)
def test_where_rows_can_only_be_month_first_those_that_could_be_either_come_back(
    tmp_path: Path, way: str
) -> None:
    people = (
        an(birth_date="03/25/1985"),
        lan(birth_date="06/03/1987"),
        hung(birth_date="25/01/1960"),
        hoa(birth_date="02/02/1962"),
    )
    report = load(tmp_path, *people)
    assert refused(report)[LAN] == EITHER
    assert "is not a date that exists" in refused(report)[AN]
    assert report.new == 2
    whole = (
        "birth_date: 1 rows can only be month first and come back, 1 only day first; 1 could be "
        "either and come back too: write all as 1975-04-30"
    )
    assert warned(report) == {0: whole}


@pytest.mark.usefixtures("published_areas")
@pytest.mark.django_db(transaction=True)
def test_a_slip_among_many_that_are_day_first_costs_no_other_row_and_is_told(
    tmp_path: Path, way: str
) -> None:
    many = [
        person(f"0790{60 + nth}0{10 + nth:05}", "Trần Văn Bình", f"{13 + nth}/04/19{60 + nth}", 1)
        for nth in range(10)
    ]
    report = load(tmp_path, an(birth_date="03/25/1985"), lan(birth_date="06/03/1987"), *many)
    assert list(refused(report)) == [AN]
    assert (
        warned(report)[2]
        == "birth_date: may be month first, as other rows in this file must be; it was read day first"
    )
    assert "1 could be either and are read day first" in warned(report)[0]
    assert rows("SELECT birth_date FROM person WHERE full_name = 'Lê Thị Lan'") == [(dt.date(1987, 3, 6),)]


@pytest.mark.usefixtures("published_areas")
@pytest.mark.django_db(transaction=True)
def test_dates_that_are_the_registers_with_day_and_month_exchanged_come_back(tmp_path: Path) -> None:
    load(tmp_path, *several(20, "%Y-%m-%d"))
    before = births()
    report = load(tmp_path, *several(20, "%m/%d/%Y", phone="0912345678"), lan(birth_date="06/03/1987"))
    assert (report.changed, report.new) == (0, 0)
    assert set(refused(report).values()) == {EITHER}
    assert "month first according to the birth dates in the register" in warned(report)[0]
    assert births() == before


@pytest.mark.usefixtures("published_areas")
@pytest.mark.django_db(transaction=True)
def test_dates_that_are_the_registers_as_they_are_read_are_taken(tmp_path: Path) -> None:
    load(tmp_path, *several(20, "%Y-%m-%d"))
    before = births()
    report = load(tmp_path, *several(20, "%d/%m/%Y", ethnicity="02"), lan(birth_date="06/03/1987"))
    assert (report.rejected, report.warned, report.new) == (0, 0, 1)
    assert births() == before


def test_a_file_of_dates_day_first_is_told_nothing() -> None:
    order = DateOrder()
    order.look(pl.DataFrame({"row": [1, 2, 3], "birth_date": ["25/03/1985", "06/03/1987", "1987-13-25"]}))
    assert order.unsure().is_empty()
    assert list(order.told()) == []


def test_each_column_is_looked_at_by_itself_and_over_all_batches() -> None:
    order = DateOrder()
    order.look(pl.DataFrame({"row": [1], "birth_date": ["05/06/1985"], "status_on": ["05/06/1985 10:00"]}))
    order.look(
        pl.DataFrame(
            {"row": [2], "birth_date": [None], "status_on": ["12/31/2020"]},
            schema_overrides={"birth_date": pl.String},
        )
    )
    unsure = order.unsure()
    assert unsure["row"].to_list() == [1]
    assert unsure["problems"][0].startswith("status_on: ")
    assert [(row, words[:9]) for row, words in order.told()] == [(None, "status_on")]
