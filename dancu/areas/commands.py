"""`dancu areas …`: load the list of administrative units, and look into it."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click
from django.utils.translation import gettext as _

from . import actions, lookups
from .errors import Rejected, Rejection

SHOWN = 50  # rejected rows on the screen; the same mistake is often in all


@click.group()
def areas() -> None:
    """Administrative units: provinces, districts, communes, through time."""


@areas.command("import")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--links",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A CSV file of which units became which.",
)
def import_(file: Path | None, links: Path | None) -> None:
    """Load the published list that comes with the program, or a country’s own list from FILE, a CSV (see
    docs/areas.md).

    Everything is loaded, or nothing. Running it again changes nothing.
    """
    if links and not file:
        raise click.UsageError(
            _("Use --links together with a FILE of units. The published list has its own links.")
        )
    try:
        imported = actions.import_file(file, links) if file else actions.import_published()
    except Rejected as rejected:
        _name(rejected.rejections)
        raise click.ClickException(_("Nothing was loaded.")) from None
    click.echo(
        _("%(new)d new units, %(changed)d changed, %(links)d new or changed links.")
        % {"new": imported.new, "changed": imported.changed, "links": imported.links}
    )
    if imported.doubts:
        click.echo(_("These links were loaded, but check them:"), err=True)
        _name(imported.doubts)


@areas.command()
@click.argument("code")
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Only the unit that had the code on this day. Default: every one.",
)
def show(code: str, on: datetime | None) -> None:
    """Show the units that have or had CODE: where they are, what they were before and what they became."""
    found = [unit for unit in lookups.units(code) if on is None or unit.stood(on.date())]
    if not found:
        raise click.ClickException(_("No unit has the code %(code)s.") % {"code": code})
    for unit in found:
        click.echo(f"{unit.code}  {unit.path}")
        until = unit.valid_to or _("today")
        click.echo(f"    {unit.valid_from} – {until}   id {unit.area_id}   {_place(unit)}")
        for before in lookups.predecessors(unit.area_id):
            click.echo(f"    ← {before.code}  {before.path}")
        for after in lookups.successors(unit.area_id):
            click.echo(f"    → {after.code}  {after.path}")


@areas.command()
@click.argument("text", nargs=-1, required=True)
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), help="Only units that existed on this day. Default: today."
)
@click.option("--level", type=click.IntRange(1, 3), help="1 for provinces, 2 for districts, 3 for communes.")
def find(text: tuple[str, ...], on: datetime | None, level: int | None) -> None:
    """Find units by any part of their names, as people type them, such as: p ben nghe q1, TP HCM."""
    found = lookups.find(" ".join(text), on and on.date(), level)
    if not found:
        raise click.ClickException(_("No unit has that name."))
    for unit in found:
        click.echo(f"{unit.code:<6}{unit.path}")


def _name(rejections: Sequence[Rejection]) -> None:
    for rejection in rejections[:SHOWN]:
        click.echo(str(rejection), err=True)
    if more := rejections[SHOWN:]:
        click.echo(_("… and %(count)d more.") % {"count": len(more)}, err=True)


def _place(unit: lookups.Area) -> str:
    return (
        ""
        if unit.latitude is None or unit.longitude is None
        else f"{unit.latitude:.4f}, {unit.longitude:.4f}"
    )
