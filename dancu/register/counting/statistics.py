"""Statistics of the register: who lives where, by age and sex, from the sums that are kept
(dancu.register.counting.cells).

Ages are those reached in the year, as the year of birth tells them: of some people no more is known. Who is
counted is who the register holds now, where they are permanently registered; units of earlier times count as
the commune of today that they became for the most part.

Of a commune no number of one or two people is told, nor what would let it be reckoned from its own page
(groups.py) or from those of the others and their province's (withheld.py): a table may be passed on to people
who may not see the register.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.utils import timezone

from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.audit import actions as audit
from dancu.register.codes import ALIVE, DEAD, FEMALE, MALE, MISSING
from dancu.register.counting.asked_area import asked_area, homes_of, stands
from dancu.register.counting.cells import NOWHERE, POPULATION
from dancu.register.counting.groups import Groups
from dancu.register.counting.withheld import (
    NOTHING,
    Commune,
    Withheld,
    communes_of,
    withheld_alone,
    withheld_together,
)
from dancu.rollups import lookups as rollups
from dancu.rollups.rows import Age, Cells

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
    commune has none. `age`: how old the numbers are.
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
    age: Age


def statistics(
    acting: Acting, area_id: int | None = None, on: dt.date | None = None, *, width: int = 5, detail: str = ""
) -> Statistics:
    """The population of an area within the official's jurisdiction; without one, of the whole jurisdiction.

    `on`: the day in whose year ages are reckoned (today). `width`: years in a band, 5 or, but for communes,
    1. Written to the audit with `detail`. Raises NotYourArea (also of an area that there is not).
    """
    area = asked_area(acting, area_id)
    year = (on or timezone.localdate()).year
    communes = areas.communes_as_of(timezone.localdate())
    homes = homes_of(area, communes) if area else []
    found = _cells(area, homes)
    cells = _added(found)
    withheld = _withheld(area, cells, communes, year)
    bands = _bands(cells, year, 5 if area and area.level == areas.COMMUNE else width, withheld)
    audit.record(
        acting, "register.statistics", detail=" ".join(filter(None, [area.code if area else "", detail]))
    )
    return Statistics(
        area,
        year,
        **_totals(cells, year, withheld),
        bands=bands,
        parts=_parts(area, homes, communes, year, found.age),
        age=found.age,
    )


def _cells(area: areas.Area | None, homes: list[int]) -> Cells:
    if area is None:
        return rollups.wide_cells(POPULATION, [NOWHERE])
    if area.level == areas.PROVINCE and stands(area.area_id):
        return rollups.wide_cells(POPULATION, [area.area_id], places=homes)
    return rollups.cells(POPULATION, homes)


def _added(cells: Cells) -> list[dict[str, int]]:
    """By birth year, sex and status, wherever they are registered."""
    kinds, nth = np.unique(_kinds(cells), return_inverse=True)
    people = np.bincount(nth, cells["people"], len(kinds)).astype(int)
    columns = (kinds // 16, kinds // 4 % 4, kinds % 4, people)
    names = ("birth_year", "sex", "status", "people")
    return [
        dict(zip(names, row, strict=True))
        for row in zip(*(column.tolist() for column in columns), strict=True)
    ]


def _kinds(cells: Cells) -> np.ndarray:
    return cells["birth_year"] * 16 + cells["sex"] * 4 + cells["status"]


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
    if not stands(area.area_id):
        return alone
    return alone | _withheld_in(area.province_id, communes, year).get(area.area_id, NOTHING)


def _withheld_in(province_id: int, communes: dict[int, int], year: int) -> dict[int, Withheld]:
    return withheld_together(_communes(homes_of(areas.get(province_id), communes), communes, year))


def _communes(homes: list[int], communes: dict[int, int], year: int) -> dict[int, Commune]:
    """Who is registered in these areas, by the commune of today."""
    cells = rollups.cells(POPULATION, homes)
    known, nth = np.unique(cells["home_area"], return_inverse=True)
    now = np.array([communes.get(home, home) for home in known.tolist()], int)
    return _counted(now[nth], cells, year)


def _counted(units: np.ndarray, cells: Cells, year: int) -> dict[int, Commune]:
    """The people of these cells by the units in which they are."""
    known, nth = np.unique(units, return_inverse=True)
    age = year - cells["birth_year"]
    counted = communes_of(len(known), nth, cells["status"], cells["sex"], age, cells["people"])
    return dict(zip(known.tolist(), counted, strict=True))


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
    area: areas.Area | None, homes: list[int], communes: dict[int, int], year: int, age: Age
) -> list[StatisticsPart]:
    if area is None:
        return _listed(_provinces(year, age), {})
    if area.level == areas.COMMUNE and stands(area.area_id):
        return []
    found = _communes(homes, communes, year)
    withheld = withheld_together(found)
    if area.level != areas.PROVINCE or not stands(area.area_id):  # as on each commune's own page
        for province_id in {unit.province_id for unit in areas.get_many(found).values()}:
            for unit_id, more in _withheld_in(province_id, communes, year).items():
                withheld[unit_id] = withheld.get(unit_id, NOTHING) | more
    return _listed({unit_id: commune.groups for unit_id, commune in found.items()}, withheld)


def _provinces(year: int, age: Age) -> dict[int, Groups]:
    cells = rollups.wide_cells(POPULATION, within={"status": (ALIVE, ALIVE)}, age=age)
    found = _counted(cells["province_id"], cells, year)
    return {unit: province.groups for unit, province in found.items() if province.groups.people}


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
