"""Day first or month first: what a file's dates show, and how those are read that could be either."""

import polars as pl
import pytest

from dancu.matching.batch.birth_order import DAY_FIRST, MONTH_FIRST, UNKNOWN, BirthOrder, order_of


def order(*dates: str) -> str:
    return order_of([pl.Series(dates, dtype=pl.String)]).order


def read(order: str, *dates: str) -> list[tuple[str, bool]]:
    frame = pl.DataFrame({"birth": dates}).with_columns(reason=pl.lit(None, pl.String))
    return BirthOrder(order).read(frame).select("birth", "either").rows()


EITHER = [f"0{month}/1{month % 3}/1975" for month in range(1, 10)]


@pytest.mark.parametrize(
    ("dates", "found"),
    [
        (["04/30/1975", "12-31-80", *EITHER], MONTH_FIRST),
        (["30/04/1975", *EITHER], DAY_FIRST),
        (EITHER, UNKNOWN),
        (EITHER[:4], DAY_FIRST),
        (["04/30/1975", "30/04/1975", *EITHER], UNKNOWN),
        (["04/30/1975", *EITHER[:2]], UNKNOWN),
        (["04/30/1975"], DAY_FIRST),
        (["04/30/1975", *["30/04/1975"] * 30, *EITHER], DAY_FIRST),
        (["30/04/1975", *["4/30/1975 00:00"] * 60, *EITHER], MONTH_FIRST),
        (["1975-04-05", "1975", "27500", "hôm qua", "", "5/5/1975", "00/00/1975"] * 9, DAY_FIRST),
        ([], DAY_FIRST),
    ],
)
def test_the_order_is_day_first_unless_the_file_shows_another_or_none(dates, found):
    assert order(*dates) == found


def test_what_somebody_says_counts():
    assert order_of([pl.Series(["30/04/1975"])], "mdy").order == MONTH_FIRST
    assert order_of([pl.Series(["04/30/1975"] * 3)], "dmy").notice() == ""


def test_dates_that_stand_month_first_are_turned_and_nothing_else_is():
    odd = ["1975", "1975-04-05", "4/1975", "31/31/1975", "x", ""]
    assert read(MONTH_FIRST, "04/05/1975", "4.30.75", "04/30/1975 00:00", "30/04/1975", *odd) == [
        ("05/04/1975", False),
        ("30.4.75", False),
        ("30/04/1975 00:00", False),
        ("30/04/1975", False),
        *((one, False) for one in odd),
    ]


def test_where_the_order_is_not_known_dates_stay_and_those_are_told_that_could_be_either():
    dates = ("04/05/1975", "04/30/1975", "05/05/1975", "1975", "")
    assert read(UNKNOWN, *dates) == [(date, date == "04/05/1975") for date in dates]
    assert read(DAY_FIRST, *dates) == [(date, False) for date in dates]
