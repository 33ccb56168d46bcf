"""`dancu …`: every operator's task is a command here, each with `--help`.

Commands are imported when called: their modules need Django set up, and that needs a database.
"""

from typing import Any

import click
import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from psycopg.errors import UndefinedTable

from dancu import modules
from dancu.db.embedded import NoPlace
from dancu.garbage import collect_seldom
from dancu.installation import set_up
from dancu.lazy_commands import LazyCommands
from dancu.version import version

_COMMANDS = modules.in_order(lambda module: module.commands)


class DancuCommands(LazyCommands):
    """The commands, each with the database at hand."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in _COMMANDS and _COMMANDS[cmd_name].needs_database:
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
