"""A group of commands that are imported when they are called: their modules cost time, and Django set up."""

from collections.abc import Mapping
from typing import Any

import click

from dancu import modules
from dancu.modules import OperatorCommand


class LazyCommands(click.Group):
    """`at`: the commands by name. Others may be added as to any group."""

    def __init__(self, *args: Any, at: Mapping[str, OperatorCommand], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*self.at, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.at:
            return super().get_command(ctx, cmd_name)
        return modules.at(self.at[cmd_name].at)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        here = [(name, command.get_short_help_str(200)) for name, command in sorted(self.commands.items())]
        elsewhere = [(name, command.purpose) for name, command in self.at.items()]
        with formatter.section("Commands"):
            formatter.write_dl([*elsewhere, *here])
