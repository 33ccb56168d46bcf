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
    help="The file for the result: .parquet or .csv.",
)
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A TOML file that says what each column holds (see docs/matching.md).",
)
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day for which the file’s area codes are valid. Default: today.",
)
@click.option(
    "--review",
    is_flag=True,
    help="Send doubtful records to review, and report discrepancies to the sender.",
)
@click.option("--sender", default="", help="Who sent the file. Overrides what the rows say.")
@click.option(
    "--encoding",
    help="The encoding of a CSV, if it is not recognised: utf-8, utf-16, windows-1258, tcvn3, vni …",
)
@click.option("--separator", help="The separator of a CSV, if it is not recognised.")
@click.option(
    "--order",
    type=click.Choice(ORDERS),
    help="The order of day and month in birth dates, if it is not recognised.",
)
@click.option(
    "--part",
    default=PART,
    show_default=True,
    type=click.IntRange(min=1000),
    help="Records compared at a time. More need more memory; fewer read the register more often.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON instead of tables.")
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
    """Compare the records in FILE (CSV or Parquet) with the register, and write the outcome of each to --out.

    To continue an interrupted run, give the same command again.
    """
    errors = Console(stderr=True)
    try:
        with Progress(
            TextColumn("{task.description:>40}"),
            BarColumn(),
            TextColumn("{task.completed:,.0f}"),
            TimeElapsedColumn(),
            console=errors,
        ) as bar:
            tasks: dict[str, TaskID] = {}
            notices: list[str] = []

            def progress(step: str, records: int) -> None:
                if step not in tasks:
                    tasks[step] = bar.add_task(step, total=None)
                bar.advance(tasks[step], records)

            def notice(sentence: str) -> None:
                notices.append(sentence)
                bar.console.print(
                    sentence, soft_wrap=True, markup=False, highlight=False
                )  # whole, however long

            day = on.date() if on else None
            job = Job(
                file, out, mapping, day, review, encoding, separator, part,
                sender=sender, progress=progress, notice=notice, order=order,
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
        for warning in (each for each in summary.warnings if each not in notices):
            errors.print(f"Warning: {warning}", soft_wrap=True, markup=False, highlight=False)
        click.echo(f"Outcome of each record: {out}")
