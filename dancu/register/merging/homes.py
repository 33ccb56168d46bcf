"""Two records' permanent residences become one person's: the earlier home ended when the later one began."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from dancu.register.codes import DEAD, PERMANENT

NOWHERE = {"home_since": None, "home_address": None}


@dataclass(frozen=True)
class Home:
    """What a merge changes about the kept record's home, since when that is so, and a home that is a former one now."""

    values: dict[str, Any] = field(default_factory=dict)
    since: dt.date = dt.date.min
    former: dict[str, Any] | None = None


def of_both(keep: Mapping[str, Any], other: Mapping[str, Any], fields: Collection[str]) -> Home:
    """What becomes of two homes. `fields`: of which the other's value was chosen; rows as JSON has them.

    A home that cannot have been before the one that stays (it began on the same day or later) is no former one: it was wrong,
    and stays in the merge's record alone.
    """
    mine, others = _began(keep), _began(other)
    if "status" in fields and other["status"] == DEAD and other["status_on"]:
        died_on = dt.date.fromisoformat(other["status_on"])
        return Home(NOWHERE, died_on, _former(keep, died_on)) if mine else Home()
    moved = not _same_place(keep, other)
    if "home_area" in fields:
        values = {name: other[name] for name in ("home_area", "home_since", "home_address")}
        later = moved and mine and others and mine < others
        return Home(values, others, _former(keep, others)) if later and others else Home(values)
    return Home(former=_former(other, mine) if moved and mine else None)


def _former(row: Mapping[str, Any], until: dt.date) -> dict[str, Any] | None:
    began = _began(row)
    if began is None or began >= until:
        return None
    address = row["home_address"] or ""
    return {"kind": PERMANENT, "valid_from": began, "valid_to": until, "area_id": row["home_area"], "address": address}


def _same_place(keep: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return (keep["home_area"], keep["home_address"]) == (other["home_area"], other["home_address"])


def _began(row: Mapping[str, Any]) -> dt.date | None:
    return row["home_since"] and dt.date.fromisoformat(row["home_since"])
