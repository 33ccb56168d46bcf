"""A draft tried on crossings that were recorded: so many a minute, beside reading the bare rows."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from bench.figures import Figure
from dancu.accounts.lookups import Acting
from dancu.checkpoints.past import CROSSINGS
from dancu.rules import lookups
from dancu.rules.documents import read
from dancu.rules.replaying import replay

_CROSSINGS = 500_000  # as many as are looked at in one request
_STATIONS = 200
_MAKE = (Path(__file__).with_suffix(".sql")).read_text("utf-8")


class _Undone(Exception):
    """The crossings of a bench go away again."""


def measure() -> Iterator[Figure]:
    """All in one transaction that is undone."""
    found: list[Figure] = []
    try:
        with transaction.atomic():
            found += _measured()
            raise _Undone
    except _Undone:
        pass
    yield from found


def _measured() -> Iterator[Figure]:
    at = (timezone.now() - timedelta(days=3)).replace(microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute(_MAKE, {"crossings": _CROSSINGS, "stations": _STATIONS, "at": at})
    acting = Acting(0, "rule_maker", "nation", 0, "rules", "", "", 0)
    rule = lookups.in_force("passage")
    assert rule
    buses = {"when": {"===": [{"var": "vehicle"}, "bus"]}, "then": "red", "words": {"vi": "-", "en": "-"}}
    draft = read(dict(rule.document) | {"version": 9999, "clauses": [buses, *rule.document["clauses"]]})
    began = time.perf_counter()
    told = replay(acting, draft, at, at + timedelta(days=1, seconds=1))
    took = time.perf_counter() - began
    assert told.looked_at == _CROSSINGS and told.unexplained == 0, told
    assert told.same + told.changed + told.not_known == _CROSSINGS
    assert sum(each.count for each in told.changes if each.after == "red") == told.changed > 0
    places = [place.number for place in CROSSINGS.places(acting)]
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(plate), count(ruled_by) FROM crossing "
            "WHERE station_id = ANY(%s) AND crossed_at >= %s",
            [places, at],
        )
    bare = time.perf_counter() - began
    yield Figure("rules.replayed", _CROSSINGS / took * 60, "a minute", 1_000_000, _CROSSINGS)
    yield Figure("rules.replay", took * 1e3, "ms", bare * 1e3, 1)
