"""What `dancu match learn` and `dancu match curve` cannot use is told in a sentence, and weights are
written whole or not at all.
"""

import json
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from dancu.linkage.model.weights import Weights
from dancu.matching import answers
from dancu.matching.commands import match
from dancu.matching.learning import learning

DECLARED = ["number", "full_name", "birth", "sex", "phone", "commune_code", "address", "truth_pin"]


def written(folder: Path, name: str, columns: list[str], records: int = 3, **more: object) -> str:
    frame = pl.DataFrame(
        {column: [None] * records for column in columns}, schema=dict.fromkeys(columns, pl.String)
    )
    frame.with_columns(**{column: pl.lit(value) for column, value in more.items()}).write_parquet(
        folder / name
    )
    return str(folder / name)


@pytest.fixture
def good(tmp_path):
    return written(tmp_path, "good.parquet", DECLARED, in_register=True)


@pytest.fixture
def people(tmp_path):
    return written(tmp_path, "people.parquet", learning._PEOPLE)


def refusal(*args: str) -> str:
    """The one line that a command refuses with."""
    result = CliRunner().invoke(match, args)
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit)
    assert result.output.startswith("Error: ")
    assert result.output.count("\n") == 1
    return result.output


@pytest.fixture(params=["learn", "curve"])
def refused(request, people, tmp_path):
    """What a command says of a file of declarations."""
    more = ["--people", people] if request.param == "learn" else []
    return lambda file: refusal(request.param, file, *more, "--out", str(tmp_path / "out"))


def test_a_csv_is_no_parquet_file(refused, tmp_path):
    (tmp_path / "declared.csv").write_text("number,full_name\n1,An\n")
    assert "declared.csv: is not a Parquet file" in refused(str(tmp_path / "declared.csv"))


def test_a_damaged_parquet_file_is_named(refused, good, tmp_path):
    (tmp_path / "damaged.parquet").write_bytes(Path(good).read_bytes()[:-20])
    assert "The file damaged.parquet:" in refused(str(tmp_path / "damaged.parquet"))


def test_the_columns_that_a_file_lacks_are_named(refused, tmp_path):
    assert "has no column birth, address" in refused(
        written(
            tmp_path,
            "few.parquet",
            [name for name in DECLARED if name not in ("birth", "address")],
            in_register=True,
        )
    )


def test_a_directory_without_parts_is_told(refused, tmp_path):
    (tmp_path / "nothing").mkdir()
    assert "contains no part-*.parquet" in refused(str(tmp_path / "nothing"))


def test_where_nothing_can_be_written_is_told_before_the_work(good, people, tmp_path):
    out = str(tmp_path / "nowhere" / "out")
    told = f"{out} cannot be written: No such file or directory"
    assert told in refusal("learn", good, "--people", people, "--out", out)
    assert told in refusal("curve", good, "--out", out)


@pytest.mark.django_db
def test_too_few_declarations_or_people_teach_nothing(good, people, tmp_path):
    many = written(tmp_path, "many.parquet", DECLARED, 1000)
    out = str(tmp_path / "out")
    assert "There are 3 declarations: weights need at least 1,000" in refusal(
        "learn", good, "--people", people, "--out", out
    )
    assert "There are 3 people: weights need at least 1,000" in refusal(
        "learn", many, "--people", people, "--out", out
    )
    assert not Path(out).exists()


def test_a_curve_needs_declarations_of_which_it_is_known_whom_they_mean(good):
    assert "no declaration of which it is known whom it means" in refusal("curve", good)


def test_weights_that_cannot_be_written_whole_leave_the_old_ones(tmp_path, monkeypatch):
    weights, out = answers.people_weights(), tmp_path / "weights.json"
    weights.save(out)
    before = out.read_bytes()

    def full_disk(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full_disk)
    with pytest.raises(OSError, match="No space"):
        Weights("other", "", {}, {}, 0.5).save(out)
    assert out.read_bytes() == before
    assert json.loads(before)["model"] == weights.model
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize(("typed", "meant"), [("dedup", "dedupe"), ("lern", "learn"), ("Curve", "curve")])
def test_a_mistyped_command_is_told_the_one_that_is_meant(typed, meant):
    result = CliRunner().invoke(match, [typed, "people.csv"])
    assert result.exit_code == 2
    assert f"There is no command {typed}. Did you mean {meant}?" in result.output


def test_a_file_that_is_called_nearly_as_a_command_is_a_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dedup").write_text("number\n1\n")
    assert "Missing option '--out'" in CliRunner().invoke(match, ["dedup"]).output
