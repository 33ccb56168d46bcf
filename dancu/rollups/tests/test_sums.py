"""Sums beside a count of everything, whoever writes and whoever adds up at the same moment."""

import os
import signal
import subprocess
import sys

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dancu.rollups import actions, lookups
from dancu.rollups.rows import CellDifference
from dancu.rollups.tests.visits import DAY, VISITS
from dancu.testing import at_once
from dancu.testing.database import rows

pytestmark = pytest.mark.django_db(transaction=True)

_ANEW = "SELECT place, kind, on_day, guest, count(*), sum(minutes) FROM test_visit GROUP BY 1, 2, 3, 4"
_KEPT = """
SELECT place, kind, on_day, guest, sum(visits), sum(minutes) FROM (
    SELECT place, kind, on_day, guest, visits, minutes FROM test_visits_count
    UNION ALL SELECT place, kind, on_day, guest, visits, minutes FROM test_visits_change
) AS cells GROUP BY 1, 2, 3, 4 HAVING sum(visits) <> 0 OR sum(minutes) <> 0"""
_WIDE_ANEW = """
SELECT CASE WHEN wide THEN CASE WHEN place < 3 THEN 7 ELSE 8 END ELSE 0 END, kind, on_day, guest, count(*),
       sum(minutes)
FROM test_visit, unnest(ARRAY[true, false]) AS wide WHERE NOT wide OR place IN (1, 2, 3) GROUP BY 1, 2, 3, 4"""
_WIDE = "SELECT * FROM test_visits_sum WHERE visits <> 0 OR minutes <> 0"


def are_right() -> bool:
    """Before a fold and after it, and those of towns."""
    anew = sorted(rows(_ANEW))
    before = sorted(rows(_KEPT)) == anew
    assert actions.fold(VISITS) is not None
    return (
        before
        and sorted(rows(_KEPT)) == anew
        and rows("SELECT 1 FROM test_visits_change") == []
        and sorted(rows(_WIDE)) == sorted(rows(_WIDE_ANEW))
        and actions.recount(VISITS) == []
    )


deeds = st.tuples(
    st.sampled_from(["visit", "visit", "forget", "fold", "recount", "broken off"]),
    st.integers(1, 6),
    st.integers(1, 4),
)


def played(visits, todo: list[tuple[str, int, int]]) -> None:
    for kind, number, where in todo:
        match kind:
            case "visit":
                visits.visit(number, where, number % 2, where % 2, -number, number * 7)
            case "forget":
                visits.forget(number)
            case "fold":
                actions.fold(VISITS)
            case "recount":
                assert actions.recount(VISITS) == []
            case "broken off":
                with transaction.atomic():
                    visits.visit(number, where)
                    actions.fold(VISITS)
                    transaction.set_rollback(True)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(deeds, max_size=15), st.lists(deeds, max_size=15))
def test_whatever_two_do_at_once_with_folds_between_the_sums_equal_a_count_of_everything(visits, one, other):
    todo = [one, other]
    at_once.at_once(2, lambda: played(visits, todo.pop()))
    assert are_right()


_BUSY = """
import os
from dancu.rollups import actions, folding
from dancu.rollups.sums import sums
from dancu.rollups.tests import visits
from django.db import transaction
visits.announce()
me = os.getpid()
for nth in range(150):
    visits.visit(nth if me % 2 else 149 - nth, 1 + (nth + me) % 4, guest=nth % 5, minutes=nth)
    if nth % 7 == 0:
        actions.fold(visits.VISITS)
    if nth % 11 == 0:
        with transaction.atomic():  # as if nobody asked whether somebody is at it
            folding._fold(sums(visits.VISITS))
"""


def test_processes_that_write_the_same_and_add_up_at_once_lose_and_double_nothing(visits):
    at_once.run_at_once(_BUSY, processes=3)
    assert are_right()
    assert rows("SELECT sum(visits) FROM test_visits_count") == [(150,)]


_KILLED = """
import time
from dancu.rollups import folding
from dancu.rollups.tests import visits
visits.announce()
put = folding._put
def slowly(statement, of, cells):
    put(statement, of, cells)
    print(statement, flush=True)
    if statement == sys.argv[1]:
        time.sleep(60)
folding._put = slowly
folding.fold(visits.VISITS)
"""


@pytest.mark.parametrize("until", [["add"], ["add", "add_wide"]], ids=["cells", "wider"])
def test_a_fold_that_is_killed_has_done_nothing_and_the_next_one_does_it_all(visits, until):
    for nth in range(20):
        visits.visit(nth, 1 + nth % 4)
    actions.fold(VISITS)
    for nth in range(20):
        visits.visit(nth, 1 + nth % 3, kind=2)
    before = sorted(rows("SELECT * FROM test_visits_count"))
    folding = subprocess.Popen(
        [sys.executable, "-c", f"import sys, django\ndjango.setup()\n{_KILLED}", until[-1]],
        env=os.environ | {"DANCU_DATABASE_URL": at_once.database_url()},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert folding.stdout
    assert [folding.stdout.readline().strip() for _ in until] == until
    folding.send_signal(signal.SIGKILL)
    folding.communicate()
    assert sorted(rows("SELECT * FROM test_visits_count")) == before
    assert rows("SELECT count(*) FROM test_visits_change") == [(40,)]
    assert are_right()


def test_nobody_waits_for_who_adds_up_and_who_adds_up_for_nobody(visits):
    visits.visit(1)
    own = connection.copy()
    try:
        own.set_autocommit(False)
        with own.cursor() as cursor:
            cursor.execute("INSERT INTO test_visits_change VALUES (1, 1, %s, 1, 1, 5)", [DAY])
            with connection.cursor() as mine:
                mine.execute("SET lock_timeout = '1s'")
            assert actions.fold(VISITS) == 1  # but not what is not committed
            own.rollback()
            cursor.execute(f"SELECT pg_advisory_xact_lock(hashtextextended('dancu.rollups.{VISITS}', 0))")
            cursor.execute("DELETE FROM test_visits_change; UPDATE test_visits_count SET visits = visits + 1")
            assert actions.fold(VISITS) is None
            visits.visit(2)
            own.rollback()
    finally:
        own.close()
        with connection.cursor() as mine:
            mine.execute("RESET lock_timeout")
    assert are_right()


def test_a_recount_says_which_cells_were_wrong_and_puts_them_right(visits):
    visits.visit(1, 2, minutes=30)
    actions.fold(VISITS)
    rows("UPDATE test_visits_count SET visits = 4, minutes = 25 RETURNING 1")
    rows("DELETE FROM test_visits_sum RETURNING 1")
    cell = {"place": 2, "kind": 1, "on_day": DAY, "guest": 1}
    assert actions.recount(VISITS) == [CellDifference(cell, {"visits": -3, "minutes": 5})]
    assert lookups.standing()[VISITS]["differed"] == 1
    assert are_right()


def test_a_change_that_comes_to_nothing_is_not_written(visits):
    actions.note(VISITS, [(1, 1, DAY, 1, 1, 5), (1, 1, DAY, 1, -1, -5)])
    assert rows("SELECT 1 FROM test_visits_change") == []


def test_one_that_goes_wrong_does_not_keep_the_others_from_being_added_up(visits):
    visits.visit(1)
    rows("ALTER TABLE test_visits_sum RENAME TO elsewhere; SELECT 1")
    rows("INSERT INTO population_change VALUES (0, 1990, 1, 1, 1) RETURNING 1")
    rows("INSERT INTO arrivals_change VALUES (1, 0, '2026-11-01', 1, 1) RETURNING 1")
    with pytest.raises(Exception, match="test_visits_sum"):
        actions.fold_all()
    assert rows("SELECT * FROM population_change") == rows("SELECT * FROM arrivals_change") == []
    rows("ALTER TABLE elsewhere RENAME TO test_visits_sum; SELECT 1")
    assert are_right()
