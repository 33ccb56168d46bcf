"""Names and birth dates of a file that say less than the register's leave it (register/lesser.py); what
is changed is told with what stood before.
"""

import json
from collections.abc import Mapping
from typing import Any

from dancu.db.queries import Queries
from dancu.register.importing import shifted
from dancu.register.importing.births import may_be_one_birth
from dancu.register.importing.refusing import Told, of_people, refuse
from dancu.register.lesser import birth_says_less, name_as_known
from dancu.register.likeness import is_near
from dancu.register.marks import fuller

_sql = Queries(__file__, "lesser.sql")

_NAMES = ("full_name", "father_name", "mother_name")

Row = Mapping[str, Any]


def judge() -> tuple[Told, Told]:
    """After it was found that the rows are of the people with their numbers. Rows whose birth dates stand off
    the register's as many others do (shifted.py) are refused; return these, and those that are told.
    """
    rows = _sql.all("differing")
    refused = shifted.refused(rows)
    gone = {person_id for person_id, _problem in refused}
    kept, told = [], []
    for row in rows:
        if row["person_id"] not in gone:
            stays, words = _kept(row)
            kept += [{"person_id": row["person_id"], **stays}] if stays else []
            told += [(row["person_id"], each) for each in words]
    if kept:
        _sql.run("keep", kept=json.dumps(kept, default=str))
    return refuse(refused), of_people(told)


def _kept(row: Row) -> tuple[dict[str, Any], list[str]]:
    """What of a row stands otherwise than the file says, and what is told of it."""
    stays, told = {}, []
    for column in _NAMES:
        held, said = row[f"held_{column}"], row[column]
        if not held or not said or held == said:
            continue
        laid, why = name_as_known(held, said)
        text = fuller(held, laid) if why else said
        if why:
            stays[column] = text
            told.append(f"{column}: {why} the register's, which stays: {text}")
        elif _is_told(column, held, said):
            told.append(f"{column}: differs from the register, which had: {held}")
    less = birth_says_less(row["held_date"], row["held_precision"], row["birth_date"], row["birth_precision"])
    if less is not None:
        stays |= {"birth_date": row["held_date"], "birth_precision": row["held_precision"]}
        told += [f"birth_date: {less} the register's, which stays: {row['held_date']}"] if less else []
    elif row["birth_date"] != row["held_date"] and (
        may_be_one_birth(row) or not is_near(row["full_name"], row["held_full_name"])
    ):
        told.append(f"birth_date: differs from the register, which had: {row['held_date']}")
    return stays, told


def _is_told(column: str, held: str, said: str) -> bool:
    """Whether it is another name, not one that had no marks and gained them; of one that is wholly
    another it is told already (whose.py).
    """
    gains = fuller(said, held) == said and (held.isascii() or held.lower() == said.lower())
    return not gains and (column != "full_name" or is_near(held, said))
