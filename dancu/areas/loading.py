"""From a list of units to the rows of `area`: who is below whom, the written-out path, what searches
compare.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext as _

from .errors import Rejected, Rejection
from .folding import key
from .rows import AreaRow, GivenLink, GivenUnit, UnitColumns

CODE_LENGTH = {1: 2, 2: 3, 3: 5}  # the statistics office's; docs/domain.md
Unit = tuple[str, date]  # code and valid_from: a code is borne again by later units


class UnitToBe(UnitColumns):
    """A unit as it will be: listed, or known and not listed again."""

    area_id: int | None  # None: it is new
    line: int | None  # None: it is not listed


def changed_areas(known: list[AreaRow], listed: list[GivenUnit]) -> list[AreaRow]:
    """The rows of `area` to write so that it also holds what is `listed`; none where it does already.

    `known` are the rows it has. A known unit keeps its id, new ones follow the highest. A unit that is not
    listed stays. Raises Rejected with all that is wrong.
    """
    _refuse([*_faults_alone(listed), *_faults_repeated(listed)])
    by_id = {row["area_id"]: row for row in known}
    units = {_unit(row): _listed_again(row, by_id) for row in known}
    for row in listed:
        before = units.get(_unit(row))
        units[_unit(row)] = {**row, "area_id": before["area_id"] if before else None}
    bearers: defaultdict[str, list[UnitToBe]] = defaultdict(list)
    for row in sorted(units.values(), key=lambda row: row["valid_from"]):
        bearers[row["code"]].append(row)
    _refuse([*_faults_in_time(bearers), *_faults_of_parents(units, bearers)])

    free = max(by_id, default=0) + 1
    areas: dict[int, AreaRow] = {}
    ids: dict[Unit, int] = {}
    for row in sorted(units.values(), key=lambda row: row["level"]):
        if (area_id := row["area_id"]) is None:
            area_id, free = free, free + 1
        ids[_unit(row)] = area_id
        parent = _parent(row, bearers)
        areas[area_id] = _area(area_id, row, areas[ids[_unit(parent)]] if parent else None)
    return [area for area_id, area in areas.items() if area != by_id.get(area_id)]


def known_links(ids: dict[Unit, AreaRow], listed: list[GivenLink]) -> list[tuple[int, int, bool]]:
    """What became what, in ids: (old, new, main). `ids` has a row of `area` for each unit.

    Raises Rejected where a link names a unit that is not there, or one that ended after its successor began.
    """
    faults, links = [], []
    for row in listed:
        old_unit, new_unit = (
            (row["old_code"], row["old_valid_from"]),
            (row["new_code"], row["new_valid_from"]),
        )
        old, new = ids.get(old_unit), ids.get(new_unit)
        for column, found, (code, day) in (("old_code", old, old_unit), ("new_code", new, new_unit)):
            if not found:
                reason = _("no unit with this code begins on %(day)s") % {"day": day}
                faults.append(Rejection(row["line"], column, code, reason))
        if old and new:
            if old["valid_to"] is None or old["valid_to"] > new["valid_from"]:
                reason = _("the old unit still existed when the new one began")
                faults.append(Rejection(row["line"], "new_valid_from", str(new["valid_from"]), reason))
            links.append((old["area_id"], new["area_id"], row["main"]))
    _refuse(faults)
    return links


def _refuse(faults: list[Rejection]) -> None:
    if faults:
        raise Rejected(sorted(faults, key=lambda fault: fault.line))


def _unit(row: UnitColumns | AreaRow) -> Unit:
    return row["code"], row["valid_from"]


def _listed_again(area: AreaRow, by_id: dict[int, AreaRow]) -> UnitToBe:
    """A known area as the list would say it."""
    return {
        "code": area["code"],
        "valid_from": area["valid_from"],
        "valid_to": area["valid_to"],
        "level": area["level"],
        "kind": area["kind"],
        "name": area["name"],
        "short_name": area["short_name"],
        "parent_code": by_id[area["parent_id"]]["code"] if area["parent_id"] else None,
        "latitude": area["latitude"],
        "longitude": area["longitude"],
        "aliases": area["aliases"],
        "area_id": area["area_id"],
        "line": None,
    }


def _faults_alone(listed: list[GivenUnit]) -> list[Rejection]:
    faults = []
    for row in listed:
        for field, reason in _reasons(row):
            faults.append(Rejection(row["line"], field, str(row.get(field) or ""), reason))
    return faults


def _reasons(row: GivenUnit) -> Iterator[tuple[str, str]]:
    level, length = row["level"], CODE_LENGTH[row["level"]]
    if len(row["code"]) != length:
        reason = _("a unit of level %(level)d has a code of %(length)d digits: was a leading zero lost?")
        yield "code", reason % {"level": level, "length": length}
    if row["valid_to"] and row["valid_to"] <= row["valid_from"]:
        yield (
            "valid_to",
            _("must be after valid_from: it is the first day on which the unit no longer exists"),
        )
    if not row["name"].startswith(row["kind"] + " "):
        yield "name", _("must begin with the kind")
    if level == 1 and row["parent_code"]:
        yield "parent_code", _("must be empty for a province")
    if level > 1 and not row["parent_code"]:
        yield "parent_code", _("must not be empty")


def _faults_repeated(listed: list[GivenUnit]) -> list[Rejection]:
    first: dict[Unit, int] = {}
    return [
        Rejection(
            row["line"], "code", row["code"], _("the same unit is already in line %(line)d") % {"line": line}
        )
        for row in listed
        if (line := first.setdefault(_unit(row), row["line"])) != row["line"]
    ]


def _faults_in_time(bearers: dict[str, list[UnitToBe]]) -> list[Rejection]:
    faults = []
    for rows in bearers.values():
        for earlier, later in pairwise(rows):
            if earlier["valid_to"] is None or earlier["valid_to"] > later["valid_from"]:
                line = later["line"] or earlier["line"] or 0
                reason = _("two units have this code on %(day)s: close the earlier one with valid_to")
                faults.append(Rejection(line, "code", later["code"], reason % {"day": later["valid_from"]}))
    return faults


def _faults_of_parents(units: dict[Unit, UnitToBe], bearers: dict[str, list[UnitToBe]]) -> list[Rejection]:
    faults = []
    for row in units.values():
        parent = _parent(row, bearers)
        if row["level"] == 1:
            continue
        if parent is None or parent["level"] >= row["level"]:
            reason = _("no higher unit has this code on %(day)s") % {"day": row["valid_from"]}
            faults.append(Rejection(row["line"] or 0, "parent_code", row["parent_code"] or "", reason))
        elif parent["valid_to"] and (row["valid_to"] is None or row["valid_to"] > parent["valid_to"]):
            reason = _("%(below)s would outlive %(above)s: close it, and list it again under its new parent")
            line = row["line"] or parent["line"] or 0
            names = {
                "below": f"{row['name']} ({row['code']})",
                "above": f"{parent['name']} ({parent['code']})",
            }
            faults.append(Rejection(line, "valid_to", str(row["valid_to"] or ""), reason % names))
    return faults


def _parent(row: UnitToBe, bearers: dict[str, list[UnitToBe]]) -> UnitToBe | None:
    """The unit that bore the parent's code when this one began."""
    day = row["valid_from"]
    standing = (
        above
        for above in bearers.get(row["parent_code"] or "", ())
        if above["valid_from"] <= day and (above["valid_to"] is None or day < above["valid_to"])
    )
    return next(standing, None)


def _area(area_id: int, row: UnitToBe, parent: AreaRow | None) -> AreaRow:
    short_name = row["short_name"] or _without_kind(row["name"], row["kind"])
    other_names = [
        alias.partition(",")[0] for alias in row["aliases"]
    ]  # after a comma stands where it once lay
    names = dict.fromkeys(filter(None, map(key, [row["name"], short_name, *other_names])))
    return {
        "area_id": area_id,
        "code": row["code"],
        "valid_from": row["valid_from"],
        "valid_to": row["valid_to"],
        "level": row["level"],
        "kind": row["kind"],
        "name": row["name"],
        "aliases": row["aliases"],
        "latitude": row["latitude"],
        "longitude": row["longitude"],
        "short_name": short_name,
        "path": _path(row, parent),
        "search_key": "|".join(names),
        "parent_id": parent and parent["area_id"],
        "province_id": parent["province_id"] if parent else area_id,
        "district_id": area_id if row["level"] == 2 else parent and parent["district_id"],
        "ancestors": [*parent["ancestors"], parent["area_id"]] if parent else [],
    }


def _path(row: UnitToBe, parent: AreaRow | None) -> str:
    """An island that is district and commune in one is named once."""
    if parent is None:
        return row["name"]
    return parent["path"] if parent["name"] == row["name"] else f"{row['name']}, {parent['path']}"


def _without_kind(name: str, kind: str) -> str:
    """Bến Nghé of Phường Bến Nghé; but Phường 1 is nothing without its kind."""
    rest = name.removeprefix(kind).strip()
    return name if rest.isdigit() else rest
