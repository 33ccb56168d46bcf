"""The same keys as in candidates.py, of a whole file at once: one statement a block, its answer read in
pieces.

The server chooses how: it looks up a few keys in the index, and for very many it reads the register once,
from its first page to its last, which is many times quicker than as many pages in the order of the keys.
"""

from collections.abc import Iterator
from dataclasses import fields
from typing import IO, Any

import polars as pl
from django.db import connection

from dancu.db.queries import Queries, copying
from dancu.register.candidates import Candidate
from dancu.register.frames import filled, pieces, take
from dancu.register.lasting import LASTS

_sql = Queries(__file__, "many_candidates.sql")
_TYPES = {
    "person_id": pl.Int64,
    "pin": pl.String,
    "full_name": pl.String,
    "birth_date": pl.Date,
    "birth_precision": pl.String,
    "sex": pl.Int8,
    "status": pl.Int8,
    "home_area": pl.Int32,
    "cmnd": pl.String,
    "phone": pl.String,
}
PEOPLE = {
    "led_by": pl.String,
    **{field.name: _TYPES[field.name] for field in fields(Candidate) if field.name != "led_by"},
}
"""The columns of what comes back, with their types: of `Candidate`."""
COLUMNS = ", ".join(f"p.{name}" for name in PEOPLE if name != "led_by")
_KEPT = {"given_and_born": {"given_key": pl.Int32}, "named_at_home": {"ends_key": pl.Int32}}


def holders(numbers: pl.Series) -> Iterator[pl.DataFrame]:
    """Who holds or held these numbers, in pieces with the columns PEOPLE; `led_by` is the number."""
    numbers = (
        numbers.drop_nulls().unique().sort()
    )  # so that neighbours in an index, and often in the register, follow each other
    by_length = {length: numbers.filter(numbers.str.len_bytes() == length) for length in (12, 9)}
    for statement, sought in (("pins", by_length[12]), ("cmnds", by_length[9]), ("former", numbers)):
        if len(sought):
            yield from _stream(statement, {"number": sought}, PEOPLE)


def having(block: str, keys: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The people under these keys, each key once, in pieces with the columns PEOPLE and those of the keys.

    `block`: phones (phone), home_and_born (home_area, birth_date), given_and_born (given_key, birth_date) or
    named_at_home (ends_key, home_area).
    """
    keys = keys.drop_nulls().unique().sort(keys.columns)
    if len(keys):
        yield from _stream(
            block, {column: keys[column] for column in keys.columns}, PEOPLE | _KEPT.get(block, {})
        )


def other_homes(person_ids: pl.Series) -> pl.DataFrame:
    """Where these people live for now, away from their permanent residence: person_id and lives_in, an
    area.
    """
    types = {"person_id": pl.Int64, "lives_in": pl.Int32}
    person_ids = person_ids.unique()
    found = _stream("other_homes", {"person_id": person_ids}, types) if len(person_ids) else []
    return pl.concat([pl.DataFrame(schema=types), *found])


def _stream(statement: str, keys: dict[str, pl.Series], types: dict[str, Any]) -> Iterator[pl.DataFrame]:
    """The answer for keys that are kept in a table while they are asked for: of an array the planner
    knows too little.
    """

    def asked(server: Any, out: IO[bytes]) -> None:
        parts = {"keys": f"sought_{server.info.backend_pid}"}
        _keep(pl.DataFrame(keys), parts)
        take(server, filled(_sql.text(statement), parts | {"columns": COLUMNS, "lasts": LASTS}), out)
        _sql.run("drop_keys", parts)

    yield from pieces(asked, types)


def _keep(sought: pl.DataFrame, parts: dict[str, str]) -> None:
    columns = ", ".join(f"{name} {_SQL_TYPES[dtype]}" for name, dtype in sought.schema.items())
    _sql.run("keep_keys", parts | {"columns": columns})
    with connection.cursor() as cursor, copying(cursor, filled(_sql.text("fill_keys"), parts)) as copy:
        copy.write(sought.write_csv(include_header=False))
    _sql.run("count_keys", parts)


_SQL_TYPES: dict[Any, str] = {pl.String: "text", pl.Int32: "integer", pl.Int64: "bigint", pl.Date: "date"}
