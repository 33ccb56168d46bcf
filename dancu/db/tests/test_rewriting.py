"""What stood in another form stands in the one form, and everything else as it stood."""

import json
from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

import polars as pl
import pytest
from django.db import connection

from dancu.db import rewriting
from dancu.db.rewriting import Column, Kept, rewrite, rewrite_kept

pytestmark = pytest.mark.django_db

WHERE = Column("thing", "said", "^[a-z]+$", ("person_id", "nth"))


@pytest.fixture(autouse=True)
def _three_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rewriting, "AT_ONCE", 3)


@pytest.fixture
def said() -> Iterator[dict[int, str | None]]:
    """Each different value twice."""
    values = ["b", "A", "C", "a", None, "", "D", "É", "?", "1"]
    execute(
        "CREATE TEMPORARY TABLE thing (person_id bigint, nth integer, said text, PRIMARY KEY (person_id, nth))"
    )
    for person_id, value in enumerate(values):
        for nth in (1, 2):
            execute("INSERT INTO thing VALUES (%s, %s, %s)", person_id, nth, value)
    yield dict(enumerate(values))
    execute("DROP TABLE thing")


def execute(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def standing(column: str = "said::text") -> dict[int, Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT person_id, {column} FROM thing ORDER BY person_id")
        return dict(cursor.fetchall())


def lowered(values: pl.Series) -> pl.Series:
    """What has letters."""
    return pl.Series([value.lower() if value.isalpha() else None for value in values], dtype=pl.String)


def test_every_row_is_in_the_one_form_and_whose_were_not_is_noted(said: dict[int, str | None]) -> None:
    noted: list[int] = []

    def note(whose: Collection[int]) -> None:
        noted.extend(whose)

    assert rewrite(WHERE, lowered, note) == 8
    assert standing() == said | {1: "a", 2: "c", 6: "d", 7: "é"}
    assert sorted(noted) == [1, 2, 6, 7]
    assert rewrite(WHERE, lowered, note) == 0
    assert len(noted) == 4


def test_json_is_rewritten_where_it_differs() -> None:
    execute("CREATE TEMPORARY TABLE thing (person_id bigint, kept_id uuid, kept jsonb)")
    for person_id in range(8):
        kept = json.dumps({"said": "Ắ" if person_id % 2 else "ắ", "of": person_id})
        execute("INSERT INTO thing VALUES (%s, %s, %s)", person_id, UUID(int=person_id), kept)
    where = Kept("thing", "kept_id", "kept", "(kept -> 'of')::integer < 7")

    def read(kept: dict[str, Any]) -> dict[str, Any]:
        return kept | {"said": kept["said"].lower()}

    assert rewrite_kept(where, read) == 3
    assert standing("kept ->> 'said'") == {one: "Ắ" if one == 7 else "ắ" for one in range(8)}
    assert rewrite_kept(where, read) == 0
    execute("DROP TABLE thing")
