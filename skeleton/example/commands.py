"""`dancu example …`: what an operator asks of this module."""

import click

from dancu.db.queries import Queries

_sql = Queries(__file__, "commands.sql")


@click.group()
def example() -> None:
    """Notes about people."""


@example.command()
def offices() -> None:
    """How many notes each office keeps."""
    for row in _sql.all("offices"):
        click.echo(f"{row['office_kind']} {row['office_id']}: {row['notes']:,}")
