"""Statistics of the register: who lives where, by age and sex, from the sums that
dancu.register.counting.cells keeps.

Ages are those reached in the year, as the year of birth tells them: of some people no more is known. Who is
counted is who the register holds now, where they are permanently registered; units of earlier times count as
the commune of today that they became for the most part.

Of a commune no number of one or two people is told, nor what would let it be reckoned from its own page
(small_numbers.py) or from those of the others and their province's (withheld.py): a table may be passed on to
people who may not see the register.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np
from django.utils import timezone

from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.audit import actions as audit
from dancu.db.queries import Queries
from dancu.register.codes import ALIVE, DEAD, FEMALE, MALE, MISSING
from dancu.register.counting.cells import NOWHERE, fold_if_many
from dancu.register.counting.small_numbers import Groups
from dancu.register.counting.withheld import (
    NOTHING,
    Commune,
    Withheld,
    communes_of,
    withheld_alone,
    withheld_together,
)
from dancu.register.errors import NotYourArea

_sql = Queries(__file__)
_GROUPS = {"groups": _sql.text("groups").split("\n", 1)[1]}

_CELL = np.dtype([("who", ">i4"), ("people", ">i4")])  # who: birth_year * 16 + sex * 4 + status

_GROUPED = [field.name for field in fields(Groups)]

OLDEST = 100  # and over


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


class _Shares:
    """Of the living, 0 to 1; None where it is not told."""

    people: int | None
    under_16: int | None
    from_60: int | None

    @property
    def share_from_60(self) -> float | None:
        return None if self.from_60 is None or not self.people else self.from_60 / self.people

    @property
    def share_under_16(self) -> float | None:
        return None if self.under_16 is None or not self.people else self.under_16 / self.people


@dataclass(frozen=True, slots=True)
class StatisticsPart(_Shares):
    """The living of one unit of the area, by what a list compares. None: too few to be told, or next to
    such.
    """

    area: areas.Area
    people: int | None
    men: int | None
    women: int | None
    under_16: int | None
    from_60: int | None


@dataclass(frozen=True)
class Statistics(_Shares):
    """Of `area` (None: the whole country) in `year`. `parts`: its provinces or communes, by code; a
    commune has none.
    """

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
    parts: Sequence[StatisticsPart]


def statistics(
    acting: Acting, area_id: int | None = None, on: dt.date | None = None, *, width: int = 5, detail: str = ""
) -> Statistics:
    """The population of an area within the official's jurisdiction; without one, of the whole jurisdiction.

    `on`: the day in whose year ages are reckoned (today). `width`: years in a band, 5 or, but for communes,
    1. Written to the audit with `detail`. Raises NotYourArea (also of an area that there is not).
    """
    area = _area(acting, area_id)
    year = (on or timezone.localdate()).year
    fold_if_many()
    communes = areas.communes_as_of(timezone.localdate())
    homes = _homes(area, communes) if area else []
    cells = _cells(area, homes)
    withheld = _withheld(area, cells, communes, year)
    bands = _bands(cells, year, 5 if area and area.level == areas.COMMUNE else width, withheld)
    audit.record(
        acting, "register.statistics", detail=" ".join(filter(None, [area.code if area else "", detail]))
    )
    return Statistics(
        area, year, **_totals(cells, year, withheld), bands=bands, parts=_parts(area, homes, communes, year)
    )


def _area(acting: Acting, area_id: int | None) -> areas.Area | None:
    """The area meant, None for the country."""
    if acting.jurisdiction_kind == "nation":
        if area_id is None:
            return None
        within = None
    elif acting.jurisdiction_kind == "area":
        within = {acting.jurisdiction_id, *filter(_stands, areas.jurisdiction(acting.jurisdiction_id))}
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
    """Where people may be registered who count for this area. Of a unit that has ended: itself, what it
    was, and what lies wholly within it.
    """
    below = areas.jurisdiction(area.area_id)
    if not _stands(area.area_id):
        return below
    found = areas.get_many({communes[home] for home in below if home in communes})
    mine = {now for now, unit in found.items() if area.area_id in (now, *unit.ancestors)}
    return [area.area_id, *(home for home in below if communes.get(home) in mine and home != area.area_id)]


def _cells(area: areas.Area | None, homes: list[int]) -> list[dict[str, int]]:
    if area is None:
        return _sql.all("ages", province_id=NOWHERE, homes=None)
    if area.level == areas.PROVINCE and _stands(area.area_id):
        return _sql.all("ages", province_id=area.area_id, homes=homes)
    return _sql.all("ages_of_homes", homes=homes)


def _withheld(
    area: areas.Area | None, cells: list[dict[str, int]], communes: dict[int, int], year: int
) -> Withheld:
    """What is not told of a commune, and of no other area; a commune of another time is set against no
    other.
    """
    if area is None or area.level != areas.COMMUNE:
        return NOTHING
    counted = np.array(
        [(cell["status"], cell["sex"], year - cell["birth_year"], cell["people"]) for cell in cells], int
    )
    (commune,) = communes_of(1, np.zeros(len(cells), int), *counted.reshape(-1, 4).T)
    alone = withheld_alone(commune)
    if not _stands(area.area_id):
        return alone
    return alone | _withheld_in(area.province_id, communes, year).get(area.area_id, NOTHING)


def _withheld_in(province_id: int, communes: dict[int, int], year: int) -> dict[int, Withheld]:
    return withheld_together(_communes(_homes(areas.get(province_id), communes), communes, year))


def _communes(homes: list[int], communes: dict[int, int], year: int) -> dict[int, Commune]:
    """Who is registered in these areas, by the commune of today."""
    rows = _sql.all("by_commune", homes=homes)
    now = [communes.get(row["area_id"], row["area_id"]) for row in rows]
    units, nth = np.unique(np.array(now, int), return_inverse=True)
    cells = np.frombuffer(b"".join(row["cells"] for row in rows), _CELL)
    nth = np.repeat(nth, [len(row["cells"]) // _CELL.itemsize for row in rows])
    status, sex, age = cells["who"] % 4, cells["who"] // 4 % 4, year - cells["who"] // 16
    counted = communes_of(len(units), nth, status, sex, age, cells["people"])
    return dict(zip(units.tolist(), counted, strict=True))


def _totals(cells: list[dict[str, int]], year: int, withheld: Withheld) -> dict[str, int | None]:
    """Of the living, and how many are missing and dead."""

    def living(first: int = -1, last: int = 10_000, sexes: Sequence[int] = (MALE, FEMALE)) -> int:
        of_age = (cell for cell in cells if first <= year - cell["birth_year"] <= last)
        return sum(cell["people"] for cell in of_age if cell["status"] == ALIVE and cell["sex"] in sexes)

    def others(status: int) -> int:
        return sum(cell["people"] for cell in cells if cell["status"] == status)

    return {
        "people": None if withheld.people else living(),
        "men": None if withheld.sexes else living(sexes=[MALE]),
        "women": None if withheld.sexes else living(sexes=[FEMALE]),
        "under_16": None if withheld.under_16 else living(last=15),
        "from_60": None if withheld.from_60 else living(first=60),
        "missing": None if withheld.missing else others(MISSING),
        "dead": None if withheld.dead else others(DEAD),
    }


def _bands(cells: list[dict[str, int]], year: int, width: int, withheld: Withheld) -> list[AgeBand]:
    counted = {sex: [0] * (OLDEST // width + 1) for sex in (MALE, FEMALE)}
    for cell in cells:
        if cell["status"] == ALIVE:
            age = min(max(year - cell["birth_year"], 0), OLDEST)
            counted[cell["sex"]][age // width] += cell["people"]
    return [
        AgeBand(
            nth * width,
            None if nth * width == OLDEST else nth * width + width - 1,
            None if nth in withheld.men else men,
            None if nth in withheld.women else women,
        )
        for nth, (men, women) in enumerate(zip(counted[MALE], counted[FEMALE], strict=True))
    ]


def _parts(
    area: areas.Area | None, homes: list[int], communes: dict[int, int], year: int
) -> list[StatisticsPart]:
    if area is None:
        return _listed(_provinces(communes, year), {})
    if area.level == areas.COMMUNE and _stands(area.area_id):
        return []
    found = _communes(homes, communes, year)
    withheld = withheld_together(found)
    if area.level != areas.PROVINCE or not _stands(area.area_id):  # as on each commune's own page
        for province_id in {unit.province_id for unit in areas.get_many(found).values()}:
            for unit_id, more in _withheld_in(province_id, communes, year).items():
                withheld[unit_id] = withheld.get(unit_id, NOTHING) | more
    return _listed({unit_id: commune.groups for unit_id, commune in found.items()}, withheld)


def _provinces(communes: dict[int, int], year: int) -> dict[int, Groups]:
    rows: list[dict[str, int]] = _sql.all("by_province", _GROUPS, year=year)
    current = areas.get_many({communes.get(row["area_id"], row["area_id"]) for row in rows})
    found: dict[int, Groups] = {}
    for row in rows:
        if unit := current.get(communes.get(row["area_id"], row["area_id"])):
            before = found.get(unit.province_id, Groups())
            found[unit.province_id] = Groups(
                *(getattr(before, name) + int(row[name] or 0) for name in _GROUPED)
            )
    return found


def _listed(found: Mapping[int, Groups], withheld: Mapping[int, Withheld]) -> list[StatisticsPart]:
    units = areas.get_many(found)
    parts = [
        _part(units[unit_id], groups, withheld.get(unit_id, NOTHING))
        for unit_id, groups in found.items()
        if unit_id in units
    ]
    return sorted(parts, key=lambda part: part.area.code)


def _part(area: areas.Area, groups: Groups, withheld: Withheld) -> StatisticsPart:
    """Where its own page keeps a total to itself, nothing is told of a commune here but how many live
    there.
    """
    people = None if withheld.people else groups.people
    if withheld.under_16:  # as it is wherever another total is
        return StatisticsPart(area, people, None, None, None, None)
    return StatisticsPart(area, people, groups.men, groups.women, groups.under_16, groups.from_60)
