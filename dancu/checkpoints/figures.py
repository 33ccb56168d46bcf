"""A station's day in figures: people, each by what was decided last, whoever they stand as
(matching/sameness.py).
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from dancu.db.queries import Queries
from dancu.isolation.lookups import whose_journeys
from dancu.matching import partings, sameness
from dancu.matching.sameness import Sameness

_sql = Queries(__file__)


def station_counts(station_id: int) -> dict[str, int]:
    """The station's day so far: how many people were let through (through), held (secondary), turned back
    (back); each counts once, by what was decided last.
    """
    since = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    counts = dict.fromkeys(("through", "secondary", "back"), 0)
    who = _who(station_id, since)
    rows = _sql.all(
        "station_counts", station_id=station_id, since=since, strangers=list(who), who=list(who.values())
    )  # fmt: skip
    return counts | {row["decision"]: row["people"] for row in rows}


def _who(station_id: int, since: dt.datetime) -> dict[int, int]:
    """As whom those whom the register did not recognise are counted: as the communes have it, and as one
    where what they told at this station on this day is alike, as if it had been sent by one.
    """
    strangers = _sql.all("strangers_at_station", station_id=station_id, since=since)
    journeys = whose_journeys(row["declaration_id"] for row in strangers) if strangers else {}
    who = {row["person_id"]: journeys.get(row["declaration_id"]) or row["person_id"] for row in strangers}
    apart = partings.people_ruled_out(strangers) if max(who.values(), default=0) > 0 else {}
    blocks: dict[Any, list[Mapping[str, Any]]] = {}
    for row in strangers:
        for key in ((row["birth_year"], row["given_key"]), *sameness.number_forms(row["number"])):
            for other in blocks.setdefault(key, []):
                gone, kept = sorted((who[row["person_id"]], who[other["person_id"]]))
                are_two = (
                    kept == gone
                    or gone > 0
                    or any(kept in apart.get(one["declaration_id"], ()) for one in (row, other))
                )
                if not are_two and _are_one(row, other):
                    who |= {stranger: kept for stranger, stands_as in who.items() if stands_as == gone}
            blocks[key].append(row)
    return who


def _are_one(*told: Mapping[str, Any]) -> bool:
    one, other = map(sameness.of_declaration, told)
    return sameness.sameness(one, other, are_linked=True) is Sameness.SURELY
