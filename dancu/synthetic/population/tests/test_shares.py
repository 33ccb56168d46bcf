"""The synthetic population looks like the country: docs/domain.md, Population, within the play of chance
at 50,000 people.
"""

import csv
from pathlib import Path

import polars as pl
import pytest

from dancu.areas.published import COMMUNE, REFORM, units
from dancu.synthetic import population as synthetic
from dancu.synthetic.population import census
from dancu.synthetic.population.tests.sample import ON, PEOPLE, sample, share

KINH = pl.col("ethnicity") == "01"
GROWN = pl.col("age") >= 15


def households() -> pl.DataFrame:
    return sample().group_by("household_no").agg(pl.len().alias("size"))


def test_there_are_as_many_people_as_asked_for():
    assert len(sample()) == PEOPLE


def test_ages_follow_the_pyramid_of_the_census():
    group = (pl.col("age") // census.GROUP_YEARS).clip(0, 16)
    for place, expected in enumerate(census.AGE_SHARES):
        assert share(group == place) == pytest.approx(expected / 100, abs=0.005), f"age group {place}"


def test_there_are_99_men_to_100_women_and_111_boys_to_100_girls_at_birth():
    men = share(pl.col("sex") == 1)
    boys = share(pl.col("sex") == 1, of=pl.col("age") < 5)
    assert men / (1 - men) == pytest.approx(0.991, abs=0.02)
    assert boys / (1 - boys) == pytest.approx(1.115, abs=0.08)


def test_a_household_has_3_6_people():
    assert households()["size"].mean() == pytest.approx(3.6, abs=0.05)


@pytest.mark.parametrize(
    ("low", "high", "expected"), [(1, 1, 0.11), (2, 4, 0.65), (5, 6, 0.20), (7, 99, 0.04)]
)
def test_households_are_of_the_census_sizes(low: int, high: int, expected: float):
    assert households()["size"].is_between(low, high).mean() == pytest.approx(expected, abs=0.01)


def test_of_those_of_15_and_over_69_percent_are_married():
    assert share(pl.col("marital_status") == 2, of=GROWN) == pytest.approx(0.692, abs=0.015)
    assert share(pl.col("marital_status") != 1, of=pl.col("age") < 17) == 0


def test_most_of_the_very_old_are_widows():
    assert share((pl.col("marital_status") == 3) & (pl.col("sex") == 2), of=pl.col("age") >= 85) > 0.4


def test_provinces_have_their_share_of_births_and_people():
    with Path(synthetic.__file__).with_name("population-2019.csv").open(encoding="utf-8") as file:
        census_ = {
            row["province_code"]: int(row["population_2019"]) for row in csv.DictReader(file.readlines()[1:])
        }
    old = sample().select((pl.col("pin").str.slice(1, 2)).alias("province"))
    born = dict(old.drop_nulls().group_by("province").len().rows())
    for code in ("01", "38", "66", "91"):
        assert born[code] / PEOPLE == pytest.approx(census_[code] / sum(census_.values()), rel=0.35), code
    lives = (
        units()
        .filter((pl.col("level") == COMMUNE) & (pl.col("valid_from") == REFORM))
        .select("code", "parent_code")
    )
    living = sample().join(lives, left_on="permanent_code", right_on="code")
    assert len(living) == PEOPLE
    by_province = dict(living.group_by("parent_code").len().rows())
    merged = census_["79"] + census_["74"] + census_["77"]
    assert by_province["79"] / PEOPLE == pytest.approx(merged / sum(census_.values()), rel=0.06)
    assert len(by_province) == 34


def test_a_third_of_the_people_live_in_town():
    old = (
        units().filter((pl.col("level") == COMMUNE) & (pl.col("valid_from") != REFORM)).select("code", "kind")
    )
    homes = synthetic.make_chunk(3, 0, 50_000, synthetic.FIRST_DAY).join(
        old, left_on="permanent_code", right_on="code"
    )
    assert homes["kind"].is_in(["Phường", "Thị trấn"]).mean() == pytest.approx(0.344, abs=0.012)


@pytest.mark.parametrize(
    ("code", "expected"),
    [("01", 0.853), ("02", 0.0192), ("03", 0.0189), ("05", 0.0137), ("08", 0.0145), ("09", 0.0093)],
)
def test_ethnic_groups_have_their_share(code: str, expected: float):
    assert share(pl.col("ethnicity") == code) == pytest.approx(expected, rel=0.2)


def test_ethnic_groups_live_where_they_live():
    by_group = sample().with_columns(province=pl.col("pin").str.slice(1, 2).cast(pl.Int32))
    ede, khmer, hmong = (
        by_group.filter(pl.col("ethnicity") == code)["province"] for code in ("12", "05", "08")
    )
    assert (ede == 66).mean() > 0.75
    assert (khmer >= 70).mean() > 0.95
    assert hmong.is_in([2, 4, 6, 8, 10, 11, 12, 14, 15, 38, 40, 66, 67]).mean() > 0.85


@pytest.mark.parametrize(("code", "expected"), [("01", 0.048), ("02", 0.061), ("03", 0.0102), ("08", 0.010)])
def test_religions_have_their_share(code: str, expected: float):
    assert share(pl.col("religion") == code) == pytest.approx(expected, rel=0.2)
    assert share(pl.col("religion").is_null()) == pytest.approx(0.863, abs=0.01)


@pytest.mark.parametrize(
    ("surname", "expected"),
    [
        ("Nguyễn", 0.384),
        ("Trần", 0.11),
        ("Lê", 0.095),
        ("Phạm", 0.071),
        ("Phan", 0.045),
        ("Đặng", 0.021),
        ("Bùi", 0.02),
    ],
)
def test_surnames_have_their_share_among_the_kinh(surname: str, expected: float):
    assert share(pl.col("surname") == surname, of=KINH) == pytest.approx(expected, abs=0.004, rel=0.08)


def test_hoang_and_vu_are_of_the_north_and_huynh_and_vo_of_the_south():
    north = KINH & (pl.col("pin").str.slice(0, 3) <= "037")
    south = KINH & (pl.col("pin").str.slice(0, 3) >= "070")
    for northern, southern in (("Hoàng", "Huỳnh"), ("Vũ", "Võ")):
        assert share(pl.col("surname") == northern, of=north) > 5 * share(
            pl.col("surname") == southern, of=north
        )
        assert share(pl.col("surname") == southern, of=south) > 2 * share(
            pl.col("surname") == northern, of=south
        )


@pytest.mark.parametrize(("count", "expected"), [(2, 0.01), (3, 0.83), (4, 0.16)])
def test_names_have_two_three_or_four_words(count: int, expected: float):
    assert share(pl.col("words") == count) == pytest.approx(expected, abs=0.012)


def test_older_women_are_thi_and_older_men_van():
    woman, man = KINH & (pl.col("sex") == 2), KINH & (pl.col("sex") == 1)
    thi, van = pl.col("full_name").str.contains(" Thị "), pl.col("full_name").str.contains(" Văn ")
    assert share(thi, of=woman & (pl.col("age") > 65)) > 0.65
    assert share(thi, of=woman & (pl.col("age") < 15)) < 0.25
    assert share(van, of=man & (pl.col("age") > 65)) > 0.25
    assert share(van, of=man & (pl.col("age") < 15)) < 0.12
    assert share(thi, of=man) < 0.001
    assert share(van, of=woman) < 0.001


def test_most_adults_have_a_telephone_and_most_older_ones_an_old_card():
    assert share(pl.col("phone").is_not_null(), of=pl.col("age") >= 18) == pytest.approx(0.70, abs=0.03)
    assert share(pl.col("cmnd").is_not_null(), of=pl.col("birth_date").dt.year() < 2001) > 0.8
    assert share(pl.col("cmnd").is_not_null(), of=pl.col("birth_date").dt.year() > 2001) == 0


def test_a_few_have_died_lately_and_fewer_are_missing():
    assert 0.002 < share(pl.col("status") == 2) < 0.01
    assert 0 < share(pl.col("status") == 3) < 0.001
    gone = sample().filter(pl.col("status") != 1)
    assert gone["status_on"].is_between(ON.replace(year=ON.year - 1), ON).all()
    assert sample().filter(pl.col("status") == 1)["status_on"].null_count() == len(sample()) - len(gone)


def test_of_some_old_people_only_the_year_is_known():
    vague = (pl.col("birth_precision") == "Y").fill_null(False)
    assert share(vague, of=pl.col("age") >= 62) == pytest.approx(0.02, abs=0.01)
    assert share(vague, of=pl.col("age") < 60) == 0
    assert share(pl.col("birth_date").dt.ordinal_day() == 1, of=vague) == 1
