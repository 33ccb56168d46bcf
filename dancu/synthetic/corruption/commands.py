"""`dancu match noise`."""

import datetime as dt
from pathlib import Path

import click
from django.utils import timezone
from rich.console import Console

from dancu.errors import DancuError
from dancu.synthetic.corruption import PROFILES, generate


@click.command()
@click.argument("people", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--records", required=True, type=click.IntRange(min=1), help="The number of declarations.")
@click.option(
    "--seed",
    default=1,
    show_default=True,
    type=click.IntRange(min=0),
    help="The same seed gives the same declarations. Even and odd seeds never draw the same person.",
)
@click.option(
    "--profile",
    default=PROFILES[0],
    show_default=True,
    type=click.Choice(PROFILES),
    help="The error rates to use.",
)
@click.option(
    "--outsiders",
    default=0.05,
    show_default=True,
    type=click.FloatRange(0, 1),
    help="The share of people who are in none of the files.",
)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day of the declarations. Default: today.")
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The Parquet file to write."
)
def noise(
    people: tuple[Path, ...],
    records: int,
    seed: int,
    profile: str,
    outsiders: float,
    on: dt.datetime | None,
    out: Path,
) -> None:
    """Create declarations for PEOPLE (population files, or directories of parts), with realistic errors
    at stated rates and the right answer to each.
    """
    if any(
        out.resolve() in (path.resolve(), *(part.resolve() for part in path.glob("*"))) for path in people
    ):
        raise click.ClickException(
            f"{out} is one of the files being read. Give the declarations another name."
        )
    try:
        with Console().status("Creating declarations"):
            generate(
                people, records, seed, profile, out, on.date() if on else timezone.localdate(), outsiders
            )
    except DancuError as refused:
        raise click.ClickException(str(refused)) from refused
    click.echo(f"{records:,} declarations: {out}")
