"""`dancu match FILE --out RESULT`."""

import datetime as dt
import json
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from dancu.errors import DancuError
from dancu.matching.batch.mapping import ORDERS
from dancu.matching.batch.running import PART, Job, compare_file


@click.command("file")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The result, .parquet or .csv.",
)
@click.option("--mapping", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A TOML file that says which column is which (docs/matching.md).")  # fmt: skip
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day whose administrative units the file's codes are. Today if not given.")  # fmt: skip
@click.option(
    "--review",
    is_flag=True,
    help="Put what is doubtful before people, and what disagrees on its sender's list.",
)
@click.option(
    "--sender", default="", help="Who is known to have sent the file: counts for all rows, whatever they say."
)
@click.option(
    "--encoding", help="Of a CSV, where it is not recognised: utf-8, utf-16, windows-1258, tcvn3, vni …"
)
@click.option("--separator", help="Of a CSV, where it is not recognised.")
@click.option(
    "--order", type=click.Choice(ORDERS), help="Of day and month in birth dates, where it is not recognised."
)
@click.option("--part", default=PART, show_default=True, type=click.IntRange(min=1000), help="Records at once: more take more memory, fewer read the register more often.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="The summary as JSON instead of tables.")
def match_file(
    file: Path,
    out: Path,
    mapping: Path | None,
    on: dt.datetime | None,
    review: bool,
    sender: str,
    encoding: str | None,
    separator: str | None,
    order: str | None,
    part: int,
    as_json: bool,
) -> None:
    """Compare the records of FILE (CSV or Parquet) with the register, and write what became of each to --out.

    A run that was cut off goes on where it was: give the same command again.
    """
    errors = Console(stderr=True)
    try:
        with Progress(
            TextColumn("{task.description:>40}"), BarColumn(), TextColumn("{task.completed:,.0f}"), TimeElapsedColumn(), console=errors
        ) as bar:  # fmt: skip
            tasks: dict[str, TaskID] = {}
            known: list[str] = []

            def told(step: str, records: int) -> None:
                if step not in tasks:
                    tasks[step] = bar.add_task(step, total=None)
                bar.advance(tasks[step], records)

            def noted(sentence: str) -> None:
                known.append(sentence)
                bar.console.print(
                    sentence, soft_wrap=True, markup=False, highlight=False
                )  # whole, however long

            day = on.date() if on else None
            job = Job(
                file, out, mapping, day, review, encoding, separator, part,
                sender=sender, told=told, noted=noted, order=order,
            )  # fmt: skip
            summary = compare_file(job)
    except DancuError as refused:
        raise click.ClickException(str(refused)) from refused
    except OSError as error:  # a result that cannot be written there, a full disk
        raise click.ClickException(
            f"{error.filename or ''}: {error.strerror or error}".lstrip(": ")
        ) from error
    if as_json:
        click.echo(json.dumps(summary.as_dict(), ensure_ascii=False))
    else:
        Console().print(summary.as_tables())
        for warning in (each for each in summary.warnings if each not in known):
            errors.print(f"Warning: {warning}", soft_wrap=True, markup=False, highlight=False)
        click.echo(f"Each record with its outcome: {out}")
