"""Who may be meant: people found by keys that survive a wrong digit, a lost mark or another spelling.

Every block is one range of an ordinary B-tree, and none is read further than `MOST` rows.
"""

import datetime as dt
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields

import psycopg
from django.db import connection, transaction

from dancu.db.queries import Queries
from dancu.register.lasting import LASTS
from dancu.register.lookups import FoundPerson, number_of_people
from dancu.register.name_patterns import name_pattern

_sql = Queries(__file__, "candidates.sql")
MOST = 400


@dataclass(frozen=True, slots=True)
class Candidate(FoundPerson):
    """A person as comparing needs them. `led_by`: the number, held now or before, that led to them, if
    one did.
    """

    cmnd: str | None
    phone: str | None
    led_by: str | None = None


@dataclass(frozen=True)
class Block:
    """The people whom one key led to. `capped`: there were more, which were not read."""

    people: list[Candidate]
    capped: bool = False


_size: tuple[float, int] = (0.0, 0)


def people_about() -> int:
    """How many people the register holds, as last counted, at most a minute ago."""
    global _size
    if time.monotonic() > _size[0]:
        _size = (time.monotonic() + 60, number_of_people())
    return _size[1]


def holders(numbers: Collection[str]) -> Block:
    """Whoever holds or held one of these PINs or CMNDs: all of them, since few share one."""
    if not numbers:
        return Block([])
    return Block([Candidate(*row[1:], led_by=row[0]) for row in _rows("holders", numbers=list(numbers))])


def with_phone(phones: Collection[str]) -> Block:
    """Who has one of these telephones (in their one form)."""
    return _block("with_phone", phones=list(phones))


def by_ids(person_ids: Collection[int]) -> list[Candidate]:
    """These people, as candidates; those whom the register no longer holds are left out."""
    return [Candidate(*row) for row in _rows("by_ids", person_ids=list(person_ids))]


def given_and_born(given_keys: Collection[int], births: Collection[dt.date]) -> Block:
    """Whose given name sounds so (sounds.given_key) and who was born on one of these days."""
    return _block("given_and_born", given_keys=list(given_keys), births=list(births))


def home_and_born(areas: Collection[int], births: Collection[dt.date]) -> Block:
    """Who lives, permanently, in one of these communes and was born on one of these days."""
    return _block("home_and_born", areas=list(areas), births=list(births))


def named_at_home(ends_keys: Collection[int], areas: Collection[int]) -> Block:
    """Whose first and last name sound so (sounds.ends_key) and who lives, permanently, in one of these
    communes.
    """
    return _block("named_at_home", ends_keys=list(ends_keys), areas=list(areas))


def near(
    *,
    given_keys: Collection[int] | None = None,
    ends_keys: Collection[int] | None = None,
    births: Collection[dt.date] | None = None,
    span: tuple[dt.date, dt.date] | None = None,
    areas: Collection[int] | None = None,
    bears: str = "",
) -> Block:
    """Whom several keys lead to at once, each where it is given: the sounds of the given name, of the first
    and the last, birth dates, the first and the last day on which they may be born, the communes where they
    live, words of their name, folded, as they follow each other. An empty key leads to nobody; there must be
    one of a name's sound or of communes.
    """
    keys = {"given_keys": given_keys, "ends_keys": ends_keys, "births": births, "areas": areas}
    asked = {name: key if key is None else list(key) for name, key in keys.items()}
    if [] in asked.values() or not (given_keys or ends_keys or areas):
        return Block([])
    since, until = span or (None, None)
    statement = _sql.text("near").replace("{columns}", _COLUMNS)
    with (
        transaction.atomic(savepoint=False),
        connection.cursor() as cursor,
    ):  # the values stand in the statement, so that all is planned for them
        cursor.execute(_sql.text("by_index"))
        cursor.execute(
            statement,
            asked
            | {"since": since, "until": until, "pattern": name_pattern(bears) or None, "most": MOST + 1},
        )
        rows = cursor.fetchall()
    return Block([Candidate(*row) for row in rows[:MOST]], capped=len(rows) > MOST)


def other_homes(person_ids: Collection[int]) -> dict[int, list[int]]:
    """Where each of these people lives for now, away from their permanent residence."""
    found: dict[int, list[int]] = {}
    for person_id, area_id in _rows("other_homes", person_ids=list(person_ids)) if person_ids else ():
        found.setdefault(person_id, []).append(area_id)
    return found


_COLUMNS = ", ".join(f"p.{field.name}" for field in fields(Candidate) if field.name != "led_by")


def _block(name: str, **keys: list) -> Block:
    if not all(keys.values()):
        return Block([])
    rows = list(_rows(name, **keys))
    return Block([Candidate(*row) for row in rows[:MOST]], capped=len(rows) > MOST)


def _rows(name: str, **keys: list) -> Iterator[tuple]:
    """Planned once per connection: planning takes longer than reading."""
    connection.ensure_connection()
    statement = _sql.text(name).replace("{columns}", _COLUMNS).replace("{lasts}", LASTS)
    with psycopg.Cursor(connection.connection) as cursor:
        return iter(cursor.execute(statement, keys | {"most": MOST + 1}, prepare=True).fetchall())  # pyright: ignore
