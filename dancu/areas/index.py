"""All units of all eras in memory, read anew when an import changed them. Some 14,000 units, so a scan is
quick enough.

The database is asked for its edition every few seconds (0.1 ms), so that no process answers from an older
list for long; in tests at every look-up, so that a test that rolls its own areas back gets the former ones
again.
"""

import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings

from dancu.db.queries import Queries
from dancu.garbage import nothing_collected

from .folding import key, with_marks

DISTRICT, COMMUNE = 2, 3
_NOWHERE: frozenset[int] = frozenset()
_sql = Queries(__file__)


@dataclass(frozen=True, slots=True)
class Area:
    """A province (level 1), district (2) or commune (3) as it was from `valid_from` until before
    `valid_to`.
    """

    area_id: int
    code: str
    valid_from: date
    valid_to: date | None
    level: int
    kind: str
    name: str
    short_name: str
    path: str
    latitude: float | None
    longitude: float | None
    parent_id: int | None
    province_id: int
    district_id: int | None
    ancestors: tuple[int, ...]
    aliases: tuple[str, ...] = field(repr=False)
    search_key: str = field(repr=False)

    def __str__(self) -> str:
        return self.path

    def stood(self, on: date) -> bool:
        """Whether this unit existed on that day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


class Index:
    """One edition of the list, and the ways into it."""

    def __init__(self, areas: Iterable[Area], successors: Iterable[tuple[int, int, bool]]) -> None:
        self.areas = {area.area_id: area for area in areas}
        self.called: dict[int, str] = {}  # "| phuong ben nghe | ben nghe |", by id
        self.aliases: dict[int, str] = {}
        self.searched: dict[int, dict[int, str]] = {
            1: {},
            2: {},
            3: {},
        }  # by level and id: these and all above
        self.by_code: defaultdict[str, list[Area]] = defaultdict(list)
        self.by_name: defaultdict[tuple[int, str], list[Area]] = defaultdict(list)  # (level, name)
        self.longest: defaultdict[tuple[int, str], int] = defaultdict(
            int
        )  # words of a name, by level and its last word
        self.below: defaultdict[int, list[int]] = defaultdict(list)
        self.marked: defaultdict[str, set[str]] = defaultdict(
            set
        )  # what units of any level are called, by its key
        self.short_keys: dict[int, str] = {}  # the short names as they are compared
        self.once_in: dict[int, set[int]] = {}  # the former districts of communes that lie in another now
        for area in self.areas.values():
            self.by_code[area.code].append(area)
            for ancestor in area.ancestors:
                self.below[ancestor].append(area.area_id)
            names = area.search_key.split("|")
            self._note_names(area, names)
            for name in names:
                self.by_name[area.level, name].append(area)
                *_before, last = words = name.split(" ")
                self.longest[area.level, last] = max(self.longest[area.level, last], len(words))
            self.short_keys[area.area_id] = key(area.short_name)
            self.marked[self.short_keys[area.area_id]].add(with_marks(area.short_name))
        for area in self.areas.values():
            if area.level == COMMUNE and (former := [alias for alias in area.aliases if "," in alias]):
                self.once_in[area.area_id] = {
                    district for alias in former for district in self._district(area, alias)
                }
        self.found: dict[tuple[object, ...], object] = {}  # what search remembers
        self.within: dict[int, list[int]] = {}  # what lookups.ids_below remembers
        self.left: dict[int, list[int]] = {}  # and lookups.jurisdiction of units that have ended
        self.as_of: dict[date, dict[int, int]] = {}  # what lookups.communes_as_of remembers
        self.provinces: dict[date, dict[int, int]] = {}  # and provinces_of_communes
        self.told: defaultdict[object, dict[int, Any]] = defaultdict(
            dict
        )  # what lookups.remembered remembers
        self.successors: defaultdict[int, list[int]] = defaultdict(list)
        self.predecessors: defaultdict[int, list[int]] = defaultdict(list)
        self.partly: set[tuple[int, int]] = set()  # links where another unit took most of the old one
        for old_id, new_id, main in successors:
            self.successors[old_id].append(new_id)
            self.predecessors[new_id].append(old_id)
            if not main:
                self.partly.add((old_id, new_id))

    @cached_property
    def begins_last(self) -> date:
        """The day on which the youngest units began."""
        return max((area.valid_from for area in self.areas.values()), default=date.min)

    @cached_property
    def syllables(self) -> set[str]:
        """The words of all short names as they are compared."""
        return {word for named in self.short_keys.values() for word in named.split(" ")}

    def successors_of(self, area_id: int) -> set[int]:
        """All that this unit became, at once or through several reforms."""
        return _reached(area_id, self.successors)

    def predecessors_of(self, area_id: int) -> set[int]:
        """All that this unit was made from, at once or through several reforms."""
        return _reached(area_id, self.predecessors)

    def related(self, area_id: int) -> list[int]:
        """What this unit became at once, and what it was made from: after a merger people write either."""
        return [*self.successors.get(area_id, ()), *self.predecessors.get(area_id, ())]

    def was_called(self, area: Area, said: str) -> bool:
        """Whether this unit, or one that it became or was made from, bears or bore that name (a key, with
        its kind or without).
        """
        return any(
            said in self.areas[each].search_key.split("|")
            for each in (area.area_id, *self.related(area.area_id))
        )

    def lay_in(self, area: Area, districts: Collection[int]) -> bool:
        """Whether the commune lies in one of these districts, or did once."""
        return area.district_id in districts or not self.once_in.get(area.area_id, _NOWHERE).isdisjoint(
            districts
        )

    def ever_lay_in(self, area: Area, districts: Collection[int]) -> bool:
        """Whether the commune, or one that it was made from, lies or lay in one of these districts."""
        olds = self.predecessors.get(area.area_id, ())
        return self.lay_in(area, districts) or any(self.lay_in(self.areas[old], districts) for old in olds)

    def made_there_and_marked_so(self, area: Area, said: str, written: str, on: date) -> Area | None:
        """The commune that stands on that day, made from what lay in a commune's district, whose own name is
        `written` with exactly these marks, where the commune itself is only spelled so without them (`said`,
        a key): of Huyện Ba Tơ Xã Ba Tơ, not the former Xã Ba Tô.
        """
        if (
            area.district_id is None
            or written.isascii()
            or written.endswith(with_marks(area.short_name))
            or area.stood(on)
        ):
            return None
        made = [
            each
            for each in self.by_name.get((COMMUNE, said), ())
            if each.district_id is None
            and each.stood(on)
            and f" {written}".endswith(f" {with_marks(each.short_name)}")
            and self.ever_lay_in(each, (area.district_id,))
        ]
        return made[0] if len(made) == 1 else None

    def _district(self, area: Area, alias: str) -> Iterator[int]:
        """The district of the area's province that an alias names after its comma, whatever its kind is
        now: Xã An Hưng, Huyện An Dương.
        """
        words = key(alias.partition(",")[2]).split(" ")
        for kind in range(3):
            for district in self.by_name.get((DISTRICT, " ".join(words[kind:])), ()):
                if district.province_id == area.province_id:
                    yield district.area_id

    def _note_names(self, area: Area, names: list[str]) -> None:
        own = 2 if len(names) > 1 and names[0].endswith(f" {names[1]}") else 1  # Phường 1 has no shorter name
        self.called[area.area_id] = f"| {' | '.join(names[:own])} |"
        self.aliases[area.area_id] = f"| {' | '.join(names[own:])} |" if names[own:] else ""
        above = self.searched[self.areas[area.parent_id].level][area.parent_id] if area.parent_id else ""
        lay = "".join(f"| {key(alias)} |" for alias in area.aliases if "," in alias)
        self.searched[area.level][area.area_id] = (
            f"{self.called[area.area_id]}{self.aliases[area.area_id]}{above}{lay}"
        )


def _reached(start: int, links: dict[int, list[int]]) -> set[int]:
    reached: set[int] = set()
    waiting = [start]
    while waiting:
        found = [area_id for area_id in links.get(waiting.pop(), ()) if area_id not in reached]
        reached.update(found)
        waiting.extend(found)
    return reached


_indexes: dict[
    UUID, Index
] = {}  # by edition; two, so that a test's own list does not throw out the common one


_kept: tuple[float, Index] | None = None  # when the database was last asked, and what held then


def current() -> Index:
    """The index of the list that is in the database, or was settings.AREAS_KEPT_SECONDS ago at most."""
    global _kept
    if _kept is None or time.monotonic() - _kept[0] >= settings.AREAS_KEPT_SECONDS:
        _kept = (time.monotonic(), _checked())
    return _kept[1]


def forget() -> None:
    """This process has changed the list: ask the database at the next look-up."""
    global _kept
    _kept = None


def _checked() -> Index:
    while True:
        edition = _edition()
        if edition and (known := _indexes.get(edition)):
            return known
        index = _read()
        if edition is None:
            return index
        if _edition() == edition:  # otherwise an import ended while we read
            while len(_indexes) > 1:
                _indexes.pop(next(iter(_indexes)), None)
            _indexes[edition] = index
            return index


def _edition() -> UUID | None:
    row = _sql.one("edition")
    return row["edition"] if row else None


def _read() -> Index:
    with nothing_collected():
        areas = [_area(row) for row in _sql.all("areas")]
        return Index(areas, [(row["old_id"], row["new_id"], row["main"]) for row in _sql.all("successors")])


def _area(row: dict[str, Any]) -> Area:
    row["ancestors"], row["aliases"] = tuple(row["ancestors"]), tuple(row["aliases"])
    return Area(**row)
