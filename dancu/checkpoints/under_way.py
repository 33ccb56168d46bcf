"""Journeys under way, as whoever drafts a decision about communes is told of them: numbers alone."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.utils import timezone

from dancu.areas import lookups as areas
from dancu.db.queries import Queries
from dancu.rollups.small_numbers import is_small

_sql = Queries(__file__)


@dataclass(frozen=True)
class JourneysUnderWay:
    """How many begin in the communes, end there, or do either. None: too few to be told."""

    beginning: int | None
    ending: int | None
    all_together: int | None


def journeys_under_way(communes: Collection[int], at: dt.datetime) -> JourneysUnderWay:
    """Those known today whose pass counts and still has time left at that moment, of communes of today."""
    chosen = set(communes)
    units = [was for was, now in areas.communes_as_of(timezone.localdate()).items() if now in chosen]
    row = _sql.all("under_way", areas=units, at=at)[0]
    return JourneysUnderWay(**{name: None if is_small(many) else many for name, many in row.items()})
