"""Units under the codes of another time: a home's predecessor in its place is no news, and a code of no unit of the files' day is told."""

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
import polars as pl
from django.db import connection

from dancu.areas import lookups as areas
from dancu.areas.lookups import Era
from dancu.db.queries import Queries
from dancu.register.importing.ruling import Rule

_sql = Queries(__file__, "units.sql")

_HOMES = {"home_area": "permanent_code", "temporary_area": "temporary_code", "current_area": "current_code"}

_DIFFER = "CASE WHEN p.home_area IS NULL OR p.home_area = r.home_area THEN false ELSE {} END"  # of a null the whole list would be read
PARTS = {
    "home_was": _DIFFER.format("(r.home_area, p.home_area) IN (SELECT old, new FROM import_became)"),
    "home_is": _DIFFER.format("(p.home_area, r.home_area) IN (SELECT old, new FROM import_became)"),
}
"""SQL of a row r of the files beside p of the register: whether the unit of its home is one that the register's became from, or what it became."""


def make() -> None:
    """What became of which unit, until the caller's transaction ends."""
    rows = "".join(f"{old}\t{new}\n" for old, new in areas.successions())
    _sql.run("make")
    with connection.cursor() as cursor, cursor.copy(_sql.text("copy")) as copy:
        copy.write(rows)
    _sql.run("analyze")


def of_another_time(rows: pl.DataFrame, on: date, eras: Sequence[Era]) -> Iterator[Rule]:
    """Homes in units that did not stand on the day to which the codes belong."""
    standing = np.zeros(1 + max((id_ for era in eras for id_ in era.ids.values()), default=0), np.bool_)
    for era in eras:
        if era.valid_from <= on and (era.valid_to is None or on < era.valid_to):
            standing[list(era.ids.values())] = True
    for area, field in _HOMES.items():
        if rows[area].null_count() < len(rows):
            of_no_unit = ~standing[rows[area].fill_null(0).to_numpy()] & rows[area].is_not_null().to_numpy()
            yield Rule(
                field,
                pl.lit(pl.Series(of_no_unit)),
                f"is the code of a unit of another time, of none that stood on {on:%d/%m/%Y}",
            )
