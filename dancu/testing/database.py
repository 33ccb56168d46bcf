"""The database as it is, behind all actions and lookups."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


def rows(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """What a statement gives, row by row; nothing where it gives none."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


@contextmanager
def rolled_back() -> Iterator[None]:
    """One example of many leaves nothing to the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def database() -> dict[str, list[str]]:
    """Every row of every table, but for what a merge says of itself: its record, its events, its version,
    the audit, who was changed.
    """
    tables = rows(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = "
        "current_schema()::regnamespace"
        " AND relname NOT IN ('area', 'area_successor', 'area_edition', 'person_merge', 'person_change', "
        "'audit_entry') AND relname !~ '^(django|auth|otp|accounts|population)_'"
    )
    return {
        table: [row for (row,) in rows(f'SELECT t::text FROM "{table}" t WHERE {_told(table)} ORDER BY 1')]
        for (table,) in tables
    }


def _told(table: str) -> str:
    said = {
        "life_event": "kind NOT IN ('merge', 'merge_undone')",
        # said at no moment: what an undone merge leaves
        "person_history": "superseded_at IS DISTINCT FROM recorded_at",
    }
    return said.get(table, "true")


def where_said(person_id: int) -> set[str]:
    """The tables in which this id is written anywhere in a row, however deep."""
    said = {table for table, each in database().items() if any(str(person_id) in row for row in each)}
    return said | (
        {"person_merge"}
        if json.dumps(person_id) in str(rows("SELECT m::text FROM person_merge m"))
        else set()
    )
