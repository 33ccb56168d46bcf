"""`dancu population …`"""

import datetime as dt
from pathlib import Path

import click
from django.utils import timezone
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from dancu.lazy_commands import LazyCommands
from dancu.register import copying, counting, importing, merging
from dancu.register.errors import RegisterError
from dancu.register.lookups import number_of_people

console = Console()
SEXES, STATUSES = {1: "male", 2: "female"}, {1: "alive", 2: "dead", 3: "missing"}
_MOST_TOLD = 50  # cells


_ELSEWHERE = {
    "generate": (
        "dancu.synthetic.population.commands",
        "generate",
        "Write a synthetic population that looks like the country.",
    ),
}


@click.group(cls=LazyCommands, at=_ELSEWHERE)
def population() -> None:
    """Make and load populations."""


@population.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--rejects",
    default="rejected.csv",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Where refused rows go.",
)
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day of which the files tell. Needed where the register holds people.",
)
@click.option("--begin-anew", is_flag=True, help="Give up a load that broke off, with its parts that are in.")
def import_(files: tuple[Path, ...], rejects: Path, on: dt.datetime | None, begin_anew: bool) -> None:
    """Load population FILES, or all files of a directory (CSV in UTF-8, or Parquet; docs/population-file.md): all fit rows, or none.

    A register that holds people asks for the day of which they tell (--on), so that an old list undoes nothing that happened later.

    Into an empty register they are loaded part by part beside it: if that breaks off, run the same command again and it goes on;
    other files are refused until then.
    """
    if not rejects.absolute().parent.is_dir():  # told before the work, not after it
        raise click.ClickException(f"--rejects {rejects}: there is no folder {rejects.absolute().parent}")
    try:
        found = importing.population_files(files)
        total = sum(importing.rows_in(file) for file in found)
        with progress_bar() as bar:
            tasks: dict[str, TaskID] = {}

            def progress(step: str, rows: int) -> None:
                if step not in tasks:
                    for earlier in tasks.values():
                        bar.update(earlier, completed=total)
                    tasks[step] = bar.add_task(step, total=total)
                bar.advance(tasks[step], rows)

            report = importing.import_files(found, rejects, on and on.date(), progress, begin_anew=begin_anew)
            for task in tasks.values():
                bar.update(task, completed=total)
    except RegisterError as refused:
        raise click.ClickException(str(refused)) from refused
    except OSError as error:  # a full disk, a file that nobody may read or write
        raise refused_by_the_system(error) from error
    _tell(report)


@population.command()
def settle() -> None:
    """Gather what was still written under a record's old number while it was merged, and what was counted. From cron, nightly."""
    console.print(f"{merging.settle()} rows gathered.")
    counting.fold()


@population.command()
def copy() -> None:
    """Copy the register in columns, for comparing large files, on the machine that compares them. From cron, weekly.

    `dancu match FILE` makes one itself where none stands. It takes some 18 bytes of disk a person, under DANCU_HOME, for its owner alone.
    """
    try:
        with progress_bar() as bar:
            task = bar.add_task("people", total=number_of_people())
            made = copying.make(lambda _step, people: bar.advance(task, people))
    except RegisterError as refused:
        raise click.ClickException(str(refused)) from refused
    size = sum(file.stat().st_size for file in made.folder.iterdir())
    console.print(f"{made.people:,} people, {size / 1e6:,.0f} MB: {made.folder}")


@population.command()
def recount() -> None:
    """Count all people, say where the statistics differed, and put them right; tell what is recorded that cannot be. After a reform of areas,
    and whenever in doubt.

    Reads the whole register; officials work on meanwhile.
    """
    found = counting.recount()
    for cell in found[:_MOST_TOLD]:
        console.print(
            f"area {cell.home_area}, born {cell.birth_year}, {SEXES[cell.sex]}, {STATUSES[cell.status]}: {cell.people:+,} people"
        )
    if len(found) > _MOST_TOLD:
        console.print(f"… and {len(found) - _MOST_TOLD:,} more.")
    console.print(
        f"{len(found):,} cells differed and are right now." if found else "The statistics were right."
    )
    for each in counting.impossible():
        told = ", ".join(map(str, each.some)) + (", …" if each.people > len(each.some) else "")
        console.print(f"Cannot be: {each.people:,} {counting.WRONG[each.wrong]}. Records no. {told}")


def refused_by_the_system(error: OSError) -> click.ClickException:
    return click.ClickException(f"{error.filename or ''}: {error.strerror or error}".lstrip(": "))


def _tell(report: importing.Report) -> None:
    table = Table(show_header=False, box=None)
    for name in ("read", "new", "changed", "unchanged", "rejected", "warned"):
        table.add_row(name, f"{getattr(report, name):,}")
    console.print(table)
    if report.warnings:
        console.print(
            f"Warned rows were taken, though something in them is doubtful: {report.warnings} tells what, row by row."
        )
    if lost := report.given_up:
        console.print(
            f"A load of {lost.files} that began at {timezone.localtime(lost.began):%H:%M %d/%m/%Y} had broken off with {lost.parts_in} of "
            f"its {lost.parts or '?'} parts in. It was given up, for the register holds people by now."
        )
    if report.rejects:
        console.print(
            f"The refused rows are in {report.rejects}, each with its problems. Mend it and import it."
        )


def progress_bar() -> Progress:
    return Progress(
        TextColumn("{task.description:>20}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
    )
