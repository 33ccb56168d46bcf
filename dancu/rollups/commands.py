"""`dancu rollups …`"""

import datetime as dt

import click
from django.utils.timezone import localtime

from dancu.rollups import actions, lookups
from dancu.rollups.errors import NoSuchRollup
from dancu.rollups.rows import CellDifference
from dancu.rollups.sums import all_sums

_MOST_TOLD = 50  # cells


@click.group()
def rollups() -> None:
    """Sums kept as things happen: how old they are, counting anew."""


@rollups.command()
def status() -> None:
    """Show the sums that are kept: how many changes wait to be added up, when that was last done, and what
    the last recount found.
    """
    for code, row in lookups.standing().items():
        age = lookups.age(code)
        click.echo(f"{code:14} {all_sums()[code].said.what}")
        waits = f"{age.waiting:,} changes waiting"
        since = f" since {_time(age.since)}" if age.since else ""
        said = [f"{waits}{since}", f"last added up {_time(row['folded_at'])}"]
        said += [f"last recount {_time(row['recounted_at'])}"]
        said += [f"{row['differed']:,} cells differed then"] if row["recounted_at"] else []
        click.echo(f"{'':14} {', '.join(said)}")


@rollups.command()
@click.argument("name", required=False)
def fold(name: str | None) -> None:
    """Add up what waits, in the sums called NAME or in all. `dancu work` does it every few seconds."""
    for code in _named(name):
        changes = actions.fold(code)
        said = "somebody else is at it" if changes is None else f"{changes:,} changes added up"
        click.echo(f"{code}: {said}.")


@rollups.command()
@click.argument("name", required=False)
def recount(name: str | None) -> None:
    """Count everything anew, in the sums called NAME or in all: report where they differed and correct them.
    Run it after a reform of areas, or whenever you are in doubt.

    It reads all that is counted. Officials can keep working.
    """
    for code in _named(name):
        found = actions.recount(code)
        for each in found[:_MOST_TOLD]:
            click.echo(f"{code}: {_told(each)}")
        if len(found) > _MOST_TOLD:
            click.echo(f"… and {len(found) - _MOST_TOLD:,} more.")
        wrong = f"{len(found):,} cells differed and have been corrected."
        click.echo(f"{code}: {wrong if found else 'the sums were right.'}")


def _named(name: str | None) -> list[str]:
    if name is not None and name not in all_sums():
        raise click.ClickException(str(NoSuchRollup(name, ", ".join(all_sums()))))
    return list(all_sums()) if name is None else [name]


def _told(each: CellDifference) -> str:
    cell = ", ".join(f"{name} {value}" for name, value in each.dimensions.items())
    return f"{cell}: " + ", ".join(f"{many:+,} {name}" for name, many in each.measures.items() if many)


def _time(at: dt.datetime | None) -> str:
    return f"{localtime(at):%Y-%m-%d %H:%M:%S}" if at else "never"
