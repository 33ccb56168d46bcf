"""`dancu db …`"""

import os
import subprocess
from pathlib import Path

import click
from django.core.management import call_command

from dancu.db import backups, embedded, grants, partitions, tidying


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
@click.option(
    "--months", default=12, show_default=True, type=click.IntRange(1, 120), help="How many months ahead."
)
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
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--to",
    "recipients",
    multiple=True,
    metavar="AGE-KEY",
    help="Encrypt it to this public key of age; more than once for more keys.",
)
def backup(target: Path, recipients: tuple[str, ...]) -> None:
    """Write all data to TARGET (pg_dump's custom format; pg_restore reads it), which nobody else on this machine may read. It holds the register,
    passwords' hashes and the keys that sign: with --to it is encrypted by age, and never lies on the disk otherwise.
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
    """Remove what nobody needs any more: sessions that ended, with what was typed in them, and answers of more than half an hour ago in others; texts
    of messages that were sent or given up, and after a week the messages; codes. From cron, nightly or hourly.
    """
    for what, removed in tidying.tidy().items():
        click.echo(f"{what}: {removed} removed.")
