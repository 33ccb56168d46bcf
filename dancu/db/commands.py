"""`dancu db …`"""

import os
import subprocess
from pathlib import Path

import click
from django.core.management import call_command

from dancu.db import backups, embedded, grants, partitions, retention, tidying
from dancu.db.errors import MonthInUse
from dancu.db.new_migration import write_migration
from dancu.errors import DancuError


@click.group()
def db() -> None:
    """Manage the database: migrate, create partitions, back up, open psql."""


@db.command()
def migrate() -> None:
    """Bring the tables up to this version of dancu. Safe to run again."""
    call_command("migrate", verbosity=1, interactive=False)


@db.command("new-migration")
@click.argument("module")
@click.argument("name")
def new_migration(module: str, name: str) -> None:
    """Write the next migration of MODULE, named NAME: an SQL file, whose first line says after which others
    it comes.
    """
    try:
        click.echo(f"Written: {write_migration(module, name)}")
    except DancuError as problem:
        raise click.ClickException(str(problem)) from problem


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


@db.command()
def months() -> None:
    """Show every month of the tables that are kept in months: about how many rows, what it takes on the disk,
    and until when it is kept. `dancu db let-go` removes what is kept no more.
    """
    found = retention.months()
    for table in partitions.tables():
        kept = retention.kept_months(table)
        click.echo(f"{table}: kept {'for ever' if kept is None else f'{kept} months after its end'}.")
        if table in retention.announced():
            click.echo(f"  {retention.announced()[table].ground}")
        for month in (month for month in found if month.table == table):
            until = f"kept until {month.kept_until}" if month.kept_until else ""
            click.echo(f"  {_named(month):12} {_rows(month):>18} {_size(month.bytes):>10}  {until}".rstrip())


@db.command("let-go")
@click.option("--dry-run", is_flag=True, help="Show what would be removed, and remove nothing.")
def let_go(dry_run: bool) -> None:
    """Remove the months that are kept no more (`dancu db months`). Run it as the tables’ owner. `dancu work`
    does it nightly.
    """
    past = retention.past_keeping()
    for month in past if dry_run else ():
        click.echo(f"{month.part}: {_rows(month)}, {_size(month.bytes)}, kept until {month.kept_until}.")
    for table in retention.early_rows() if dry_run else ():
        click.echo(f"{table}_default: rows of months that are kept no more.")
    if dry_run:
        click.echo(f"{len(past)} months would be removed.")
        return
    try:
        gone = retention.let_go()
    except MonthInUse as problem:
        raise click.ClickException(str(problem)) from None
    for month in gone:
        click.echo(f"{month.part}: removed, {_rows(month)}, {_size(month.bytes)}.")
    click.echo(f"{len(gone)} months removed.")


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


def _named(month: retention.StoredMonth) -> str:
    return f"{month.month:%Y-%m}" if month.month else "outside them"


def _rows(month: retention.StoredMonth) -> str:
    return "rows uncounted" if month.about_rows is None else f"about {month.about_rows:,} rows"


def _size(many: int) -> str:
    """Bytes in the unit in which they are a number of few digits."""
    size = float(many)
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1024:
            return f"{size:.0f} {unit}"
        size /= 1024
    return f"{size:.1f} TB"
