"""The counts of the population, beside a count of everybody."""

import datetime as dt
import itertools
from contextlib import suppress
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dancu.areas import lookups as areas
from dancu.register import actions, counting, importing, merging
from dancu.register.commands import population
from dancu.register.errors import RegisterError
from dancu.register.importing import loading
from dancu.testing.at_once import run_at_once
from dancu.testing.database import rows
from dancu.testing.officials import acting_as
from dancu.testing.people import BEFORE, BEN_THANH, CAU_GIAY, DICH_VONG, YEN_HOA, area, ha, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

DAYS = [dt.date(2025, 8, day) for day in (1, 2, 3)]
BIRTHS = [dt.date(1985, 3, 12), dt.date(1986, 1, 1), dt.date(2021, 7, 31)]
_SCAN = (
    "SELECT coalesce(home_area, 0), extract(year FROM birth_date)::int, sex, status, count(*) FROM "
    "person GROUP BY 1, 2, 3, 4"
)
_COUNTED = """
SELECT home_area, birth_year, sex, status, sum(people) FROM (
    SELECT * FROM population_count
    UNION ALL SELECT home_area, birth_year, sex, status, people FROM population_change
) AS cells GROUP BY 1, 2, 3, 4 HAVING sum(people) <> 0"""
_SUMS = "SELECT province_id, birth_year, sex, status, people FROM population_sum WHERE people <> 0"


def is_right() -> bool:
    """By cell, and folded by province and country."""
    people = sorted(rows(_SCAN))
    before = sorted(rows(_COUNTED)) == people
    assert counting.fold()
    sums: dict[tuple[int, ...], int] = {}
    for home, year, sex, status, many in people:
        for unit in {0, areas.get(home).province_id if home else 0}:
            sums[unit, year, sex, status] = sums.get((unit, year, sex, status), 0) + many
    told = {tuple(row[:4]): row[4] for row in rows(_SUMS)}
    return before and sorted(rows(_COUNTED)) == people and told == sums


an_action = st.tuples(
    st.sampled_from(
        ["add", "move", "birth", "sex", "home", "death", "missing", "return", "merge", "undo", "fold"]
    ),
    st.integers(0, 5),
    st.integers(0, 2),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(an_action, max_size=25))
def test_after_any_sequence_of_actions_the_counts_equal_a_count_of_everybody(published_areas, db, todo):
    with transaction.atomic():
        acting = acting_as(ha(username=f"ha-{next(_numbers)}"))
        homes, people = [area(code) for code in (CAU_GIAY, YEN_HOA, BEN_THANH)], [someone()]
        for kind, who, what in todo:
            person = people[who % len(people)]
            with suppress(RegisterError), transaction.atomic():
                match kind:
                    case "add":
                        people.append(someone(home=homes[what], birth_date=BIRTHS[who % 3], sex=1 + what % 2))
                    case "move":
                        actions.record_move(
                            acting,
                            person,
                            area_id=homes[what],
                            address="",
                            moved_on=DAYS[who % 3],
                            basis="test",
                        )
                    case "birth":
                        actions.correct(acting, person, {"birth_date": BIRTHS[what]}, "test")
                    case "sex":
                        actions.correct(acting, person, {"sex": 1 + what % 2}, "test")
                    case "home":
                        actions.correct(acting, person, {"home_area": homes[what] if who else None}, "test")
                    case "death":
                        actions.record_death(acting, person, DAYS[what], "test")
                    case "missing":
                        actions.record_missing(acting, person, DAYS[what], "test")
                    case "return":
                        actions.record_return(acting, person, DAYS[what], "test")
                    case "merge":
                        fields = [["birth_date"], ["home_area", "sex"], ["status"]][what]
                        actions.merge_people(
                            acting, person, people[what % len(people)], basis="test", fields=fields
                        )
                    case "undo":
                        for merge in merging.merges_of(person):
                            actions.undo_merge(acting, merge.merge_id, basis="test")
                    case "fold":
                        counting.fold()
        assert is_right()
        transaction.set_rollback(True)


_numbers = itertools.count()


def test_a_change_that_moves_nobody_between_cells_is_not_noted():
    person = someone()
    counting.fold()
    actions.correct(acting_as(ha()), person, {"phone": "0912345678"}, "test")
    assert rows("SELECT * FROM population_change") == []


def file_of(tmp_path: Path, *people: dict) -> list[Path]:
    known = {
        "full_name": "Nguyễn Văn An",
        "birth_date": "1985-03-12",
        "sex": "1",
        "permanent_code": CAU_GIAY,
        "status": "1",
    }
    pl.DataFrame([known | each for each in people]).write_csv(tmp_path / "people.csv")
    return [tmp_path / "people.csv"]


def brought(tmp_path: Path, *people: dict) -> importing.Report:
    return importing.import_files(file_of(tmp_path, *people), tmp_path / "rejected.csv", dt.date(2026, 11, 1))


def test_a_file_that_adds_and_changes_people_is_counted(tmp_path):
    someone(full_name="Lê Thị Hoa")
    people = [
        {"pin": f"00108500{nth:04}", "full_name": f"Nguyễn Văn {name}"}
        for nth, name in enumerate(("An", "Bảy", "Chín", "Mười"))
    ]
    assert brought(tmp_path, *people).new == 4
    assert is_right()
    changes = [
        {"ethnicity": "02"},
        {"permanent_code": YEN_HOA},
        {"status": "2", "status_on": "2021-09-01"},
        {},
    ]
    report = brought(tmp_path, *(one | change for one, change in zip(people, changes, strict=True)))
    assert report.changed == 3
    assert is_right()
    assert (
        brought(tmp_path, *(one | change for one, change in zip(people, changes, strict=True))).changed == 0
    )
    assert is_right()


@pytest.mark.django_db(transaction=True)
def test_a_country_loaded_into_the_empty_register_is_counted(tmp_path):
    people = [
        {"pin": f"00108500{nth:04}", "sex": "12"[nth % 2], "birth_date": f"19{50 + nth % 40}-01-01"}
        for nth in range(90)
    ]
    try:
        assert brought(tmp_path, *people, {"pin": "1"}).new == 90
    finally:
        loading.clear()
    assert rows("SELECT sum(people) FROM population_sum WHERE province_id = 0") == [(90,)]
    assert is_right()
    someone()
    assert is_right()


def test_a_recount_says_what_differed_and_puts_it_right():
    someone()
    counting.fold()
    assert counting.recount() == []
    assert CliRunner().invoke(population, ["recount"]).output == "The statistics were right.\n"
    rows("UPDATE population_count SET people = people + 7 RETURNING 1")
    rows("DELETE FROM population_sum RETURNING 1")
    told = CliRunner().invoke(population, ["recount"])
    assert (
        told.output
        == f"area {area(CAU_GIAY)}, born 1985, male, alive: -7 people\n1 cells differed and have been "
        f"corrected.\n"
    )
    assert is_right()


def test_units_of_another_time_count_for_the_province_of_today():
    someone(home=area(DICH_VONG, BEFORE))
    counting.fold()
    assert rows("SELECT province_id, people FROM population_sum ORDER BY 1") == [
        (0, 1),
        (areas.get(area(CAU_GIAY)).province_id, 1),
    ]


_BUSY = """
import datetime as dt, os
from contextlib import suppress
from dancu.accounts.lookups import acting, grants, official
from dancu.register import actions as register, counting
from dancu.register.errors import AlreadyDead, NothingChanged
ha = official(int(os.environ['HA']))
at_work = acting(ha, grants(ha.pk)[0].grant_id, '10.0.0.1')
homes = list(map(int, os.environ['HOMES'].split()))
for nth, person in enumerate(map(int, os.environ['PEOPLE'].split())):
    with suppress(NothingChanged, AlreadyDead):  # the other one was faster
        if (nth + os.getpid()) % 2:
            register.record_death(at_work, person, dt.date(2021, 9, 1), 'test')
        else:
            register.correct(at_work, person, {'home_area': homes[os.getpid() % 2]}, 'test')
    if nth % 5 == 0:
        counting.fold()
"""


@pytest.mark.django_db(transaction=True)
def test_two_who_change_the_same_people_at_once_and_add_up_meanwhile_lose_nobody():
    people, homes = [someone() for _ in range(40)], [area(YEN_HOA), area(BEN_THANH)]
    run_at_once(_BUSY, HA=str(ha().pk), PEOPLE=" ".join(map(str, people)), HOMES=" ".join(map(str, homes)))
    assert is_right()
    assert rows("SELECT sum(people) FROM population_count") == [(40,)]


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_who_adds_up_and_who_adds_up_for_nobody():
    someone()
    own = connection.copy()
    try:
        own.set_autocommit(False)
        with own.cursor() as cursor:
            cursor.execute("SET lock_timeout = '1s'")
            cursor.execute(
                "INSERT INTO population_change VALUES (0, 1990, 1, 1, 1)"
            )  # somebody's, not yet committed
            assert counting.fold()
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('dancu.rollups.population', 0))")
            assert not counting.fold()
            someone()
        own.rollback()
    finally:
        own.close()
    assert is_right()
