"""The rows of a query as frames, however many: as COPY writes them, in pieces, what is longer than memory
holds on disk meanwhile.
"""

from collections.abc import Callable, Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, Any

import polars as pl
import psycopg
from django.db import connection, transaction
from psycopg.pq import ExecStatus

from dancu.db.queries import Queries

_sql = Queries(__file__, "frames.sql")
PIECE = 32 << 20  # bytes: some 300,000 people; an answer that is longer waits on disk


def answer(
    queries: Queries, name: str, parts: dict[str, str], types: dict[str, Any], piece: int = PIECE
) -> Iterator[pl.DataFrame]:
    """The rows of a statement of `queries`, in pieces of so many bytes; an answer that is longer waits on
    disk.
    """
    yield from pieces(lambda server, out: take(server, filled(queries.text(name), parts), out), types, piece)


def pieces(
    asked: Callable[[Any, IO[bytes]], None], types: dict[str, Any], piece: int = PIECE
) -> Iterator[pl.DataFrame]:
    """The whole answer first: nothing else can be asked on this connection while it comes, and the server
    need not wait for us.
    """
    with SpooledTemporaryFile(PIECE) as out:
        with transaction.atomic():
            _sql.run("sparing")
            asked(connection.connection, out)
        out.seek(0)
        yield from read_pieces(out, types, piece)


def read_pieces(answer: IO[bytes], types: dict[str, Any], piece: int = PIECE) -> Iterator[pl.DataFrame]:
    """What COPY wrote, in pieces."""
    rest = b""
    while block := answer.read(piece):
        whole, newline, rest = (rest + block).rpartition(b"\n")
        if newline:
            yield _read(whole, types)


def take(server: Any, query: str, out: IO[bytes]) -> None:
    """The rows of a query, as COPY writes them, by libpq itself: psycopg's own loop spends 10 µs on each,
    which is 10 s in a million.
    """
    result = server.pgconn.exec_(f"COPY ({query}) TO STDOUT".encode())
    if result.status == ExecStatus.COPY_OUT:
        while (taken := server.pgconn.get_copy_data(0))[0] > 0:
            out.write(taken[1])
        result = server.pgconn.get_result()
        while server.pgconn.get_result():
            continue
    if result.status != ExecStatus.COMMAND_OK:
        raise psycopg.errors.error_from_result(result)


def filled(statement: str, parts: dict[str, str]) -> str:
    """A statement with SQL of ours where it says {part}."""
    for part, text in parts.items():
        statement = statement.replace("{" + part + "}", text)
    return statement


def _read(lines: bytes, types: dict[str, Any]) -> pl.DataFrame:
    days = [name for name, dtype in types.items() if dtype == pl.Date]
    read = pl.read_csv(
        lines, has_header=False, separator="\t", quote_char=None, null_values="\\N", new_columns=list(types),
        schema_overrides=[pl.String if name in days else dtype for name, dtype in types.items()],
    )  # fmt: skip
    read = read.with_columns(pl.col(day).str.to_date("%Y-%m-%d") for day in days)
    if "full_name" not in types or b"\\" not in lines.replace(b"\\N", b""):
        return read
    return read.with_columns(pl.col("full_name").str.replace_many(_ESCAPES))


_ESCAPES = {"\\\\": "\\", "\\t": "\t", "\\n": "\n", "\\r": "\r", "\\b": "\b", "\\f": "\f", "\\v": "\v"}
