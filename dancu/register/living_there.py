"""Who lives in some communes: whoever is registered there, in the order of birth, and those who live there
for now.

Of those registered as many are looked at as a quarter of a second reads, of those for now at most 5,000; the
listing says where that was not all.
"""

import datetime as dt
import time
from collections.abc import Iterator
from typing import NamedTuple

from dancu.db.queries import Queries
from dancu.register.found import FoundPerson
from dancu.register.lasting import LASTS
from dancu.register.name_patterns import as_written, bears, name_pattern
from dancu.text.folding import fold

_sql = Queries(__file__, "searching.sql")

MOST_LODGING = 5000  # people who live in a commune for now and are looked at
_AT_A_TIME, _PATIENCE = 2000, 0.25  # people of a commune; seconds

Span = tuple[dt.date, dt.date]


class Position(NamedTuple):
    """A place in a listing: `otherwise`, of those whose name is written otherwise than asked; then by
    birth date.
    """

    otherwise: bool
    born: dt.date
    person_id: int


def registered_there(
    homes: list[int], name: str, span: Span, after: Position | None, most: int
) -> tuple[list[FoundPerson], Position | None]:
    """Who is registered there, of that name and age; and up to where all were looked at, if not to the end.
    First those whose name is written as asked, by birth date, then the others. `most`: of whom there are more
    than these, no more are looked for.
    """
    _sql.run("pages_in_order")
    patience, found = time.monotonic() + _PATIENCE, []
    for otherwise in (False,) if name.isascii() else (False, True):
        if after and after.otherwise > otherwise:
            continue
        begins = (after.born, after.person_id) if after and after.otherwise == otherwise else (span[0], 0)
        for people, at in _in_order(homes, fold(name), (max(begins, (span[0], 0)), span[1])):
            found += [person for person in people if as_written(name, person.full_name) != otherwise]
            if at and (len(found) > most or time.monotonic() > patience):
                return found, Position(otherwise, *at)
        if len(found) > most:
            break
    return found, None


def lodging_there(homes: list[int], key: str, span: Span) -> tuple[list[FoundPerson], bool]:
    """Who lives there for now, of that name and age; and whether there were more than are looked at."""
    rows = _sql.all(
        "lodging",
        {"lasts": LASTS},
        homes=homes,
        since=span[0],
        until=span[1],
        pattern=name_pattern(key),
        most=MOST_LODGING + 1,
    )
    crowded = rows[0]["looked_at"] > MOST_LODGING
    people = [
        FoundPerson(**{name: value for name, value in row.items() if name != "looked_at"}) for row in rows
    ]
    return [person for person in people if person.person_id and bears(key, person.full_name)], crowded


def those_lodging(people: list[FoundPerson], homes: list[int]) -> list[FoundPerson]:
    """Those of them who live there for now."""
    ids = [person.person_id for person in people]
    there = (
        {row["person_id"] for row in _sql.all("lodging_of", {"lasts": LASTS}, person_ids=ids, homes=homes)}
        if ids
        else set()
    )
    return [person for person in people if person.person_id in there]


def position(name: str, person: FoundPerson) -> Position:
    return Position(not as_written(name, person.full_name), person.birth_date, person.person_id)


def _in_order(
    homes: list[int], key: str, between: tuple[tuple[dt.date, int], dt.date]
) -> Iterator[tuple[list[FoundPerson], tuple[dt.date, int] | None]]:
    """Who is registered there and bears the name, by birth date, and up to where all were looked at; None
    at the end.
    """
    at, until = between
    while at:
        rows = _sql.all(
            "at_home",
            homes=homes,
            since=at[0],
            until=until,
            after=at[1],
            most=_AT_A_TIME,
            pattern=name_pattern(key),
        )
        is_end = not rows or rows[-1].pop("nth") < _AT_A_TIME
        people = [
            FoundPerson(**{name: value for name, value in row.items() if name != "nth"}) for row in rows
        ]
        at = None if is_end else (people[-1].birth_date, people[-1].person_id)
        yield [person for person in people if bears(key, person.full_name)], at
