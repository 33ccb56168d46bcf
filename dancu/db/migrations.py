"""A migration whose work is an SQL file beside it."""

from pathlib import Path

from django.db.migrations import RunSQL


def sql_file(migration: str) -> RunSQL:
    """The statements of the .sql file with the same name as `migration` (pass `__file__`)."""
    return RunSQL(Path(migration).with_suffix(".sql").read_text("utf-8"))
