"""Members of a household share a telephone, an address, a family name; who is keyed twice is found among
them all the same, and nobody else.
"""

import json

import polars as pl
import pytest
from click.testing import CliRunner

from dancu.linkage.tests.households import households
from dancu.linkage.tests.test_near import HOUSEHOLDS, deduplicated
from dancu.matching.commands import match

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_few_who_are_keyed_twice_are_found_and_no_kin(tmp_path, seed):
    found, _told = deduplicated(tmp_path, households(250, twice=0.03, seed=seed), HOUSEHOLDS)
    assert found["precision"] >= 0.9
    assert found["recall"] >= 0.9


def test_a_third_of_the_telephones_may_be_empty(tmp_path):
    people = households(250, twice=0.05, seed=4)
    emptied = people.with_columns(phone=pl.when(pl.col("id").cast(pl.Int64) % 3 > 0).then("phone"))
    found, _told = deduplicated(tmp_path, emptied, HOUSEHOLDS)
    assert found["precision"] >= 0.9
    assert found["recall"] >= 0.85


@pytest.mark.parametrize(("column", "kind"), [("born", "birth date"), ("address", "address")])
def test_a_column_that_is_mapped_twice_is_refused(tmp_path, column, kind):
    households(60).with_columns(again=column).write_parquet(tmp_path / "people.parquet")
    (tmp_path / "mapping.toml").write_text(f'{HOUSEHOLDS}again = "{kind}"\n')
    run = CliRunner().invoke(
        match, ["dedupe", str(tmp_path / "people.parquet"), "--mapping", str(tmp_path / "mapping.toml")]
    )
    assert run.exit_code == 1
    assert f'"{column}" and "again" contain the same' in run.output


def test_weights_remember_that_households_were_seen(tmp_path):
    households(150).write_parquet(tmp_path / "people.parquet")
    (tmp_path / "mapping.toml").write_text(HOUSEHOLDS)
    files = [str(tmp_path / "people.parquet"), "--mapping", str(tmp_path / "mapping.toml")]
    kept = [str(tmp_path / "model.toml"), str(tmp_path / "weights.json")]
    assert (
        CliRunner()
        .invoke(match, ["train", *files, "--model-out", kept[0], "--weights-out", kept[1]])
        .exit_code
        == 0
    )
    run = CliRunner().invoke(match, ["dedupe", *files, "--model", kept[0], "--weights", kept[1], "--json"])
    assert json.loads((tmp_path / "weights.json").read_text())["households"] is True
    assert json.loads(run.stdout)["precision"] >= 0.9
