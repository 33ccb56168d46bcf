"""A file whose dates stand month first says so by some of its rows; of the others nobody knows."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from dancu.register.importing.date_order import DateOrder
from dancu.register.importing.tests.test_rules_of_files import AN, an, hoa, hung, lan, load, refused, warned
from dancu.register.tests.factories import someone
from dancu.register.tests.hangings import rows

EITHER = "birth_date: may stand month first, as other rows of this file must; it is read day first"


@pytest.mark.parametrize("way", ["first", "later"])
@pytest.mark.usefixtures("published_areas")
@pytest.mark.django_db(transaction=True)
def test_in_a_file_with_dates_month_first_those_that_could_be_either_are_told(tmp_path: Path, way: str) -> None:
    if way == "later":
        someone()
    people = (
        an(birth_date="03/25/1985"), lan(birth_date="06/03/1987"), hung(birth_date="25/01/1960"), hoa(birth_date="02/02/1962"),
    )  # fmt: skip
    report = load(tmp_path, *people)
    assert list(refused(report)) == [AN]
    whole = "birth_date: 1 rows can only be month first and come back, 1 only day first; 1 could be either and are read day first: write all as 1975-04-30"
    assert warned(report) == {0: whole, 2: EITHER}
    assert rows("SELECT birth_date FROM person WHERE full_name = 'Lê Thị Lan'") == [(dt.date(1987, 3, 6),)]


def test_a_file_of_dates_day_first_is_told_nothing() -> None:
    order = DateOrder()
    order.look(pl.DataFrame({"row": [1, 2, 3], "birth_date": ["25/03/1985", "06/03/1987", "1987-13-25"]}))
    assert order.told().is_empty()


def test_each_column_is_looked_at_by_itself_and_over_all_batches() -> None:
    order = DateOrder()
    order.look(pl.DataFrame({"row": [1], "birth_date": ["05/06/1985"], "status_on": ["05/06/1985 10:00"]}))
    order.look(
        pl.DataFrame(
            {"row": [2], "birth_date": [None], "status_on": ["12/31/2020"]}, schema_overrides={"birth_date": pl.String}
        )
    )
    told = order.told(refused=[2])
    assert told["row"].to_list() == [0, 1]
    assert all(each.startswith("status_on: ") for each in told["warnings"])
