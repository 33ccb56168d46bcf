"""Values that stand for "none" make nobody alike; what was taken for one is told, and the mapping has the
last word.
"""

import csv
import json
import random

import polars as pl
import pytest
from click.testing import CliRunner

from dancu.linkage.errors import BadMapping
from dancu.linkage.mapping import mapping_of
from dancu.linkage.placeholders import placeholders_of
from dancu.matching.commands import match

pytestmark = pytest.mark.slow

MAPPING = """
id = "no"
label = "who"
{more}
[columns]
firm = "organisation"
street = "address"
tax_number = "number"
latitude = "amount"
"""
FIRMS = "harbour mill copper summit meadow lantern anchor willow falcon granite prairie orchid".split()
TRADES = "bakery brewery foundry nursery printing tannery joinery dairy".split()


def found_in(kind: str, values: list[str | None]) -> list[str]:
    mapping = mapping_of({"columns": {"it": kind}})
    return [
        each.value
        for each in placeholders_of(mapping, pl.DataFrame({"it": values}, schema={"it": pl.String})).listed
    ]


def others(kind: str, many: int = 300) -> list[str | None]:
    draw = random.Random(3)
    return {
        "number": [f"{draw.randrange(10**9):09}" for _ in range(many)],
        "phone": [f"09{draw.randrange(10**8):08}" for _ in range(many)],
        "email": [f"{draw.choice(FIRMS)}.{n}@mail.vn" for n in range(many)],
        "birth date": [f"{1940 + n % 70}-{1 + n % 12:02}-{1 + n % 28:02}" for n in range(many)],
        "amount": [f"{draw.random() * 100:.2f}" for _ in range(many)],
        "postcode": [f"{draw.randrange(10_000, 90_000)}" for _ in range(many)],
        "family name": [draw.choice(FIRMS) for _ in range(many)],
        "occupation": [draw.choice(TRADES) for _ in range(many)],
    }[kind]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("number", "999999999"),
        ("number", "999-999-999"),
        ("number", "123456789"),
        ("number", "UNKNOWN"),
        ("number", "không có"),
        ("phone", "9999999999"),
        ("phone", "0000000000"),
        ("phone", "0123456789"),
        ("email", "a@b.c"),
        ("email", "test@test.com"),
        ("email", "noemail@none.com"),
        ("birth date", "1900-01-01"),
        ("birth date", "01/01/1900"),
        ("birth date", "1970-01-01 00:00:00"),
        ("amount", "0.0"),
        ("amount", "0"),
        ("amount", "-1"),
        ("amount", "99999"),
        ("postcode", "00000"),
        ("postcode", "99999"),
        ("family name", "unknown"),
        ("occupation", "not stated"),
        ("occupation", "không rõ"),
    ],
)
def test_what_stands_for_none_is_seen_in_a_tenth_of_the_rows(kind, value):
    assert found_in(kind, [*others(kind), *[value] * 33]) == [value]


@pytest.mark.parametrize(
    "kind", ["number", "phone", "email", "birth date", "amount", "postcode", "family name", "occupation"]
)
def test_a_column_without_any_shows_none_however_often_each_value_stands(kind):
    for times in (1, 2, 7):
        assert found_in(kind, others(kind) * times) == []


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("phone", "0243 825 3536"),
        ("number", "482910"),
        ("birth date", "1983-06-17"),
        ("email", "office@city.vn"),
    ],
)
def test_a_value_many_times_as_frequent_as_the_next_stands_for_none_whatever_its_shape(kind, value):
    assert found_in(kind, [*others(kind), *[value] * 60]) == [value]
    assert found_in(kind, [*others(kind), *[value] * 6]) == []


def test_a_town_where_most_live_a_frequent_name_and_the_first_of_january_are_no_placeholders():
    assert found_in("postcode", [*others("postcode"), *["10000"] * 900]) == []
    assert found_in("family name", ["Nguyễn"] * 900 + others("family name")) == []
    assert found_in("given name", ["Na"] * 40 + ["None"] * 2 + others("family name")) == []
    assert found_in("birth date", [f"{1930 + n % 70}-01-01" for n in range(900)] + ["1970-01-01"] * 5) == []


def test_numbers_that_count_the_rows_are_no_placeholders():
    assert found_in("number", [str(n) for n in range(1, 3000)]) == []


def test_a_column_of_nothing_but_placeholders_or_of_nothing_breaks_nothing():
    assert found_in("amount", ["0.0"] * 50) == ["0.0"]
    assert found_in("number", [None] * 50) == []


def rows() -> list[list[str]]:
    """90 firms, 30 of them twice with a letter off; in four of ten rows number and latitude stand for
    none.
    """
    draw = random.Random(5)
    firms = [(f"{a} {b}", n) for n, (a, b) in enumerate((a, b) for a in FIRMS for b in TRADES)][:90]
    written = []
    for name, who in [*firms, *firms[:30]]:
        known = draw.random() > 0.4
        street = f"{who % 40 + 1} {FIRMS[who % 7]} street"
        written.append(
            [
                str(len(written)),
                str(who),
                name,
                street,
                f"{7919 * (who + 11):07}" if known else "9999999",
                f"{50 + who / 30:.4f}" if known else "0.0",
            ]
        )
    return written


@pytest.fixture
def run(tmp_path):
    with (tmp_path / "firms.csv").open("w", newline="") as file:
        csv.writer(file).writerows([["no", "who", "firm", "street", "tax_number", "latitude"], *rows()])

    def running(more: str = ""):
        (tmp_path / "mapping.toml").write_text(MAPPING.format(more=more))
        return CliRunner().invoke(
            match,
            ["dedupe", str(tmp_path / "firms.csv"), "--mapping", str(tmp_path / "mapping.toml"), "--json"],
        )

    return running


def test_the_command_tells_what_it_took_for_missing_and_finds_the_firms(run):
    result = run()
    said = json.loads(result.stdout)
    assert {(each["column"], each["value"]) for each in said["missing"]} == {
        ("tax_number", "9999999"),
        ("latitude", "0.0"),
    }
    assert all(0.3 < each["share"] < 0.5 for each in said["missing"])
    assert 'counted as missing: latitude "0.0"' in result.stderr
    assert said["f1"] == 1.0


def test_the_mapping_names_them_itself_or_says_that_there_are_none(run):
    named = json.loads(run('missing = ["9999999", "0"]').stdout)
    assert (named["missing"], named["f1"]) == ([], 1.0)
    none = json.loads(run("missing = []").stdout)
    assert none["missing"] == []


def test_a_column_may_say_otherwise_than_the_mapping():
    said = {"missing": ["0"], "columns": {"price": {"kind": "amount", "missing": []}, "size": "amount"}}
    assert [column.missing for column in mapping_of(said).columns] == [(), ("0",)]


@pytest.mark.parametrize("missing", ["0.0", 0, {"0": 1}, [[0]]])
def test_what_is_no_list_of_values_is_told(missing):
    with pytest.raises(BadMapping, match=r"missing must be a list of values"):
        mapping_of({"missing": missing, "columns": {"price": "amount"}})
    with pytest.raises(BadMapping, match=r'column "price": missing must be a list of values'):
        mapping_of({"columns": {"price": {"kind": "amount", "missing": missing}}})
