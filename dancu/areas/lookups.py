"""Administrative units: by code and day, by what someone typed, by what is above, below, before and after
them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import TypeVar

from django.utils import timezone
from django.utils.translation import gettext as _

from . import index, many_addresses, typed, within
from .errors import UnknownArea
from .folding import key
from .index import Area
from .parsing import ParsedAddress, parse
from .places import km
from .search import Match, search

Told = TypeVar("Told")

__all__ = ["Area", "Era", "NamedCommune", "ParsedAddress", "Suggestion"]

PROVINCE, DISTRICT, COMMUNE = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A commune someone may mean: `label` to show, `note` on what it was or became where that is what was
    typed.
    """

    area: Area
    label: str
    note: str


@dataclass(frozen=True, slots=True)
class NamedCommune:
    """What was typed where a commune is asked for: `area` if one is meant for sure, or else `offered`:
    those that may be, best first.
    """

    area: Area | None
    offered: list[Suggestion]


@dataclass(frozen=True, slots=True)
class Era:
    """A span of time within which some units stood from its first day to its last, and their ids by code."""

    valid_from: date
    valid_to: date | None
    ids: dict[str, int]


def get(area_id: int) -> Area:
    """The unit with this id. Raises errors.UnknownArea."""
    try:
        return index.current().areas[area_id]
    except KeyError:
        raise UnknownArea(area_id) from None


def area_in_words(area_id: int) -> str:
    """Its path; its number where no such area is known (yet)."""
    try:
        return get(area_id).path
    except UnknownArea:
        return _("Area no. %(number)s") % {"number": area_id}


def get_many(ids: Iterable[int]) -> dict[int, Area]:
    """The units with these ids, by id; an id that no unit has is left out."""
    areas = index.current().areas
    return {area_id: areas[area_id] for area_id in ids if area_id in areas}


def remembered(tell: Callable[[int], Told]) -> Callable[[int], Told]:
    """`tell` of a unit's id, worked out once for as long as the list of units stays as it is."""

    @wraps(tell)
    def known(area_id: int) -> Told:
        told = index.current().told[tell]
        if area_id not in told:
            told[area_id] = tell(area_id)
        return told[area_id]

    return known


def unit(code: str, on: date) -> Area | None:
    """The unit that bore this code of the statistics office on that day."""
    return next((area for area in index.current().by_code.get(code, ()) if area.stood(on)), None)


def units(code: str) -> list[Area]:
    """Every unit that ever bore this code, the oldest first."""
    return sorted(index.current().by_code.get(code, ()), key=lambda area: area.valid_from)


def communes(on: date) -> list[Area]:
    """All communes of that day, by code."""
    areas = index.current().areas.values()
    return sorted(
        (area for area in areas if area.level == COMMUNE and area.stood(on)), key=lambda area: area.code
    )


def standing(
    on: date, level: int | None = None, after: tuple[int, str] | None = None, most: int | None = None
) -> list[Area]:
    """The units of that day, of all levels or of one, by level and code: at most so many, those after the
    level and code `after`.
    """

    def place(area: Area) -> tuple[int, str]:
        return area.level, area.code

    standing = (area for area in index.current().areas.values() if area.stood(on))
    found = (area for area in standing if level in (None, area.level) and (not after or place(area) > after))
    return sorted(found, key=place)[:most]


def communes_as_of(on: date) -> dict[int, int]:
    """For whole columns of ids: the commune of that day that each commune of any time is, became or came
    from, for the most part.

    Ids of communes that nothing leads from to that day are left out.
    """
    now = index.current()
    if on not in now.as_of:
        now.as_of[on] = {
            area.area_id: found.area_id
            for area in now.areas.values()
            if area.level == COMMUNE and (found := _as_of(now, area, on))
        }
    return now.as_of[on]


def provinces_of_communes() -> dict[int, int]:
    """For whole columns of ids: of every commune of any time that became one of today, the province of today
    in which it lies (modules.WiderSums).
    """
    now, on = index.current(), timezone.localdate()
    if on not in now.provinces:
        communes = communes_as_of(on)
        lies_in = {area_id: area.province_id for area_id, area in get_many(communes.values()).items()}
        now.provinces[on] = {was: lies_in[area_id] for was, area_id in communes.items()}
    return now.provinces[on]


def ids_by_code_and_era() -> list[Era]:
    """For whole columns of codes: the communes' ids by code, for each span of time that they have, the
    oldest first.
    """
    eras: dict[tuple[date, date | None], dict[str, int]] = {}
    for area in index.current().areas.values():
        if area.level != COMMUNE:
            continue
        eras.setdefault((area.valid_from, area.valid_to), {})[area.code] = area.area_id
    return [
        Era(*span, ids)
        for span, ids in sorted(eras.items(), key=lambda era: (era[0][0], era[0][1] or date.max))
    ]


def find(text: str, on: date | None = None, level: int | None = None, limit: int = 10) -> list[Area]:
    """The units of that day (None: today) that someone means by `text`, best first.

    As people type it: "Q.1 TP HCM", "p ben nghe q1", "Sài Gòn"; any part of the names, in any order, with or
    without marks and kinds. The name of a unit of another time finds what it became or came from. `level`: 1
    province, 2 district, 3 commune.
    """
    return [match.area for match in search(index.current(), text, on or timezone.localdate(), level, limit)]


def provinces_called(text: str) -> list[Area]:
    """The provinces with just this name, kind and marks apart, of today or, where none is called so any
    more, of former days.
    """
    called = [
        area for area in index.current().by_name.get((PROVINCE, key(text)), ()) if area.level == PROVINCE
    ]
    return [area for area in called if area.valid_to is None] or called


def is_numbered_name(text: str) -> bool:
    """Whether this is the name of a commune of any time and ends in a number: "Đạ Tẻh 2", "Phường 2"."""
    named = key(text)
    return named[-1:].isdigit() and (COMMUNE, named) in index.current().by_name


def suggest(text: str, on: date, limit: int = 10) -> list[Suggestion]:
    """Type-ahead: the communes of that day that someone may mean who has typed `text` so far, best first.

    Nothing for less than two letters: they would fit half the country.
    """
    if len(text.strip()) < 2:
        return []
    return [_suggestion(match) for match in typed.suggested(index.current(), text, on, limit)]


def named(text: str, on: date, limit: int = 10) -> NamedCommune:
    """What somebody typed into a field for a commune: the one commune of that day that is meant for sure, or
    else those that may be.

    One is meant for sure where `parse_address` tells it, or one that wholly became or came from it; where
    each word, with its marks or none at all, is of its name or of what it lies in; and where no district or
    province is written so too. A letter off, other marks, a province alone are a reason to offer, never to
    take.
    """
    read = typed.read(index.current(), text, on, limit)
    return NamedCommune(read.area, [_suggestion(match) for match in read.offered])


def says(text: str, area: Area) -> bool:
    """Whether each word of a text, with its marks or none at all, is of this unit's name or of what it
    lies or lay in, or a kind.
    """
    return typed.says(index.current(), text, area)


def parse_address(text: str, on: date) -> ParsedAddress:
    """The commune in an address as it stands on a card, and what is written before it.

    "12 Lê Lợi, Phường Bến Nghé, Quận 1, TP. Hồ Chí Minh": detail "12 Lê Lợi", and the commune Bến Nghé. It is
    the commune of the time the address was written in, as its words tell; where they fit two times, the one
    that stood `on` that day; never one that had not begun. No area where no commune fits, or several equally
    well, or where one is named that is not there (docs/how-it-works/addresses.md).
    """
    return parse(index.current(), text, on)


def communes_in(addresses: Iterable[str], on: date) -> dict[str, Area | None]:
    """The commune that each of very many addresses names, as `parse_address` finds it, but several times as
    quickly.

    None where it cannot be told, or where a hamlet may be meant that is called so (`ParsedAddress.alone`).
    """
    return many_addresses.communes_in(index.current(), addresses, on)


def successors(area_id: int) -> list[Area]:
    """What this unit became in the next reform, what took most of it first; a district: what its communes
    became.

    Raises errors.UnknownArea.
    """
    return _next(area_id, index.current().successors)


def predecessors(area_id: int) -> list[Area]:
    """The units that were wholly or partly merged into this one in the last reform. Raises
    errors.UnknownArea.
    """
    return _next(area_id, index.current().predecessors)


def successions() -> list[tuple[int, int]]:
    """For whole columns of units: each unit with each that it became, at once or through several reforms,
    wholly or partly.
    """
    now = index.current()
    return [(old, new) for old in list(now.successors) for new in now.successors_of(old)]


def ids_below(area_id: int) -> list[int]:
    """The ids under which someone may be registered who lives in this unit: what an official of it may see.

    The unit and all below it; every unit of an earlier time that was wholly or partly merged into one of
    those, and of a later time that one of those became; and the districts of other times that lie wholly
    within all that. Raises errors.UnknownArea.
    """
    now = index.current()
    if area_id not in now.areas:
        raise UnknownArea(area_id)
    if area_id not in now.within:
        now.within[area_id] = within.standing(now, area_id)
    return now.within[area_id]


def jurisdiction(area_id: int, on: date | None = None) -> list[int]:
    """What an official may see who was given this unit: `ids_below` while it stands.

    Of one that has ended by that day (None: today) what it was while it stood, and of later units those alone
    that lie wholly within it: a reform widens nobody's area. What reaches beyond it is seen once an
    administrator gives a unit of today in its place. [] of a unit that there is not.
    """
    now = index.current()
    area = now.areas.get(area_id)
    if area is None:
        return []
    if not area.valid_to or area.valid_to > (on or timezone.localdate()):
        return ids_below(area_id)
    if area_id not in now.left:
        now.left[area_id] = within.left(now, area_id)
    return now.left[area_id]


def ended(on: date | None = None) -> list[int]:
    """The ids of all units that are no more on that day (None: today)."""
    day = on or timezone.localdate()
    return [area.area_id for area in index.current().areas.values() if area.valid_to and area.valid_to <= day]


def became(area_id: int, on: date | None = None) -> list[Area]:
    """The units of that day (None: today) that this one became, wholly or partly, what took most of it
    first. Raises errors.UnknownArea.
    """
    day, now = on or timezone.localdate(), index.current()
    found, left = dict[int, Area](), [get(area_id)]
    while left:
        area = left.pop(0)
        if area.stood(day):
            found[area.area_id] = area
        else:
            left += [
                later for later in _next(area.area_id, now.successors) if later.valid_from > area.valid_from
            ]
    return list(found.values())


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Between two places (latitude, longitude, in degrees) as the crow flies."""
    return km(one, other)


def distance_km(a_id: int, b_id: int) -> float | None:
    """Kilometres as the crow flies between the middles of two units (haversine); None where a place is not
    known.

    Raises errors.UnknownArea.
    """
    a, b = get(a_id), get(b_id)
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return None
    return km((a.latitude, a.longitude), (b.latitude, b.longitude))


def _as_of(now: index.Index, area: Area, on: date) -> Area | None:
    """Links are ordered, what took most of a unit first."""
    links = now.predecessors if on < area.valid_from else now.successors
    while not area.stood(on) and links.get(area.area_id):
        others = links[area.area_id]
        area = now.areas[next((old for old in others if (old, area.area_id) not in now.partly), others[0])]
    return area if area.stood(on) else None


def _suggestion(match: Match) -> Suggestion:
    return Suggestion(match.area, match.area.path, _note(match))


def _note(match: Match) -> str:
    if match.through is None:
        return ""
    names = {"name": match.through.path}
    if match.through.valid_from > match.area.valid_from:
        return _("now in %(name)s") % names
    if match.partly:
        return _("took part of %(name)s") % names
    return _("formerly %(name)s") % names


def _next(area_id: int, links: dict[int, list[int]]) -> list[Area]:
    now = index.current()
    if area_id not in now.areas:
        raise UnknownArea(area_id)
    found = links.get(area_id) or [
        other for below in now.below.get(area_id, ()) for other in links.get(below, ())
    ]
    return [now.areas[other] for other in dict.fromkeys(found)]
