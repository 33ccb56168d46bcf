"""A large part's people are found in one pass over the register: the same people, and the same answers."""

import polars as pl
import pytest
from django.db import connection
from polars.testing import assert_frame_equal

from dancu.matching.answers import scorer
from dancu.matching.batch import cascade, keys, other_homes, sifting
from dancu.matching.batch.other_homes import OtherHomes
from dancu.matching.batch.tests.country import declarations, people
from dancu.matching.batch.tests.test_as_one import records_of
from dancu.matching.batch.weighing import Weighing
from dancu.register import many_candidates, one_pass

pytestmark = [pytest.mark.usefixtures("published_areas"), pytest.mark.django_db]


@pytest.fixture
def every_part_is_large(monkeypatch):
    monkeypatch.setattr(sifting, "FEWEST", 1)
    monkeypatch.setattr(other_homes, "_MANY", 1)


@pytest.mark.parametrize("profile", ["paper", "no_number"])
def test_one_pass_gives_the_answers_persons_and_scores_that_looking_up_gives(tmp_path, request, profile):
    file = people(tmp_path)
    weighing = Weighing(scorer())
    records = records_of(pl.read_parquet(declarations(file, 500, profile)), weighing)
    looked_up = cascade.find(records, weighing)
    request.getfixturevalue("every_part_is_large")
    told: dict[str, int] = {}
    passed = cascade.find(records, Weighing(scorer()), told.__setitem__)
    assert told[cascade.EVERYONE] > 50
    assert_frame_equal(passed.answers.sort("n"), looked_up.answers.sort("n"))
    kept = ["n", "person_id", "score", "found_by", "lives_in"]
    above = pl.col("score") >= weighing.scorer.weights.thresholds["review"]
    both = [found.ranked.filter(above).select(kept).sort("n", "person_id") for found in (passed, looked_up)]
    assert len(both[0]) > 50
    assert_frame_equal(*both)


def test_everybody_comes_through_the_sieves_whom_the_keys_lead_to_and_few_others(tmp_path):
    file = people(tmp_path)
    weighing = Weighing(scorer())
    records = keys.with_name_keys(records_of(pl.read_parquet(declarations(file, 60)), weighing))
    sought = {
        "home_and_born": keys.home_and_born(records).drop("n"),
        "given_and_born": keys.given_and_born(records).drop("n"),
        "named_at_home": keys.named_at_home(records).drop("n"),
    }
    passed = pl.concat(one_pass.people_under(sought))
    led = {
        person
        for block, keys_ in sought.items()
        for piece in many_candidates.having(block, keys_)
        for person in piece["person_id"]
    }
    assert len(led) > 50
    assert led <= set(passed["person_id"])
    assert len(passed) < len(led) + 30


def test_a_sieve_takes_keys_of_any_sign_and_age():
    day = pl.Series([-150_000, -1, 0, 40_000], dtype=pl.Int32).cast(pl.Date)
    given = pl.DataFrame({"given_key": pl.Series([-(2**31), 2**31 - 1, 0, -7], dtype=pl.Int32), "birth_date": day})
    condition = one_pass._sieve(("given_key", "birth_date"), given)  # pyright: ignore[reportPrivateUsage]
    rows = ", ".join(f"({key}, DATE '{born}')" for key, born in given.iter_rows())
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM (VALUES {rows}, (8, DATE '1990-01-01')) AS p (given_key, birth_date) WHERE {condition}"
        )
        assert cursor.fetchone() == (4,)


def test_other_homes_read_of_everybody_are_those_that_are_asked_for(tmp_path, monkeypatch):
    people(tmp_path)
    everybody = pl.Series("person_id", _ids())
    asked = many_candidates.other_homes(everybody)
    monkeypatch.setattr(other_homes, "_MANY", 1)
    homes = OtherHomes()
    assert not homes.are_known
    read = homes.of(everybody)
    assert homes.are_known
    assert len(asked) > 20
    assert_frame_equal(read, asked, check_row_order=False)
    assert len(homes.of(everybody.clear())) == 0


def _ids() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_id FROM person")
        return [person_id for (person_id,) in cursor.fetchall()]
