"""From a list of units to the rows of `area`: who is below whom, the written-out path, what searches
compare.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from .errors import Rejected, Rejection
from .folding import key

CODE_LENGTH = {1: 2, 2: 3, 3: 5}  # the statistics office's; docs/domain.md
COPIED = ("code", "valid_from", "valid_to", "level", "kind", "name", "aliases", "latitude", "longitude")
Row = dict[str, Any]
Unit = tuple[str, date]  # code and valid_from: a code is borne again by later units


def changed_areas(known: list[Row], listed: list[Row]) -> list[Row]:
    """The rows of `area` to write so that it also holds what is `listed`; none where it does already.

    `known` are the rows it has; `listed` has `published.UNITS` as keys, and `line`. A known unit keeps its
    id, new ones follow the highest. A unit that is not listed stays. Raises Rejected with all that is wrong.
    """
    _refuse([*_faults_alone(listed), *_faults_repeated(listed)])
    by_id = {row["area_id"]: row for row in known}
    units = {_unit(row): _listed_again(row, by_id) for row in known}
    for row in listed:
        units[_unit(row)] = row | {"area_id": units.get(_unit(row), {}).get("area_id")}
    bearers: defaultdict[str, list[Row]] = defaultdict(list)
    for row in sorted(units.values(), key=lambda row: row["valid_from"]):
        bearers[row["code"]].append(row)
    _refuse([*_faults_in_time(bearers), *_faults_of_parents(units, bearers)])

    free = max(by_id, default=0) + 1
    areas: dict[int, Row] = {}
    for row in sorted(units.values(), key=lambda row: row["level"]):
        if row["area_id"] is None:
            row["area_id"], free = free, free + 1
        parent = _parent(row, bearers)
        areas[row["area_id"]] = _area(row, areas[parent["area_id"]] if parent else None)
    return [area for area_id, area in areas.items() if area != by_id.get(area_id)]


def known_links(ids: dict[Unit, Row], listed: list[Row]) -> list[tuple[int, int, bool]]:
    """What became what, in ids: (old, new, main). `ids` has a row of `area` for each unit.

    Raises Rejected where a link names a unit that is not there, or one that ended after its successor began.
    """
    faults, links = [], []
    for row in listed:
        old, new = (ids.get((row[f"{side}_code"], row[f"{side}_valid_from"])) for side in ("old", "new"))
        for side, found in (("old", old), ("new", new)):
            if not found:
                reason = _("no unit with this code begins on %(day)s") % {"day": row[f"{side}_valid_from"]}
                faults.append(Rejection(row["line"], f"{side}_code", row[f"{side}_code"], reason))
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


def _unit(row: Row) -> Unit:
    return row["code"], row["valid_from"]


def _listed_again(area: Row, by_id: dict[int, Row]) -> Row:
    """A known area as the list would say it."""
    parent_code = by_id[area["parent_id"]]["code"] if area["parent_id"] else None
    return area | {"line": None, "parent_code": parent_code}


def _faults_alone(listed: list[Row]) -> list[Rejection]:
    faults = []
    for row in listed:
        for field, reason in _reasons(row):
            faults.append(Rejection(row["line"], field, str(row[field] or ""), reason))
    return faults


def _reasons(row: Row) -> Iterator[tuple[str, str]]:
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


def _faults_repeated(listed: list[Row]) -> list[Rejection]:
    first: dict[Unit, int] = {}
    return [
        Rejection(
            row["line"], "code", row["code"], _("the same unit is already in line %(line)d") % {"line": line}
        )
        for row in listed
        if (line := first.setdefault(_unit(row), row["line"])) != row["line"]
    ]


def _faults_in_time(bearers: dict[str, list[Row]]) -> list[Rejection]:
    faults = []
    for rows in bearers.values():
        for earlier, later in pairwise(rows):
            if earlier["valid_to"] is None or earlier["valid_to"] > later["valid_from"]:
                line = later["line"] or earlier["line"]
                reason = _("two units have this code on %(day)s: close the earlier one with valid_to")
                faults.append(Rejection(line, "code", later["code"], reason % {"day": later["valid_from"]}))
    return faults


def _faults_of_parents(units: dict[Unit, Row], bearers: dict[str, list[Row]]) -> list[Rejection]:
    faults = []
    for row in units.values():
        parent = _parent(row, bearers)
        if row["level"] == 1:
            continue
        if parent is None or parent["level"] >= row["level"]:
            reason = _("no higher unit has this code on %(day)s") % {"day": row["valid_from"]}
            faults.append(Rejection(row["line"] or 0, "parent_code", row["parent_code"], reason))
        elif parent["valid_to"] and (row["valid_to"] is None or row["valid_to"] > parent["valid_to"]):
            reason = _("%(below)s would outlive %(above)s: close it, and list it again under its new parent")
            line = row["line"] or parent["line"] or 0
            names = {
                "below": f"{row['name']} ({row['code']})",
                "above": f"{parent['name']} ({parent['code']})",
            }
            faults.append(Rejection(line, "valid_to", str(row["valid_to"] or ""), reason % names))
    return faults


def _parent(row: Row, bearers: dict[str, list[Row]]) -> Row | None:
    """The unit that bore the parent's code when this one began."""
    day = row["valid_from"]
    standing = (
        above
        for above in bearers.get(row["parent_code"] or "", ())
        if above["valid_from"] <= day and (above["valid_to"] is None or day < above["valid_to"])
    )
    return next(standing, None)


def _area(row: Row, parent: Row | None) -> Row:
    short_name = row["short_name"] or _without_kind(row["name"], row["kind"])
    own_id, level = row["area_id"], row["level"]
    other_names = [
        alias.partition(",")[0] for alias in row["aliases"]
    ]  # after a comma stands where it once lay
    names = dict.fromkeys(filter(None, map(key, [row["name"], short_name, *other_names])))
    return {
        "area_id": own_id,
        **{column: row[column] for column in COPIED},
        "short_name": short_name,
        "path": _path(row, parent),
        "search_key": "|".join(names),
        "parent_id": parent and parent["area_id"],
        "province_id": parent["province_id"] if parent else own_id,
        "district_id": own_id if level == 2 else parent and parent["district_id"],
        "ancestors": [*parent["ancestors"], parent["area_id"]] if parent else [],
    }


def _path(row: Row, parent: Row | None) -> str:
    """An island that is district and commune in one is named once."""
    if parent is None:
        return row["name"]
    return parent["path"] if parent["name"] == row["name"] else f"{row['name']}, {parent['path']}"


def _without_kind(name: str, kind: str) -> str:
    """Bến Nghé of Phường Bến Nghé; but Phường 1 is nothing without its kind."""
    rest = name.removeprefix(kind).strip()
    return name if rest.isdigit() else rest
