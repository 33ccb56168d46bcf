"""People whom files add or change beside their relatives, of the files or of the register: what `ruling` says of them."""

from collections.abc import Sequence

import polars as pl

from dancu.db.queries import Queries
from dancu.register.frames import answer
from dancu.register.importing.refusing import Told, of_people
from dancu.register.importing.refusing import refuse as refuse_people
from dancu.register.importing.ruling import Rule, doubtful_kin, impossible_kin, told

_sql = Queries(__file__, "kinship.sql")

_ROLES = ("father", "mother", "spouse")
_IDS = ("person_id", "father_id", "mother_id", "spouse_id")
_FLAGS = ("is_news", "father_is_news", "mother_is_news", "spouse_is_news")
_TYPES = {
    **dict.fromkeys(_IDS, pl.Int64), **dict.fromkeys(_FLAGS, pl.String), "sex": pl.Int32, "status": pl.Int32, "born": pl.Int32,
    "born_days": pl.Int32, "precision": pl.Int32, "married": pl.String,
    **{f"{role}_{name}": pl.Int32 for role in ("father", "mother") for name in ("sex", "born", "precision", "status", "gone")},
    "spouse_sex": pl.Int32, "spouse_status": pl.Int32, "spouse_married": pl.String, "spouse_names": pl.Int32, "crowded": pl.String,
}  # fmt: skip
_PRECISION = "CASE {}.birth_precision WHEN 'M' THEN 1 WHEN 'Y' THEN 2 ELSE 0 END"


def refuse() -> tuple[Told, Told]:
    """Whom the files add or change in a way that cannot be beside their relatives stay as they are, or out. Returns file_no, row and `problems`
    of those, and likewise of the doubtful.
    """
    _sql.run("news")
    size = _sql.one("size") or {}
    if not size["people"]:
        return of_people([]), of_people([])
    parts = {
        "married_of_r": "coalesce(r.marital_status IN (2, 5), r.spouse_pin IS NOT NULL)",
        **{f"precision_of_{row}": _PRECISION.format(row) for row in ("f", "m")},
        "precision_of_a": _PRECISION.format("a"),
        "everywhere": "true" if size["everywhere"] else "false",
    }
    beside = pl.concat([pl.DataFrame(schema=_TYPES), *answer(_sql, "beside", parts, _TYPES)])
    beside = beside.with_columns(
        (pl.col(name) == "t").fill_null(value=False) for name in (*_FLAGS, "married", "spouse_married", "crowded")
    )
    wrong, doubts = _told(beside, list(impossible_kin())), _told(beside, list(doubtful_kin()))
    doubts = doubts.join(wrong, on="person_id", how="anti")
    doubted = of_people(doubts.iter_rows())
    return refuse_people(wrong.iter_rows()), doubted


def _told(beside: pl.DataFrame, rules: Sequence[Rule]) -> pl.DataFrame:
    """person_id and `problems`: of who is news everything; of who is not, what a relative who is news breaks, told of that relative."""
    own = beside.filter("is_news")
    parts = [own.select("person_id", problems=told(own, rules))]
    for role in _ROLES:
        theirs = beside.filter(~pl.col("is_news") & pl.col(f"{role}_is_news"))
        texts = told(theirs, [rule for rule in rules if rule.field == f"{role}_pin"])
        parts.append(
            theirs.select(pl.col(f"{role}_id").alias("person_id"), problems="row of a relative: " + texts).filter(
                texts != ""
            )
        )
    return pl.concat(parts).filter(pl.col("problems") != "").unique("person_id", keep="first", maintain_order=True)
