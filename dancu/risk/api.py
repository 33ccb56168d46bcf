"""Levels of risk for other systems: open to all, since there is nothing about anyone in them."""

import datetime as dt
from typing import Annotated

import msgspec
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from dancu.areas import lookups as areas
from dancu.endpoints import cursors
from dancu.endpoints.access import OPEN
from dancu.endpoints.cursors import CursorPage, PagedQuery
from dancu.endpoints.declaration import Cached, endpoint
from dancu.endpoints.problems import BAD_CURSOR, Refusal
from dancu.risk import lookups


class RiskLevelsQuery(PagedQuery, kw_only=True):
    """The levels of a day."""

    on: Annotated[dt.date | None, msgspec.Meta(description=gettext_noop("the day, else today"))] = None


class CommuneLevel(msgspec.Struct):
    """A commune's level from 1 (green) to 4 (red), since when, by which decision; `whole_province`: the
    decision names its province. null: no decision says one.
    """

    code: str
    name: str
    level: int | None
    since: dt.datetime | None
    citation: str | None
    whole_province: bool | None


@endpoint(
    "GET",
    access=OPEN,
    summary=_("The level of risk of each commune on a day"),
    query=RiskLevelsQuery,
    answer=CursorPage[CommuneLevel],
    problems=(BAD_CURSOR,),
    cached=Cached(60),
)
def risk_levels(request: HttpRequest, asked: RiskLevelsQuery) -> CursorPage[CommuneLevel]:
    """By code. Of today as of now, of another day as at its end. All pages are of the day of the first."""
    after = cursors.read(asked.cursor, tuple[dt.date, str])
    day = asked.on or (after[0] if after else timezone.localdate())
    if after and after[0] != day:
        raise Refusal(BAD_CURSOR, field="cursor")
    rows = [area for area in areas.communes(day) if not after or area.code > after[1]][: asked.limit + 1]
    shown, following = cursors.page(rows, asked.limit, lambda area: (day, area.code))
    standing = lookups.standing_at(lookups.moment_of(day), {area.area_id for area in shown})
    return CursorPage([_told(area, standing.get(area.area_id)) for area in shown], following)


def _told(area: areas.Area, found: lookups.LevelInForce | None) -> CommuneLevel:
    if found is None:
        return CommuneLevel(area.code, area.path, None, None, None, None)
    return CommuneLevel(area.code, area.path, found.level, found.since, found.citation, found.of_province)
