"""A file of names without their marks, or in capitals, leaves the register's: what agrees but for them is
no news (register/marks.py).
"""

import json

from dancu.db.queries import Queries
from dancu.register.importing.refusing import Told, of_people
from dancu.register.marks import fuller, lacks_marks
from dancu.text.folding import fold

_sql = Queries(__file__, "marks.sql")

_TEXTS = ("full_name", "father_name", "mother_name", "lived_address")
_FIELDS = {"lived_address": "permanent_address"}
_HOMES = {1: "former_address", 2: "temporary_address", 4: "current_address"}


def keep() -> tuple[int, Told]:
    """Of the people of the register whom the files change; return of how many something stays, and whose
    names have marks but fewer.
    """
    kept, told = [], []
    for row in _sql.all("differing"):
        texts = {name: _kept(row[f"held_{name}"], row[name]) for name in _TEXTS}
        for name, text in texts.items():
            if text and text != row[name] and lacks_marks(text, row[name]):
                told.append(
                    (
                        row["person_id"],
                        f"{_FIELDS.get(name, name)}: has fewer marks than the register's, which stay: {text}",
                    )
                )
        if any(texts[name] != row[name] for name in _TEXTS):
            kept.append({"person_id": row["person_id"], **texts})
    if kept:
        _sql.run("keep", kept=json.dumps(kept))
    return len(kept), of_people(told)


def keep_homes() -> None:
    """The same of the addresses beside the permanent one, before it is planned which homes begin and end."""
    kept: dict[int, dict[str, str]] = {}
    for row in _sql.all("homes"):
        if fold(row["held"]) == fold(row["said"]):
            kept.setdefault(row["person_id"], {})[_HOMES[row["kind"]]] = fuller(row["held"], row["said"])
    if kept:
        rows = [{"person_id": person_id, **addresses} for person_id, addresses in kept.items()]
        _sql.run("keep_homes", kept=json.dumps(rows))


def _kept(held: str | None, said: str | None) -> str | None:
    return fuller(held, said) if held and said else said
