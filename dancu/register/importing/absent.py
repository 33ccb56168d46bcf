"""Relatives' numbers that are nobody's yet: of people in no file, or whose own row came back. The row is
taken without them and told, to be loaded again.
"""

import json
from collections.abc import Collection, Sequence

import polars as pl
from django.db import transaction

from dancu.db.queries import Queries
from dancu.register.importing.beside import ROLES
from dancu.register.importing.parts import ImportPart
from dancu.register.importing.ruling import ABSENT

_sql = Queries(__file__, "absent.sql")


def absent(refused: Collection[str]) -> pl.DataFrame:
    """file_no, row and `problems` of such rows, once all is written. A parent whose name stands in the
    record, with the number beside it, is told only where the row with that number was refused (`refused`: the
    numbers of those).
    """
    words = {role: f"{role}_pin: {ABSENT}" for role in ROLES}
    rows = [
        (row["file_no"], row["row"], words[row["role"]])
        for row in _sql.all("absent", refused=sorted(set(refused)))
    ]
    return pl.DataFrame(
        rows, schema={"file_no": pl.Int16, "row": pl.UInt32, "problems": pl.String}, orient="row"
    )


@transaction.atomic
def unlink(parts: Sequence[ImportPart], first_person_id: int) -> None:
    """Of a country that is loaded: nobody is a relative of whom a row was refused, and who would have
    been is told. `first_person_id`: of the first row.
    """
    spans = [
        {
            "part": nth,
            "file": part.path.name,
            "first": part.first,
            "first_of_all": part.first_of_all,
            "rows": part.rows,
        }
        for nth, part in enumerate(parts)
    ]
    _sql.run("tell_unlinked", first_person_id=first_person_id, parts=json.dumps(spans), words=ABSENT)
    _sql.run("unlink_refused")
