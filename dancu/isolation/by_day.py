"""How many journeys end in an area or begin there, by day of arrival and how far they are, from the sums that
are kept (sums.py).

Whoever receives arrivals sees those people one by one, and is told all. Of whoever else reads statistics
dancu/rollups/small_numbers.py is kept: a province and the country are told in full; of a commune how many
journeys there are each day, but neither how far they are nor a number of one or two, and a total of several
days only where none of them is withheld. docs/decisions/0027-sums-kept.md
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.utils import timezone

from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.audit import actions as audit
from dancu.isolation.lookups import SEEN_WITHIN
from dancu.isolation.sums import ARRIVALS, CODES, COMING, LEAVING
from dancu.register.errors import NotYourArea
from dancu.register.lookups import asked_area, homes_of, stands
from dancu.rollups import lookups as rollups
from dancu.rollups.lookups import Within
from dancu.rollups.rows import Age, Cells
from dancu.rollups.small_numbers import withheld_units

_STATES = tuple(CODES)


@dataclass(frozen=True)
class JourneyNumbers:
    """How many `journeys` (None: not told), and of them in each state, by its name (None: not told apart)."""

    journeys: int | None
    states: Mapping[str, int] | None


@dataclass(frozen=True)
class ArrivalsByDay:
    """Of `area` (None: the whole country), those that end there, or (`leaving`) begin there. `days`: each of
    the period; `parts`: its provinces or communes with any, over the whole period, by code.
    """

    area: areas.Area | None
    leaving: bool
    total: JourneyNumbers
    days: Sequence[tuple[dt.date, JourneyNumbers]]
    parts: Sequence[tuple[areas.Area, JourneyNumbers]]
    age: Age

    @property
    def withholds(self) -> bool:
        """Whether any number is not told."""
        return any(numbers.journeys is None for _of, numbers in (*self.days, *self.parts))


def arrivals_by_day(
    acting: Acting,
    first: dt.date,
    last: dt.date,
    area_id: int | None = None,
    *,
    leaving: bool = False,
    detail: str = "",
    is_refreshing: bool = False,
) -> ArrivalsByDay:
    """The journeys of an area within the official's jurisdiction, whose day of arrival is one of these;
    without an area, of the whole jurisdiction. Written to the audit with `detail`; of a page that refreshes
    itself once an hour.

    Raises NotYourArea (also of an area that there is not).
    """
    area = asked_area(acting, area_id)
    sees_people = acting.may("arrivals")
    if area and not sees_people and not stands(area.area_id):
        raise NotYourArea  # a unit of another time would be set against those of today
    side = LEAVING if leaving else COMING
    asked = _Asked(first, last, {"leaving": (side, side), "arrives_on": (first, last)})
    communes = areas.communes_as_of(timezone.localdate())
    homes = homes_of(area, communes) if area else []
    cells = _cells(area, homes, asked.within)
    days = asked.grid(np.zeros(len(cells), int), 1, cells)[0]
    is_commune = area is not None and area.level == areas.COMMUNE
    withheld: dict[int, np.ndarray] = {}
    if area is not None and not sees_people:
        withheld = _withheld(area.province_id, communes, asked)
    hidden = withheld.get(area.area_id, asked.nothing) if area and is_commune else asked.nothing
    tells_states = sees_people or not is_commune
    code = area.code if area else ""
    words = " ".join(filter(None, [code, detail]))
    if is_refreshing:
        nobody = [audit.NOBODY]
        audit.record_unless_within(SEEN_WITHIN, acting, "arrivals.statistics", nobody, words, by_detail=True)
    else:
        audit.record(acting, "arrivals.statistics", detail=words)
    return ArrivalsByDay(
        area,
        leaving,
        _numbers(days.sum(axis=0), bool(hidden.any()), tells_states),
        [
            (first + dt.timedelta(days=nth), _numbers(row, bool(hidden[nth]), tells_states))
            for nth, row in enumerate(days)
        ],
        _parts(area, homes, communes, asked, withheld, sees_people),
        cells.age,
    )


@dataclass(frozen=True)
class _Asked:
    first: dt.date
    last: dt.date
    within: Within

    @property
    def nothing(self) -> np.ndarray:
        """No day is withheld."""
        return np.zeros((self.last - self.first).days + 1, bool)

    def grid(self, nth: np.ndarray, units: int, cells: Cells) -> np.ndarray:
        """Journeys by unit (`nth` of so many), day and state."""
        found = np.zeros((units, len(self.nothing), len(_STATES)), int)
        days = (cells["arrives_on"] - np.datetime64(self.first)).astype(int)
        np.add.at(found, (nth, days, cells["state"] - 1), cells["journeys"])
        return found


def _cells(area: areas.Area | None, homes: list[int], within: Within) -> Cells:
    if area is None:
        return rollups.wide_cells(ARRIVALS, [rollups.EVERYWHERE], within)
    if area.level == areas.PROVINCE and stands(area.area_id):
        return rollups.wide_cells(ARRIVALS, [area.area_id], within, places=homes)
    return rollups.cells(ARRIVALS, homes, within)


def _by_commune(homes: list[int], communes: dict[int, int], asked: _Asked) -> dict[int, np.ndarray]:
    """By day and state, of each commune of today that has any."""
    cells = rollups.cells(ARRIVALS, homes, asked.within)
    known, nth = np.unique(cells["area_id"], return_inverse=True)
    now = np.array([communes.get(home, home) for home in known.tolist()], int)
    units, of_unit = np.unique(now[nth], return_inverse=True)
    return dict(zip(units.tolist(), asked.grid(of_unit, len(units), cells), strict=True))


def _withheld(province_id: int, communes: dict[int, int], asked: _Asked) -> dict[int, np.ndarray]:
    """Of each commune of a province, on which days its number of journeys is not told: reckoned from all of
    them, day by day, so that it is the same whoever asks and for whatever days.
    """
    homes = homes_of(areas.get(province_id), communes)
    order = sorted({communes[home] for home in homes if home in communes})
    counted = {unit: days.sum(axis=1) for unit, days in _by_commune(homes, communes, asked).items()}
    hidden = dict(zip(order, np.zeros((len(order), len(asked.nothing)), bool), strict=True))
    for nth in range(len(asked.nothing)):
        for unit in withheld_units({unit: int(days[nth]) for unit, days in counted.items()}, order):
            hidden[unit][nth] = True
    return hidden


def _parts(
    area: areas.Area | None,
    homes: list[int],
    communes: dict[int, int],
    asked: _Asked,
    withheld: Mapping[int, np.ndarray],
    sees_people: bool,
) -> list[tuple[areas.Area, JourneyNumbers]]:
    if area is None:
        cells = rollups.wide_cells(ARRIVALS, None, asked.within)
        known, nth = np.unique(cells["province_id"], return_inverse=True)
        found = dict(zip(known.tolist(), asked.grid(nth, len(known), cells), strict=True))
    elif area.level == areas.COMMUNE and stands(area.area_id):
        return []
    else:
        found = _by_commune(homes, communes, asked)
    hidden = {unit for unit, days in withheld.items() if days.any()}
    units = areas.get_many({*found, *hidden})
    parts = []
    for unit in units.values():
        row = found[unit.area_id].sum(axis=0) if unit.area_id in found else np.zeros(len(_STATES), int)
        if row.any() or unit.area_id in hidden:
            parts.append((unit, _numbers(row, unit.area_id in hidden, sees_people or area is None)))
    return sorted(parts, key=lambda part: part[0].code)


def _numbers(row: np.ndarray, is_hidden: bool, tells_states: bool) -> JourneyNumbers:
    states = dict(zip(_STATES, row.tolist(), strict=True))
    return JourneyNumbers(None if is_hidden else int(row.sum()), states if tells_states else None)
