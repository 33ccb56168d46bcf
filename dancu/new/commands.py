"""`dancu new …`: writes what a builder begins with."""

import keyword
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import click

from dancu import modules
from dancu.modules import HOUSE

SKELETON = HOUSE.parent / "skeleton" / "example"
_NAME = re.compile(r"[a-z][a-z0-9]{2,19}")


@click.group()
def new() -> None:
    """Begin something: a module."""


@new.command()
@click.argument("name")
@click.option(
    "--into",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of a country's own modules; without it, the house's own.",
)
def module(name: str, into: Path | None) -> None:
    """Write a module NAME that works: a page, an endpoint, an action, a table, a duty, a rule, background
    work, a figure for monitoring, a command, a scene of the demo, and their tests. What it brings stands in
    its module.py.
    """
    if not _NAME.fullmatch(name):
        raise click.ClickException(f"“{name}”: a module's name is one word of 3 to 20 small letters, a to z.")
    folder = (into or HOUSE).resolve() / name
    if folder.exists():
        raise click.ClickException(f"{folder} is there already.")
    if whose := _whose(name):
        raise click.ClickException(f"“{name}” is the name of {whose}. Choose another.")
    write(name, folder)
    click.echo(f"Written: {folder}")
    tests = f"bin/test {folder / 'tests'}"
    if into:
        click.echo("It is found where both are set:")
        click.echo(f"  export PYTHONPATH={folder.parent} DANCU_MODULES={name}")
    else:
        click.echo("Say in pyproject.toml on which floor it stands: importlinter's layers, above demo.")
    click.echo(f"Its tables: bin/dancu db migrate. Its tests: {tests}")


def _whose(name: str) -> str:
    """Whom a name belongs to already; "" where nobody."""
    if keyword.iskeyword(name) or keyword.issoftkeyword(name):
        return "a word of Python"
    if name in sys.stdlib_module_names or find_spec(name):
        return "a package of Python"
    labels = {each.rpartition(".")[2] for each in modules.names()}
    taken = {*labels, *modules.brought(lambda module: module.duties)}
    taken |= modules.brought(lambda module: module.commands).keys()
    return "something of this house" if name in taken or (HOUSE / name).exists() else ""


def write(name: str, folder: Path) -> None:
    """Copy the skeleton to a folder, under another name."""
    if not SKELETON.is_dir():
        raise click.ClickException(f"{SKELETON}, from which modules are written, is not there.")
    for file in sorted(SKELETON.rglob("*")):
        if file.is_dir() or "__pycache__" in file.parts or file.suffix == ".mo":
            continue
        to = folder / renamed(str(file.relative_to(SKELETON)), name)
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(renamed(file.read_text("utf-8"), name), encoding="utf-8")

    if find_spec("ruff"):  # of `bin/test`: lines are longer and shorter than the skeleton's
        subprocess.run(
            [sys.executable, "-m", "ruff", "format", "-q", "--isolated", "--line-length=110", folder],
            check=True,
        )


def renamed(text: str, name: str) -> str:
    """The skeleton's text of a module of this name."""
    return re.sub(r"example(?!_person)", name, text).replace("Example", name.title())
