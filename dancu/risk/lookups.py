"""Which commune has which level of risk, at any moment; and the decisions by which they have it.

Of the signed decisions that name a commune or its province, that which began last counts, whichever of the
two it names; a decision that names both means the level that it gives the commune. Where none does, no level
is known. docs/decisions/0032-risk-levels.md
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils import timezone

from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.db.queries import Queries
from dancu.risk.decision import RiskDecision
from dancu.risk.errors import NoSuchDecision
from dancu.risk.rows import DecisionRow, NamedArea

_sql = Queries(__file__)


@dataclass(frozen=True)
class LevelInForce:
    """A commune's level, and by which decision it has had it since when. `of_province`: whether that names
    the province alone.
    """

    level: int
    since: dt.datetime
    decision_id: int
    citation: str
    of_province: bool


def standing_at(
    at: dt.datetime, communes: Collection[int] | None = None, without: int | None = None
) -> dict[int, LevelInForce]:
    """The level of each commune of that moment (or of these alone) that has one, by its id. `without`: as if
    that decision did not count.
    """
    if communes is None:
        units = {area.area_id: area for area in areas.communes(timezone.localdate(at))}
        named = None
    else:
        units = areas.get_many(communes)
        named = [*units, *{area.province_id for area in units.values()}]
    rows = _sql.of(NamedArea).all("standing", at=at, areas=named, without=without)
    by_area = {row["area_id"]: row for row in rows}
    found = ((area_id, _latest(by_area, area)) for area_id, area in units.items())
    return {area_id: level for area_id, level in found if level}


def levels_at(at: dt.datetime) -> dict[int, int]:
    """The level of each commune of that moment that has one, by its id."""
    return {area_id: found.level for area_id, found in standing_at(at).items()}


def levels_of(area_ids: Iterable[int], at: dt.datetime) -> dict[int, int | None]:
    """The levels of these communes at that moment, of one that has ended that of what it became for the most
    part; None where no decision says one.
    """
    now = {area_id: _as_of(area_id, at) for area_id in area_ids}
    standing = standing_at(at, {unit for unit in now.values() if unit is not None})
    found = {area_id: standing.get(unit) if unit is not None else None for area_id, unit in now.items()}
    return {area_id: level.level if level else None for area_id, level in found.items()}


def level_of(area_id: int, at: dt.datetime) -> int | None:
    """The level of one of them."""
    return levels_of([area_id], at)[area_id]


def moment_of(day: dt.date | None) -> dt.datetime:
    """As of when levels are told that are asked for on a day: now (None, or today), else its last moment."""
    if day is None or day == timezone.localdate():
        return timezone.now()
    following = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), timezone.get_current_timezone())
    return following - dt.timedelta(microseconds=1)


def begin_between(since: dt.datetime, until: dt.datetime) -> list[dt.datetime]:
    """The moments after `since` and until `until` at which a signed decision begins."""
    return [row["valid_from"] for row in _sql.all("begin_between", since=since, until=until)]


def decisions() -> list[DecisionRow]:
    """Every decision, signed or not, what begins last first; those that were thrown away are left out."""
    return _sql.of(DecisionRow).all("decisions", decision_id=None)


def decision(decision_id: int) -> DecisionRow:
    """One of them. Raises NoSuchDecision."""
    found = _sql.of(DecisionRow).one("decisions", decision_id=decision_id)
    if found is None:
        raise NoSuchDecision
    return found


def as_decision(row: DecisionRow) -> RiskDecision:
    """What a row says."""
    levels = dict(zip(row["areas"], row["levels"], strict=True))
    return RiskDecision(row["citation"], row["valid_from"], levels, row["withdraws"])


def own_areas(acting: Acting) -> frozenset[int] | None:
    """The areas for which this official may set levels, and whose drafts they see; None for all."""
    if acting.jurisdiction_kind == "nation":
        return None
    own = areas.get(acting.jurisdiction_id) if acting.jurisdiction_kind == "area" else None
    if own is None or not own.stood(timezone.localdate()):
        return frozenset()
    return frozenset(areas.ids_below(acting.jurisdiction_id))


def may_see(acting: Acting, row: DecisionRow) -> bool:
    """A signed decision everybody; a draft whoever may decide for all that it names, and withdraws."""
    if row["signed_by"]:
        return True
    own = own_areas(acting) if acting.may("risk") else frozenset()
    named = {*row["areas"], *(decision(row["withdraws"])["areas"] if row["withdraws"] else ())}
    return own is None or named <= own


def _latest(by_area: dict[int, NamedArea], area: areas.Area) -> LevelInForce | None:
    own, provinces = by_area.get(area.area_id), by_area.get(area.province_id)
    if not (own or provinces):
        return None
    row = max((each for each in (own, provinces) if each), key=_began)  # of one decision, the commune's own
    return LevelInForce(row["level"], row["valid_from"], row["decision_id"], row["citation"], row is not own)


def _began(row: NamedArea) -> tuple[dt.datetime, dt.datetime, int]:
    return row["valid_from"], row["signed_at"], row["decision_id"]


def _as_of(area_id: int, at: dt.datetime) -> int | None:
    on = timezone.localdate(at)
    area = areas.get_many([area_id]).get(area_id)
    if area and area.stood(on):
        return area_id
    return areas.communes_as_of(on).get(area_id)
