"""A group of commands that are imported when they are called: their modules cost time, and Django set up."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


class LazyCommands(click.Group):
    """`at`: name → module, attribute, and what the command is for."""

    def __init__(self, *args: Any, at: Mapping[str, tuple[str, str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.at)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.at:
            return None
        module, attribute, _told = self.at[cmd_name]
        return getattr(import_module(module), attribute)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, told) for name, (_module, _attribute, told) in self.at.items()])
