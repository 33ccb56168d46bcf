"""What was noted is added up, by one at a time, and counted anew on demand.

A fold is one transaction: it takes rows away and adds what stood in them. Whoever is killed has done neither,
and of two at once each has the rows that it took. Its statements are plain ones, of one table each, so that
they go where the tables are distributed; in one statement with the rows never leaving the server it would
take two thirds of the time.
"""

from collections.abc import Iterable, Mapping

import structlog
from django.db import connection, transaction

from dancu import modules
from dancu.db.queries import Queries
from dancu.rollups.rows import CellDifference
from dancu.rollups.sums import EVERYWHERE, Sums, all_sums, sums

_sql = Queries(__file__)
_log = structlog.get_logger(__name__)
_AT_ONCE = 50_000  # rows on their way from the server

Cell = tuple[int, ...]


def fold(code: str) -> int | None:
    """Add what waits to the sums; how many changes that were, None where somebody else is at it. Waits for
    nobody, and nobody for it. Raises NoSuchRollup.
    """
    of = sums(code)
    with transaction.atomic():
        if not _sql.one("one_at_a_time", code=code)["mine"]:  # type: ignore[index]
            return None
        return _fold(of)


def fold_all() -> int:
    """All sums, one after the other: the worker's. How many changes were added up. What goes wrong with one
    does not stop the others, and is raised when they are done.
    """
    changes, problems = 0, []
    for code in all_sums():
        try:
            changes += fold(code) or 0
        except Exception as problem:
            problems.append(problem)
            _log.warning("sums could not be added up", rollup=code, error=type(problem).__name__)
    if problems:
        raise problems[0]
    return changes


def recount(code: str) -> list[CellDifference]:
    """Count everything anew, put right what differs and return it. Sums of wider units are made anew: run it
    after a reform of areas.

    Reads all that is counted once; officials work on meanwhile. Raises NoSuchRollup.
    """
    of = sums(code)
    with transaction.atomic():
        _sql.run("wait", code=code)
        found = _sql.all("differences", of.parts | {"counted": modules.at(of.said.counted)()})
        _fold(of)
        _sql.run("drop_empty", of.parts)
        if of.said.wider:
            _sql.run("forget_wide", of.parts)
            sum_up(code)
        _sql.run("recounted", code=code, differed=len(found))
    return [
        CellDifference(
            {name: row[name] for name in of.said.dimensions}, {name: row[name] for name in of.said.measures}
        )
        for row in found
    ]


def sum_up(code: str, schema: str = "") -> None:
    """Fill the sums of wider units, which are empty, from the cells. `schema`: with a dot, where the tables
    are.
    """
    of = sums(code)
    if not of.said.wider:
        return
    unit_of = modules.at(of.said.wider.units)()
    parts = of.parts | {"schema": schema, "others_grouped": "".join(f", {one}" for one in of.others)}
    _sql.run("sum_up", parts, places=list(unit_of), units=list(unit_of.values()))


def _fold(of: Sums) -> int:
    cells, changes = _taken(of)
    if changes:
        _put("add", of, cells)
        if of.said.wider:
            _put("add_wide", of, _wide(of, cells))
        _sql.run("folded", code=of.code, changes=changes)
    return changes


def _taken(of: Sums) -> tuple[dict[Cell, list[int]], int]:
    """What waited, by cell, and how many changes it was made of."""
    cells: dict[Cell, list[int]] = {}
    changes, width = 0, len(of.said.dimensions)
    with connection.cursor() as cursor:
        cursor.execute(_sql.filled("take", of.parts))
        while rows := cursor.fetchmany(_AT_ONCE):
            _add(cells, ((row[:width], row[width:]) for row in rows))
            changes += len(rows)
    return cells, changes


def _wide(of: Sums, cells: Mapping[Cell, list[int]]) -> dict[Cell, list[int]]:
    assert of.said.wider
    unit_of = modules.at(of.said.wider.units)()
    found: dict[Cell, list[int]] = {}
    _add(found, (((EVERYWHERE, *cell[1:]), many) for cell, many in cells.items()))
    _add(found, (((unit_of[cell[0]], *cell[1:]), many) for cell, many in cells.items() if cell[0] in unit_of))
    return found


def _add(cells: dict[Cell, list[int]], more: Iterable[tuple[Cell, Iterable[int]]]) -> None:
    for cell, many in more:
        before = cells.get(cell)
        cells[cell] = [*many] if before is None else [a + b for a, b in zip(before, many, strict=True)]


def _put(statement: str, of: Sums, cells: Mapping[Cell, list[int]]) -> None:
    """In the order of the key: should two ever add up at once, neither waits for the other in a circle."""
    rows = [(*cell, *many) for cell, many in sorted(cells.items()) if any(many)]
    if rows:
        _sql.run(statement, of.parts, **arrays(rows))


def arrays(rows: Iterable[Iterable[int]]) -> dict[str, list[int]]:
    """Rows as a column each, as the statements take them."""
    return {f"column_{nth}": list(values) for nth, values in enumerate(zip(*rows, strict=True))}
