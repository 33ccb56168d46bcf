"""An official's search: by number, telephone, name, birth date or part of one, in the area of their work.

Nothing is read without a bound: of what a key leads to at most 400 rows, of the people of a commune what
living_there.py says. How many the last word of a name leads to by itself, or live in a whole province, is
counted first, by an index alone and no further than 5,000: where they are no more, all of them are looked at.
Where that was not all, the listing says so, since "nobody" would be a lie, and so would be a number that was
not counted.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.db.queries import Queries, Statement
from dancu.register.formerly import Formerly, formerly_so
from dancu.register.formerly import former_name_statement as formerly_asked
from dancu.register.found import FoundPerson
from dancu.register.lasting import LASTS
from dancu.register.living_there import Position, lodging_there, position, registered_there, those_lodging
from dancu.register.name_patterns import bears, name_pattern
from dancu.register.visibility import VISIBLE, visible_areas
from dancu.text.folding import fold
from dancu.text.sounds import ends_key, given_key
from dancu.values.digits import clean_number
from dancu.values.phones import clean_phone

_sql = Queries(__file__, "searching.sql")

MOST_FOUND = 50  # on one page
MOST_READ = 400  # that one key leads to
# whose people are listed one after the other: a district of former days has some twenty, and what they were
# before
MOST_COMMUNES = 120
MOST_SIFTED = (
    5000  # of one last word in the country, or registered in one area, whose name is looked at: 10 to 40 ms
)


@dataclass(frozen=True)
class SearchPage:
    """A page of people found. `after`: where the next page begins, if there is one. `crowded`: a key led to
    more people than are read, so that others may fit as well; with the birth date, the commune or a number
    they are found. A birth date alone is read only where the area is small. `too_common`: so many names end
    as the one asked that by these words alone nobody is looked up. `by_ending`: of a name of one or two words
    only names that end so were looked up, so that a family or a middle name alone led nowhere. `formerly` and
    `born_formerly`: of those found by a name or a birth date of one of the records that theirs was made of,
    which is no longer theirs, that name and that date, by person_id.
    """

    people: list[FoundPerson]
    after: Position | None = None
    crowded: bool = False
    too_common: bool = False
    by_ending: bool = False
    formerly: Mapping[int, str] = field(default_factory=dict)
    born_formerly: Mapping[int, dt.date] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        return self.after is None and not (self.crowded or self.too_common or self.by_ending)


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
) -> SearchPage:
    """The people of the official's jurisdiction who hold this number or telephone, or bear this name and were
    born then. At most 50, by birth date; `after` asks for those who come next. Who holds a number or
    telephone that was asked beside a name stands before them all. Every person of the page is written to the
    audit.

    `name`: with or without marks, whole or some of its words as they follow each other. `until`: the last day
    on which they may be born, where `birth_date` is only the first. `places`: ids under which someone is
    registered there (areas.lookups.ids_below); an official of a commune means their own where none is named,
    and any part of a name, or a birth date, then lists those who are registered there.
    """
    found: dict[int, FoundPerson] = {}
    holders: list[int] = []  # of the number or the telephone
    reached, too_common = None, False
    own = visible_areas(acting)
    homes = _homes(places, own)
    key, is_day = fold(name), birth_date and not until
    span = (birth_date or dt.date.min, until or birth_date or dt.date.max)
    once = [formerly_asked(name, span, own)] if key else []
    with transaction.atomic():
        is_few = homes is not None and bool(key or birth_date) and _are_few(homes)
        crowded = bool(birth_date) and not (
            key or is_few or number or phone
        )  # a birth date alone is thousands of people's
        if number or phone or (key and is_day):
            by_keys = _by_keys(own, number, phone, key, birth_date if is_day else None)
            _settings, rows, *once_rows = _sql.together(Statement("pages_at_once"), by_keys, *once)
            for person, by_name in _fitting(rows, key, birth_date if is_day else None):
                found[person.person_id] = person
                if not by_name:
                    holders.append(person.person_id)
        else:
            once_rows = _sql.together(*once)
        if is_few and (key or birth_date):
            listed, reached = registered_there(homes or [], name, span, after, MOST_FOUND)
            lodging, crowded = lodging_there(homes or [], key, span)  # whoever is registered there is listed
            found |= _by_id([*listed, *lodging])
        if key and not is_day and (not is_few or crowded):
            listed, more, too_common = _by_name(acting, key, (birth_date, until), homes, bool(places))
            found, crowded = found | _by_id(listed), crowded or more
        formerly = formerly_so(once_rows[0], name, span, homes if places else None) if key else Formerly()
        found |= _by_id(formerly.people)
    first = holders if key and len(holders) <= MOST_FOUND else []  # wherever they stand by birth
    holding = [found.pop(person_id) for person_id in first]
    rows = sorted((position(name, person), person) for person in found.values())
    rows = [
        row for row in rows if (after is None or row[0] > after) and (reached is None or row[0] <= reached)
    ]
    page = [*([] if after else holding), *(person for _at, person in rows[:MOST_FOUND])]
    audit.record(
        acting,
        "register.search",
        [person.person_id for person in page],
        _asked(number, phone, name, birth_date),
    )
    following = rows[MOST_FOUND - 1][0] if len(rows) > MOST_FOUND else reached
    is_alone = not (number or phone)
    by_ending = bool(key) and is_alone and not is_few and not is_day and key.count(" ") < 2
    return SearchPage(
        page, following, crowded, too_common and is_alone, by_ending, formerly.names, formerly.births
    )


def _homes(places: Collection[int], own: list[int] | None) -> list[int] | None:
    """Where somebody found by name is registered; None: anywhere."""
    if not places:
        return own
    return sorted(places if own is None else set(places).intersection(own))


def _by_keys(areas: list[int] | None, number: str, phone: str, key: str, born: dt.date | None) -> Statement:
    """Who holds the number or the telephone; of a last word that sounds so, who was born on the very day
    or, as far as is known, then.
    """
    values = {
        "areas": areas,
        "number": clean_number(number) or None,
        "phone": clean_phone(phone) or None,
        "birth_date": born,
        "birth_month": born and born.replace(day=1),
        "birth_year": born and born.replace(month=1, day=1),
        "given_key": given_key(key) if key else None,
        "ends_key": ends_key(key) if key else None,
    }
    return Statement("search", values, {"visible": VISIBLE})


def _fitting(
    rows: Iterable[dict[str, Any]], key: str, born: dt.date | None
) -> Iterator[tuple[FoundPerson, bool]]:
    """Of those found by keys who holds the number or the telephone, or bears the name; and whether it is
    by the name.
    """
    for row in rows:
        by_name = row.pop("by_name")
        if not by_name or _is_named(key, born, row):
            yield FoundPerson(**row), by_name


def _are_few(homes: list[int]) -> bool:
    """Whether the people registered there can be listed one after the other: so few communes, or so few
    people.
    """
    return len(homes) <= MOST_COMMUNES or not _are_many("registered_in", homes=homes)


def _are_many(where: str, **key: Any) -> bool:
    """Whether a key leads to more people than are looked at."""
    _sql.run("pages_counted")
    return _sql.prepared(where, **key, most=MOST_SIFTED + 1)[0]["counted"] > MOST_SIFTED


def _by_name(
    acting: Acting,
    key: str,
    born: tuple[dt.date | None, dt.date | None],
    homes: list[int] | None,
    asked: bool,
) -> tuple[list[FoundPerson], bool, bool]:
    """Who bears the name, registered in these communes or living there for now; whether there were more than
    are read, and whether nobody was looked up by the last word, since too many names end in it. `asked`: the
    communes were asked for, and are not just all that the official may see.
    """
    words = key.count(" ") + 1
    _sql.run("pages_at_once")
    read, crowded, too_common = [], False, False
    if words > 1:
        for in_homes in (None,) if homes is None else (homes, None):
            rows = _named(acting, key, born, in_homes, ends_key=ends_key(key), given_key=given_key(key))
            seen = _seen(rows, key)
            read += those_lodging(seen, homes) if asked and in_homes is None and homes is not None else seen
            crowded = crowded or (len(rows) > MOST_READ and (in_homes is not None or homes is None))
    if born[0] and (words < 3 or not read):
        rows = _named(acting, key, born, homes, given_key=given_key(key))
        read += _seen(rows, key)
        crowded = crowded or len(rows) > MOST_READ
    elif words < 3 or not read:
        too_common = _are_many("ending_in", given_key=given_key(key))
        listed = [] if too_common else _ending_so(acting, key, homes if asked else None)
        read, crowded = [*read, *listed[:MOST_READ]], crowded or len(listed) > MOST_READ
    return read, crowded, too_common


def _ending_so(acting: Acting, key: str, homes: list[int] | None) -> list[FoundPerson]:
    """Whose name ends so, of those the official may see, registered in these communes (None: anywhere) or
    living there for now; no more than one more than are read.
    """
    _sql.run("pages_at_once")
    rows = _sql.prepared(
        "sifted",
        {"visible": VISIBLE, "lasts": LASTS},
        areas=visible_areas(acting),
        homes=homes,
        given_key=given_key(key),
        pattern=name_pattern(key),
        most=MOST_READ + 1,
    )
    return [person for person in (FoundPerson(**row) for row in rows) if bears(key, person.full_name)]


def _named(
    acting: Acting,
    key: str,
    born: tuple[dt.date | None, dt.date | None],
    homes: list[int] | None,
    **keys: int,
) -> list[dict[str, Any]]:
    """One more than are read, where there are more."""
    known = {"given_key": None, "ends_key": None, "since": born[0], "until": born[1], "homes": homes}
    return _sql.all(
        "named", {"visible": VISIBLE}, areas=visible_areas(acting), most=MOST_READ + 1, **(known | keys)
    )


def _seen(rows: Iterable[dict[str, Any]], key: str) -> list[FoundPerson]:
    """Whom of these the official may see and the name fits."""
    return [FoundPerson(**row) for row in rows if row.pop("seen") and bears(key, row["full_name"])]


def _by_id(people: Iterable[FoundPerson]) -> dict[int, FoundPerson]:
    return {person.person_id: person for person in people}


def _is_named(key: str, birth_date: dt.date | None, row: dict[str, Any]) -> bool:
    """Whether this is the name, or its last words; the whole name where only the year of birth agrees."""
    name, is_day = fold(row["full_name"]), row["birth_precision"] != "Y" or row["birth_date"] == birth_date
    return name == key or (is_day and name.endswith(" " + key))


def _asked(number: str, phone: str, name: str, birth_date: dt.date | None) -> str:
    given = (("number", number), ("phone", phone), ("name", name), ("birth date", birth_date and not name))
    return "by " + (", ".join(word for word, asked in given if asked) or "nothing")
