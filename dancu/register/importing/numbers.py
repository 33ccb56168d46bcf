"""Numbers that a file gives to people who are new, and that were cancelled, or given to somebody else
meanwhile: such rows come back.

Whoever replaces a number waits for no file, so both is asked when whose row each is has been found, and again
when the new people are written.
"""

import polars as pl

from dancu.db.queries import Queries
from dancu.register.importing.refusing import Told

_sql = Queries(__file__, "numbers.sql")

_MEANWHILE = "pin: has just been given to someone or cancelled; import this row again"


def cancelled() -> Told:
    """Rows of nobody in the register whose number was cancelled, and by which it was replaced: they are
    let out.
    """
    schema = {"file_no": pl.Int16, "row": pl.UInt32, "pin": pl.String}
    found = pl.DataFrame(_sql.all("cancelled"), schema, orient="row")
    by = pl.format("pin: was cancelled and replaced by {}: write that one, if this is the same person", "pin")
    words = pl.coalesce(by, pl.lit("pin: was cancelled and replaced by another number"))
    return found.select("file_no", "row", words.alias("problems"))


def taken(added: int) -> list[tuple[int, str]]:
    """Of the new people, of whom `added` were written just now, those whose number somebody else was given,
    or gave up, since it was looked for (person_id and "field: reason"). To be asked when the others have
    theirs: whoever gives one up at this moment is waited for by its index.
    """
    found = _sql.all("given_up")
    if added < (_sql.one("new") or {})["people"]:
        found += _sql.all("left_out")
    return [(row["person_id"], _MEANWHILE) for row in found]
