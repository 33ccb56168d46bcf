"""A large part's people are found in a copy of the register: the same people, and the same answers."""

import datetime as dt

import polars as pl
import pytest
from django.db import connection
from polars.testing import assert_frame_equal

from dancu.matching.answers import scorer
from dancu.matching.batch import cascade, choosing
from dancu.matching.batch import snapshot_candidates as copied
from dancu.matching.batch.choosing import people_for
from dancu.matching.batch.indexed_candidates import IndexedCandidates
from dancu.matching.batch.other_homes import OtherHomes
from dancu.matching.batch.snapshot_candidates import SnapshotCandidates
from dancu.matching.batch.tests.country import declarations, people
from dancu.matching.batch.tests.test_as_one import records_of
from dancu.matching.batch.weighing import PairScorer
from dancu.matching.tests import test_shared_values as shared
from dancu.register import actions, many_candidates
from dancu.register import snapshot as copying
from dancu.register.snapshot import copies, making
from dancu.testing.officials import acting_as
from dancu.testing.people import ha, someone

pytestmark = [pytest.mark.usefixtures("published_areas"), pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    for module in (making, copies):
        monkeypatch.setattr(module, "FOLDER", tmp_path / "copies")


def found_by(reach, records: pl.DataFrame, told=lambda step, records: None):
    """What is found where `reach` (of a Weighing) looks, and the pairs above the threshold of review."""
    weighing = PairScorer(scorer())
    weighing.remember(records)
    found = cascade.find(records, weighing, reach(weighing), told)
    kept = ["n", "person_id", "score", "found_by", "lives_in"]
    above = pl.col("score") >= weighing.scorer.weights.thresholds["review"]
    return found, found.ranked.filter(above).select(kept).sort("n", "person_id")


@pytest.mark.parametrize("profile", ["paper", "no_number", "declaration"])
def test_a_copy_gives_the_answers_persons_and_scores_that_looking_up_gives(tmp_path, profile):
    file = people(tmp_path)
    records = records_of(pl.read_parquet(declarations(file, 500, profile)), PairScorer(scorer()))
    copy = copying.make()
    told: dict[str, int] = {}
    looked_up, above = found_by(IndexedCandidates, records)
    passed, above_too = found_by(
        lambda weighing: SnapshotCandidates(copy, weighing), records, told.__setitem__
    )
    assert told[cascade.READING] > 50
    assert len(above) > 50
    assert_frame_equal(passed.answers.sort("n"), looked_up.answers.sort("n"))
    assert_frame_equal(above_too, above)
    holders = [found.holders.select("n", "person_id", "led_by").sort("n") for found in (passed, looked_up)]
    assert_frame_equal(*holders)


@pytest.mark.parametrize("profile", ["paper", "no_number"])
def test_blocks_asked_for_at_once_give_what_each_gives_in_its_turn(tmp_path, profile, monkeypatch):
    file = people(tmp_path)
    records = records_of(pl.read_parquet(declarations(file, 500, profile)), PairScorer(scorer()))
    copy = copying.make()
    for reach in (IndexedCandidates, lambda weighing: SnapshotCandidates(copy, weighing)):
        at_once, above_at_once = found_by(reach, records, (told_at_once := {}).__setitem__)
        with monkeypatch.context() as turned:
            turned.setattr(cascade, "_FEW", 0)
            in_turn, above = found_by(reach, records, (told := {}).__setitem__)
        assert_frame_equal(at_once.answers.sort("n"), in_turn.answers.sort("n"))
        assert_frame_equal(above_at_once, above)
        assert_frame_equal(at_once.capped.sort("n", "block"), in_turn.capped.sort("n", "block"))
        assert told_at_once == told


def test_crowded_keys_are_cut_alike_in_turn_and_at_once(tmp_path, monkeypatch):
    file = people(tmp_path)
    records = records_of(pl.read_parquet(declarations(file, 300, "no_number")), PairScorer(scorer()))
    copy = copying.make()
    monkeypatch.setattr(copied, "MOST", 1)
    monkeypatch.setattr(copied, "_MOST_PAIRS", 2)
    at_once, above_at_once = found_by(lambda weighing: SnapshotCandidates(copy, weighing), records)
    monkeypatch.setattr(cascade, "_FEW", 0)
    in_turn, above = found_by(lambda weighing: SnapshotCandidates(copy, weighing), records)
    assert len(in_turn.capped) > 3
    assert_frame_equal(above_at_once, above)
    assert_frame_equal(at_once.capped.sort("n", "block"), in_turn.capped.sort("n", "block"))


def test_for_few_records_the_register_is_asked_four_times(tmp_path, monkeypatch):
    file = people(tmp_path)
    records = records_of(pl.read_parquet(declarations(file, 300, "no_number")), PairScorer(scorer()))
    find, asked = IndexedCandidates.find, []
    monkeypatch.setattr(
        IndexedCandidates, "find", lambda self, sought: (asked.append(sought), find(self, sought))
    )
    found_by(IndexedCandidates, records)
    assert len(asked) <= 4


def test_a_household_of_near_names_is_told_apart_in_a_copy_as_in_the_register():
    for member in (
        shared.HUNG,
        shared.HOA,
        shared.SON | {"pin": shared.SONS},
        shared.SON | {"full_name": "Trần Đức Anh"},
    ):
        someone(**member)
    records = records_of(shared.in_a_household(), PairScorer(scorer()))
    copy = copying.make()
    looked_up, above = found_by(IndexedCandidates, records)
    passed, above_too = found_by(lambda weighing: SnapshotCandidates(copy, weighing), records)
    assert {"match", "several", "review", "none"} <= set(looked_up.answers["answer"])
    assert_frame_equal(passed.answers.sort("n"), looked_up.answers.sort("n"))
    assert_frame_equal(above_too, above)


def test_twins_whose_names_sound_alike_are_told_apart_in_a_copy_as_in_the_register():
    for twin in shared.twins():
        someone(**twin)
    records = records_of(shared.by_twins(), PairScorer(scorer()))
    copy = copying.make()
    looked_up, above = found_by(IndexedCandidates, records)
    passed, above_too = found_by(lambda weighing: SnapshotCandidates(copy, weighing), records)
    assert {"match", "several"} <= set(looked_up.answers["answer"])
    assert_frame_equal(passed.answers.sort("n"), looked_up.answers.sort("n"))
    assert_frame_equal(above_too, above)


def test_who_changed_since_the_copy_is_found_as_they_are_now(tmp_path):
    file = people(tmp_path)
    copy, acting = copying.make(), acting_as(ha())
    declared = pl.read_parquet(declarations(file, 300, "declaration", outsiders=0))
    numbers = declared["truth_pin"].drop_nulls().unique().sort().to_list()[:20]
    for nth, person_id in enumerate(_ids(numbers)):
        if nth % 2:
            actions.correct(
                acting, person_id, {"full_name": f"Trịnh Xuân {'Bách Cúc Dung Giang'.split()[nth % 4]}"}, "x"
            )
        else:
            actions.replace_pin(acting, person_id, f"00108500{nth:04}", dt.date(2026, 7, 1), "x")
    records = records_of(declared, PairScorer(scorer()))
    _looked_up, above = found_by(IndexedCandidates, records)
    _passed, above_too = found_by(lambda weighing: SnapshotCandidates(copy, weighing), records)
    assert_frame_equal(above_too, above)


def test_of_a_key_that_makes_too_many_pairs_not_all_people_are_read_and_the_record_is_told(
    tmp_path, monkeypatch
):
    file = people(tmp_path)
    records = records_of(pl.read_parquet(declarations(file, 200, "no_number")), PairScorer(scorer()))
    copy = copying.make()
    monkeypatch.setattr(copied, "MOST", 1)
    monkeypatch.setattr(copied, "_MOST_PAIRS", 0)
    few, _above = found_by(lambda weighing: SnapshotCandidates(copy, weighing), records)
    assert len(few.capped) > 3
    cut = few.capped["n"].unique()
    assert "match" not in set(
        few.answers.filter(
            pl.col("n").is_in(cut.implode()), pl.col("n").is_in(few.holders["n"].implode()).not_()
        )["answer"]
    )


def test_a_large_part_reads_a_copy_which_is_made_where_that_pays(tmp_path, monkeypatch):
    people(tmp_path, 600)
    monkeypatch.setattr(choosing, "FEWEST", 2)
    weighing, told = PairScorer(scorer()), []

    def reach(records: int) -> type:
        with people_for(records, weighing, lambda step, people: told.append(step)) as found:
            return type(found)

    monkeypatch.setattr(choosing, "_MAKE", 100)  # 6 records
    assert [reach(1), reach(5)] == [IndexedCandidates, IndexedCandidates]
    assert not told
    assert reach(6) is SnapshotCandidates
    assert told == ["copying the register"]
    assert [reach(1), reach(5)] == [IndexedCandidates, SnapshotCandidates]
    assert told == ["copying the register"]


def test_without_room_for_a_copy_people_are_looked_up(tmp_path, monkeypatch):
    people(tmp_path, 100)
    monkeypatch.setattr(choosing, "FEWEST", 1)
    monkeypatch.setattr(making, "_BYTES", 1 << 60)
    told = []
    with people_for(100, PairScorer(scorer()), lambda step, people: told.append(step)) as found:
        assert isinstance(found, IndexedCandidates)
    assert "MB" in told[0]


def test_other_homes_of_a_copy_are_those_that_are_asked_for(tmp_path):
    people(tmp_path)
    weighing = PairScorer(scorer())
    everybody = pl.Series("person_id", _ids())
    asked = OtherHomes().of(everybody)
    assert_frame_equal(asked, many_candidates.other_homes(everybody), check_row_order=False)
    SnapshotCandidates(copying.make(), weighing)
    assert len(asked) > 20
    assert_frame_equal(weighing.homes.of(everybody), asked, check_row_order=False)
    assert len(weighing.homes.of(everybody.clear())) == 0


def _ids(pins: list[str] | None = None) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_id FROM person WHERE %s::text[] IS NULL OR pin = ANY (%s) ORDER BY pin",
            [pins, pins],
        )
        return [person_id for (person_id,) in cursor.fetchall()]
