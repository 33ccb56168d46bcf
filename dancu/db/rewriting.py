"""What earlier versions stored in other forms is brought to the one in which it is stored now: for
migrations, which say what is read, and how.

In steps, each a transaction of its own, so that everybody goes on working beside it, and a migration that is
cut off goes on where it was: 13,000 people a second, with their nine indexes, and ten million a minute where
nothing is to be written.
"""

import json
from collections.abc import Callable, Collection, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import polars as pl

from dancu.db.queries import Queries
from dancu.db.transactions import whole

_sql = Queries(__file__, "rewriting.sql")

AT_ONCE = 10_000  # values, or kept rows: some seconds
_FIRST = (-(1 << 62), UUID(int=0))  # before every key

Noted = Callable[[Collection[int]], None]


class Column(NamedTuple):
    """A column of texts, in a table whose key is `keys`, of which person_id is one. `plain`: the pattern of
    values that are in the one form for certain, which are not looked at.
    """

    table: str
    column: str
    plain: str
    keys: Sequence[str] = ("person_id",)


class Kept(NamedTuple):
    """A column of JSON, in a table whose key is person_id and `id_column`. `which`: SQL, the rows that may
    hold something to be rewritten.
    """

    table: str
    id_column: str
    column: str
    which: str


def rewrite(where: Column, read: Callable[[pl.Series], pl.Series], note: Noted = lambda whose: None) -> int:
    """Let every value of a column be what `read` makes of it, and stay where that is null; return how many
    rows were not so. `note` is told whose they are, in the transaction that rewrites them.
    """
    parts = {"table": where.table, "column": where.column}
    after, rows = "", 0
    while found := _sql.all("values", parts, after=after, plain=where.plain, most=AT_ONCE):
        written = [row["written"] for row in found]
        meant = read(pl.Series(written, dtype=pl.String)).to_list()
        pairs = {one: other for one, other in zip(written, meant, strict=True) if other not in (None, one)}
        if pairs:
            rows += _rewrite(where, pairs, note)
        after = written[-1]
    return rows


def rewrite_kept(where: Kept, read: Callable[[Any], Any]) -> int:
    """Let the JSON of these rows be what `read` makes of it; return how many were not so."""
    parts = {
        "table": where.table,
        "id": where.id_column,
        "column": where.column,
        "which": where.which,
    }
    (person_id, row_id), rows = _FIRST, 0
    while found := _sql.all("kept", parts, person_id=person_id, row_id=row_id, most=AT_ONCE):
        was = [json.loads(row["kept"]) for row in found]
        pairs = [(row, now) for row, old in zip(found, was, strict=True) if (now := read(old)) != old]
        rows += _sql.run(
            "rewrite_kept",
            parts,
            person_ids=[row["person_id"] for row, _now in pairs],
            row_ids=[row["row_id"] for row, _now in pairs],
            meant=[json.dumps(now, ensure_ascii=False) for _row, now in pairs],
        )
        person_id, row_id = found[-1]["person_id"], found[-1]["row_id"]
    return rows


@whole
def _rewrite(where: Column, pairs: dict[str, str], note: Noted) -> int:
    parts = {
        "table": where.table,
        "column": where.column,
        "keys": ", ".join(where.keys),
        "same": " AND ".join(f"it.{key} = held.{key}" for key in where.keys),
    }
    found = _sql.all("rewrite", parts, written=list(pairs), meant=list(pairs.values()))
    if found:
        note({row["person_id"] for row in found})
    return len(found)
