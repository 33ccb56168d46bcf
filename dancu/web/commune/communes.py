"""For officers of more than one commune: how many arrivals each of them has."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.isolation import lookups
from dancu.isolation.lookups import Filters
from dancu.text.folding import fold

COUNTED = ("people", "attention", *lookups.STATES)


@dataclass(frozen=True)
class Group:
    """A unit of the jurisdiction and its counts."""

    area_id: int
    name: str
    counts: dict[str, int]


def counts_by_area(acting: Acting, filters: Filters) -> list[Group]:
    """A province's officer: its communes; the nation's: its provinces, and of one that is chosen its
    communes. Those with most to look at first. A commune's officer: none.
    """
    level = _level(acting, filters)
    if level is None:
        return []
    counted = lookups.by_area(acting, filters)
    known = areas.get_many(row["area_id"] for row in counted)
    sums: dict[int, Counter[str]] = {}
    for row in counted:
        if area := known.get(row["area_id"]):
            unit = area.province_id if level == areas.PROVINCE else area.area_id
            sums.setdefault(unit, Counter()).update({kind: row[kind] for kind in COUNTED})
    names = areas.get_many(sums)
    groups = [Group(unit, names[unit].name, dict(counts)) for unit, counts in sums.items() if unit in names]
    return sorted(groups, key=_most_first)


def has_units(acting: Acting, filters: Filters) -> bool:
    """Whether the list is of more than one unit, so that it can be counted by them."""
    return _level(acting, filters) is not None


def provinces() -> list[areas.Area]:
    """Today's provinces and cities, by name."""
    found = areas.get_many({commune.province_id for commune in areas.communes(timezone.localdate())})
    return sorted(
        found.values(),
        key=lambda province: fold(province.name.removeprefix("Thành phố ").removeprefix("Tỉnh ")),
    )


def _level(acting: Acting, filters: Filters) -> int | None:
    """The level of the units to count by."""
    chosen = filters.area_id or (acting.jurisdiction_id if acting.jurisdiction_kind == "area" else None)
    if chosen is None:
        return areas.PROVINCE if acting.jurisdiction_kind == "nation" else None
    area = areas.get_many([chosen]).get(chosen)
    return areas.COMMUNE if area and area.level < areas.COMMUNE else None


def _most_first(group: Group) -> tuple[Any, ...]:
    return -group.counts["attention"], -group.counts["people"], group.name
