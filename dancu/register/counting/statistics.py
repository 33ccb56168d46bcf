"""Statistics of the register: who lives where, by age and sex, from the sums that dancu.register.counting.cells keeps.

Ages are those reached in the year, as the year of birth tells them: of some people no more is known. Who is counted is who the register
holds now, where they are permanently registered; units of earlier times count as the commune of today that they became for the most part.

Of a commune no number of one or two people is told, nor what would let it be reckoned (dancu/register/counting/small_numbers.py): a table
may be passed on to people who may not see the register.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace

from django.utils import timezone

from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.audit import actions as audit
from dancu.db.queries import Queries
from dancu.register.codes import ALIVE, DEAD, MISSING
from dancu.register.counting.cells import NOWHERE, fold_if_many
from dancu.register.counting.small_numbers import Groups, guarded, guarded_bands, is_small
from dancu.register.errors import NotYourArea

_sql = Queries(__file__)
_GROUPS = {"groups": _sql.text("groups").split("\n", 1)[1]}

_GROUPED = [field.name for field in fields(Groups)]

OLDEST = 100  # and over
MALE, FEMALE = 1, 2


@dataclass(frozen=True, slots=True)
class AgeBand:
    """The living from age `first` to `last` (None: and over). None: too few to be told, or next to such."""

    first: int
    last: int | None
    men: int | None
    women: int | None

    @property
    def people(self) -> int | None:
        return None if self.men is None or self.women is None else self.men + self.women


@dataclass(frozen=True, slots=True)
class Part:
    """The living of one unit of the area, by what a list compares. None: too few to be told, or next to such."""

    area: areas.Area
    people: int | None
    men: int | None
    women: int | None
    under_16: int | None
    from_60: int | None

    @property
    def share_from_60(self) -> float | None:
        """Of the living, 0 to 1."""
        return None if self.from_60 is None or not self.people else self.from_60 / self.people

    @property
    def share_under_16(self) -> float | None:
        return None if self.under_16 is None or not self.people else self.under_16 / self.people


@dataclass(frozen=True)
class Statistics:
    """Of `area` (None: the whole country) in `year`. `parts`: its provinces or communes, by code; a commune has none."""

    area: areas.Area | None
    year: int
    people: int | None
    men: int | None
    women: int | None
    under_16: int | None
    from_60: int | None
    missing: int | None
    dead: int | None
    bands: Sequence[AgeBand]
    parts: Sequence[Part]

    @property
    def share_from_60(self) -> float | None:
        """Of the living, 0 to 1."""
        return None if self.from_60 is None or not self.people else self.from_60 / self.people

    @property
    def share_under_16(self) -> float | None:
        return None if self.under_16 is None or not self.people else self.under_16 / self.people


def statistics(
    acting: Acting, area_id: int | None = None, on: dt.date | None = None, *, width: int = 5, detail: str = ""
) -> Statistics:
    """The population of an area within the official's jurisdiction; without one, of the whole jurisdiction.

    `on`: the day in whose year ages are reckoned (today). `width`: years in a band, 5 or, but for communes, 1. Written to the audit
    with `detail`. Raises NotYourArea (also of an area that there is not).
    """
    area = _area(acting, area_id)
    year = (on or timezone.localdate()).year
    fold_if_many()
    communes = areas.communes_as_of(timezone.localdate())
    is_guarded = area is not None and area.level == areas.COMMUNE
    homes = _homes(area, communes) if area else []
    cells = _cells(area, homes)
    bands = _bands(cells, year, 5 if is_guarded else width, is_guarded)
    audit.record(acting, "register.statistics", detail=" ".join(filter(None, [area.code if area else "", detail])))
    return Statistics(
        area, year, **_totals(cells, year, is_guarded), bands=bands, parts=_parts(area, homes, communes, year)
    )


def _area(acting: Acting, area_id: int | None) -> areas.Area | None:
    """The area meant, None for the country."""
    if acting.jurisdiction_kind == "nation":
        if area_id is None:
            return None
        within = None
    elif acting.jurisdiction_kind == "area":
        within = {acting.jurisdiction_id, *filter(_stands, areas.ids_below(acting.jurisdiction_id))}
        area_id = acting.jurisdiction_id if area_id is None else area_id
    else:
        raise NotYourArea
    area = areas.get_many([area_id]).get(area_id)
    if area is None or (within is not None and area_id not in within):
        raise NotYourArea
    return area


def _stands(area_id: int) -> bool:
    return areas.get(area_id).stood(timezone.localdate())


def _homes(area: areas.Area, communes: dict[int, int]) -> list[int]:
    """Where people may be registered who count for this area. Of a unit of another time: itself, and all that it was and became."""
    if not _stands(area.area_id):
        return areas.ids_below(area.area_id)
    below = areas.get_many(set(communes.values()))
    mine = {now for now, found in below.items() if area.area_id in (now, *found.ancestors)}
    return [area.area_id, *(home for home, now in communes.items() if now in mine and home != area.area_id)]


def _cells(area: areas.Area | None, homes: list[int]) -> list[dict[str, int]]:
    if area is None:
        return _sql.all("ages", province_id=NOWHERE, homes=None)
    if area.level == areas.PROVINCE and _stands(area.area_id):
        return _sql.all("ages", province_id=area.area_id, homes=homes)
    return _sql.all("ages_of_homes", homes=homes)


def _totals(cells: list[dict[str, int]], year: int, is_guarded: bool) -> dict[str, int | None]:
    groups = _groups(cells, year)
    states = {
        name: sum(cell["people"] for cell in cells if cell["status"] == status)
        for name, status in (("missing", MISSING), ("dead", DEAD))
    }
    return {
        "people": None if is_guarded and is_small(groups.people) else groups.people,
        "men": groups.men if groups.tell_sexes or not is_guarded else None,
        "women": groups.women if groups.tell_sexes or not is_guarded else None,
        "under_16": groups.under_16 if groups.tell_under_16 or not is_guarded else None,
        "from_60": groups.from_60 if groups.tell_from_60 or not is_guarded else None,
        **{name: None if is_guarded and is_small(people) else people for name, people in states.items()},
    }


def _groups(cells: list[dict[str, int]], year: int) -> Groups:
    def count(first: int, last: int, *sexes: int) -> int:
        return sum(
            cell["people"]
            for cell in cells
            if cell["status"] == ALIVE and cell["sex"] in sexes and first <= year - cell["birth_year"] <= last
        )

    sides = ((-1, 14), (15, 59), (60, 10_000))
    return Groups(
        *(count(*side, MALE) for side in sides),
        *(count(*side, FEMALE) for side in sides),
        aged_15=count(15, 15, MALE, FEMALE),
        aged_16=count(16, 19, MALE, FEMALE),
    )


def _bands(cells: list[dict[str, int]], year: int, width: int, is_guarded: bool) -> list[AgeBand]:
    counted = {sex: [0] * (OLDEST // width + 1) for sex in (MALE, FEMALE)}
    for cell in cells:
        if cell["status"] == ALIVE:
            age = min(max(year - cell["birth_year"], 0), OLDEST)
            counted[cell["sex"]][age // width] += cell["people"]
    told: dict[int, Sequence[int | None]] = {
        sex: guarded_bands(people, _groups(cells, year)) if is_guarded else people for sex, people in counted.items()
    }
    return [
        AgeBand(nth * width, None if nth * width == OLDEST else nth * width + width - 1, men, women)
        for nth, (men, women) in enumerate(zip(told[MALE], told[FEMALE], strict=True))
    ]


def _parts(area: areas.Area | None, homes: list[int], communes: dict[int, int], year: int) -> list[Part]:
    if area is None:
        rows: list[dict[str, int]] = _sql.all("by_province", _GROUPS, year=year)
    elif area.level == areas.COMMUNE and _stands(area.area_id):
        return []
    else:
        rows = _sql.all("by_home", _GROUPS, year=year, homes=homes)
    found: dict[int, Groups] = {}
    current = areas.get_many({communes.get(row["area_id"], row["area_id"]) for row in rows})
    for row in rows:
        unit = current.get(communes.get(row["area_id"], row["area_id"]))
        if unit is None:
            continue
        unit_id = unit.area_id if area else unit.province_id
        before = found.get(unit_id, Groups())
        found[unit_id] = Groups(*(getattr(before, name) + int(row[name] or 0) for name in _GROUPED))
    units = areas.get_many(found)
    parts = [(units[unit_id], groups) for unit_id, groups in found.items() if unit_id in units]
    parts.sort(key=lambda part: part[0].code)
    return list(_guarded_parts(parts) if area is not None else (_part(*part) for part in parts))


def _part(area: areas.Area, groups: Groups) -> Part:
    return Part(area, groups.people, groups.men, groups.women, groups.under_16, groups.from_60)


def _guarded_parts(parts: Sequence[tuple[areas.Area, Groups]]) -> Iterable[Part]:
    """Where its own page keeps a total, nothing of that commune is told but how many live there; nor of another, or the totals would follow."""
    hidden = {nth for nth, (_area, groups) in enumerate(parts) if not groups.tell_all}
    if hidden:
        others = [nth for nth, (_area, groups) in enumerate(parts) if nth not in hidden and groups.people]
        hidden.update(sorted(others, key=lambda nth: parts[nth][1].people)[:1])
    totals = guarded([groups.people for _area, groups in parts])
    for nth, ((area, groups), people) in enumerate(zip(parts, totals, strict=True)):
        yield (
            Part(area, people, None, None, None, None) if nth in hidden else replace(_part(area, groups), people=people)
        )
