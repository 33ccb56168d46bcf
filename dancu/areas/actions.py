"""Loading the list of administrative units."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar, cast

import polars as pl
from django.db import transaction

from dancu.db.queries import Queries

from . import index, published, reading
from .checking import ListedUnit, doubtful_links, lineage, link_faults
from .errors import Rejected, Rejection
from .loading import Unit, changed_areas, known_links
from .rows import AreaRow, GivenLink, GivenUnit

_sql = Queries(__file__)

_Given = TypeVar("_Given", GivenUnit, GivenLink)


@dataclass(frozen=True)
class Imported:
    """What an import found to do: units that are new, units known otherwise, links that are new or known
    otherwise.

    `doubts`: links that were loaded but are seldom true.
    """

    new: int
    changed: int
    links: int
    doubts: tuple[Rejection, ...] = ()


def import_published() -> Imported:
    """Load the list that comes with the program: both eras, and what became what. A second time changes
    nothing.
    """
    imported = import_rows(_rows(published.units(), GivenUnit), _rows(published.links(), GivenLink))
    return replace(imported, doubts=())  # each of its links was compared with the statistics office's table


def import_file(units: Path, links: Path | None = None) -> Imported:
    """Load a country's own list from CSV files (docs/areas.md).

    A second time changes nothing; a unit that is not in the file stays as it is.
    Raises errors.Rejected, which names each line, field and reason; then nothing was loaded.
    """
    return import_rows(reading.read_units(units), reading.read_links(links) if links else [])


def import_rows(units: list[GivenUnit], links: list[GivenLink]) -> Imported:
    """Load what a list says.

    An old unit that has links among the rows has these and no others from then on.
    Raises errors.Rejected; then nothing was loaded.
    """
    with transaction.atomic():
        _sql.run("lock")
        known = _sql.of(AreaRow).all("areas")
        areas = changed_areas(known, units)
        _sql.run("write_areas", areas=json.dumps(areas, default=str))
        linked, doubts = _link(
            units, links, {(area["code"], area["valid_from"]): area for area in (*known, *areas)}
        )
        new = len({area["area_id"] for area in areas} - {area["area_id"] for area in known})
        imported = Imported(new=new, changed=len(areas) - new, links=linked, doubts=doubts)
        if any((imported.new, imported.changed, imported.links)):
            _sql.run("new_edition")
    index.forget()
    return imported


def _link(
    units: list[GivenUnit], links: list[GivenLink], areas: dict[Unit, AreaRow]
) -> tuple[int, tuple[Rejection, ...]]:
    """Write the links, and look whether they can be true; how many were written, and which are doubtful.
    Raises Rejected.
    """
    known = known_links(areas, links)
    given = {
        "old_ids": [old for old, _, _ in known],
        "new_ids": [new for _, new, _ in known],
        "mains": [main for _, _, main in known],
    }
    linked = _sql.run("forget_other_successors", **given) + _sql.run("write_successors", **given)
    successors = [(row["old_id"], row["new_id"], row["main"]) for row in _sql.all("successors")]
    listed = ListedUnit(
        {areas[row["code"], row["valid_from"]]["area_id"]: row["line"] for row in units},
        {(old, new): row["line"] for (old, new, _), row in zip(known, links, strict=True)},
    )
    country = lineage({area["area_id"]: area for area in areas.values()}, successors)
    if faults := link_faults(country, listed):
        raise Rejected(faults)
    return linked, tuple(doubtful_links(country, listed))


def _rows(frame: pl.DataFrame, of: type[_Given]) -> list[_Given]:
    """The rows of a frame of these columns, each with its line."""
    rows = [row | {"line": line} for line, row in enumerate(frame.iter_rows(named=True), start=1)]
    return cast(list[_Given], rows)
