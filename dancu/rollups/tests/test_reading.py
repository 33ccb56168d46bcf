"""What readers are given: the cells with what waits, and how old they are."""

import datetime as dt

import numpy as np
import pytest
from click.testing import CliRunner
from django.utils import timezone, translation
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dancu import modules
from dancu.rollups import actions, lookups
from dancu.rollups.commands import rollups
from dancu.rollups.errors import NoSuchRollup
from dancu.rollups.rows import Cells
from dancu.rollups.small_numbers import withheld_units
from dancu.rollups.sums import EVERYWHERE, all_sums
from dancu.rollups.tests.visits import DAY, VISITS
from dancu.testing.database import rows

pytestmark = pytest.mark.django_db


def listed(cells: Cells, *columns: str) -> list[tuple]:
    """Each cell once."""
    found: dict[tuple, int] = {}
    for *cell, many in zip(*(cells[one].tolist() for one in (*columns, "visits")), strict=True):
        found[tuple(cell)] = found.get(tuple(cell), 0) + many
    return sorted((*cell, many) for cell, many in found.items() if many)


@pytest.fixture(params=[False, True], ids=["waiting", "added up"])
def added_up(request):
    return (lambda: actions.fold(VISITS)) if request.param else lambda: None


def test_the_cells_of_some_places_of_all_and_of_some_days(visits, added_up):
    for nth, place in enumerate((1, 1, 2, 3, 9)):
        visits.visit(nth, place, day=nth)
    added_up()
    visits.visit(5, 1, day=9)
    assert listed(lookups.cells(VISITS, [1, 3]), "place") == [(1, 3), (3, 1)]
    assert listed(lookups.cells(VISITS), "place") == [(1, 3), (2, 1), (3, 1), (9, 1)]
    days = {"on_day": (DAY, DAY + dt.timedelta(days=2))}
    assert listed(lookups.cells(VISITS, within=days), "place", "on_day") == [
        (1, DAY, 1),
        (1, DAY + dt.timedelta(days=1), 1),
        (2, DAY + dt.timedelta(days=2), 1),
    ]


def test_the_cells_of_towns_and_of_all_of_them_together(visits, added_up):
    for nth, place in enumerate((1, 1, 2, 3, 9)):
        visits.visit(nth, place)
    added_up()
    visits.visit(5, 2)
    assert listed(lookups.wide_cells(VISITS), "town") == [(7, 4), (8, 1)]
    assert listed(lookups.wide_cells(VISITS, [7]), "town") == [(7, 4)]
    assert listed(lookups.wide_cells(VISITS, [7], places=[1, 2]), "town") == [(7, 4)]
    assert listed(lookups.wide_cells(VISITS, [EVERYWHERE]), "town") == [(EVERYWHERE, 6)]


smallints, integers = st.integers(-(2**15), 2**15 - 1), st.integers(-(2**31), 2**31 - 1)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(-1, -(2**15), dt.date.min, -(2**31), -5)
@example(2**31 - 1, 2**15 - 1, dt.date.max, 2**31 - 1, 2**31 - 1)
@given(integers, smallints, st.dates(), integers, integers.filter(bool))
def test_whatever_the_values_are_they_are_read_as_they_were_noted(visits, place, kind, day, guest, many):
    actions.note(VISITS, [(place, kind, day, guest, many, 0)])
    found = lookups.cells(VISITS)
    said = [
        tuple(found[one].tolist()[0] for one in ("place", "kind", "on_day", "guest", "visits", "minutes"))
    ]
    rows("DELETE FROM test_visits_change RETURNING 1")
    assert said == [(place, kind, day, guest, many, 0)]
    assert found["visits"].dtype == np.int64


def test_a_reader_is_told_how_much_waits_and_since_when(visits):
    began = timezone.now()
    assert lookups.cells(VISITS).age.since is None
    visits.visit(1)
    visits.visit(2)
    age = lookups.cells(VISITS).age
    assert age.waiting == 2
    assert age.since is not None
    assert began <= age.since <= age.read_at
    assert lookups.waiting() == 2
    actions.fold(VISITS)
    assert lookups.age(VISITS).waiting == 0


def test_a_reader_who_finds_very_much_waiting_adds_it_up(visits, monkeypatch):
    monkeypatch.setattr(lookups, "MANY", 2)
    for nth in range(3):
        visits.visit(nth)
    assert lookups.cells(VISITS).age.waiting == 0
    assert listed(lookups.cells(VISITS), "place") == [(1, 3)]


def test_the_operator_sees_how_old_sums_are_adds_them_up_and_counts_anew(visits):
    def told(*words: str) -> str:
        return CliRunner().invoke(rollups, words).output

    visits.visit(1)
    assert "1 changes waiting since 20" in told("status")
    assert "last added up never" in told("status")
    assert told("fold", VISITS) == f"{VISITS}: 1 changes added up.\n"
    assert told("recount", VISITS) == f"{VISITS}: the sums were right.\n"
    rows("UPDATE test_visits_count SET minutes = 6 RETURNING 1")
    assert told("recount", VISITS) == (
        f"{VISITS}: place 1, kind 1, on_day {DAY}, guest 1: -1 minutes\n"
        f"{VISITS}: 1 cells differed and have been corrected.\n"
    )
    assert "1 cells differed then" in told("status")
    with translation.override("en"):
        assert "There are no sums called “nothing”" in told("recount", "nothing")


def test_sums_that_no_module_announces_are_refused():
    with pytest.raises(NoSuchRollup, match="nothing"):
        lookups.cells("nothing")


@pytest.mark.parametrize("code", list(all_sums()))
def test_what_a_module_announces_has_its_tables_and_is_counted_anew(code):
    said = all_sums()[code].said
    assert callable(modules.at(said.counted))
    assert actions.recount(code) == []
    kinds = {**said.dimensions, **dict.fromkeys(said.measures, "integer")}
    for table, columns in {
        f"{code}_change": {**kinds, "noted_at": "timestamp with time zone"},
        f"{code}_count": kinds,
    }.items():
        found = rows(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s", table
        )
        assert dict(found) == columns


def test_a_small_number_and_the_least_of_the_others_are_not_told_of_units_whose_sum_is():
    order = [3, 1, 2, 4]
    assert withheld_units({1: 9, 2: 2, 3: 40}, order) == {1, 2}
    assert withheld_units({1: 9, 2: 3, 3: 40}, order) == set()
    assert withheld_units({1: 9, 2: 1, 3: 9}, order) == {2, 3}
    assert withheld_units({2: 1}, order) == {1, 2, 3, 4}
