"""An official's search: by number, telephone, name, birth date or part of one, in the area of their work.

Nothing is read without a bound: of what a key leads to at most 400 rows, of the people of a commune as many as a quarter of a second reads, of
those who live there for now at most 5,000.
Where that was not all, the listing says so, since "nobody" would be a lie.
"""

import datetime as dt
import time
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import transaction

from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.db.queries import Queries
from dancu.folding import fold
from dancu.register.found import Found
from dancu.register.lasting import LASTS
from dancu.register.name_patterns import name_pattern
from dancu.register.numbers import clean_number
from dancu.register.phones import phone_forms
from dancu.register.visibility import VISIBLE, visible_areas
from dancu.sounds import ends_key, given_key

_sql = Queries(__file__, "searching.sql")

MOST_FOUND = 50  # on one page
MOST_READ = 400  # that one key leads to
MOST_COMMUNES = 120  # whose people are listed one after the other: a district of former days has some twenty, and what they were before
MOST_LODGING = 5000  # people who live in a commune for now and are looked at
_AT_A_TIME, _PATIENCE = 2000, 0.25  # people of a commune; seconds


Span = tuple[dt.date, dt.date]


class Position(NamedTuple):
    """A place in a listing: `otherwise`, of those whose name is written otherwise than asked; then by birth date."""

    otherwise: bool
    born: dt.date
    person_id: int


@dataclass(frozen=True)
class Listing:
    """A page of people found. `after`: where the next page begins, if there is one. `crowded`: a key led to more people than are read, so
    that others may fit as well; with the birth date, the commune or a number they are found. A birth date alone is read only where the area is
    small. `formerly`: of those found by the name of a record that was merged into theirs, that name, by person_id.
    """

    people: list[Found]
    after: Position | None = None
    crowded: bool = False
    formerly: Mapping[int, str] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        return self.after is None and not self.crowded


def search(
    acting: Acting,
    *,
    number: str = "",
    phone: str = "",
    name: str = "",
    birth_date: dt.date | None = None,
    until: dt.date | None = None,
    places: Collection[int] = (),
    after: Position | None = None,
) -> Listing:
    """The people of the official's jurisdiction who hold this number or telephone, or bear this name and were born then. At most 50,
    by birth date; `after` asks for those who come next. Every person of the page is written to the audit.

    `name`: with or without marks, whole or some of its words as they follow each other. `until`: the last day on which they may be born,
    where `birth_date` is only the first. `places`: ids under which someone is registered there (areas.lookups.ids_below); an official of a
    commune means their own where none is named, and any part of a name, or a birth date, then lists those who are registered there.
    """
    found: dict[int, Found] = {}
    formerly: dict[int, str] = {}
    reached = None
    own = visible_areas(acting)
    homes = _homes(places, own)
    is_few = homes is not None and len(homes) <= MOST_COMMUNES
    key, is_day = fold(name), birth_date and not until
    crowded = bool(birth_date) and not (key or is_few)  # a birth date alone is thousands of people's
    with transaction.atomic():
        if number or phone or (key and is_day):
            found |= _by_id(_by_keys(acting, number, phone, key, birth_date if is_day else None))
        if is_few and (key or birth_date):
            span = (birth_date or dt.date.min, until or birth_date or dt.date.max)
            listed, reached = _at_home(homes or [], name, span, after)
            lodging, crowded = _lodging(homes or [], key, span)  # whoever is registered there is listed
            found |= _by_id([*listed, *lodging])
        if key and not is_day and (not is_few or crowded):
            listed, more = _by_name(acting, key, (birth_date, until), homes, bool(places))
            found, crowded = found | _by_id(listed), crowded or more
        if key and birth_date and not found and not after:
            once = list(_once_named(acting, key, (birth_date, until or birth_date), homes if places else None))
            found = _by_id(person for person, _name in once)
            formerly = {person.person_id: was_called for person, was_called in once}
    rows = sorted((_position(name, person), person) for person in found.values())
    rows = [row for row in rows if (after is None or row[0] > after) and (reached is None or row[0] <= reached)]
    page = [person for _at, person in rows[:MOST_FOUND]]
    audit.record(
        acting, "register.search", [person.person_id for person in page], _asked(number, phone, name, birth_date)
    )
    following = rows[MOST_FOUND - 1][0] if len(rows) > MOST_FOUND else reached
    return Listing(page, following, crowded, formerly)


def bears(key: str, full_name: str) -> bool:
    """Whether some words, folded, stand in this name as they follow each other; no word at all is borne by everybody."""
    return not key or f" {key} " in f" {fold(full_name)} "


def _homes(places: Collection[int], own: list[int] | None) -> list[int] | None:
    """Where somebody found by name is registered; None: anywhere."""
    if not places:
        return own
    return sorted(places if own is None else set(places).intersection(own))


def _by_keys(acting: Acting, number: str, phone: str, key: str, born: dt.date | None) -> Iterator[Found]:
    """Who holds the number or the telephone; of that name, who was born on the very day or, as far as is known, then."""
    _sql.run("pages_at_once")
    rows = _sql.all(
        "search",
        {"visible": VISIBLE},
        areas=visible_areas(acting),
        number=clean_number(number) or None,
        phones=phone_forms(phone) if phone else [],
        birth_date=born,
        birth_month=born and born.replace(day=1),
        birth_year=born and born.replace(month=1, day=1),
        given_key=given_key(key) if key else None,
        ends_key=ends_key(key) if key else None,
    )
    for row in rows:
        if not row.pop("by_name") or _is_named(key, born, row):
            yield Found(**row)


def _by_name(
    acting: Acting, key: str, born: tuple[dt.date | None, dt.date | None], homes: list[int] | None, asked: bool
) -> tuple[list[Found], bool]:
    """Who bears the name, registered in these communes or living there for now, and whether there were more than are read. `asked`: the
    communes were asked for, and are not just all that the official may see.
    """
    words = key.count(" ") + 1
    _sql.run("pages_at_once")
    read, crowded = [], words < 3 and not born[0]  # the last words alone lead nowhere without a birth date
    if words > 1:
        for in_homes in (None,) if homes is None else (homes, None):
            rows = _named(acting, key, born, in_homes, ends_key=ends_key(key), given_key=given_key(key))
            seen = _seen(rows, key)
            read += _lodging_there(seen, homes) if asked and in_homes is None and homes is not None else seen
            crowded = crowded or (len(rows) > MOST_READ and (in_homes is not None or homes is None))
    if born[0] and (words < 3 or not read):
        rows = _named(acting, key, born, homes, given_key=given_key(key))
        read += _seen(rows, key)
        crowded = crowded or len(rows) > MOST_READ
    return read, crowded


def _once_named(acting: Acting, key: str, born: Span, homes: list[int] | None) -> Iterator[tuple[Found, str]]:
    """Into whose records one of that name and birth date was merged, and the name; `homes`: the place that was asked for."""
    rows = _sql.all(
        "once_named", {"visible": VISIBLE}, areas=visible_areas(acting), given_key=given_key(key), since=born[0], until=born[1],
        most=MOST_READ,
    )  # fmt: skip
    for row in rows:
        was_called = row.pop("was_called")
        if bears(key, was_called) and (homes is None or row["home_area"] in homes):
            yield Found(**row), was_called


def _named(
    acting: Acting, key: str, born: tuple[dt.date | None, dt.date | None], homes: list[int] | None, **keys: int
) -> list[dict[str, Any]]:
    """One more than are read, where there are more."""
    known = {"given_key": None, "ends_key": None, "since": born[0], "until": born[1], "homes": homes}
    return _sql.all("named", {"visible": VISIBLE}, areas=visible_areas(acting), most=MOST_READ + 1, **(known | keys))


def _seen(rows: Iterable[dict[str, Any]], key: str) -> list[Found]:
    """Whom of these the official may see and the name fits."""
    return [Found(**row) for row in rows if row.pop("seen") and bears(key, row["full_name"])]


def _at_home(homes: list[int], name: str, span: Span, after: Position | None) -> tuple[list[Found], Position | None]:
    """Who is registered there, of that name and age; and up to where all were looked at, if not to the end. First those whose name is
    written as asked, by birth date, then the others.
    """
    _sql.run("pages_in_order")
    patience, found = time.monotonic() + _PATIENCE, []
    for otherwise in (False,) if name.isascii() else (False, True):
        if after and after.otherwise > otherwise:
            continue
        begins = (after.born, after.person_id) if after and after.otherwise == otherwise else (span[0], 0)
        for people, at in _in_order(homes, fold(name), (max(begins, (span[0], 0)), span[1])):
            found += [person for person in people if _as_written(name, person.full_name) != otherwise]
            if at and (len(found) > MOST_FOUND or time.monotonic() > patience):
                return found, Position(otherwise, *at)
        if len(found) > MOST_FOUND:
            break
    return found, None


def _lodging(homes: list[int], key: str, span: Span) -> tuple[list[Found], bool]:
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
    people = [Found(**{name: value for name, value in row.items() if name != "looked_at"}) for row in rows]
    return [person for person in people if person.person_id and bears(key, person.full_name)], crowded


def _lodging_there(people: list[Found], homes: list[int]) -> list[Found]:
    """Those of them who live there for now."""
    ids = [person.person_id for person in people]
    there = (
        {row["person_id"] for row in _sql.all("lodging_of", {"lasts": LASTS}, person_ids=ids, homes=homes)}
        if ids
        else set()
    )
    return [person for person in people if person.person_id in there]


def _in_order(
    homes: list[int], key: str, between: tuple[tuple[dt.date, int], dt.date]
) -> Iterator[tuple[list[Found], tuple[dt.date, int] | None]]:
    """Who is registered there and bears the name, by birth date, and up to where all were looked at; None at the end."""
    at, until = between
    while at:
        rows = _sql.all(
            "at_home", homes=homes, since=at[0], until=until, after=at[1], most=_AT_A_TIME, pattern=name_pattern(key)
        )
        is_end = not rows or rows[-1].pop("nth") < _AT_A_TIME
        people = [Found(**{name: value for name, value in row.items() if name != "nth"}) for row in rows]
        at = None if is_end else (people[-1].birth_date, people[-1].person_id)
        yield [person for person in people if bears(key, person.full_name)], at


def _by_id(people: Iterable[Found]) -> dict[int, Found]:
    return {person.person_id: person for person in people}


def _position(name: str, person: Found) -> Position:
    return Position(not _as_written(name, person.full_name), person.birth_date, person.person_id)


def _as_written(name: str, full_name: str) -> bool:
    """Whether the name has the marks that were asked, if any were."""
    return name.isascii() or f" {_marked(name)} " in f" {_marked(full_name)} "


def _marked(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).lower().split())


def _is_named(key: str, birth_date: dt.date | None, row: dict[str, Any]) -> bool:
    """Whether this is the name, or its last words; the whole name where only the year of birth agrees."""
    name, is_day = fold(row["full_name"]), row["birth_precision"] != "Y" or row["birth_date"] == birth_date
    return name == key or (is_day and name.endswith(" " + key))


def _asked(number: str, phone: str, name: str, birth_date: dt.date | None) -> str:
    given = (("number", number), ("phone", phone), ("name", name), ("birth date", birth_date and not name))
    return "by " + (", ".join(word for word, asked in given if asked) or "nothing")
