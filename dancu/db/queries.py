"""Hand-written SQL, each statement with a name and a caption, in a module's `queries.sql`:

-- find_by_pin --
-- The person who holds this number
SELECT person_id FROM person WHERE pin = %(pin)s
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import psycopg
from django.db import connection
from psycopg.rows import args_row, dict_row

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement by its name, what it is asked with, SQL of ours to stand where it says {part}, and what a
    row's values make in their order (None: a dict by column).
    """

    name: str
    values: dict[str, Any] = field(default_factory=dict)
    parts: dict[str, str] | None = None
    into: Callable[..., Any] | None = None


class Queries:
    """The statements of one file, run on Django's own connection, so that `atomic()` and a test's
    rollback hold.
    """

    def __init__(self, beside: str, file: str = "queries.sql") -> None:
        parts = re.split(
            r"^-- (\w+) --$", (Path(beside).parent / file).read_text("utf-8"), flags=re.MULTILINE
        )
        self._statements = dict(zip(parts[1::2], (part.strip() for part in parts[2::2]), strict=True))

    def text(self, name: str) -> str:
        return self._statements[name]

    def all(self, name: str, parts: dict[str, str] | None = None, /, **values: Any) -> list[dict[str, Any]]:
        """Every row, as a dict by column. `parts`: SQL of ours to stand where the statement says {part}."""
        with connection.cursor() as cursor:
            cursor.execute(self._filled(name, parts), values)
            columns = [column[0] for column in cursor.description or ()]
            return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]

    def batches(
        self, name: str, parts: dict[str, str] | None = None, /, size: int = 500, **values: Any
    ) -> Iterator[list[dict[str, Any]]]:
        """Every row, `size` at a time, however many there are: the server keeps the rest."""
        with connection.chunked_cursor() as cursor:
            cursor.execute(self._filled(name, parts), values)
            while rows := cursor.fetchmany(size):
                columns = [column[0] for column in cursor.description]
                yield [dict(zip(columns, row, strict=True)) for row in rows]

    def one(self, name: str, parts: dict[str, str] | None = None, /, **values: Any) -> dict[str, Any] | None:
        """The first row, or None."""
        return next(iter(self.all(name, parts, **values)), None)

    def prepared(
        self, name: str, parts: dict[str, str] | None = None, /, **values: Any
    ) -> list[dict[str, Any]]:
        """As `all`, for statements that run all day long or take longer to plan than to run: planned once per
        connection by the server.

        Values are bound by the server, so every one of doubtful type wants a cast in the statement.
        """
        return self.together(Statement(name, values, parts))[0]

    def prepared_into(
        self, into: Callable[..., Row], name: str, parts: dict[str, str] | None = None, /, **values: Any
    ) -> list[Row]:
        """As `prepared`, each row made by what is called with its values in their order."""
        return self.together(Statement(name, values, parts, into))[0]

    def together(self, *asked: Statement) -> list[list[Any]]:
        """Several as `prepared`, each with its rows: they are sent at once, and cost one way to the
        server and back.
        """
        connection.ensure_connection()
        with connection.wrap_database_errors, ExitStack() as ended:
            if len(asked) > 1:
                ended.enter_context(connection.connection.pipeline())
            rows = [args_row(each.into) if each.into else dict_row for each in asked]
            cursors = [
                ended.enter_context(psycopg.Cursor(connection.connection, row_factory=row)) for row in rows
            ]
            for cursor, each in zip(cursors, asked, strict=True):
                statement = self._filled(each.name, each.parts)
                log = (
                    connection.make_debug_cursor(cursor).debug_sql
                    if connection.queries_logged
                    else nullcontext
                )
                with log(statement):  # by a test that reads them
                    cursor.execute(statement, each.values, prepare=True)  # pyright: ignore
            return [cursor.fetchall() for cursor in cursors]

    def run(self, name: str, parts: dict[str, str] | None = None, /, **values: Any) -> int:
        """Run it and return how many rows it touched."""
        with connection.cursor() as cursor:
            cursor.execute(self._filled(name, parts), values or None)
            return cursor.rowcount

    def _filled(self, name: str, parts: dict[str, str] | None) -> str:
        statement = self._statements[name]
        for part, text in (parts or {}).items():
            statement = statement.replace("{" + part + "}", text)
        return statement
