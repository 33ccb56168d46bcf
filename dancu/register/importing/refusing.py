"""Rows of people whom the register holds, or would, that are not taken: nothing of them stays in what is
about to be written.
"""

from collections.abc import Iterable

import polars as pl

from dancu.db.queries import Queries

_sql = Queries(__file__, "refusing.sql")

Told = pl.DataFrame
"""Of rows of the files file_no, row and `problems`."""


def of_people(told: Iterable[tuple[int, str]]) -> Told:
    """Where the people stand in the files of whom something is told. `told`: person_id and "field:
    reason", of one person several perhaps.
    """
    schema = {"person_id": pl.Int64, "problems": pl.String}
    each = pl.DataFrame(list(told), schema, orient="row").unique(maintain_order=True)
    each = each.group_by("person_id", maintain_order=True).agg(pl.col("problems").str.join("; "))
    rows = _sql.all("rows", person_ids=each["person_id"].to_list()) if len(each) else []
    places = pl.DataFrame(rows, schema={"person_id": pl.Int64, "file_no": pl.Int16, "row": pl.UInt32})
    return each.join(places, on="person_id", maintain_order="left").select("file_no", "row", "problems")


def refuse(told: Iterable[tuple[int, str]]) -> Told:
    """They stay as they are, or out, and nobody has one of them as a relative who is in no register."""
    told = list(told)
    found = of_people(told)
    if told:
        _sql.run("refuse", person_ids=sorted({person_id for person_id, _problem in told}))
    return found
