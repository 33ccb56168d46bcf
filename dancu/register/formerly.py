"""Whom a name or a birth date leads to that a merge left behind: what one of the two records of a person
said, and the register says no more.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, fields
from typing import TypedDict

from dancu.db.queries import Queries, Statement
from dancu.register.found import FoundPerson
from dancu.register.living_there import Span
from dancu.register.name_patterns import bears
from dancu.register.visibility import VISIBLE
from dancu.text.folding import fold
from dancu.text.sounds import given_key

_sql = Queries(__file__, "searching.sql")

MOST_READ = 400


class OnceNamed(TypedDict):
    """A person whose record was made of two, and what each of the two said."""

    other_name: str
    kept_name: str | None  # None: the merge is of before that was written down
    other_born: dt.date
    kept_born: dt.date | None
    person_id: int
    pin: str | None
    full_name: str
    birth_date: dt.date
    birth_precision: str
    sex: int
    status: int
    home_area: int | None


@dataclass(frozen=True)
class Formerly:
    """Whom former values led to, and by person_id what each was called or when born, where that is
    another name or day now.
    """

    people: list[FoundPerson] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    births: dict[int, dt.date] = field(default_factory=dict)


def formerly_so(rows: Iterable[OnceNamed], name: str, born: Span, homes: Collection[int] | None) -> Formerly:
    """Who bore this name, or was believed born then, or both, before two records became theirs. `rows`: what
    `asked` led to; `homes`: where they are registered now (None: anywhere). The caller writes the audit.
    """
    return _formerly(rows, fold(name), born, homes)


def formerly_anywhere(name: str, born: Span) -> list[FoundPerson]:
    """The same of the whole country. The caller has the right to know anybody, and writes the audit."""
    said = former_name_statement(name, born, None)
    rows = _sql.of(OnceNamed).prepared(said.name, said.parts, **said.values)
    return _formerly(rows, fold(name), born, None).people


def former_name_statement(name: str, born: Span, areas: Collection[int] | None) -> Statement:
    """Of whom one of two records was called so, in these areas (None: everywhere): a statement of
    searching.sql.
    """
    key = given_key(fold(name))
    values = {"areas": areas, "given_key": key, "since": born[0], "until": born[1], "most": MOST_READ}
    return Statement("once_named", values, {"visible": VISIBLE})


def _formerly(rows: Iterable[OnceNamed], key: str, born: Span, homes: Collection[int] | None) -> Formerly:
    found = Formerly()
    for row in rows:
        person = FoundPerson(**{each.name: row[each.name] for each in fields(FoundPerson)})
        if (homes is not None and person.home_area not in homes) or not (said := _said(row, key)):
            continue
        days = [day for day in (row["other_born"], row["kept_born"]) if day and born[0] <= day <= born[1]]
        bears_it, is_born_then = bears(key, person.full_name), born[0] <= person.birth_date <= born[1]
        if bears_it and is_born_then:
            continue  # found as it stands
        found.people.append(person)
        if not bears_it:
            found.names[person.person_id] = said
        if not is_born_then:
            found.births[person.person_id] = days[0]
    return found


def _said(row: OnceNamed, key: str) -> str:
    """The name that was asked for, of the one of the two that bore it."""
    return next((name for name in _names(row) if bears(key, name)), "")


def _names(row: OnceNamed) -> Iterator[str]:
    yield from (name for name in (row["other_name"], row["kept_name"]) if name)
