"""Candidates for a search whose fields are too few or slightly wrong for the keys of `query`: a birth year
only, or a letter, a digit or a day off.

For searches only, where somebody looks at each person found: these keys are wider, and several are tried at
once. Each is read to 400 people at most, and `crowded` says where there were more.
"""

import calendar
import datetime as dt
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from itertools import chain

from dancu.matching.answers import people_weights
from dancu.matching.compare import ClaimedIdentity
from dancu.matching.fitting import years_alike
from dancu.matching.normalising.names import normalise_name
from dancu.matching.normalising.orders import readings
from dancu.matching.query import declared_number
from dancu.register import candidates
from dancu.register.candidates import Block, Candidate
from dancu.text.folding import fold
from dancu.text.sounds import ends_key, given_key
from dancu.values.birth_dates import PartialDate
from dancu.values.errors import BadValue
from dancu.values.phones import parse_phone

Span = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Nearby:
    """The people whom wide keys led to. `crowded`: whether a key had more people than were read."""

    people: dict[int, Candidate]
    crowded: bool


def nearby(declared: ClaimedIdentity, within: Collection[int] | None) -> Nearby:
    """The people who are near this name, birth date and home. `within`: the communes of the official's
    jurisdiction; None: the nation.
    """
    people: dict[int, Candidate] = {}
    crowded = False
    for block in _blocks(declared, within):
        people |= {person.person_id: person for person in block.people}
        crowded = crowded or block.capped
    return Nearby(people, crowded)


def span(birth: PartialDate) -> Span:
    """The first and the last day that a birth date may mean: of a year, of a month, or the day itself."""
    first, last = birth.month or 1, birth.month or 12
    days = calendar.monthrange(birth.year, last)[1]
    return dt.date(birth.year, first, birth.day or 1), dt.date(birth.year, last, birth.day or days)


def _blocks(declared: ClaimedIdentity, within: Collection[int] | None) -> Iterator[Block]:
    """From the surest keys to the widest."""
    yield from _by_digits(declared)
    name, birth = normalise_name(declared.full_name), declared.birth
    orders = [
        order
        for order in dict.fromkeys([name.text, name.ordered, *readings(name.text, name.ordered)])
        if order
    ]
    sounds = {given_key(order) for order in orders}
    like = list(chain.from_iterable(_a_letter_off(order) for order in orders[:2]))
    sounds_like = {given_key(other) for other in like}
    ends = ends_like = None  # one word leads by itself
    if " " in name.text:
        ends = {ends_key(order) for order in orders}
        ends_like = {ends_key(other) for other in like} - ends
    homes = sorted(declared.home_areas)
    own = None if within is None else sorted(within)
    whole = homes or own
    if not orders:
        return
    if birth and not birth.day:
        born = span(birth)
        if homes:
            yield candidates.near(span=born, areas=homes)
        yield candidates.near(given_keys=sounds, ends_keys=ends, span=born, areas=whole)
        yield candidates.near(given_keys=sounds | sounds_like, ends_keys=ends_like, span=born, areas=whole)
        for near in _spans_near(birth):
            yield candidates.near(given_keys=sounds, ends_keys=ends, span=near, areas=whole)
        if homes and ends:
            yield candidates.near(given_keys=sounds, ends_keys=ends, span=born, areas=own)
        if ends and whole and len(name.text.split()) > 2 and not birth.month:
            yield _of_a_year_alike(birth.year, fold(name.text), ends, whole)
    elif birth:
        day = span(birth)[0]
        yield candidates.near(given_keys=sounds, ends_keys=ends, births=days_like(day), areas=whole)
        yield candidates.near(given_keys=sounds_like, ends_keys=ends_like, births=[day], areas=whole)
        yield candidates.near(given_keys=sounds, births=[day], areas=own)  # whatever the family name
        if ends and not (declared.number or declared.phone):  # whatever the day and the month
            year = span(PartialDate(birth.year))
            yield candidates.near(
                given_keys=sounds, ends_keys=ends, span=year, bears=fold(name.text), areas=whole
            )
        yield candidates.near(
            given_keys=_every_sound(), births=[day], bears=_surely_borne(name.text), areas=own
        )
    elif ends:
        yield candidates.near(ends_keys=ends, areas=whole)
        yield candidates.near(ends_keys=ends_like, areas=whole)
        if homes:
            yield candidates.near(given_keys=sounds, areas=homes)
            yield candidates.near(ends_keys=ends, areas=own)
    elif homes:
        yield candidates.near(given_keys=sounds | sounds_like, areas=homes)


def _by_digits(declared: ClaimedIdentity) -> Iterator[Block]:
    """The people whose number or telephone is one digit off. The caller leaves out those whom the official
    may not see.
    """
    if given := declared_number(declared.number):
        yield candidates.holders(_a_digit_off(given))
    with suppress(BadValue):
        if declared.phone:
            yield candidates.with_phone(_a_digit_off(parse_phone(declared.phone)))


def _a_digit_off(number: str) -> list[str]:
    return [
        number[:at] + other + number[at + 1 :]
        for at, digit in enumerate(number)
        for other in "0123456789"
        if other != digit
    ]


def _spans_near(birth: PartialDate) -> list[Span]:
    """The years before and after; of a month the months before and after, and the same month of those
    years.
    """
    if not birth.month:
        return [span(PartialDate(year)) for year in (birth.year - 1, birth.year + 1)]
    months = [divmod(birth.year * 12 + birth.month - 1 + off, 12) for off in (-12, -1, 1, 12)]
    return [span(PartialDate(year, month + 1)) for year, month in months]


def _of_a_year_alike(year: int, name: str, ends: Collection[int], areas: Collection[int]) -> Block:
    """The people with the whole name who were born in a year alike (fitting.years_alike); people of other
    years do not count against the limit.
    """
    years = sorted(years_alike(year))
    since, until = span(PartialDate(years[0]))[0], span(PartialDate(years[-1]))[1]
    block = candidates.near(ends_keys=ends, span=(since, until), bears=name, areas=areas)
    return Block([person for person in block.people if person.birth_date.year in years])


def _surely_borne(name: str) -> str:
    """The part of a name, folded, that is surely theirs although the given name may be wrong: a name of three
    words or more without the last.
    """
    words = fold(name).split()
    return " ".join(words[:-1] if len(words) > 2 else words)


def days_like(day: dt.date) -> list[dt.date]:
    """The days that a slip makes of this one: of the same month; the same day of other months; one digit or a
    few years off; day and month exchanged; and 1 January, which stands for a year alone.
    """
    digits = f"{day:%d%m%Y}"
    others = [
        digits[:at] + other + digits[at + 1 :] for at in range(8) if at != 4 for other in "0123456789"
    ]  # the millennium is no slip
    others += [digits[2:4] + digits[:2] + digits[4:], digits[:4] + digits[4:6] + digits[7] + digits[6]]
    found = [day.replace(month=1, day=1), *(day + dt.timedelta(days=off) for off in (-2, -1, 0, 1, 2))]
    found += [_shifted(day, months) for months in (-24, *range(-12, 13), 24)]
    found += [day.replace(day=other) for other in range(1, calendar.monthrange(day.year, day.month)[1] + 1)]
    for other in others:
        with suppress(ValueError):
            found.append(dt.date(int(other[4:]), int(other[2:4]), int(other[:2])))
    return sorted(set(found))


def _shifted(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _a_letter_off(name: str) -> list[str]:
    """The name with its given name, or its family name, replaced by each known one that is a letter off."""
    first, *middle, last = fold(name).split() if " " in name else ["", *fold(name).split()]
    given = [
        " ".join(filter(None, [first, *middle, other])) for other in _known_near(last, "name_given_bare")
    ]
    family = (
        [" ".join([other, *middle, last]) for other in _known_near(first, "name_family_bare")]
        if first
        else []
    )
    return [*given, *family]


@cache
def _every_sound() -> list[int]:
    """The keys of all known given names; together with a day they lead to nearly everybody born on it."""
    return sorted({given_key(name) for name in _known("name_given_bare")})


@cache
def _known(frequency: str) -> list[str]:
    return [name for name in people_weights().frequencies[frequency] if name and " " not in name]


def _known_near(word: str, frequency: str) -> list[str]:
    return [other for other in _known(frequency) if _one_apart(word, other)]


def _one_apart(one: str, other: str) -> bool:
    """Whether two words differ by one letter changed, added or left out, or by two neighbours exchanged."""
    if len(one) > len(other):
        one, other = other, one
    if one == other or len(other) - len(one) > 1:
        return False
    at = next((at for at, letter in enumerate(one) if letter != other[at]), len(one))
    if len(one) < len(other):
        return one[at:] == other[at + 1 :]
    return one[at + 1 :] == other[at + 1 :] or (
        one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
    )
