"""Files with few duplicates and many that are near: what is near is not taken for the same."""

import json
from types import SimpleNamespace

import duckdb
import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner

from dancu.linkage.mapping import load_mapping
from dancu.linkage.model.fitting import _two_kinds
from dancu.linkage.model.learnt import Field
from dancu.linkage.model.model import load_model
from dancu.linkage.model.near import fit_three_kinds, is_doubtful
from dancu.linkage.model.toml import as_toml
from dancu.linkage.records import load_records
from dancu.linkage.tests.albums import albums
from dancu.linkage.tests.households import households
from dancu.linkage.thresholds import chosen_threshold
from dancu.matching.commands import match

pytestmark = pytest.mark.slow

MAPPING = """
id = "id"
label = "cluster"
[columns]
artist = "text"
title = "text"
genre = "category"
year = "year"
tracks = "text"
"""
# how often pairs that are the same, near, and different agree in full and in part
SAME, NEAR, DIFFERENT = (
    [(0.85, 0.08), (0.70, 0.20), (0.30, 0.60), (0.50, 0.05), (0.50, 0.08)],
    [(0.25, 0.34), (0.01, 0.50), (0.00, 0.33), (0.86, 0.00), (0.85, 0.04)],
    [(0.010, 0.020), (0.001, 0.010), (0.0001, 0.010), (0.15, 0.02), (0.10, 0.03)],
)
RECORDS = 600
EVERY = RECORDS * (RECORDS - 1) // 2


def compared(same: int, near: int) -> tuple[list[Field], np.ndarray]:
    """Every pair of a file compared in five fields, and which of them are the same."""
    draw = np.random.default_rng(4)
    kinds = np.repeat([0, 1, 2], [same, near, EVERY - same - near])
    fields = []
    for n in range(len(SAME)):
        shares = np.array([(*kind[n], 1 - sum(kind[n])) for kind in (SAME, NEAR, DIFFERENT)]).cumsum(axis=1)
        level = 1 + (draw.random((EVERY, 1)) > shares[kinds][:, :2]).sum(axis=1)
        u = [float(share) for share in np.bincount(level, minlength=4)[1:] / EVERY]
        levels = [SimpleNamespace(name=name, frequency=None) for name in ("same", "alike")]
        fields.append(
            Field(
                SimpleNamespace(field=str(n), levels=levels, differs_from=3),
                [0.5, 0.25, 0.25],
                u,
                EVERY,
                level,
                {},
            )
        )  # type: ignore[arg-type]
    return fields, kinds == 0


def f1(fields: list[Field], truth: np.ndarray, prior: float, threshold: float) -> float:
    weight = np.log2(prior / (1 - prior)) + sum(each.weights({}, prior) for each in fields)
    found = weight >= threshold
    return 2 * float((found & truth).sum()) / float(found.sum() + truth.sum())


def test_two_kinds_take_the_near_for_the_same_and_three_tell_them_apart():
    unknown = np.full(EVERY, -1)
    fields, truth = compared(same=60, near=900)
    prior, _ = _two_kinds(fields, {}, unknown, 1.0, EVERY, 2e-4)
    assert prior * EVERY > 400
    assert is_doubtful(fields)
    assert f1(fields, truth, prior, chosen_threshold(prior, RECORDS, two_files=False)) < 0.3
    prior, _, even = fit_three_kinds(fields, {}, unknown, 1.0, EVERY, 2e-4, prior)
    assert 30 < prior * EVERY < 80
    assert even > 4
    best = max(f1(fields, truth, prior, threshold) for threshold in range(-10, 30))
    assert f1(fields, truth, prior, chosen_threshold(prior, RECORDS, two_files=False, even=even)) > max(
        0.6, best - 0.05
    )


def test_where_few_are_near_there_is_no_doubt():
    fields, truth = compared(same=300, near=0)
    prior, _ = _two_kinds(fields, {}, np.full(EVERY, -1), 1.0, EVERY, 1e-3)
    assert not is_doubtful(fields)
    assert prior * EVERY == pytest.approx(300, rel=0.1)
    assert f1(fields, truth, prior, 0.0) > 0.95


def test_albums_of_one_artist_are_told_apart_where_the_user_says_that_many_are_near(tmp_path):
    albums(artists=40, twice=20).write_parquet(tmp_path / "albums.parquet")
    (tmp_path / "mapping.toml").write_text(MAPPING)
    command = [
        "dedupe",
        str(tmp_path / "albums.parquet"),
        "--mapping",
        str(tmp_path / "mapping.toml"),
        "--json",
    ]
    plain, near = (CliRunner().invoke(match, [*command, said]) for said in ("--no-near", "--near"))
    one, other = json.loads(plain.stdout), json.loads(near.stdout)
    assert "many records are similar but different" in near.stderr
    assert "many records are similar but different" not in plain.stderr
    assert other["threshold"] > one["threshold"] + 4
    assert other["recall"] > 0.9
    assert other["f1"] > max(0.5, 5 * one["f1"])


HOUSEHOLDS = """
id = "id"
label = "person"
[columns]
name = "vietnamese name"
born = "birth date"
sex = "sex"
phone = "phone"
address = "address"
"""


def deduplicated(tmp_path, people: pl.DataFrame, mapping: str = HOUSEHOLDS, *said: str) -> tuple[dict, str]:
    people.write_parquet(tmp_path / "people.parquet")
    (tmp_path / "mapping.toml").write_text(mapping)
    command = [
        "dedupe",
        str(tmp_path / "people.parquet"),
        "--mapping",
        str(tmp_path / "mapping.toml"),
        "--json",
        *said,
    ]
    run = CliRunner().invoke(match, command)
    assert run.exit_code == 0, run.output
    return json.loads(run.stdout), run.stderr


@pytest.mark.parametrize(
    ("left_out", "twice", "sharing"),
    [("", 0.03, 1.0), ("phone", 0.03, 1.0), ("address", 0.1, 1.0), ("", 1.0, 0.3)],
)
def test_members_of_a_household_who_share_telephone_and_address_are_not_one_person(
    tmp_path, left_out, twice, sharing
):
    mapping = "\n".join(line for line in HOUSEHOLDS.splitlines() if line.partition(" ")[0] != left_out)
    found, told = deduplicated(tmp_path, households(200, twice, sharing), mapping)
    assert found["f1"] > 0.9
    assert found["largest"] <= 3
    assert left_out or "people share telephones or homes" in told


def test_a_list_of_households_with_nobody_in_it_twice_has_no_duplicates(tmp_path):
    found, _told = deduplicated(tmp_path, households(200, twice=0.0))
    assert found["in_clusters"] <= 0.02 * found["records"]


def test_in_a_list_without_households_nothing_is_doubted(tmp_path):
    found, told = deduplicated(tmp_path, households(200, twice=0.3, sharing=0.0))
    assert found["f1"] > 0.95
    assert "similar but different" not in told


def test_a_model_that_is_kept_says_what_is_a_persons_own(tmp_path):
    (tmp_path / "mapping.toml").write_text(HOUSEHOLDS)
    with duckdb.connect() as db:
        households(many=20).write_parquet(tmp_path / "people.parquet")
        model, *_ = load_records(db, [tmp_path / "people.parquet"], load_mapping(tmp_path / "mapping.toml"))
    (tmp_path / "model.toml").write_text(as_toml(model.source or {}))
    assert set(load_model(tmp_path / "model.toml").identity) == {
        "name_given_name",
        "name_middle_name",
        "born",
    }


def test_where_households_pass_for_people_the_report_warns_and_says_what_differs(tmp_path):
    people = households(200)
    found, told = deduplicated(tmp_path, people, HOUSEHOLDS, "--no-near")
    assert found["in_clusters"] > 0.5 * found["records"]
    (warning,) = found["warnings"]
    assert "born" in warning
    assert "name_given_name" in warning
    assert f"WARNING: {warning}" in told
    command = [
        "dedupe",
        str(tmp_path / "people.parquet"),
        "--mapping",
        str(tmp_path / "mapping.toml"),
        "--no-near",
    ]
    assert f"WARNING         {warning}" in CliRunner().invoke(match, command).stdout
    found, told = deduplicated(tmp_path, people, HOUSEHOLDS)
    assert found["warnings"] == []
    assert "WARNING" not in told


def test_many_records_a_person_are_no_reason_to_warn(tmp_path):
    found, _told = deduplicated(tmp_path, households(200, twice=1.0, sharing=0.0))
    assert found["in_clusters"] > 0.9 * found["records"]
    assert found["warnings"] == []


def test_a_cluster_of_a_tenth_of_all_records_is_warned_of(tmp_path):
    people = households(60, twice=0.0, sharing=0.0)
    again = pl.concat([people.head(1)] * 60).with_columns(id=pl.int_range(60).cast(pl.String) + "x")
    found, _told = deduplicated(tmp_path, pl.concat([people, again]))
    assert found["largest"] == 61
    assert "one cluster has 61" in found["warnings"][0]
