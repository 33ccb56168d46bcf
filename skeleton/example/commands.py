"""`dancu example …`: what an operator asks of this module."""

import click

from dancu.db.queries import Queries

_sql = Queries(__file__, "commands.sql")


@click.group()
def example() -> None:
    """Notes about people."""


@example.command()
def count() -> None:
    """How many notes there are of people of each area."""
    for row in _sql.all("areas"):
        click.echo(f"area {row['area_id']}: {row['notes']:,}")
