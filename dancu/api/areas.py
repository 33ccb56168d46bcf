"""Administrative units: open to all, since there is nothing about anyone in them."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from dancu.areas import lookups
from dancu.areas.lookups import Area
from dancu.endpoints import cursors
from dancu.endpoints.access import OPEN
from dancu.endpoints.cursors import CursorPage, PagedQuery
from dancu.endpoints.declaration import Cached, endpoint
from dancu.endpoints.problems import BAD_CURSOR, Refusal

LONGEST = 100  # letters; the longest path of a commune has 67
_LEVELS = {"province": lookups.PROVINCE, "district": lookups.DISTRICT, "commune": lookups.COMMUNE}
_NAMES: dict[int, Literal["province", "district", "commune"]] = {1: "province", 2: "district", 3: "commune"}


class SuggestQuery(msgspec.Struct):
    """What somebody has typed so far."""

    q: Annotated[str, msgspec.Meta(max_length=LONGEST, description=gettext_noop("what was typed"))] = ""
    on: Annotated[dt.date | None, msgspec.Meta(description=gettext_noop("the day, else today"))] = None


class SuggestedCommune(msgspec.Struct):
    """A commune that may be meant: `label` to show, `note` on what it was or became."""

    id: int
    label: str
    note: str


class AreasQuery(PagedQuery, kw_only=True):
    """The units of a day, of all levels or of one."""

    on: Annotated[dt.date | None, msgspec.Meta(description=gettext_noop("the day, else today"))] = None
    level: Annotated[
        Literal["province", "district", "commune"] | None,
        msgspec.Meta(description=gettext_noop("of this level alone: province, district or commune")),
    ] = None


class ListedArea(msgspec.Struct):
    """A unit from its first day until before `valid_to` (null: it stands). Code and first day together mean
    one unit. `successors`: what it became then, what took most of it first.
    """

    code: str
    valid_from: dt.date
    valid_to: dt.date | None
    name: str
    level: Literal["province", "district", "commune"]
    parent: str | None
    successors: list["AreaReference"]


class AreaReference(msgspec.Struct):
    """One unit, of all that ever bore this code."""

    code: str
    valid_from: dt.date


@endpoint(
    "GET",
    access=OPEN,
    summary=_("Communes that somebody may mean who is typing"),
    query=SuggestQuery,
    answer=list[SuggestedCommune],
    cached=Cached(3600),
    in_words=True,
)
def suggest_communes(request: HttpRequest, asked: SuggestQuery) -> list[SuggestedCommune]:
    """Best first, ten at most, of the day `on`. The notes are in the caller's language."""
    found = lookups.suggest(asked.q, asked.on or timezone.localdate())
    return [SuggestedCommune(each.area.area_id, each.label, each.note) for each in found]


@endpoint(
    "GET",
    access=OPEN,
    summary=_("All administrative units of a day"),
    query=AreasQuery,
    answer=CursorPage[ListedArea],
    problems=(BAD_CURSOR,),
    cached=Cached(3600),
)
def list_areas(request: HttpRequest, asked: AreasQuery) -> CursorPage[ListedArea]:
    """Provinces first, then districts and communes, each by code. All pages are of the day of the first."""
    after = cursors.read(asked.cursor, tuple[dt.date, int, str])
    day = asked.on or (after[0] if after else timezone.localdate())
    if after and after[0] != day:
        raise Refusal(BAD_CURSOR, field="cursor")
    level = _LEVELS[asked.level] if asked.level else None
    rows = lookups.standing(day, level, after[1:] if after else None, asked.limit + 1)
    shown, following = cursors.page(rows, asked.limit, lambda area: (day, area.level, area.code))
    return CursorPage(_listed(shown), following)


def _listed(areas: Sequence[Area]) -> list[ListedArea]:
    parents = lookups.get_many({area.parent_id for area in areas if area.parent_id})
    return [
        ListedArea(
            area.code,
            area.valid_from,
            area.valid_to,
            area.name,
            _NAMES[area.level],
            parents[area.parent_id].code if area.parent_id else None,
            [AreaReference(later.code, later.valid_from) for later in lookups.successors(area.area_id)],
        )
        for area in areas
    ]
