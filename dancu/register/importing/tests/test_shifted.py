"""Birth dates that are all a day early, a month or a year off come back as a column, as the register or
their times of day show.
"""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from dancu.register import importing
from dancu.register.importing.moments import Moments
from dancu.register.importing.tests.test_rules_of_files import (
    AN,
    TODAY,
    an,
    hung,
    lan,
    load,
    person,
    refused,
    warned,
)
from dancu.testing.database import rows

UTC = "birth_date: is midnight in Vietnam written in UTC without saying so"

BIRTHS = [dt.date(1955 + 2 * nth, 1 + nth % 12, 1 + 3 * (nth % 9)) for nth in range(12)]


def people(births: list[str], **fields: str) -> list[dict[str, str | None]]:
    names = "An Bình Cường Dũng Giang Hải Khoa Long Minh Nam Phúc Quang".split()
    each = zip(names, BIRTHS, births, strict=True)
    return [
        person(f"0790{born:%y}0{nth:05}", f"Trần Văn {name}", said, 1, **fields)
        for nth, (name, born, said) in enumerate(each)
    ]


def births() -> list[dt.date]:
    return [
        born
        for (born,) in rows(
            "SELECT birth_date FROM person WHERE starts_with(full_name, 'Trần Văn') ORDER BY pin"
        )
    ]


@pytest.mark.parametrize(
    "written",
    [
        "1985-03-11 17:00:00",
        "1985-03-11T17:00:00.000",
        "11/03/1985 17:00",
        "1985-03-11 16:00:00",
        "1985-03-11T16:53:30",
        "11/03/1985 5:00:00 PM",
        "19850311T170000",
        "31117.7083333333",
    ],
)
def test_a_midnight_of_vietnam_in_utc_without_its_zone_is_known(written: str) -> None:
    moments = Moments()
    moments.look(pl.DataFrame({"row": [1, 2], "birth_date": [written, None]}))
    assert moments.unsure()["row"].to_list() == [1]
    assert moments.unsure()["problems"][0].startswith(UTC)


@pytest.mark.parametrize(
    "written",
    [
        "1985-03-11",
        "1985-03-11 00:00:00",
        "1985-03-11T17:00:00Z",
        "1985-03-11T17:00:00+07:00",
        "1985-03-11 17:25",
        "31117",
        "31117.5",
        "19850311",
    ],
)
def test_a_day_another_time_and_a_moment_with_its_zone_are_no_such_midnight(written: str) -> None:
    moments = Moments()
    moments.look(pl.DataFrame({"row": [1], "birth_date": [written]}))
    assert moments.unsure().is_empty()


def test_times_of_a_day_among_which_one_is_so_are_times_of_a_day() -> None:
    moments = Moments()
    written = ["2026-03-11 17:00", "2026-03-12 09:15", "2026-03-13 22:40"]
    moments.look(
        pl.DataFrame(
            {
                "row": [1, 2, 3],
                "status_on": written,
                "birth_date": [f"{day}-{nth}" for nth, day in enumerate(written)],
            }
        )
    )
    assert moments.unsure().is_empty()


@pytest.mark.usefixtures("published_areas")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_column_of_moments_in_utc_comes_back_into_any_register(tmp_path: Path, way: str, kind: str) -> None:
    early = [dt.datetime.combine(born, dt.time()) - dt.timedelta(hours=7) for born in BIRTHS]
    frame = pl.DataFrame(people([""] * 12)).with_columns(birth_date=pl.Series(early))
    file = tmp_path / f"people.{kind}"
    frame.write_parquet(file) if kind == "parquet" else frame.write_csv(file)
    report = importing.import_files([file], tmp_path / "rejected.csv", TODAY)
    assert (report.new, report.rejected) == (0, 12)
    assert all(told.startswith(UTC) for told in refused(report).values())


@pytest.mark.usefixtures("published_areas")
@pytest.mark.django_db(transaction=True)
def test_moments_at_midnight_and_in_utc_by_their_type_are_days(tmp_path: Path, way: str) -> None:
    moments = pl.Series([dt.datetime.combine(born, dt.time()) for born in BIRTHS])
    frame = pl.DataFrame(people([""] * 12)).with_columns(birth_date=moments)
    frame.write_parquet(tmp_path / "people.parquet")
    zoned = frame.with_columns(
        birth_date=moments.dt.replace_time_zone("Asia/Ho_Chi_Minh").dt.convert_time_zone("UTC")
    )
    zoned.write_parquet(tmp_path / "zoned.parquet")
    for file in ("people.parquet", "zoned.parquet"):
        report = importing.import_files([tmp_path / file], tmp_path / "rejected.csv", TODAY)
        assert (report.rejected, births()) == (0, BIRTHS)


@pytest.mark.usefixtures("published_areas")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("shift", "words"),
    [
        (lambda born: born - dt.timedelta(days=1), "1 day before"),
        (lambda born: born + dt.timedelta(days=2), "2 days after"),
        (
            lambda born: born.replace(month=born.month % 12 + 1, year=born.year + born.month // 12),
            "1 month after",
        ),
        (lambda born: born.replace(year=born.year + 1), "12 months after"),
    ],
)
def test_dates_that_are_the_registers_but_for_one_shift_come_back_and_new_people_with_them(
    tmp_path: Path, shift, words: str
) -> None:
    load(tmp_path, *people([str(born) for born in BIRTHS]), an())
    report = load(tmp_path, *people([str(shift(born)) for born in BIRTHS], phone="0912345678"), an(), lan())
    assert (births(), report.changed, report.new) == (BIRTHS, 0, 0)
    assert any(f"is {words} the register's" in told for told in refused(report).values())
    assert "may be as far off as others in this file" in "".join(refused(report).values())
    assert AN not in refused(report)


@pytest.mark.usefixtures("published_areas")
@pytest.mark.django_db(transaction=True)
def test_two_dates_a_day_off_are_corrections_and_told(tmp_path: Path) -> None:
    load(tmp_path, an(), hung(birth_date="1960-01-15"))
    report = load(tmp_path, an(birth_date="1985-03-11"), hung(birth_date="1960-01-14"), lan())
    assert (report.changed, report.new, report.rejected) == (2, 1, 0)
    assert warned(report)[1] == "birth_date: differs from the register, which had: 1985-03-12"
