"""Hand-written SQL, each statement with a name and a caption, in a module's `queries.sql`:

-- find_by_pin --
-- The person who holds this number
SELECT person_id FROM person WHERE pin = %(pin)s
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

import psycopg
from django.db import connection
from psycopg.rows import args_row, dict_row

from dancu.errors import DancuError

Row = TypeVar("Row")


def copying(cursor: Any, statement: str) -> AbstractContextManager[psycopg.Copy]:
    """`COPY` on a cursor of Django's connection, which passes psycopg's method on and tells no checker."""
    return cursor.copy(statement)


class WrongColumns(DancuError):
    """The statement {0} does not give the columns that {1} names: {2} stand in one of the two only."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement by its name, what it is asked with, SQL of ours to stand where it says {part}, and what a
    row's values make in their order (None: a dict by column).
    """

    name: str
    values: dict[str, Any] = field(default_factory=dict)
    parts: dict[str, str] | None = None
    into: Callable[..., Any] | None = None


class Rows(Generic[Row]):
    """The statements of one file whose rows are one kind of TypedDict; a statement that gives other columns
    raises WrongColumns.
    """

    def __init__(self, queries: "Queries", row: type[Row]) -> None:
        self._queries = queries
        self._row = row
        self._agreed: set[str] = set()

    def all(self, name: str, parts: dict[str, str] | None = None, /, **values: Any) -> list[Row]:
        """Every row, as a dict by column. `parts`: SQL of ours to stand where the statement says {part}."""
        with connection.cursor() as cursor:
            cursor.execute(self._queries.filled(name, parts), values)
            return self._made(name, cursor.description or (), cursor.fetchall())

    def batches(
        self, name: str, parts: dict[str, str] | None = None, /, size: int = 500, **values: Any
    ) -> Iterator[list[Row]]:
        """Every row, `size` at a time, however many there are: the server keeps the rest."""
        with connection.chunked_cursor() as cursor:
            cursor.execute(self._queries.filled(name, parts), values)
            while rows := cursor.fetchmany(size):
                yield self._made(name, cursor.description, rows)

    def one(self, name: str, parts: dict[str, str] | None = None, /, **values: Any) -> Row | None:
        """The first row, or None."""
        return next(iter(self.all(name, parts, **values)), None)

    def prepared(self, name: str, parts: dict[str, str] | None = None, /, **values: Any) -> list[Row]:
        """As `all`, for statements that run all day long or take longer to plan than to run: planned once per
        connection by the server.

        Values are bound by the server, so every one of doubtful type wants a cast in the statement.
        """
        rows = self._queries.together(Statement(name, values, parts))[0]
        if rows:
            self._agree(name, rows[0])
        return rows

    def _made(self, name: str, description: Iterable[Any], rows: Iterable[Any]) -> list[Row]:
        columns = [column[0] for column in description]
        self._agree(name, columns)
        return [cast(Row, dict(zip(columns, row, strict=True))) for row in rows]

    def _agree(self, name: str, columns: Iterable[str]) -> None:
        """Looked at once for each statement: what its rows are said to be is what they are."""
        if name in self._agreed or self._row is dict:
            return
        given, row = set(columns), cast(Any, self._row)
        if not row.__required_keys__ <= given <= row.__required_keys__ | row.__optional_keys__:
            raise WrongColumns(name, row.__name__, ", ".join(sorted(given ^ row.__required_keys__)))
        self._agreed.add(name)


class Queries(Rows[dict[str, Any]]):
    """The statements of one file, run on Django's own connection, so that `atomic()` and a test's
    rollback hold. Their rows are dicts by column: `of` says which, for whoever reads them elsewhere.
    """

    def __init__(self, beside: str, file: str = "queries.sql") -> None:
        super().__init__(self, dict)
        parts = re.split(
            r"^-- (\w+) --$", (Path(beside).parent / file).read_text("utf-8"), flags=re.MULTILINE
        )
        self._statements = dict(zip(parts[1::2], (part.strip() for part in parts[2::2]), strict=True))
        self._rows: dict[type[Any], Rows[Any]] = {}

    def of(self, row: type[Row]) -> Rows[Row]:
        """The same statements, whose rows are this TypedDict: `_sql.of(Arrival).one("arrival", …)`."""
        return self._rows.setdefault(row, Rows(self, row))

    def text(self, name: str) -> str:
        return self._statements[name]

    def part(self, name: str) -> str:
        """SQL without its caption, to stand where another statement says {part}."""
        return self.text(name).split("\n", 1)[1]

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
                statement = self.filled(each.name, each.parts)
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
            cursor.execute(self.filled(name, parts), values or None)
            return cursor.rowcount

    def filled(self, name: str, parts: dict[str, str] | None) -> str:
        """The statement with SQL of ours where it says {part}."""
        statement = self._statements[name]
        for part, text in (parts or {}).items():
            statement = statement.replace("{" + part + "}", text)
        return statement
