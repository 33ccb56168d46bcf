"""How many people there are in each cell: noted with every change to a person, added up by whoever comes by,
counted anew on demand.

docs/decisions/0009-counting-people.md
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from dancu.areas import lookups as areas
from dancu.db.queries import Queries

_sql = Queries(__file__)

WAITING = 5_000  # changes that a page adds up itself: about 2 ms
NOWHERE = 0  # the home of whoever has none, and the id of the whole country


@dataclass(frozen=True)
class CellDifference:
    """A cell that was wrong: `people` too few (or, negative, too many) were counted there."""

    home_area: int
    birth_year: int
    sex: int
    status: int
    people: int


def note(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> None:
    """In the transaction that changes a person: the row as it was and as it is (None: not in the
    register).
    """
    left, joined = before and _cell(before), after and _cell(after)
    if left == joined:
        return
    cells = [(*cell, people) for cell, people in ((left, -1), (joined, 1)) if cell]
    names = ("home_areas", "birth_years", "sexes", "statuses", "people")
    _sql.run(
        "note", **{name: list(values) for name, values in zip(names, zip(*cells, strict=True), strict=True)}
    )


def fold() -> bool:
    """Add the changes that wait to the sums; False where somebody else is at it. Waits for nobody, and
    nobody for it.
    """
    with transaction.atomic():
        if not _sql.one("one_at_a_time")["mine"]:  # type: ignore[index]
            return False
        _sql.run("fold", **provinces_of_homes())
    return True


def waiting() -> int:
    """How many changes are not in the sums yet."""
    return _sql.all("waiting")[0]["changes"]


def add_up() -> None:
    """What waits goes into the sums, if anything does: the worker's, so that readers find little to add."""
    fold_if_many(0)


def fold_if_many(most: int | None = None) -> None:
    """What every reader does first, so that pages stay quick where no worker runs."""
    if _sql.one("some_waiting", most=WAITING if most is None else most)["many"]:  # type: ignore[index]
        fold()


def recount() -> list[CellDifference]:
    """Count all people, put right what differs and return it. Sums of provinces are made anew: run it after a
    reform of areas.

    Reads the whole register once; officials work on meanwhile.
    """
    with transaction.atomic():
        _sql.run("wait")
        found = [CellDifference(**row) for row in _sql.all("differences")]
        _sql.run("fold", **provinces_of_homes())
        _sql.run("drop_empty")
        _sql.run("forget_sums")
        sum_up()
    return found


def sum_up(schema: str = "") -> None:
    """Fill the sums of provinces and the country from the counts. `schema`: with a dot, where the tables
    are.
    """
    _sql.run("sum_up", {"schema": schema}, **provinces_of_homes())


def provinces_of_homes() -> dict[str, list[int]]:
    """For every unit that somebody may be registered in, the province of today in which it lies, as two
    lists.
    """
    communes = areas.communes_as_of(timezone.localdate())
    provinces = {area_id: area.province_id for area_id, area in areas.get_many(communes.values()).items()}
    return {"homes": list(communes), "provinces": [provinces[now] for now in communes.values()]}


def _cell(row: Mapping[str, Any]) -> tuple[int, int, int, int]:
    born = row["birth_date"]
    return (
        row["home_area"] or NOWHERE,
        (born if isinstance(born, dt.date) else dt.date.fromisoformat(born)).year,
        row["sex"],
        row["status"],
    )
