"""The indexes of `person` that a large first load builds after the rows: sorted once, which is several
times faster than row by row.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def without_indexes(when: bool, making: Callable[[], None]) -> Iterator[None]:
    """Inside the caller's transaction: drop the indexes of `person` if `when`, and make them again at the
    end.

    Their definitions are read from the database, so the migrations stay the one place that states them.
    `making` is called before each is made. The primary key stays.
    """
    if not when:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'person' AND indexname <> "
            "'person_pkey'"
            " AND schemaname = current_schema()"
        )
        definitions = cursor.fetchall()
        for name, _definition in definitions:
            cursor.execute(f"DROP INDEX {name}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for _name, definition in definitions:
            making()
            cursor.execute(definition)
        cursor.execute("ANALYZE person")
        cursor.execute("ANALYZE residence")
