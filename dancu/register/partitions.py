"""All people of the register in shares, for work that is about whoever has something in common: a birth date,
a home, a telephone.

Nobody's key is divided: all who have it are in one share. So a share's size bounds the memory of the work,
whatever the country's, and what the shares find together is what the whole would find.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import Any

import polars as pl
from django.db import connection, transaction
from psycopg import sql

from dancu.db.queries import Queries
from dancu.register.frames import PIECE, read_pieces, take
from dancu.register.many_candidates import COLUMNS, PEOPLE

_sql = Queries(__file__, "partitions.sql")
KEYS = ("birth_date", "home_area", "phone")


@dataclass(frozen=True)
class Share:
    """Those whose `key` is one of `keys`, about so many `people`. Of telephones `keys` are their
    beginnings. `key` "": everyone.
    """

    key: str
    keys: tuple[Any, ...]
    people: int


def number_of_people() -> int:
    """How many people the register holds, counted."""
    return (_sql.one("number_of_people") or {})["people"]


def shares_by(key: str, most: int, group: Callable[[list[Any]], dict[Any, Any]] | None = None) -> list[Share]:
    """The register divided by one of KEYS, at most so many people a share; a key that more have is a share of
    its own.

    `group`: of keys (areas) those that stay together, by key; those that it leaves out are left out. Of
    telephones only those are read that several people have. Who has no such key (only the year of birth is
    known) is in no share.
    """
    counted: dict[Any, int] = {row["key"]: row["people"] for row in _sql.all(key)}
    together: dict[Any, list[Any]] = {}
    for one, name in (group(list(counted)) if group else {one: one for one in counted}).items():
        together.setdefault(name, []).append(one)
    return list(_packed(key, ((keys, sum(counted[one] for one in keys)) for keys in together.values()), most))


def everyone(people: int) -> Share:
    """All of them as one share, where they are few."""
    return Share("", (), people)


def people_of(share: Share) -> Iterator[pl.DataFrame]:
    """The people of a share, in pieces with the columns PEOPLE; what does not fit in memory waits on
    disk, 150 bytes each.
    """
    with SpooledTemporaryFile(PIECE) as answer:
        with transaction.atomic():
            _sql.run("sparing")
            take(connection.connection, _asked(share), answer)
        answer.seek(0)
        yield from read_pieces(answer, PEOPLE)


def _packed(key: str, groups: Iterable[tuple[list[Any], int]], most: int) -> Iterator[Share]:
    """One group after the other as long as they fit, so that what lies together in the index is read
    together.
    """
    keys: list[Any] = []
    people = 0
    for group, size in groups:
        if keys and people + size > most:
            yield Share(key, tuple(keys), people)
            keys, people = [], 0
        keys += group
        people += size
    if keys:
        yield Share(key, tuple(keys), people)


def _asked(share: Share) -> str:
    values = {}
    if share.keys:
        values = {"first": share.keys[0], "last": share.keys[-1], "keys": list(share.keys)}
    statement = _sql.text(f"with_{share.key}" if share.key else "everyone").replace("{columns}", COLUMNS)
    for name, value in values.items():
        if "{" + name + "}" in statement:
            statement = statement.replace("{" + name + "}", _literal(value))
    return statement


def _literal(value: dt.date | int | str | list[int]) -> str:
    return sql.Literal(value).as_string(connection.connection)
