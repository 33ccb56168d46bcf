"""`dancu …`: every operator's task is a command here, each with `--help`.

Commands are imported when called: their modules need Django set up, and that needs a database.
"""

from typing import Any

import click
import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from psycopg.errors import UndefinedTable

from dancu.db.embedded import NoPlace
from dancu.garbage import collect_seldom
from dancu.installation import set_up
from dancu.lazy_commands import LazyCommands
from dancu.version import version

# name: (module, attribute, what it is for)
_COMMANDS = {
    "demo": ("dancu.demo.commands", "demo", "A running country on this machine."),
    "serve": ("dancu.serving.commands", "serve", "Serve the pages and endpoints."),
    "db": ("dancu.db.commands", "db", "The database: migrate, create partitions, back up, open psql."),
    "areas": ("dancu.areas.commands", "areas", "Administrative units through time."),
    "population": ("dancu.register.commands", "population", "Create and load populations."),
    "officials": ("dancu.accounts.commands", "officials", "Officials' accounts and roles."),
    "keys": ("dancu.credentials.commands", "keys", "The keys that sign passes."),
    "match": ("dancu.matching.commands", "match", "Compare files with the register and find duplicates."),
    "stations": ("dancu.checkpoints.commands", "stations", "Checkpoint stations."),
    "messages": ("dancu.messaging.commands", "messages", "SMS and e-mail waiting to be sent."),
}
_NEED_NO_DATABASE = ("demo",)  # it starts its own, when it is ready for it


class DancuCommands(LazyCommands):
    """The commands, each with the database at hand."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self.at and cmd_name not in _NEED_NO_DATABASE:
            try:
                set_up()
            except NoPlace as problem:
                raise click.ClickException(str(problem)) from problem
        return super().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ImproperlyConfigured as wrong:
            raise click.ClickException(str(wrong)) from wrong
        except (DatabaseError, psycopg.Error) as error:
            if isinstance(error, UndefinedTable) or isinstance(error.__cause__, UndefinedTable):
                raise click.ClickException(
                    "Some tables are missing from the database. Create them with dancu db migrate."
                ) from error
            raise


@click.group(cls=DancuCommands, at=_COMMANDS)
@click.version_option(version(), prog_name="dancu")
def dancu() -> None:
    """The national population platform."""


def main() -> None:
    collect_seldom()
    dancu(prog_name="dancu")
