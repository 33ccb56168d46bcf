"""Whether what became what can be true: looked at after the rows are written, before they are kept.

A wrong link shows the people of one place to the officials of another; a lacking one hides them from their
own.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from .errors import Rejection
from .namesakes import Lies, taken_for_each_other
from .places import Place, km
from .rows import AreaRow

DISTRICT, COMMUNE = 2, 3
TOO_FAR_KM = 60  # the islands of Vân Đồn lie 51 km from its middle
DOUBTFUL_KM, NEARER = 8, 3  # of 9,599 communes that went whole into another, 8 lie beyond so many nearer ones
FAR_KM, FAR_TIMES = (
    20,
    3,
)  # of the 441 communes divided in 2025 none has a part that is both so far and so much farther


class ListedUnit(NamedTuple):
    """What this import says: the units by id, the links by the ids of both; and the line of each."""

    units: Mapping[int, int]
    links: Mapping[tuple[int, int], int]


class Lineage(NamedTuple):
    """All units by id, and for each of them what it became (main or not), and what it came from."""

    areas: Mapping[int, AreaRow]
    became: Mapping[int, Mapping[int, bool]]
    came: Mapping[int, list[int]]


def lineage(areas: Mapping[int, AreaRow], successors: Iterable[tuple[int, int, bool]]) -> Lineage:
    """`areas`: rows of `area` by id; `successors`: old id, new id, whether that one took most of it."""
    became, came = defaultdict[int, dict[int, bool]](dict), defaultdict[int, list[int]](list)
    for old, new, main in successors:
        became[old][new] = main
        came[new].append(old)
    return Lineage(areas, became, came)


def link_faults(country: Lineage, listed: ListedUnit) -> list[Rejection]:
    """All that cannot be true of the units and links that this import lists; names them by their codes."""
    faults = [*_namesakes(country, listed), *_units_left_alone(country, listed), *_mains(country, listed)]
    for (old, new), line in listed.links.items():
        a, b = country.areas[old], country.areas[new]
        if reason := _impossible(country, a, b) or _too_far(country, a, b):
            faults.append(Rejection(line, "new_code", b["code"], reason))
    return sorted(faults, key=lambda fault: fault.line)


def doubtful_links(country: Lineage, listed: ListedUnit) -> list[Rejection]:
    """What can be true of the links that this import lists, but seldom is: a commune that went whole into one
    far away.

    Nearer communes of the same province began then, too, and no other part of that one lay in its district.
    """
    doubts = []
    for (old, new), line in listed.links.items():
        a, b = country.areas[old], country.areas[new]
        if len(country.became[old]) > 1 or a["level"] != COMMUNE or (far := _km(a, b) or 0) <= DOUBTFUL_KM:
            continue
        parts = [country.areas[other] for other in country.came[new] if other != old]
        if a["district_id"] and any(part["district_id"] == a["district_id"] for part in parts):
            continue
        places = [place for other in _beside(country, b) if (place := _km(a, other)) is not None]
        if (nearer := sum(place < far for place in places)) >= NEARER:
            names = {"old": _named(a), "new": _named(b), "far": round(far), "count": nearer}
            reason = _(
                "%(old)s is %(far)d km from %(new)s, and %(count)d new communes in that province are nearer"
            )
            doubts.append(Rejection(line, "new_code", b["code"], reason % names))
    return sorted(doubts, key=lambda doubt: doubt.line)


def _beside(country: Lineage, new: AreaRow) -> Iterator[AreaRow]:
    """The other communes of its province that began with it."""
    for row in country.areas.values():
        if (row["level"], row["province_id"], row["valid_from"]) == (
            COMMUNE,
            new["province_id"],
            new["valid_from"],
        ):
            yield row


def _impossible(country: Lineage, old: AreaRow, new: AreaRow) -> str:
    names = {"old": _named(old), "new": _named(new)}
    if old["level"] != new["level"]:
        return _("%(old)s and %(new)s are units of different levels") % names
    above, now_above = old["province_id"], new["province_id"]
    if old["level"] == COMMUNE and above != now_above and now_above not in country.became.get(above, {}):
        provinces = {"of": _named(country.areas[above]), "into": _named(country.areas[now_above])}
        reason = _(
            "%(old)s cannot become %(new)s: no link says that %(of)s became %(into)s. Do they only share a "
            "name?"
        )
        return reason % (names | provinces)
    return ""


def _too_far(country: Lineage, old: AreaRow, new: AreaRow) -> str:
    if (far := _km(old, new)) is None or COMMUNE not in (old["level"], new["level"]):
        return ""
    others = [
        _km(old, country.areas[other]) for other in country.became[old["area_id"]] if other != new["area_id"]
    ]
    nearest = min((other for other in others if other is not None), default=far)
    if far <= TOO_FAR_KM and not (far > FAR_KM and far > FAR_TIMES * nearest):
        return ""
    names = {"old": _named(old), "new": _named(new), "far": round(far), "near": round(nearest)}
    if nearest < far:
        reason = _(
            "%(old)s is %(far)d km from %(new)s, but %(near)d km from another unit it became. Do they only "
            "share a name?"
        )
        return reason % names
    return (
        _(
            "%(old)s is %(far)d km from %(new)s. Do they only share a name, or is one of the two positions "
            "wrong?"
        )
        % names
    )


def _namesakes(country: Lineage, listed: ListedUnit) -> Iterator[Rejection]:
    touched = {new for _, new in listed.links}
    links = [
        (old, new) for new in touched for old in country.came[new] if country.areas[old]["level"] == COMMUNE
    ]
    links += [
        (old, new) for old in {old for old, _ in links} for new in country.became[old] if new not in touched
    ]
    lies = {
        old: Lies(row["name"], row["district_id"] or row["parent_id"], row["province_id"])
        for old, _ in links
        if (row := country.areas[old])
    }
    for old, new in sorted(taken_for_each_other(links, lies)):
        if (old, new) in listed.links or new in touched:
            names = {"old": _named(country.areas[old]), "new": _named(country.areas[new])}
            reason = _(
                "%(new)s was not made from %(old)s but from another unit with that name, next to its other "
                "parts"
            )
            line = listed.links.get((old, new), 0)
            yield Rejection(line, "old_code", country.areas[old]["code"], reason % names)


def _units_left_alone(country: Lineage, listed: ListedUnit) -> Iterator[Rejection]:
    """A closed unit must have become something, and one of a reform's new units must have been something.

    Districts are left out: what one became is told by its communes.
    """
    ends = {(row["level"], row["valid_to"]) for row in country.areas.values() if row["valid_to"]}
    for area_id, line in listed.units.items():
        row = country.areas[area_id]
        if row["level"] == DISTRICT:
            continue
        if row["valid_to"] and not country.became.get(area_id):
            reason = _("%(unit)s ends on %(day)s, but no link says what it became") % _on(
                row, row["valid_to"]
            )
            yield Rejection(line, "code", row["code"], reason)
        if (row["level"], row["valid_from"]) in ends and not country.came.get(area_id):
            reason = _(
                "%(unit)s begins on %(day)s, when other units ended, but no link says what it was made from"
            )
            yield Rejection(line, "code", row["code"], reason % _on(row, row["valid_from"]))


def _mains(country: Lineage, listed: ListedUnit) -> Iterator[Rejection]:
    lines = {old: line for (old, _), line in listed.links.items()}
    for old, line in lines.items():
        row, mains = country.areas[old], [new for new, main in country.became[old].items() if main]
        if len(mains) != 1:
            named = ", ".join(country.areas[new]["code"] for new in mains)
            reason = _(
                "of the units that %(unit)s became, one must be the main one (yes) and the others not (no)"
            )
            yield Rejection(line, "main", named, reason % {"unit": _named(row)})


def _km(one: AreaRow, other: AreaRow) -> float | None:
    if (here := _place(one)) is None or (there := _place(other)) is None:
        return None
    return km(here, there)


def _place(row: AreaRow) -> Place | None:
    if row["latitude"] is None or row["longitude"] is None:
        return None
    return row["latitude"], row["longitude"]


def _named(row: AreaRow) -> str:
    return f"{row['path']} ({row['code']})"


def _on(row: AreaRow, day: date) -> dict[str, object]:
    return {"unit": _named(row), "day": day}
