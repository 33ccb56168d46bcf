"""What a file makes of people's birth, sex, death and marriage beside what the register knows of their own
lives: the rules of the events (events/lives.py).

What a steward may not record refuses the row, and what a steward is asked is told. Looked at is what would
result, also of fields that the row leaves empty.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils import timezone, translation

from dancu.db.queries import Queries
from dancu.register.codes import DEAD, SINGLE
from dancu.register.errors import RegisterError
from dancu.register.events import lives
from dancu.register.importing.refusing import Told, of_people, refuse
from dancu.register.importing.ruling import MARRIED_AS_CHILD
from dancu.register.rules import LEAST_AGE_COUNTED_AS_MARRIED, years

_sql = Queries(__file__, "own_life.sql")

Row = Mapping[str, Any]

_FIELDS = (*lives.FIELDS, "marital_status")
_DEATH, _BIRTH = ("status_on", "status"), ("birth_date", "birth_precision", "sex")
_ASKED_OF = {"lived_after": _DEATH, "card_after_death": (*_DEATH, "card_issued_on")}
"""Of which columns a question is, if not of the birth."""


def judge() -> tuple[Told, Told]:
    """Rows that no steward could record are refused; return these, and those of which something is
    doubtful.
    """
    wrong, doubtful = [], []
    rows = _sql.all("touched", {"fields": ", ".join(f"r.{name} AS said_{name}" for name in _FIELDS)})
    known = lives.lives_of([row["person_id"] for row in rows])
    with translation.override("en"):
        for row in rows:
            after = row | {name: row[f"said_{name}"] for name in _FIELDS}
            life = known[row["person_id"]]
            problem = _refusal(row, after, life)
            if problem:
                wrong.append((row["person_id"], problem))
            else:
                doubtful += [(row["person_id"], each) for each in _doubts(row, after, life)]
    return refuse(wrong), of_people(doubtful)


def _refusal(row: Row, after: Row, life: lives.Life) -> str:
    try:
        lives.refuse(row, after, life)
    except RegisterError as refusal:
        return f"{_told_of(row, after, (*_BIRTH, *_DEATH))}: {refusal}"
    if _was_child_at_wedding(row, after, life):
        return f"{_told_of(row, after, (*_BIRTH, 'marital_status', *_DEATH))}: {MARRIED_AS_CHILD}"
    return ""


def _doubts(row: Row, after: Row, life: lives.Life) -> Iterator[str]:
    for question in lives.questions(row, after, life):
        yield f"{_told_of(row, after, _ASKED_OF.get(question.code, _BIRTH))}: {question.words}"


def _told_of(row: Row, after: Row, columns: tuple[str, ...]) -> str:
    """The first of these columns that changes."""
    return next((name for name in columns if row[name] != after[name]), columns[0])


def _was_child_at_wedding(row: Row, after: Row, life: lives.Life) -> bool:
    """At a wedding that is recorded, or of a marriage whose day is not known even now: no list has such
    people (rules.py).
    """
    born: date = after["birth_date"]
    if born != row["birth_date"]:
        days = life.days("marriage")
    elif all(row[name] == after[name] for name in ("marital_status", *_DEATH)):
        return False
    else:
        days = []
    if not days and (after["marital_status"] or SINGLE) > SINGLE:
        days = [
            after["status_on"] if after["status"] == DEAD and after["status_on"] else timezone.localdate()
        ]
    return any(years(born, on) < LEAST_AGE_COUNTED_AS_MARRIED for on in days)
