"""A synthetic population as a file: the same for a seed, whole or not at all."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner
from polars.testing import assert_frame_equal

from dancu.areas import lookups as areas
from dancu.areas.published import COMMUNE, REFORM, units
from dancu.register.commands import population
from dancu.register.importing import checking, population_file
from dancu.synthetic import population as synthetic
from dancu.synthetic.population import CannotGenerate, PartsThere, generate, make_chunk
from dancu.synthetic.population.writer import write_parquet

ON = date(2026, 7, 1)


def test_the_same_seed_gives_the_same_people_and_another_gives_others():
    once, twice, other = (make_chunk(seed, 0, 3_000, ON) for seed in (7, 7, 8))
    assert_frame_equal(once, twice)
    assert (once["full_name"] != other["full_name"]).mean() > 0.9


def test_a_chunk_does_not_depend_on_those_made_before_it():
    alone = make_chunk(7, 4, 2_000, ON)
    make_chunk(7, 3, 500, ON)
    assert_frame_equal(alone, make_chunk(7, 4, 2_000, ON))


def test_a_file_holds_all_chunks_in_order_and_tells_how_far_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(synthetic, "CHUNK_PEOPLE", 1_000)
    told: list[int] = []
    generate(2_500, 7, tmp_path / "people.parquet", ON, told.append)
    written = pl.read_parquet(tmp_path / "people.parquet")
    assert told == [1_000, 2_000, 2_500]
    assert written.schema == synthetic.SCHEMA
    chunks = [make_chunk(7, number, size, ON) for number, size in enumerate((1_000, 1_000, 500))]
    assert_frame_equal(written, pl.concat(chunks))


def test_a_directory_gets_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(synthetic, "CHUNK_PEOPLE", 1_000)
    monkeypatch.setattr(synthetic, "PART_PEOPLE", 2_000)
    generate(3_500, 7, tmp_path / "country", ON)
    parts = sorted((tmp_path / "country").iterdir())
    assert [part.name for part in parts] == ["part-0001.parquet", "part-0002.parquet"]
    assert [len(pl.read_parquet(part)) for part in parts] == [2_000, 1_500]
    generate(3_500, 7, tmp_path / "one.parquet", ON)
    assert_frame_equal(pl.read_parquet(parts), pl.read_parquet(tmp_path / "one.parquet"))


def test_parts_of_an_earlier_population_are_not_mixed_with_a_new_one(tmp_path: Path):
    generate(10, 7, tmp_path / "country", ON)
    before = (tmp_path / "country" / "part-0001.parquet").read_bytes()
    with pytest.raises(PartsThere, match="country holds parts"):
        generate(10, 8, tmp_path / "country", ON)
    assert (tmp_path / "country" / "part-0001.parquet").read_bytes() == before


def test_a_file_that_could_not_be_finished_is_not_there(tmp_path: Path):
    def frames():
        yield make_chunk(7, 0, 10, ON)
        raise KeyboardInterrupt

    with pytest.raises(BaseException):  # noqa: B017 (polars may wrap it)
        write_parquet(frames(), synthetic.SCHEMA, tmp_path / "people.parquet", 1_000)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("people", "on"), [(0, ON), (-5, ON), (10**9, ON), (10, date(2019, 1, 1))])
def test_an_impossible_population_is_refused(tmp_path: Path, people: int, on: date):
    with pytest.raises(CannotGenerate, match="1 to 195,300,000 people"):
        generate(people, 7, tmp_path / "people.parquet", on)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("people", [1, 2, 3, 7])
def test_a_tiny_population_is_whole_too(people: int):
    made = make_chunk(7, 0, people, ON)
    assert len(made) == people
    assert made["relation_to_head"][0] == 1


@pytest.mark.parametrize("on", [date(2025, 6, 30), date(2025, 7, 1)])
def test_codes_are_of_the_units_that_stood_on_the_day(on: date):
    communes = units().filter(pl.col("level") == COMMUNE)
    now = communes.filter((pl.col("valid_from") <= on) & (on < pl.col("valid_to").fill_null(date.max)))[
        "code"
    ]
    old = communes.filter(pl.col("valid_to").is_not_null())["code"]
    new = communes.filter(pl.col("valid_to").is_null())["code"]
    people = make_chunk(7, 0, 20_000, on)
    for column in ("permanent_code", "temporary_code", "current_code"):
        assert people[column].drop_nulls().is_in(now.to_list()).all(), column
    for column, until in (("birth_registered_code", "birth_date"), ("former_code", "former_until")):
        before = people.filter(pl.col(until) < REFORM)[column].drop_nulls()
        since = people.filter(pl.col(until) > REFORM)[column].drop_nulls()
        assert before.is_in(old.to_list()).all(), column
        assert since.is_in(new.to_list()).all(), column


def test_a_current_residence_has_an_address_and_none_means_the_permanent_one():
    people = make_chunk(7, 0, 20_000, ON)
    assert (people["current_code"].is_null() == people["current_address"].is_null()).all()
    assert 0.02 < people["current_code"].is_not_null().mean() < 0.08
    assert people["permanent_address"].str.len_chars().min() >= 4


@pytest.mark.django_db
@pytest.mark.usefixtures("published_areas")
def test_the_register_takes_every_row(tmp_path: Path):
    generate(5_000, 7, tmp_path / "people.parquet", ON)
    (batch,) = population_file.read(tmp_path / "people.parquet")
    checked = checking.check(batch, ON, areas.ids_by_code_and_era())
    assert len(checked.good) == 5_000
    assert checked.warned < 30


def test_a_population_that_cannot_be_written_is_refused_in_one_sentence(tmp_path: Path):
    (tmp_path / "part-0001.parquet").touch()
    for people, out in (
        ("10", tmp_path),
        ("10", tmp_path / "part-0001.parquet" / "beneath"),
        ("999999999", tmp_path / "new"),
    ):
        refused = CliRunner().invoke(population, ["generate", "--people", people, str(out)])
        assert refused.exit_code == 1 and isinstance(refused.exception, SystemExit), refused.exception
        assert refused.output.splitlines()[-1].startswith("Error: ")
