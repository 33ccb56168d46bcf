"""`dancu population generate`."""

import datetime as dt
from pathlib import Path

import click

from dancu.register.commands import progress_bar, refused_by_the_system
from dancu.register.errors import RegisterError
from dancu.synthetic import population


@click.command()
@click.option("--people", required=True, type=click.IntRange(min=1), help="The number of people.")
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same people.")
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day whose administrative units are used. Default: today.",
)
@click.argument("out", type=click.Path(path_type=Path))
def generate(people: int, seed: int, on: dt.datetime | None, out: Path) -> None:
    """Create a synthetic population that resembles the country in OUT: a .parquet file, or a directory of
    parts. No person in it is real.
    """
    try:
        with progress_bar() as bar:
            task = bar.add_task("people", total=people)
            population.generate(
                people, seed, out, on and on.date(), lambda done: bar.update(task, completed=done)
            )
    except RegisterError as refused:
        raise click.ClickException(str(refused)) from refused
    except OSError as error:  # a full disk, a folder where nobody may write
        raise refused_by_the_system(error) from error
