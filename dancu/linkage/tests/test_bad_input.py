"""What is wrong with files, mappings and labels is told in a sentence; rows that can be read go on."""

import json
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result

from dancu.files.source import Troubles
from dancu.matching.commands import match
from dancu.matching.vietnamese_kinds import MODEL, WEIGHTS
from dancu.text.fonts import into_tcvn3, into_vni

MAPPING = 'id = "no"\n[columns]\ngiven = "first name"\nsurname = "surname"\nborn = "date of birth"\n'
PEOPLE = MODEL.read_bytes()
GIVEN = ["Anna", "Berta", "Clara", "Dora", "Emma", "Frieda", "Greta", "Hilda"]
FAMILY = ["Adler", "Bauer", "Conrad", "Dietz", "Engel", "Fuchs", "Gruber", "Huber"]


def rows() -> list[list[str]]:
    people = [
        [GIVEN[i % 8], FAMILY[i // 8 % 8], f"19{i % 60 + 30:02}-0{i % 9 + 1}-1{i % 7}"] for i in range(60)
    ]
    return [[str(no), *person] for no, person in enumerate([*people, *people[:10]])]


def text(given: list[list[str]] | None = None, separator: str = ",") -> str:
    return "".join(
        separator.join(row) + "\n" for row in [["no", "given", "surname", "born"], *(given or rows())]
    )


@pytest.fixture
def run(tmp_path: Path):
    def running(content: bytes | str, *more: str, mapping: str = MAPPING, name: str = "people.csv") -> Result:
        (tmp_path / "mapping.toml").write_text(mapping)
        (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
        args = ["dedupe", str(tmp_path / name), "--mapping", str(tmp_path / "mapping.toml"), "--json", *more]
        return CliRunner().invoke(match, args)

    return running


def told(result: Result) -> str:
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    return result.stderr.splitlines()[-1]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_file_is_read_in_any_usual_encoding_with_any_separator(run, encoding, separator):
    if encoding != "utf-8" and separator != ";":
        return
    answer = json.loads(run(text(separator=separator).encode(encoding)).stdout)
    assert (answer["records"], answer["in_clusters"]) == (70, 20)


def test_titles_above_the_header_are_left_aside(run):
    answer = json.loads(run("Parish of St Anne,,,\nList of 1901; second part\n\n" + text()).stdout)
    assert (answer["records"], answer["in_clusters"]) == (70, 20)


def vietnamese(tmp_path: Path, content: bytes) -> list[str | None]:
    from dancu.files.source import opened

    path = tmp_path / "old.csv"
    path.write_bytes(content)
    with opened(path) as source:
        return pl.concat(source.batches({"name": "name"}))["name"].to_list()


NAMES = ["Nguyễn Văn Hường", "Trần Thị Bích", "Lê Đức Thắng", "Phạm Quốc Việt"]


@pytest.mark.parametrize("into", [into_tcvn3, into_vni])
def test_a_file_in_an_old_vietnamese_font_is_legible(tmp_path, into):
    written = "name\n" + "\n".join(into(name) for name in NAMES) + "\n"
    assert vietnamese(tmp_path, written.encode("latin-1")) == NAMES


def test_a_file_in_windows_1258_is_legible(tmp_path):
    import unicodedata

    def split(name: str) -> str:  # as that code page writes: a letter with its hat, and after it the tone
        tones = "\u0300\u0301\u0303\u0309\u0323"
        letters = [unicodedata.normalize("NFD", letter) for letter in name]
        hats = [
            unicodedata.normalize("NFC", "".join(mark for mark in letter if mark not in tones))
            for letter in letters
        ]
        return "".join(
            hat + "".join(mark for mark in letter if mark in tones)
            for hat, letter in zip(hats, letters, strict=True)
        )

    written = "name\n" + "\n".join(split(name) for name in NAMES) + "\n"
    read = vietnamese(tmp_path, written.encode("cp1258"))
    assert read == NAMES


def test_rows_that_cannot_be_read_are_told_and_the_rest_goes_on(run, tmp_path):
    given = rows()
    given += [["700"], ["701", "x", "y", "1950-01-01", "too", "many"], ["", "Nobody", "Known", "1950-01-01"]]
    given += [["702", "", "", ""], ["3", "Second", "Third", "1950-01-01"]]
    given += [
        ["703", "Ann\x00a", "Bau\x07er", "1950-13-45"],
        ["704", "n" * 312, "Long", "1951-01-01"],
        ["705", "Plato", "", ""],
    ]
    result = run(text(given), "--rejects", str(tmp_path / "rejects.csv"))
    answer = json.loads(result.stdout)
    assert (answer["records"], answer["rejected"]) == (73, 5)
    rejects = pl.read_csv(tmp_path / "rejects.csv")
    reasons = {(row["row"], row["column"]): row["reason"] for row in rejects.iter_rows(named=True)}
    assert [row for row, _column in reasons][:5] == [71, 72, 73, 74, 75]
    assert "line 72: has 1 values where the header names 4" in reasons[71, None]
    assert "line 73: has 6 values where the header names 4: a separator too many" in reasons[72, None]
    assert any("has no id" in reason for reason in reasons.values())
    assert any("has nothing that is compared" in reason for reason in reasons.values())
    assert any('has the id "3" of an earlier row' in reason for reason in reasons.values())
    assert any("control characters" in reason for reason in reasons.values())
    assert any("has 312 characters" in reason for reason in reasons.values())
    assert any("no day of the calendar" in reason for reason in reasons.values())


def test_a_missing_column_is_named_with_the_nearest(run):
    mapping = MAPPING.replace("surname =", "surnames =")
    assert 'no column "surnames" (did you mean "surname"?)' in told(run(text(), mapping=mapping))


def test_an_unknown_kind_is_named_with_the_nearest(run):
    sentence = told(run(text(), mapping=MAPPING.replace('"surname"', '"sirname"')))
    assert 'unknown kind "sirname" (did you mean "surname"?)' in sentence


@pytest.mark.parametrize(
    ("mapping", "reason"),
    [
        ("", "has no columns"),
        ("[columns", "cannot be read"),
        ('[columns]\na = "ignore"', "every column is ignored"),
        ('idd = "no"\n[columns]\na = "sex"', 'did you mean "id"?'),
        ('[columns]\nborn = { kind = "birth date", order = "ymm" }', "the order of a date must be one of"),
        ("[columns]\nborn = 3", "write its kind"),
        ('id = 5\n[columns]\nborn = "birth date"', '"id" must be a text in quotation marks, not 5'),
        ('separator = "ab"\n[columns]\nborn = "birth date"', "must be one character"),
        ('encoding = "base64"\n[columns]\nborn = "birth date"', 'unknown encoding "base64"'),
        ('[columns]\nborn = { kind = "birth date", right = 5 }', "right must be the column's name"),
    ],
)
def test_a_mapping_that_says_nothing_clear_is_refused(run, mapping, reason):
    assert reason in told(run(text(), mapping=mapping))


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "people.csv", "is empty"),
        (b"PK\x03\x04 and so on", "people.xlsx", "save it as CSV"),
        (b"no,given\n1,2\n", "people.parquet", "is named Parquet but is not a Parquet file"),
        (b"PAR1 but broken", "people.parquet", "cannot be read"),
        (b"no,given,surname,born\n", "people.csv", "0 records"),
        (b"no,given,surname,born\n1,Anna,Adler,1950-01-01\n", "people.csv", "1 records"),
    ],
)
def test_a_file_that_is_none_says_why(run, content, name, reason):
    assert reason in told(run(content, name=name))


def test_a_parquet_with_a_column_of_lists_is_refused_and_one_with_dates_and_numbers_is_read(run, tmp_path):
    frame = pl.DataFrame(rows(), schema=["no", "given", "surname", "born"], orient="row")
    typed = frame.with_columns(pl.col("no").cast(pl.Int64), pl.col("born").str.to_date())
    typed.write_parquet(tmp_path / "typed.parquet")
    assert (
        json.loads(run((tmp_path / "typed.parquet").read_bytes(), name="p.parquet").stdout)["in_clusters"]
        == 20
    )
    frame.with_columns(pl.concat_list("given").alias("given")).write_parquet(tmp_path / "lists.parquet")
    assert "contains VARCHAR[]" in told(run((tmp_path / "lists.parquet").read_bytes(), name="l.parquet"))


def test_labels_that_nobody_can_read_are_refused(run, tmp_path):
    (tmp_path / "labels.csv").write_text("one,two,three\n1,2,3\n")
    assert "it needs either two columns of ids" in told(run(text(), "--labels", str(tmp_path / "labels.csv")))
    (tmp_path / "labels.csv").write_text("id_l,id_r\nx,y\n")
    assert "none of its pairs has the ids of two records" in told(
        run(text(), "--labels", str(tmp_path / "labels.csv"))
    )
    assert "there is no such file" in told(run(text(), "--labels", str(tmp_path / "none.csv")))


@pytest.mark.parametrize(
    "labels", ["id_l,id_r,match\n0,60,1\n1,61,yes\n0,1,0\n", "id,cluster\n0,a\n60,a\n1,b\n61,b\n"]
)
def test_labels_are_pairs_or_clusters(run, tmp_path, labels):
    (tmp_path / "labels.csv").write_text(labels)
    answer = json.loads(run(text(), "--labels", str(tmp_path / "labels.csv")).stdout)
    assert (answer["precision"], answer["recall"], answer["f1"], answer["labels"]["pairs"]) == (
        1.0,
        1.0,
        1.0,
        2,
    )


@pytest.mark.parametrize("option", ["--out", "--pairs", "--rejects"])
def test_nothing_is_written_over_what_is_read(run, tmp_path, option):
    assert "is one of the files being read" in told(run(text(), option, str(tmp_path / "people.csv")))
    assert (tmp_path / "people.csv").read_text() == text()


def test_how_the_command_is_used_is_another_matter(run):
    assert CliRunner().invoke(match, ["dedupe"]).exit_code == 2
    assert run(text(), "--weights", "w.json").exit_code == 2
    assert run(text(), "--pairs-limit", "many").exit_code == 2
    assert run(text(), "--threshold", "nan").exit_code == 2


@pytest.mark.parametrize(
    ("model", "weights", "reason"),
    [
        ("fields = 3", "{}", "The model is not understood"),
        (
            '[[comparison]]\nfield = "a"\nmissing = "missing(a)"\nlevels = 3',
            "{}",
            "The model is not understood",
        ),
        (b"\xff\xfe\x80", "{}", "The model is not understood"),
        (PEOPLE, "{}", "cannot be read"),
        (PEOPLE, "[1", "cannot be read"),
        (PEOPLE, b"\x80", "cannot be read"),
        (PEOPLE, WEIGHTS.read_bytes(), "no column for birth, cmnd, home"),
    ],
)
def test_a_model_or_weights_that_nobody_can_use_are_refused(run, tmp_path, model, weights, reason):
    for name, content in (("model.toml", model), ("weights.json", weights)):
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    given = ("--model", str(tmp_path / "model.toml"), "--weights", str(tmp_path / "weights.json"))
    assert reason in told(run(text(), *given))


def test_every_row_left_out_is_told_however_many_values_were_read_otherwise():
    troubles = Troubles()
    for row in range(100_002):
        troubles.add(row, "name", "holds control characters, read as spaces", left_out=False)
    troubles.add(100_002, "", "cannot be read", left_out=True)
    assert (len(troubles.kept), troubles.kept[-1].row, troubles.read_otherwise) == (100_001, 100_002, 100_002)
