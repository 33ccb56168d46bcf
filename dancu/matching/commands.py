"""`dancu match …`: one line for each of its commands, which are imported when they are called."""

from difflib import get_close_matches
from pathlib import Path

import click

from dancu.lazy_commands import LazyCommands
from dancu.modules import OperatorCommand

_COMMANDS: dict[str, OperatorCommand] = {
    "file": OperatorCommand(
        "dancu.matching.batch.commands:match_file",
        "Compare a file with the register (the same as `dancu match FILE`).",
    ),
    "noise": OperatorCommand(
        "dancu.synthetic.corruption.commands:noise",
        "Create declarations with errors, from a population file.",
    ),
    "dedupe": OperatorCommand(
        "dancu.matching.duplicates.commands:dedupe",
        "Find duplicates in a file of people of any country, or of anything else.",
    ),
    "link": OperatorCommand(
        "dancu.matching.duplicates.commands:link", "Find the same people or things in two files."
    ),
    "train": OperatorCommand(
        "dancu.matching.duplicates.commands:train", "Learn a model and its weights from files."
    ),
    "learn": OperatorCommand(
        "dancu.matching.learning.commands:learn", "Learn the register’s own weights from declarations."
    ),
    "curve": OperatorCommand(
        "dancu.matching.learning.commands:draw", "Draw precision and recall at every threshold."
    ),
}
_OTHERWISE = "file"  # the command that takes `dancu match FILE`, whose first word is no command's name


class MatchCommands(LazyCommands):
    """The commands, and `dancu match FILE` without one."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in _COMMANDS:
            if meant := _mistyped(args[0]):
                ctx.fail(f"There is no command {args[0]}. Did you mean {meant}?")
            return super().resolve_command(ctx, [_OTHERWISE, *args])
        return super().resolve_command(ctx, args)


def _mistyped(word: str) -> str | None:
    """The command that a word is nearly the name of; None for what is a file or looks like one, and for
    options.
    """
    if word.startswith("-") or Path(word).suffix or "/" in word or Path(word).exists():
        return None
    return next(iter(get_close_matches(word.casefold(), _COMMANDS, 1, 0.75)), None)


@click.group(cls=MatchCommands, at=_COMMANDS)
def match() -> None:
    """Compare files and declarations with the register and with each other."""
