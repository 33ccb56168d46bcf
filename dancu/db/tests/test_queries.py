"""A row is what its type says it is."""

from pathlib import Path
from typing import TypedDict

import pytest

from dancu.db.queries import Queries, WrongColumns

pytestmark = pytest.mark.django_db


class Number(TypedDict):
    number: int


class Named(Number, total=False):
    name: str


class Told(Number):
    name: str


@pytest.fixture
def numbers(tmp_path: Path) -> Queries:
    (tmp_path / "queries.sql").write_text("-- numbers --\nSELECT number FROM generate_series(1, 3) number\n")
    return Queries(str(tmp_path / "beside.py"))


@pytest.mark.parametrize("way", ["all", "prepared"])
def test_rows_of_the_columns_that_their_type_names_are_given(numbers, way):
    assert getattr(numbers.of(Number), way)("numbers") == [{"number": 1}, {"number": 2}, {"number": 3}]
    assert getattr(numbers.of(Named), way)("numbers")[0] == {"number": 1}


@pytest.mark.parametrize("way", ["all", "one", "prepared"])
def test_a_statement_without_a_column_that_the_type_names_is_refused(numbers, way):
    with pytest.raises(WrongColumns, match="numbers does not give the columns that Told names: name"):
        getattr(numbers.of(Told), way)("numbers")


def test_rows_a_batch_at_a_time_are_of_their_type_too(numbers):
    assert [len(batch) for batch in numbers.of(Number).batches("numbers", size=2)] == [2, 1]
    with pytest.raises(WrongColumns):
        next(numbers.of(Told).batches("numbers"))
