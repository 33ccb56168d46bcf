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
from dancu.modules import OperatorCommand
from dancu.register import counting, importing, merging
from dancu.register import snapshot as copying
from dancu.register.errors import RegisterError
from dancu.register.lookups import number_of_people

console = Console()
SEXES, STATUSES = {1: "male", 2: "female"}, {1: "alive", 2: "dead", 3: "missing"}
_MOST_TOLD = 50  # cells


_ELSEWHERE = {
    "generate": OperatorCommand(
        "dancu.synthetic.population.commands:generate",
        "Create a synthetic population that resembles the country.",
    ),
}


@click.group(cls=LazyCommands, at=_ELSEWHERE)
def population() -> None:
    """Create and load populations."""


@population.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--rejects",
    default="rejected.csv",
    show_default=True,
    type=click.Path(path_type=Path),
    help="The file for rejected rows.",
)
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day the files describe. Required if the register already holds people.",
)
@click.option(
    "--begin-anew", is_flag=True, help="Give up an interrupted load, including the parts already loaded."
)
def import_(files: tuple[Path, ...], rejects: Path, on: dt.datetime | None, begin_anew: bool) -> None:
    """Load population FILES, or all files in a directory (CSV in UTF-8, or Parquet; see
    docs/population-file.md). All valid rows are loaded, or none.

    If the register already holds people, say which day the files describe (--on), so that an old list does
    not undo later changes.

    Into an empty register, files are loaded part by part, beside it. If the load is interrupted, run the same
    command again to continue it. Other files are refused until then.
    """
    if not rejects.absolute().parent.is_dir():  # told before the work, not after it
        raise click.ClickException(f"--rejects {rejects}: there is no directory {rejects.absolute().parent}")
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
    """Move data written under a record’s old number while it was being merged, and add up the statistics.
    `dancu work` does it nightly.
    """
    console.print(f"{merging.settle()} rows moved.")
    counting.fold()


@population.command()
def copy() -> None:
    """Make a columnar snapshot of the register, on the machine that compares large files. Run it weekly from
    cron.

    `dancu match FILE` makes one itself if there is none. It needs about 18 bytes of disk space per person,
    under DANCU_HOME, readable only by its owner.
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
    """Count everyone again, report where the statistics differed and correct them. Also list impossible
    records. Run it after a reform of areas, or whenever you are in doubt.

    It reads the whole register. Officials can keep working.
    """
    found = counting.recount()
    for each in found[:_MOST_TOLD]:
        home, birth_year, sex, status = each.dimensions.values()
        console.print(
            f"area {home}, born {birth_year}, {SEXES[sex]}, {STATUSES[status]}: "  # type: ignore[index]
            f"{each.measures['people']:+,} people"
        )
    if len(found) > _MOST_TOLD:
        console.print(f"… and {len(found) - _MOST_TOLD:,} more.")
    console.print(
        f"{len(found):,} cells differed and have been corrected." if found else "The statistics were right."
    )
    for each in counting.impossible():
        told = ", ".join(map(str, each.some)) + (", …" if each.people > len(each.some) else "")
        console.print(f"Impossible: {each.people:,} {counting.WRONG[each.wrong]}. Records no. {told}")


def refused_by_the_system(error: OSError) -> click.ClickException:
    return click.ClickException(f"{error.filename or ''}: {error.strerror or error}".lstrip(": "))


def _tell(report: importing.Report) -> None:
    table = Table(show_header=False, box=None)
    for name in ("read", "new", "changed", "unchanged", "rejected", "warned"):
        table.add_row(name, f"{getattr(report, name):,}")
    console.print(table)
    if report.warnings:
        console.print(
            f"Rows with warnings were loaded, but something in them is doubtful. See {report.warnings} for "
            f"each row."
        )
    if lost := report.given_up:
        console.print(
            f"A load of {lost.files} that began at {timezone.localtime(lost.began):%H:%M %d/%m/%Y} had "
            f"stopped after {lost.parts_in} of "
            f"its {lost.parts or '?'} parts. It was given up, because the register now holds people."
        )
    if report.rejects:
        console.print(
            f"The rejected rows are in {report.rejects}, each with its problems. Correct them there and "
            f"import that file."
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
