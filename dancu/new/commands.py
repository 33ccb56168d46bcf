"""`dancu new …`: writes what a builder begins with."""

import re
from pathlib import Path

import click

from dancu.errors import DancuError
from dancu.modules import HOUSE
from dancu.new.migration import write_migration

SKELETON = HOUSE.parent / "skeleton" / "example"
_NAME = re.compile(r"[a-z][a-z0-9]{2,29}")


@click.group()
def new() -> None:
    """Begin something: a module, a migration."""


@new.command()
@click.argument("name")
@click.option(
    "--into",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of a country's own modules; without it, the house's own.",
)
def module(name: str, into: Path | None) -> None:
    """Write a module NAME that works: a page, an endpoint, an action, a table, a duty, a command, a scene of
    the demo, and their tests. What it brings stands in its module.py.
    """
    if not _NAME.fullmatch(name):
        raise click.ClickException(f"“{name}”: a module's name is one word of 3 to 30 small letters, a to z.")
    folder = (into or HOUSE) / name
    if folder.exists():
        raise click.ClickException(f"{folder} is there already.")
    write(name, folder)
    click.echo(f"Written: {folder}")
    if into:
        click.echo(f"It is found with {into.resolve()} in PYTHONPATH, and DANCU_MODULES={name}.")
    else:
        click.echo("Say in pyproject.toml on which floor it stands: importlinter's layers, above web.")
    click.echo("Its table: dancu db migrate. Its tests: bin/test " + str(folder / "tests"))


@new.command()
@click.argument("module")
@click.argument("name")
def migration(module: str, name: str) -> None:
    """Write the next migration of MODULE, named NAME: an SQL file for its statements, and a Python file that
    says after which other it comes.
    """
    try:
        for file in write_migration(module, name):
            click.echo(f"Written: {file}")
    except DancuError as problem:
        raise click.ClickException(str(problem)) from problem


def write(name: str, folder: Path) -> None:
    """Copy the skeleton to a folder, under another name."""
    for file in sorted(SKELETON.rglob("*")):
        if file.is_dir() or "__pycache__" in file.parts or file.suffix == ".mo":
            continue
        to = folder / renamed(str(file.relative_to(SKELETON)), name)
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(renamed(file.read_text("utf-8"), name), encoding="utf-8")


def renamed(text: str, name: str) -> str:
    """The skeleton's text of a module of this name."""
    return re.sub(r"example(?!_person)", name, text).replace("Example", name.title())
