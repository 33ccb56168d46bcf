"""Files harder than FEBRL's, and the register itself."""

import json
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from dancu.linkage.clusters import clusters_of, links_of, stand_once
from dancu.linkage.finding import LinkOptions
from dancu.linkage.tests.hard import hard_file
from dancu.matching.commands import match

pytestmark = pytest.mark.slow

MAPPING = """
id = "id"
label = "cluster"
[columns]
full_name = "full name"
first_name = "first name"
surname = "surname"
dob = "dob"
birth_place = "birth place"
postcode = "postcode"
gender = "gender"
occupation = "occupation"
"""


def test_people_of_old_sources_are_found_and_a_learnt_model_is_taken_again(tmp_path):
    hard_file().write_parquet(tmp_path / "old.parquet")
    (tmp_path / "mapping.toml").write_text(MAPPING)
    files = {
        name: str(tmp_path / name)
        for name in ("old.parquet", "mapping.toml", "model.toml", "weights.json", "a.csv", "b.csv")
    }
    common = [files["old.parquet"], "--mapping", files["mapping.toml"], "--json"]
    kept = ["--model-out", files["model.toml"], "--weights-out", files["weights.json"]]
    trained = json.loads(CliRunner().invoke(match, ["train", *common, *kept]).stdout)
    assert trained["f1"] > 0.93
    again = CliRunner().invoke(
        match,
        [
            "dedupe",
            *common,
            "--model",
            files["model.toml"],
            "--weights",
            files["weights.json"],
            "--out",
            files["a.csv"],
        ],
    )
    assert json.loads(again.stdout)["f1"] == trained["f1"]
    anew = CliRunner().invoke(match, ["dedupe", *common, "--out", files["b.csv"]])
    assert anew.exit_code == 0
    assert (
        Path(files["a.csv"]).read_text() == Path(files["b.csv"]).read_text()
    )  # the same seed, the same weights


def test_one_wrong_pair_does_not_chain_two_people():
    import numpy as np

    strong = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5)]
    left, right = (np.array([pair[side] for pair in [*strong, (2, 3)]]) for side in (0, 1))
    weight = np.array([12.0] * 6 + [2.0])
    apart = {0: 0, 1: 0, 2: 0, 3: 3, 4: 3, 5: 3}
    assert clusters_of(left, right, weight, 0.0) == apart
    assert set(clusters_of(left, right, weight, 0.0, chains=True).values()) == {0}


def test_a_record_is_linked_once_where_files_are_free_of_duplicates():
    import numpy as np

    left, right, weight = np.array([0, 0, 1]), np.array([5, 6, 5]), np.array([20.0, 12.0, 8.0])
    assert list(links_of(left, right, weight, 0.0, True, True)) == [0]
    assert list(links_of(left, right, weight, 0.0, False, False)) == [0, 1, 2]
    assert stand_once(np.arange(100), np.full(100, 20.0))
    assert not stand_once(np.repeat(np.arange(50), 2), np.full(100, 20.0))


@pytest.mark.django_db
@pytest.mark.usefixtures("published_areas")
def test_somebody_who_stands_twice_in_the_register_is_found():
    from dancu.matching.duplicates.in_register import find_in_register
    from dancu.testing.people import someone

    someone(full_name="Quách Thị Bích Hồng", phone="0912345678")
    someone(full_name="Quach Thi Bich Hong", phone="0912345678")
    someone(full_name="Nguyễn Văn An", phone="0987654321")
    with duckdb.connect() as db:
        found = find_in_register(db, LinkOptions(), lambda line: None)
        assert found.candidates >= 1
        assert len(set(found.cluster_of)) == 2
