"""How many people there are in each cell: noted with every change to a person, counted anew on demand.

docs/decisions/0009-counting-people.md
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from dancu.rollups import actions as rollups
from dancu.rollups.rows import CellDifference

POPULATION = "population"  # the code of its sums
NOWHERE = 0  # the home of whoever has none


def note(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> None:
    """In the transaction that changes a person: the row as it was and as it is (None: not in the
    register).
    """
    left, joined = before and _cell(before), after and _cell(after)
    if left != joined:
        cells = ((left, -1), (joined, 1))
        rollups.note(POPULATION, [(*cell, people) for cell, people in cells if cell])


def fold() -> bool:
    """Add the changes that wait to the sums; False where somebody else is at it. Waits for nobody, and
    nobody for it.
    """
    return rollups.fold(POPULATION) is not None


def recount() -> list[CellDifference]:
    """Count all people, put right what differs and return it. Sums of provinces are made anew: run it after a
    reform of areas.

    Reads the whole register once; officials work on meanwhile.
    """
    return rollups.recount(POPULATION)


def sum_up(schema: str) -> None:
    """Fill the sums of provinces and the country from the counts. `schema`: with a dot, where the tables
    are.
    """
    rollups.sum_up(POPULATION, schema)


def counted() -> str:
    """The SELECT that counts everybody."""
    return (
        "SELECT coalesce(home_area, 0), extract(year FROM birth_date)::smallint, sex, status, count(*) "
        "FROM person GROUP BY 1, 2, 3, 4"
    )


def _cell(row: Mapping[str, Any]) -> tuple[int, int, int, int]:
    born = row["birth_date"]
    return (
        row["home_area"] or NOWHERE,
        (born if isinstance(born, dt.date) else dt.date.fromisoformat(born)).year,
        row["sex"],
        row["status"],
    )
