"""Telephones, e-mail addresses and old card numbers that are other people's: a column that slipped by a row
gives everybody their neighbour's, and codes for signing in go to a stranger. One such row may be so, and is
told; of many, as the register shows, they come back, and so do those of one number for all.
"""

from typing import Any

from dancu.db.queries import Queries
from dancu.register.importing.date_order import STRAY
from dancu.register.importing.refusing import Told, of_people, refuse

_sql = Queries(__file__, "borrowed.sql")

_FEW = 3  # of one column, which may be so many corrections, and households with one telephone
_COLUMNS = {"phone": "telephone", "cmnd": "old card number", "email": "e-mail address"}


def judge() -> tuple[Told, Told]:
    """Rows of a column that gives people what is others' are refused; return these, and the few that are
    told.
    """
    wrong, told = [], []
    for column, what in _COLUMNS.items():
        found: list[dict[str, Any]] = _sql.all("borrowed", _parts(column), many=_FEW)
        known = sum(not row["is_new"] for row in found if row["name"])
        is_column = (
            known >= _FEW and known * STRAY > (_sql.one("agreeing", {"column": column}) or {})["people"]
        )
        for row in found:
            if row["households"] >= _FEW:
                words = (
                    f"is given to people of {row['households']} households: write each one's own, "
                    f"and leave it empty where it is not known"
                )
                # Whoever is known keeps what they have; whoever is new is not left out of the register for
                # it.
                (told if row["is_new"] else wrong).append((row["person_id"], f"{column}: {words}"))
            elif row["name"] and is_column:
                words = (
                    f"is the {what} of {row['name']}, and {known} rows of these files have "
                    f"another's: write each one's own in the own row"
                )
                wrong.append((row["person_id"], f"{column}: {words}"))
            elif row["name"] and column != "cmnd":  # of which doubles.py tells
                told.append(
                    (row["person_id"], f"{column}: is the {what} of {row['name']} of another household too")
                )
    gone = {person_id for person_id, _problem in wrong}
    return refuse(wrong), of_people(each for each in told if each[0] not in gone)


def _parts(column: str) -> dict[str, str]:
    """An index finds whose a telephone or a card is; an e-mail address is looked for among the people of
    the files alone.
    """
    bearers = (
        "person" if column != "email" else "(SELECT p.* FROM import_record JOIN person p USING (person_id))"
    )
    return {"column": column, "bearers": bearers, "shared": "false" if column == "cmnd" else "true"}
