"""Units under the codes of another time: a home's predecessor in its place is no news, and a code of no
unit of the files' day is told.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date

import numpy as np
import polars as pl
from django.db import connection

from dancu.areas import lookups as areas
from dancu.areas.lookups import Era
from dancu.db.queries import Queries, copying
from dancu.register.importing.ruling import Ruling

_sql = Queries(__file__, "units.sql")

_HOMES = {"home_area": "permanent_code", "temporary_area": "temporary_code", "current_area": "current_code"}

# of a null the whole list would be read
_DIFFER = "CASE WHEN p.home_area IS NULL OR p.home_area = r.home_area THEN false ELSE {} END"
_REUSED = (
    "((r.home_area, p.home_area) IN (SELECT said, meant FROM import_reused) AND lower(r.permanent_address) "
    "= lower(p.home_address)"
    " AND coalesce(r.permanent_since <= p.home_since, true))"
)
PARTS = {
    "home_was": _DIFFER.format(
        f"(r.home_area, p.home_area) IN (SELECT old, new FROM import_became) OR {_REUSED}"
    ),
    "home_is": _DIFFER.format("(p.home_area, r.home_area) IN (SELECT old, new FROM import_became)"),
}
"""SQL of a row r of the files beside p of the register: whether the unit of its home is one that the
register's became from (or bears the code of one, and the address is the register's), or what it became."""


def make() -> None:
    """What became of which unit, and which codes were used again, until the caller's transaction ends."""
    successions = areas.successions()
    pairs = {"copy": successions, "copy_reused": list(_reused(successions))}
    _sql.run("make")
    for name, units in pairs.items():
        with connection.cursor() as cursor, copying(cursor, _sql.text(name)) as copy:
            copy.write("".join(f"{one}\t{other}\n" for one, other in units))
    _sql.run("analyze")


def told() -> pl.DataFrame:
    """file_no, row and `problems` of homes under a code that was, at another time, that of what became the
    home which the register has; so that nobody knows which is meant, unless by the address.
    """
    words = (
        "permanent_code: was at another time the code of where the register has this person, whose home there"
    )
    rows = [
        (
            row["file_no"],
            row["row"],
            f"{words} {'stays, since the address is the same' if row['stays'] else 'ends with this move'}",
        )
        for row in _sql.all("told")
    ]
    return pl.DataFrame(rows, {"file_no": pl.Int16, "row": pl.UInt32, "problems": pl.String}, orient="row")


def _reused(successions: Collection[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Each unit with those that its code may mean by another time's list: others that bore it, and what
    they became.
    """
    became, bearers = defaultdict(set), defaultdict(set)
    for old, new in successions:
        became[old].add(new)
    for era in areas.ids_by_code_and_era():
        for code, area in era.ids.items():
            bearers[code].add(area)
    for alike in bearers.values():
        for area in alike if len(alike) > 1 else ():
            others = alike - {area}
            meant = others.union(*(became[other] for other in others)) - {area} - became[area]
            yield from ((area, other) for other in meant if area not in became[other])


def of_another_time(rows: pl.DataFrame, on: date, eras: Sequence[Era]) -> Iterator[Ruling]:
    """Homes in units that did not stand on the day to which the codes belong."""
    standing = np.zeros(1 + max((id_ for era in eras for id_ in era.ids.values()), default=0), np.bool_)
    for era in eras:
        if era.valid_from <= on and (era.valid_to is None or on < era.valid_to):
            standing[list(era.ids.values())] = True
    for area, field in _HOMES.items():
        if rows[area].null_count() < len(rows):
            of_no_unit = ~standing[rows[area].fill_null(0).to_numpy()] & rows[area].is_not_null().to_numpy()
            yield Ruling(
                field,
                pl.lit(pl.Series(of_no_unit)),
                f"is the code of a unit of another time, of none that stood on {on:%d/%m/%Y}",
            )
