"""Reading sums: the cells with what still waits, and how old they are."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from django.utils import timezone

from dancu import modules
from dancu.db.queries import Queries
from dancu.rollups.folding import fold
from dancu.rollups.rows import Age, Cells, RollupStanding
from dancu.rollups.sums import EVERYWHERE, Sums, all_sums, sums

__all__ = ["EVERYWHERE", "MANY", "Within", "age", "cells", "standing", "waiting", "wide_cells"]

_sql = Queries(__file__)

_NONE = -(2**31)  # the unit of what lies in none
MANY = 5_000  # changes that a reader adds up itself: about 2 ms
Within = Mapping[str, tuple[int | dt.date, int | dt.date]]  # column: the first and the last value


def cells(code: str, places: Sequence[int] | None = None, within: Within | None = None) -> Cells:
    """The cells of these values of the first dimension (None: of all). `within`: only those between two
    values of other dimensions, both included.

    Where more changes wait than a page should add up, they are added to the sums first, unless somebody is at
    it. Raises NoSuchRollup.
    """
    of, age = sums(code), _made_young(code)
    parts, values = _limited(of, within)
    if places is None:
        rows = _sql.all("all_cells", parts, **values)
    else:
        rows = _sql.all("cells", parts, places=list(places), **values)
    return _read(of, of.where, rows, age, lambda waiting: waiting)


def wide_cells(
    code: str,
    units: Sequence[int] | None = None,
    within: Within | None = None,
    *,
    places: Sequence[int] = (),
    age: Age | None = None,
) -> Cells:
    """The same of wider units (None: of each; EVERYWHERE: of all together), which stand in the first column
    by the name that the wider sums have for them.

    `places`: the values of the first dimension that count for the one unit, where the caller has them at
    hand. `age`: what an earlier read of the same page was told.
    """
    of = sums(code)
    age = age or _made_young(code)
    assert of.said.wider, code
    everywhere = units is not None and list(units) == [EVERYWHERE]
    is_known = everywhere or bool(places)
    unit_of: Mapping[int, int] = {}
    if age.waiting and not is_known:
        unit_of = modules.at(of.said.wider.units)()
    waits: list[int] | None = list(places)
    if everywhere or units is None:
        waits = None
    elif not places:
        asked = set(units)
        waits = [place for place, unit in unit_of.items() if unit in asked]
    parts, values = _limited(of, within)
    of_units = None if units is None else list(units)
    rows = _sql.all("wide_cells", parts, units=of_units, places=waits, **values)
    only = units[0] if units else EVERYWHERE

    def unit(waiting: np.ndarray) -> np.ndarray:
        if is_known:
            return np.full(len(waiting), only)
        known, nth = np.unique(waiting, return_inverse=True)
        return np.array([unit_of.get(place, _NONE) for place in known.tolist()], int)[nth]

    found = _read(of, of.said.wider.column, rows, age, unit)
    if is_known or not age.waiting:
        return found
    lies = found[of.said.wider.column] != _NONE
    return Cells({name: column[lies] for name, column in found.columns.items()}, age)


def age(code: str) -> Age:
    """How many changes wait. Raises NoSuchRollup."""
    return Age(**_sql.all("age", sums(code).parts)[0], read_at=timezone.now())


def waiting() -> int:
    """How many changes of all sums wait."""
    return sum(age(code).waiting for code in all_sums())


def standing() -> dict[str, RollupStanding]:
    """When each was last added up and counted anew."""
    known = {row["code"]: row for row in _sql.of(RollupStanding).all("standing", codes=list(all_sums()))}
    never = {"folded_at": None, "folded": 0, "recounted_at": None, "differed": 0}
    return {code: known.get(code) or RollupStanding(code=code, **never) for code in all_sums()}


def _made_young(code: str) -> Age:
    found = age(code)
    if found.waiting > MANY and fold(code) is not None:
        return age(code)
    return found


def _limited(of: Sums, within: Within | None) -> tuple[dict[str, str], dict[str, Any]]:
    """The part of a statement that says which cells, and its values."""
    said, values = "", {}
    for column, (first, last) in (within or {}).items():
        assert column in of.others, column
        said += f" AND {column} BETWEEN %(from_{column})s AND %(until_{column})s"
        values |= {f"from_{column}": first, f"until_{column}": last}
    return of.parts | {"within": said}, values


def _read(
    of: Sums,
    where: str,
    rows: Sequence[Mapping[str, Any]],
    age: Age,
    place_of: Callable[[np.ndarray], np.ndarray],
) -> Cells:
    """The columns out of bytes, as Sums packs them. `place_of`: where what waits counts, by its places."""
    words = ((f"word_{nth}", ">i8") for nth in range(len(of.words)))
    cell = np.dtype([*words, *((one, ">i4") for one in of.said.measures)])
    rows = [row for row in rows if row["cells"]]
    packed = np.frombuffer(b"".join(row["cells"] for row in rows), cell)
    of_rows = (
        place_of(np.frombuffer(row["places"], ">i4").astype(int))
        if row["place"] is None
        else np.full(len(row["cells"]) // cell.itemsize, row["place"])
        for row in rows
    )
    found = {where: np.concatenate([np.zeros(0, int), *of_rows])}
    for nth, word in enumerate(of.words):
        numbers = packed[f"word_{nth}"].astype(np.int64)
        for column, bit in word:
            signed = np.int16 if of.bits(column) == 16 else np.int32
            found[column] = (numbers >> bit).astype(signed).astype(np.int64)
            if of.said.dimensions[column] == "date":
                found[column] = found[column].astype("datetime64[D]")
    found |= {one: packed[one].astype(np.int64) for one in of.said.measures}
    return Cells(found, age)
