"""People whom files add or change beside their relatives, of the files or of the register: what `ruling`
says of them.
"""

from collections.abc import Sequence

import polars as pl

from dancu.db.queries import Queries
from dancu.register.importing.beside import ROLES, beside
from dancu.register.importing.refusing import Told, of_people
from dancu.register.importing.refusing import refuse as refuse_people
from dancu.register.importing.ruling import Ruling, doubtful_kin, impossible_kin, told

_sql = Queries(__file__, "kinship.sql")


def refuse() -> tuple[Told, Told]:
    """Whom the files add or change in a way that cannot be beside their relatives stay as they are, or out.
    Returns file_no, row and `problems` of those, and likewise of the doubtful.
    """
    _sql.run("news")
    size = _sql.one("size") or {}
    if not size["people"]:
        return of_people([]), of_people([])
    found = beside(_sql, {"everywhere": "true" if size["everywhere"] else "false"})
    wrong, doubts = _told(found, list(impossible_kin())), _told(found, list(doubtful_kin()))
    doubts = doubts.join(wrong, on="person_id", how="anti")
    doubted = of_people(doubts.iter_rows())
    return refuse_people(wrong.iter_rows()), doubted


def _told(found: pl.DataFrame, rules: Sequence[Ruling]) -> pl.DataFrame:
    """person_id and `problems`: of who is news everything; of who is not, what a relative who is news
    breaks, told of that relative.
    """
    own = found.filter("is_news")
    parts = [own.select("person_id", problems=told(own, rules))]
    for role in ROLES:
        theirs = found.filter(~pl.col("is_news") & pl.col(f"{role}_is_news"))
        texts = told(theirs, [rule for rule in rules if rule.field == f"{role}_pin"])
        parts.append(
            theirs.select(
                pl.col(f"{role}_id").alias("person_id"), problems="row of a relative: " + texts
            ).filter(texts != "")
        )
    return (
        pl.concat(parts)
        .filter(pl.col("problems") != "")
        .unique("person_id", keep="first", maintain_order=True)
    )
