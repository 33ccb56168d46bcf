"""`dancu audit …`"""

import click

from dancu.audit import partitions


@click.group()
def audit() -> None:
    """Who did what to whose data."""


@audit.command("partitions")
@click.option("--months", default=12, show_default=True, type=click.IntRange(1, 120), help="How many months ahead.")
def make_partitions(months: int) -> None:
    """Make the audit's months ahead of time. Run it once a month; running it again does nothing."""
    made = partitions.make_months_ahead(months)
    for table in made:
        click.echo(table)
    click.echo(f"{len(made)} made, {months + 1 - len(made)} were there.")
