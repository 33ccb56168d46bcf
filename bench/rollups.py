"""Sums kept as things happen: written, added up and read, beside bare statements with the same rows in the
same run. In tables of its own, filled like a country's population: 3,321 places, 110 years, two sexes.
"""

import random
import time
from collections.abc import Callable, Iterator

from django.db import connection, transaction

from bench.figures import Figure, percentile
from dancu.modules import Rollup
from dancu.rollups import actions, lookups, sums
from dancu.rollups.tables import rollup_tables

_CODE = "bench_sums"
_DIMENSIONS = {"place": "integer", "birth_year": "smallint", "sex": "smallint", "status": "smallint"}
_PLACES, _PROVINCE = 3321, 100
_FOLDS = (200, 5_000, 100_000)
_FILL = f"""
INSERT INTO {_CODE}_count SELECT place, birth_year, sex, 1, 17
FROM generate_series(1, {_PLACES}) AS place, generate_series(1917, 2026) AS birth_year,
     generate_series(1, 2) AS sex"""
_BARE = "INSERT INTO bench_bare (place, birth_year, sex, status, people) "
_READ_ROWS = f"SELECT place, birth_year, sex, status, people FROM {_CODE}_count WHERE place = ANY(%s)"


def measure(seconds: int) -> Iterator[Figure]:
    sums.all_sums()[_CODE] = sums.Sums(_CODE, Rollup("", _DIMENSIONS, ["people"], ""))  # type: ignore[index]
    _drop()
    try:
        _run(str(rollup_tables(_CODE, _DIMENSIONS, ["people"]).sql), _FILL)
        _run(f"CREATE TABLE bench_bare (LIKE {_CODE}_change INCLUDING DEFAULTS)", "ANALYZE")
        yield from _written(seconds)
        yield from _added_up()
        yield from _read()
    finally:
        sums.all_sums().pop(_CODE)  # type: ignore[attr-defined]
        _drop()


def _written(seconds: int) -> Iterator[Figure]:
    """One client, two cells in a transaction."""

    def note() -> None:
        with transaction.atomic():
            actions.note(_CODE, _pair())

    def bare() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            (one, other) = _pair()
            cursor.execute(f"{_BARE} VALUES (%s, %s, %s, %s, %s), (%s, %s, %s, %s, %s)", [*one, *other])

    rates: dict[str, list[float]] = {"note": [], "bare": []}
    for _turn in range(3):
        for name, deed in (("note", note), ("bare", bare)):
            rates[name].append(_per_second(deed, seconds / 6))
    rate = 2 * max(rates["note"])
    yield Figure("rollups.changes_written", rate, "a second", 2 * max(rates["bare"]), int(rate * seconds / 2))


def _added_up() -> Iterator[Figure]:
    for many in _FOLDS:
        folds, bare = [], []
        for _turn in range(3):
            _run(f"TRUNCATE {_CODE}_change, bench_bare")
            for start in range(0, many, 50_000):
                actions.note(_CODE, [_cell(many) for _ in range(start, min(many, start + 50_000))])
            bare.append(_seconds(lambda: _run(f"INSERT INTO bench_bare SELECT * FROM {_CODE}_change")))
            held = lookups.age(_CODE).waiting
            folds.append(_seconds(lambda: actions.fold(_CODE)) / held)
            bare[-1] /= held
        yield Figure(f"rollups.folded_of_{many}", 1 / min(folds), "a second", 1 / min(bare), 3)


def _read() -> Iterator[Figure]:
    """All cells of a province's communes, as columns and as bare rows."""
    places = list(range(500, 500 + _PROVINCE))

    def rows() -> None:
        with connection.cursor() as cursor:
            cursor.execute(_READ_ROWS, [places])
            cursor.fetchall()

    packed, bare = [], []
    for _turn in range(30):
        packed.append(_seconds(lambda: lookups.cells(_CODE, places)) * 1e3)
        bare.append(_seconds(rows) * 1e3)
    for name, share in (("p50", 0.5), ("p99", 0.99)):
        yield Figure(
            f"rollups.read_province_{name}", percentile(packed, share), "ms", percentile(bare, share), 30
        )


_random = random.Random(7)


def _cell(salt: int = 0) -> tuple[int, ...]:
    born = _random.randint(1917, 2026)
    return _random.randint(1, _PLACES), born, _random.randint(1, 2), 1, 1 + salt % 2


def _pair() -> list[tuple[int, ...]]:
    left = _cell()
    return [(*left[:4], -1), (left[0] % _PLACES + 1, *left[1:4], 1)]


def _per_second(deed: Callable[[], object], seconds: float) -> float:
    until, done = time.perf_counter() + seconds, 0
    while time.perf_counter() < until:
        deed()
        done += 1
    return done / seconds


def _seconds(deed: Callable[[], object]) -> float:
    began = time.perf_counter()
    deed()
    return time.perf_counter() - began


def _run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _drop() -> None:
    _run(f"DROP TABLE IF EXISTS {_CODE}_change, {_CODE}_count, bench_bare")
    _run(f"DELETE FROM rollup WHERE code = '{_CODE}'")
