"""What the bench counts as found, missed and mistaken: a wrong count would be believed."""

import datetime as dt

import polars as pl
import pytest
from django.db import connection

from bench import country, declarations, febrl, matching
from bench.declarations import Answered, Outcome
from dancu.areas import actions as areas
from dancu.register import importing
from dancu.synthetic import corruption as noise
from dancu.synthetic.population.tests.sample import sample

AN, BINH = 1, 2


def answer(kind: str, truth: int | None, *ranked: int, **declared) -> Answered:
    known = {
        "has_commune": True,
        "has_number": True,
        "faults": [],
        "outsider": "" if truth else "outsider_twin",
    } | declared
    return Answered(kind, truth, ranked[0] if ranked else None, ranked, len(ranked), 1.0, **known)


def test_an_automatic_match_counts_only_where_it_is_the_person_meant():
    outcome = Outcome(
        "paper",
        [
            answer("match", AN, AN),
            answer("match", AN, BINH),
            answer("match", None, BINH),
            answer("none", None),
            answer("review", AN, AN),
        ],
    )
    assert outcome.matches == 3
    assert outcome.precision == pytest.approx(1 / 3)
    assert outcome.recall() == pytest.approx(1 / 3)
    assert outcome.found() == pytest.approx(2 / 3)
    assert dict(outcome.mistaken()) == {"person": 1, "outsider_twin": 1}


def test_recall_is_told_apart_by_what_was_declared():
    outcome = Outcome(
        "paper",
        [
            answer("match", AN, AN, has_commune=False),
            answer("none", AN, has_number=False, faults=["number_missing"]),
        ],
    )
    assert outcome.recall(outcome.with_commune) == 0
    assert outcome.recall(outcome.with_number) == 1
    assert outcome.missed() == [("number_missing", 1, 1), ("none", 0, 1)]


def test_whom_a_declaration_means_is_known_with_a_number_and_without(db, tmp_path, monkeypatch):
    people = sample().drop("age", "surname", "words")
    some = pl.concat(
        [
            people.filter(pl.col("pin").is_null()).head(20),
            people.filter(pl.col("pin").is_not_null()).head(380),
        ]
    )
    file = tmp_path / "people.parquet"
    some.write_parquet(file)
    areas.import_published()
    importing.import_files([file], tmp_path / "rejected.csv", dt.date(2026, 7, 1))
    monkeypatch.setattr(country, "population", lambda: file)
    noise.generate(file, 400, 2, "paper", tmp_path / "declared.parquet", dt.date(2026, 7, 1), 0.1)
    rows = pl.read_parquet(tmp_path / "declared.parquet")
    truth = declarations._people(rows)
    assert rows["truth_row"].count() >= 3
    assert [person is not None for person in truth] == rows["in_register"].to_list()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE person SET full_name = 'Nguyễn Văn An' WHERE pin IS NULL")
    with pytest.raises(declarations.RegisterIsAnother):
        declarations._people(rows)


def test_febrl_is_read_and_its_halves_are_told_apart():
    left, right = febrl.files()
    assert (len(left), len(right)) == (5000, 5000)
    assert set(map(febrl.person, left["rec_id"])) == set(map(febrl.person, right["rec_id"]))
    assert sum(map(febrl.is_training, left["rec_id"])) == 2500


def test_a_threshold_is_chosen_on_the_half_that_is_not_reported():
    best = {
        "rec-2-org": ("rec-2-dup-0", 9.0),
        "rec-4-org": ("rec-6-dup-0", 5.0),
        "rec-1-org": ("rec-1-dup-0", 8.0),
        "rec-3-org": ("rec-3-dup-0", 9.5),
        "rec-5-org": ("rec-7-dup-0", 9.1),
    }
    found = febrl.measured(febrl.Linked("peer", best, 10, 1.0))
    assert found.threshold == 9.0
    assert found.precision == pytest.approx(1 / 2)
    assert found.recall == pytest.approx(1 / 2500)


def test_the_peer_of_likeness_alone_links_febrl():
    linked = febrl.measured(febrl.rapidfuzz_links())
    assert linked.f1 > 0.98
    assert linked.p99 is not None


def test_our_figures_stand_beside_the_best_peers():
    ours = febrl.Measured("dancu", 0.9, 0.8, 0.85, 1.0, 0.5, 2.0, 3.0, None)
    peers = [
        febrl.Measured("splink", 0.7, 0.9, 0.8, 4.0, 300.0, 500.0, 6.0, 1.0),
        febrl.Measured("rapidfuzz", 1.0, 0.5, 0.7, 0.1, 0.1, 0.2, 30.0, 60.0),
    ]
    figures = {figure.name: figure for figure in matching._beside(ours, peers, 2500)}
    assert figures["matching.febrl4_precision"].limit == 100
    assert figures["matching.febrl4_recall"].limit == 90
    assert figures["matching.febrl4_p99"].limit == 500
