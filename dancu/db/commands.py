"""`dancu db …`"""

import os
import subprocess
from pathlib import Path

import click
from django.core.management import call_command

from dancu.db import backups, embedded, grants, partitions, tidying


@click.group()
def db() -> None:
    """Manage the database: migrate, create partitions, back up, open psql."""


@db.command()
def migrate() -> None:
    """Bring the tables up to this version of dancu. Safe to run again."""
    call_command("migrate", verbosity=1, interactive=False)


@db.command("grants")
@click.argument("role")
def grant(role: str) -> None:
    """Let the database user ROLE serve the pages, but not change the audit log or the past of a record. ROLE
    must already exist and must not own the tables. Run this as the owner, after each migration.
    """
    grants.grant(role)
    click.echo(f"{role} can serve the pages, but cannot rewrite what is kept: {', '.join(grants.KEPT)}.")


@db.command("partitions")
@click.option(
    "--months", default=12, show_default=True, type=click.IntRange(1, 120), help="The number of months ahead."
)
def make_partitions(months: int) -> None:
    """Create the audit log and crossing partitions for the months ahead. Run it once a month. Running it
    again does nothing.
    """
    for table in partitions.tables():
        made = partitions.make_months_ahead(table, months)
        click.echo(f"{table}: {len(made)} created, {months + 1 - len(made)} already existed.")


@db.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1)
def psql(arguments: tuple[str, ...]) -> None:
    """Open psql on the database and pass ARGUMENTS to it."""
    raise SystemExit(subprocess.call([embedded.binary("psql"), os.environ["DANCU_DATABASE_URL"], *arguments]))


@db.command()
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--to",
    "recipients",
    multiple=True,
    metavar="AGE-KEY",
    help="Encrypt the file to this age public key. Repeat for more keys.",
)
def backup(target: Path, recipients: tuple[str, ...]) -> None:
    """Back up all data to TARGET (in pg_dump’s custom format, for pg_restore), which only its owner can read.
    It contains the register, password hashes and the signing keys. With --to it is encrypted with age and is
    never on the disk unencrypted.
    """
    backups.write(target, recipients)
    said = (
        f"age --decrypt --identity KEYFILE {target} | pg_restore --dbname URL"
        if recipients
        else f"pg_restore --dbname URL {target}"
    )
    click.echo(f"Written: {target}. Restore into an empty database with: {said}")


@db.command()
def tidy() -> None:
    """Remove what is no longer needed: ended sessions and what was typed in them, answers more than half an
    hour old in other sessions, the texts of messages that were sent or given up (and the messages after a
    week), and codes. `dancu work` does it hourly.
    """
    for what, removed in tidying.tidy().items():
        click.echo(f"{what}: {removed} removed.")
