"""People beside their father, mother, husband or wife as all of them will be: by the files or, of those who
are in none, by the register.

One question for people of the files (kinship.py) and for those whom only the register knows (kindred.py), in
the columns that `ruling` reads.
"""

import polars as pl

from dancu.db.queries import Queries
from dancu.register.frames import answer
from dancu.register.importing.ruling import KIN

_sql = Queries(__file__, "beside.sql")

ROLES = ("father", "mother", "spouse")
_NEWS = ("is_news", *(f"{role}_is_news" for role in ROLES))
_FLAGS = (*_NEWS, "married", "spouse_married", "crowded", "unwed", "left")
_TYPES = {
    **dict.fromkeys(("person_id", *(f"{role}_id" for role in ROLES)), pl.Int64),
    **dict.fromkeys(_NEWS, pl.String),
    **dict.fromkeys(("sex", "status", "born", "born_days", "precision"), pl.Int32),
    "married": pl.String,
    **{f"{role}_{name}": pl.Int32 for role in ("father", "mother") for name in KIN},
    "spouse_sex": pl.Int32,
    "spouse_status": pl.Int32,
    "spouse_married": pl.String,
    "spouse_names": pl.Int32,
    "crowded": pl.String,
    "unwed": pl.String,
    "left": pl.String,
}

MARRIED = {
    f"married_of_{row}": f"coalesce({row}.marital_status IN (2, 5), {row}.spouse_id IS NOT NULL)"
    for row in "acop"
} | {
    "married_of_r": "coalesce(r.marital_status IN (2, 5), r.spouse_id IS NOT NULL OR r.spouse_pin IS NOT "
    "NULL)"
}
"""SQL: whether a row is somebody's who is married, as the files have it (kin.py): who names a husband or wife
and says nothing else is. r: of import_record, whose number may be nobody's; a, c, o, p: of person.
"""


def beside(queries: Queries, parts: dict[str, str]) -> pl.DataFrame:
    """The answer of `beside` of these queries, which says who is asked about, and of whom the files make that
    news.

    Of KIN the columns born, precision and so on of the person and, with the role before them, of the
    relatives.
    """
    own = {name: _sql.part(name) for name in ("facts", "told", "relatives")}
    rows = answer(queries, "beside", own | parts | MARRIED | _PRECISIONS, _TYPES)
    found = pl.concat([pl.DataFrame(schema=_TYPES), *rows])
    return found.with_columns((pl.col(name) == "t").fill_null(value=False) for name in _FLAGS)


_PRECISIONS = {
    f"precision_of_{row}": f"CASE {row}.birth_precision WHEN 'M' THEN 1 WHEN 'Y' THEN 2 ELSE 0 END"
    for row in "afm"
}
