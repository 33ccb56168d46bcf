"""How stations stand: a shift of one station with 50,000 crossings, a province of sixty of which that is one,
and one where each is as busy; what the desk asks besides; and the list against the verdict.
"""

import time
from collections.abc import Callable, Iterator

from django.db import connection
from uuid_utils.compat import uuid7

from bench import country
from bench.figures import Figure, percentile
from dancu.checkpoints import actions, lookups
from dancu.testing.officials import acting_as

_STATIONS, _BUSY, _OTHERS, _DAYS = 60, 50_000, 2_000, 5
_PASSED = """
INSERT INTO crossing (person_id, crossed_at, crossing_id, pass_id, station_id, direction, decision,
                      reason_code, official_id, declaration_id, origin_area, destination_area, vehicle,
                      against, by_hand)
SELECT 500000000 + n, at, gen_random_uuid(), n, %(station_id)s, CASE WHEN n %% 3 = 0 THEN 'out' ELSE 'in' END,
       CASE WHEN n %% 40 = 0 THEN 'secondary' WHEN n %% 90 = 0 THEN 'back' ELSE 'through' END,
       CASE WHEN n %% 50 = 1 THEN 'papers' ELSE '' END, 1 + n %% 12, gen_random_uuid(), 1, 1, 'car',
       CASE WHEN n %% 50 = 1 THEN 'red' ELSE '' END, n %% 9 = 0
FROM generate_series(1, %(many)s) AS n
CROSS JOIN LATERAL (
    SELECT now() - %(before)s * interval '1 day' - interval '11 hours' * n / %(many)s AS at
) AS passed
"""


def measure(_seconds: int) -> Iterator[Figure]:
    leader = acting_as(country.official("bench-leader", "checkpoint_leader"))
    officer = acting_as(country.official("bench-officer", "checkpoint_officer"))
    stations = [_station(nth) for nth in range(_STATIONS)]
    _run("DELETE FROM crossing")
    many = dict.fromkeys(stations, _OTHERS) | {stations[0]: _BUSY}
    for before in range(_DAYS, -1, -1):  # the days before, and this one
        for station_id in stations:
            _pass(station_id, many[station_id], before)
    _run("VACUUM ANALYZE crossing")
    yield _figure(
        f"a station, {_BUSY:,} in 11 hours", lambda: lookups.station_figures(leader, stations[0]), 1000
    )
    yield _figure(
        f"{_STATIONS} stations, {sum(many.values()):,} in 11 hours",
        lambda: lookups.province_figures(leader),
        1000,
    )
    yield _figure("the queue, asked for by the desk", lambda: lookups.queue(stations[0]), 5, times=200)
    handed = "the hand-over, asked for by the desk"
    yield _figure(handed, lambda: lookups.to_take_over(officer, stations[0]), 5, times=200)
    yield _figure("a page against the verdict", lambda: lookups.overrides(leader), 200)
    for station_id in stations[1:]:
        _pass(station_id, _BUSY // 2 - _OTHERS, 0)
    _run("VACUUM ANALYZE crossing")
    yield _figure(
        f"{_STATIONS} stations, {_BUSY // 2 * (_STATIONS + 1):,} in 11 hours",
        lambda: lookups.province_figures(leader),
        5000,
        times=3,
    )
    yield _figure("a page against the verdict, of all these", lambda: lookups.overrides(leader), 200)
    _run("DELETE FROM crossing")
    _run("VACUUM crossing")


def _station(nth: int) -> int:
    area_id = country.area_lookups.find("Ninh Kiều", level=country.area_lookups.COMMUNE)[0].area_id
    station_id = actions.open_station(f"Bench {nth}", area_id, 10 + nth / 50, 105.8)
    with connection.cursor() as cursor:
        for ago in (40, 20, 1):
            cursor.execute(
                "INSERT INTO station_queue VALUES (%s, now() - make_interval(mins => %s), %s)",
                [station_id, ago, (nth + ago) % 5],
            )
    actions.hand_over(
        acting_as(country.official("bench-before", "checkpoint_officer")),
        hand_over_id=uuid7(),
        station_id=station_id,
        words="",
    )
    return station_id


def _pass(station_id: int, many: int, before: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_PASSED, {"station_id": station_id, "many": many, "before": before})


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _figure(name: str, asked: Callable[[], object], limit: float, times: int = 9) -> Figure:
    """The median of so many times, in milliseconds."""
    taken = []
    for _time in range(times):
        began = time.perf_counter()
        asked()
        taken.append((time.perf_counter() - began) * 1000)
    return Figure(name, percentile(taken, 0.5), "ms", limit, times)
