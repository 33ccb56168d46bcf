"""`dancu db …`"""

import os
import subprocess

import click
from django.core.management import call_command

from dancu.db import embedded, grants, partitions


@click.group()
def db() -> None:
    """The database: migrate, shell, back up."""


@db.command()
def migrate() -> None:
    """Bring the tables up to this version of dancu. Safe to run again."""
    call_command("migrate", verbosity=1, interactive=False)


@db.command("grants")
@click.argument("role")
def grant(role: str) -> None:
    """Let the database user ROLE serve: all that pages do, but no change to the audit or to the past of a record. ROLE is there already, and is
    not the owner of the tables. Run it as the owner, after each migration.
    """
    grants.grant(role)
    click.echo(f"{role} may serve, and rewrite nothing that is kept: {', '.join(grants.KEPT)}.")


@db.command("partitions")
@click.option("--months", default=12, show_default=True, type=click.IntRange(1, 120), help="How many months ahead.")
def make_partitions(months: int) -> None:
    """Make the months ahead of the audit and the crossings. Run it once a month; running it again does nothing."""
    for table in partitions.tables():
        made = partitions.make_months_ahead(table, months)
        click.echo(f"{table}: {len(made)} made, {months + 1 - len(made)} were there.")


@db.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1)
def psql(arguments: tuple[str, ...]) -> None:
    """Open psql on the database; ARGUMENTS go to it."""
    raise SystemExit(subprocess.call([embedded.binary("psql"), os.environ["DANCU_DATABASE_URL"], *arguments]))


@db.command()
@click.argument("target", type=click.Path())
def backup(target: str) -> None:
    """Write all data to TARGET (pg_dump's custom format; pg_restore reads it)."""
    subprocess.run(
        [embedded.binary("pg_dump"), "--format=custom", "--file", target, os.environ["DANCU_DATABASE_URL"]], check=True
    )
    click.echo(f"Written: {target}. Restore into an empty database with: pg_restore --dbname URL {target}")
