"""Sums of tests' own: visits by place, day and kind, how many and how long."""

import datetime as dt
from collections.abc import Iterable

from django.db import connection, transaction

from dancu.modules import Rollup, WiderSums
from dancu.rollups import actions, sums
from dancu.rollups.sums import Sums
from dancu.rollups.tables import rollup_tables

VISITS = "test_visits"
_HERE = "dancu.rollups.tests.visits"
_DIMENSIONS = {"place": "integer", "kind": "smallint", "on_day": "date", "guest": "integer"}
_MEASURES = ["visits", "minutes"]
_SAID = Rollup(
    "Visits", _DIMENSIONS, _MEASURES, f"{_HERE}:counted", WiderSums("town", f"{_HERE}:towns_of_places")
)
_TABLE = """
CREATE TABLE test_visit (
    visit_id integer PRIMARY KEY, place integer NOT NULL, kind smallint NOT NULL, on_day date NOT NULL,
    guest integer NOT NULL, minutes integer NOT NULL)
"""
DAY = dt.date(2026, 11, 1)
Visit = tuple[int, int, dt.date, int, int]  # place, kind, day, guest, minutes


def counted() -> str:
    return "SELECT place, kind, on_day, guest, count(*), sum(minutes) FROM test_visit GROUP BY 1, 2, 3, 4"


def towns_of_places() -> dict[int, int]:
    """The others lie in none."""
    return {1: 7, 2: 7, 3: 8}


def announce() -> None:
    sums.all_sums()[VISITS] = Sums(VISITS, _SAID)  # type: ignore[index]


def make_tables() -> None:
    announce()
    with connection.cursor() as cursor:
        cursor.execute(_TABLE)
        cursor.execute(str(rollup_tables(VISITS, _DIMENSIONS, _MEASURES, "town").sql))


def drop_tables() -> None:
    sums.all_sums().pop(VISITS)  # type: ignore[attr-defined]
    with connection.cursor() as cursor:
        cursor.execute(
            "DROP TABLE test_visit, test_visits_change, test_visits_count, test_visits_sum; DELETE FROM rollup"
        )


def visit(number: int, place: int = 1, kind: int = 1, day: int = 0, guest: int = 1, minutes: int = 5) -> None:
    """One is written down, or another than was written down."""
    said = (place, kind, DAY + dt.timedelta(days=day), guest, minutes)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])  # also where there is none yet
        cursor.execute(
            "SELECT place, kind, on_day, guest, minutes FROM test_visit WHERE visit_id = %s FOR UPDATE",
            [number],
        )
        before = cursor.fetchone()
        cursor.execute(
            "INSERT INTO test_visit VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (visit_id) DO UPDATE SET place = "
            "excluded.place, kind = excluded.kind, on_day = excluded.on_day, guest = excluded.guest, "
            "minutes = excluded.minutes",
            [number, *said],
        )
        actions.note(VISITS, _changes([before] if before else [], -1))
        actions.note(VISITS, _changes([said], 1))


def forget(number: int) -> None:
    """It never was."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM test_visit WHERE visit_id = %s RETURNING place, kind, on_day, guest, minutes",
            [number],
        )
        actions.note(VISITS, _changes(cursor.fetchall(), -1))


def _changes(visits: Iterable[Visit], sign: int) -> list[tuple]:
    return [(*cell, sign, sign * minutes) for *cell, minutes in visits]
