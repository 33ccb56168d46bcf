"""A whole country into an empty register, part by part: nothing half, nothing twice, nothing lost,
whenever it breaks off.
"""

import datetime as dt
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner
from django.db import connection, transaction
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from dancu.areas import lookups as areas
from dancu.register import actions, importing, lookups
from dancu.register.commands import population
from dancu.register.errors import (
    ImportRunning,
    LoadUnfinished,
    NoPopulationFiles,
    NotAPopulationFile,
    PeopleMeanwhile,
)
from dancu.register.importing import INDEXES, READING, checking, loading
from dancu.register.importing.checking import check
from dancu.testing.officials import acting_as
from dancu.testing.people import ha, someone

TODAY = dt.date(2026, 11, 1)
pytestmark = [pytest.mark.usefixtures("published_areas"), pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _nothing_left() -> Iterator[None]:
    yield
    loading.clear()


def row(nth: int, **fields: str | None) -> dict[str, str | None]:
    """The nth inhabitant: of every three, a father, a mother and their child."""
    father, mother = f"07907{nth // 3:06}1", f"07917{nth // 3:06}2"
    kind = nth % 3
    return {
        "pin": (father, mother, f"07920{nth // 3:06}3")[kind],
        "full_name": ("Nguyễn Văn An", "Trần Thị Bé", "Nguyễn Thị Lan")[kind],
        "birth_date": ("1970-05-12", "1970-01-01", "2000-02-29")[kind],
        "sex": ("1", "2", "2")[kind],
        "permanent_code": "26740",
        "permanent_address": f"{nth} Lê Lợi",
        "permanent_since": "2010-01-01",
        "household_no": f"{nth // 3:09}",
        "relation_to_head": str(kind + 1),
        "father_pin": father if kind == 2 else None,
        "mother_pin": mother if kind == 2 else None,
        "spouse_pin": (mother, father, None)[kind],
        "father_name": None if kind == 2 else "Nguyễn Văn Cụ",
        "mother_name": None,
        "former_code": "26740" if kind == 1 else None,
        "former_address": "5\\7 Hàm Nghi" if kind == 1 else None,
        "former_since": "2001-01-01" if kind == 1 else None,
        "former_until": "2010-01-01" if kind == 1 else None,
        "phone": None,
        "cmnd": None,
        **fields,
    }


def files(tmp_path: Path, *parts: list[dict[str, str | None]]) -> list[Path]:
    for number, part in enumerate(parts):
        pl.DataFrame(part, schema=dict.fromkeys(row(0), pl.String)).write_parquet(
            tmp_path / f"part-{number}.parquet"
        )
    return importing.population_files([tmp_path])


def load(paths: list[Path], progress=lambda step, rows: None) -> importing.Report:
    return importing.import_files(paths, paths[0].parent / "rejected.csv", TODAY, progress)


def held(table: str, columns: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table} ORDER BY 1, 2, 3")
        return cursor.fetchall()


def everything() -> list[list[tuple]]:
    """All that the register says, whatever numbers it gave people."""
    person = (
        "p.pin, p.full_name, p.birth_date, f.pin, m.pin, s.pin, p.household_id, p.home_area, p.home_since, "
        "p.home_address, p.given_key, p.ends_key,"
        " p.sex, p.status, p.relation, p.birth_precision, p.father_name, p.valid_from, p.nationality, "
        "p.birth_area, p.marital_status, p.phone"
    )
    joined = (
        "person p LEFT JOIN person f ON f.person_id = p.father_id LEFT JOIN person m ON m.person_id = "
        "p.mother_id"
        " LEFT JOIN person s ON s.person_id = p.spouse_id"
    )
    residence = "p.pin, r.kind, r.valid_from, r.valid_to, r.until, r.area_id, r.address"
    return [held(joined, person), held("residence r JOIN person p USING (person_id)", residence)]


def indexes() -> list[tuple]:
    return held("pg_indexes", "tablename, indexname, indexdef, schemaname")


def test_a_country_loaded_in_parts_is_the_same_as_one_compared_row_by_row(tmp_path: Path) -> None:
    paths = files(
        tmp_path, [row(n) for n in range(10)], [row(n) for n in range(10, 17)], [row(17), row(18, pin=None)]
    )
    with transaction.atomic():
        assert load(paths).new == 19
        by_row = everything()
        transaction.set_rollback(True)
    made = indexes()
    report = load(paths)
    assert (report.read, report.new, report.rejected) == (19, 19, 0)
    assert everything() == by_row
    assert indexes() == made
    assert (load(paths).new, load(paths).changed) == (0, 0)
    assert someone() not in {
        person_id for (person_id, *_rest) in held("person", "person_id, pin, valid_from")[:-1]
    }


def test_the_dead_of_a_file_live_nowhere_as_after_a_death_that_is_recorded(tmp_path: Path) -> None:
    places = {"temporary_code": "26740", "temporary_since": "2020-01-01", "current_code": "26743"}
    death = {"status": "2", "status_on": "2021-08-01"}
    late = {"permanent_since": None, "birth_date": "2021-08-01"}  # born and died on one day
    alive = [row(0, **places), row(1, **places), row(5, **late), row(6, current_code="26743")]
    died = [{**each, **death} for each in alive]
    columns = dict.fromkeys([*row(0), *places, *death], pl.String)

    def loaded(*parts: list[dict[str, str | None]]) -> list[list[tuple]]:
        for part in parts:
            pl.DataFrame(part, schema=columns).write_parquet(tmp_path / "people.parquet")
            assert load([tmp_path / "people.parquet"]).rejected == 0
        return everything()

    def undone(*parts: list[dict[str, str | None]], recorded: bool = False) -> list[list[tuple]]:
        with transaction.atomic():
            loaded(*parts)
            if recorded:
                for person_id, *_rest in held("person", "person_id, pin, valid_from"):
                    actions.record_death(
                        acting_as(ha(username=f"ha-{person_id}")), person_id, dt.date(2021, 8, 1), "test"
                    )
            found = everything()
            transaction.set_rollback(True)
        return found

    by_row, later = undone(died), undone(alive, died)
    people, homes = undone(alive, recorded=True)
    assert loaded(died) == by_row == later
    assert loaded(died) == by_row  # and once more
    assert by_row[1] == homes
    where = slice(7, 10)
    assert [person[where] for person in by_row[0]] == [person[where] for person in people]
    assert {person[8:10] for person in by_row[0]} == {(None, None)}
    assert all(valid_to is not None for (_pin, _kind, _from, valid_to, *_rest) in homes)


def test_readers_see_nobody_until_all_are_there(tmp_path: Path) -> None:
    seen = {}
    load(
        files(tmp_path, [row(n) for n in range(9)], [row(n) for n in range(9, 12)]),
        lambda step, _rows: seen.update({step: lookups.number_of_people()}),
    )
    assert seen[READING] == seen[INDEXES] == 0
    assert lookups.number_of_people() == 12


def test_a_number_that_stands_in_two_parts_is_taken_once_and_the_other_row_comes_back(tmp_path: Path) -> None:
    again = row(3, pin=row(0)["pin"], full_name="Người Khác")
    report = load(files(tmp_path, [row(0), row(1), row(2)], [again, row(4), row(5)]))
    assert (report.new, report.rejected) == (5, 1)
    assert report.rejects
    (refused,) = pl.read_csv(report.rejects, infer_schema=False).to_dicts()
    assert (refused["file"], refused["row"], refused["full_name"]) == ("part-1.parquet", "1", "Người Khác")
    assert refused["problems"] == "pin: is in the files twice; only the first row counts"
    (child,) = lookups.by_number(str(row(2)["pin"]))
    assert child
    relatives = lookups.record_of(child.person_id).relatives
    assert [(relative["kind"], relative["full_name"]) for relative in relatives] == [
        ("father", "Nguyễn Văn An"),
        ("mother", "Trần Thị Bé"),
    ]


def test_someone_without_a_number_who_stands_twice_is_taken_once(tmp_path: Path) -> None:
    report = load(
        files(tmp_path, [row(0, pin=None)], [row(0, pin="", full_name="NGUYỄN VĂN AN"), row(3, pin=None)])
    )
    assert (report.new, report.rejected) == (2, 1)


def test_nobody_has_a_relative_who_was_refused(tmp_path: Path) -> None:
    report = load(files(tmp_path, [row(0, sex="7"), row(1)], [row(2)]))
    assert (report.new, report.rejected) == (2, 1)
    assert held("person", "father_id IS NULL, mother_id IS NULL, spouse_id IS NULL") == [
        (True, False, True),
        (True, True, True),
    ]


def test_a_household_whose_number_is_no_digits_is_one_over_all_parts(tmp_path: Path) -> None:
    numbers = [row(n, household_no="HK/7") for n in range(4)]
    load(files(tmp_path, numbers[:2], numbers[2:], [row(5, household_no="000123")]))
    assert held("household", "household_no, household_id < 0, 1") == [("HK/7", True, 1)]
    found = [lookups.by_number(str(row(n)["pin"]))[0] for n in (0, 3, 5)]
    assert [lookups.get(person.person_id)["household_no"] for person in found if person] == [
        "HK/7",
        "HK/7",
        "000123",
    ]
    assert found[1] and len(lookups.record_of(found[1].person_id).household) == 4


_KILLED = """
import os, signal, sys
from pathlib import Path
import datetime as dt
import django
django.setup()
from dancu.register import importing

told = 0
def progress(step, rows):
    global told
    told += step == sys.argv[2]
    if told == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)

importing.import_files(importing.population_files([Path(sys.argv[1])]), Path("unused.csv"), dt.date(2026, 11, 1), progress)
"""


@pytest.mark.parametrize(
    ("step", "time"),
    [
        ("numbers looked up", 1),
        (READING, 1),
        (READING, 3),
        ("households", 1),
        (INDEXES, 4),
        ("statistics", 1),
    ],
)
def test_a_load_killed_at_any_step_leaves_the_register_empty_and_goes_on(
    tmp_path: Path, step: str, time: int
) -> None:
    parts = [[row(n) for n in range(first, first + 3)] for first in range(0, 12, 3)]
    parts[1][0]["sex"] = "x"
    paths, made = files(tmp_path, *parts), indexes()
    name = connection.settings_dict["NAME"]
    url = os.environ["DANCU_DATABASE_URL"].replace("/dancu", f"/{name}")
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED, tmp_path, step, str(time)],
        env=os.environ | {"DANCU_DATABASE_URL": url},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert lookups.number_of_people() == 0
    there = {part for part, *_rest in held("dancu_loading.part", "part, rows_new, rows_read")}
    rows = held("dancu_loading.person", "pin, home_address, 1")
    assert {pin for pin, *_rest in rows} == {
        r["pin"] for part in there for r in parts[part] if r["sex"] != "x"
    }
    read = []
    report = load(paths, lambda step, rows: read.append(rows) if step == READING else None)
    assert (report.read, report.new, report.rejected) == (12, 11, 1)
    assert sum(read) == 12
    assert report.rejects and pl.read_csv(report.rejects)["problems"].to_list() == [
        "sex: is not a whole number"
    ]
    assert indexes() == made
    assert lookups.number_of_people() == 11
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regnamespace('dancu_loading')")
        assert cursor.fetchone() == (None,)


def broken_off(paths: list[Path], at: str = "statistics") -> list[Path]:
    class BrokenOff(Exception):
        pass

    def break_off(step: str, _rows: int) -> None:
        if step == at:
            raise BrokenOff

    with pytest.raises(BrokenOff):
        load(paths, break_off)
    return paths


def elsewhere(tmp_path: Path, name: str = "others") -> Path:
    (tmp_path / name).mkdir()
    return tmp_path / name


def test_other_files_are_refused_until_what_was_begun_is_done_or_given_up(tmp_path: Path) -> None:
    begun = broken_off(files(tmp_path, [row(0)], [row(1)]))
    others = files(elsewhere(tmp_path), [row(3)], [row(4)])
    with pytest.raises(LoadUnfinished) as refused:
        load(others)
    with translation.override("en"):
        told = str(refused.value)
    assert "part-0.parquet … part-1.parquet" in told and "2 of its 2 parts" in told
    assert (
        "--on 2026-11-01" in told
        and "--begin-anew" in told
        and timezone.localdate().strftime("%d/%m/%Y") in told
    )
    assert len(held("dancu_loading.person", "pin, full_name, 1")) == 2
    assert load(begun).new == 2
    assert {pin for pin, *_rest in held("person", "pin, full_name, 1")} == {row(0)["pin"], row(1)["pin"]}


def test_the_same_files_from_another_day_on_are_refused_too(tmp_path: Path) -> None:
    begun = broken_off(files(tmp_path, [row(0)], [row(1)]))
    with pytest.raises(LoadUnfinished):
        importing.import_files(begun, tmp_path / "rejected.csv", TODAY + dt.timedelta(days=1))
    assert len(held("dancu_loading.person", "pin, full_name, 1")) == 2


def test_a_file_that_cannot_be_read_does_not_cost_what_was_begun(tmp_path: Path) -> None:
    broken_off(files(tmp_path, [row(0)], [row(1)]))
    wrong = elsewhere(tmp_path) / "wrong.csv"
    wrong.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(NotAPopulationFile):
        load([wrong])
    assert len(held("dancu_loading.person", "pin, full_name, 1")) == 2


def test_where_no_part_was_in_nothing_is_asked(tmp_path: Path) -> None:
    broken_off(files(tmp_path, [row(0)], [row(1)]), "numbers looked up")
    assert load(files(elsewhere(tmp_path), [row(3)], [row(4)])).new == 2


def test_an_operator_gives_up_what_was_begun(tmp_path: Path) -> None:
    broken_off(files(tmp_path, [row(0)], [row(1)]))
    others = [str(path) for path in files(elsewhere(tmp_path), [row(3)], [row(4)])]
    refused = CliRunner().invoke(population, ["import", *others])
    assert refused.exit_code == 1 and "--begin-anew" in refused.output and "Traceback" not in refused.output
    assert CliRunner().invoke(population, ["import", *others, "--begin-anew"]).exit_code == 0
    assert {pin for pin, *_rest in held("person", "pin, full_name, 1")} == {row(3)["pin"], row(4)["pin"]}


def test_what_nobody_can_go_on_with_any_more_is_given_up_and_told(tmp_path: Path) -> None:
    broken_off(files(tmp_path, [row(0)], [row(1)]))
    someone()
    report = load(files(elsewhere(tmp_path), [row(3)]))
    assert report.new == 1
    assert report.given_up and (report.given_up.parts_in, report.given_up.parts) == (2, 2)
    assert load(files(elsewhere(tmp_path, "more"), [row(4)])).given_up is None


def test_who_was_added_meanwhile_is_not_lost(tmp_path: Path) -> None:
    paths, added = files(tmp_path, [row(0)], [row(1)]), []

    def meanwhile(step: str, _rows: int) -> None:
        if step == "statistics":
            added.append(someone())

    with pytest.raises(PeopleMeanwhile):
        load(paths, meanwhile)
    assert [person_id for person_id, *_rest in held("person", "person_id, 1, 1")] == added
    assert load(paths).new == 2
    assert lookups.number_of_people() == 3


def test_one_import_at_a_time(tmp_path: Path) -> None:
    paths = files(tmp_path, [row(0)], [row(1)])
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('dancu import'))")
    with pytest.raises(ImportRunning):
        load(paths)
    other.close()
    assert load(paths).new == 2


def test_whoever_might_read_the_register_still_may(tmp_path: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE ROLE dancu_reader; GRANT SELECT, UPDATE ON person TO dancu_reader; GRANT SELECT ON "
            "residence TO PUBLIC"
        )
        try:
            load(files(tmp_path, [row(0)]))
            cursor.execute(
                "SELECT has_table_privilege('dancu_reader', 'person', 'SELECT, UPDATE'), "
                "has_table_privilege('dancu_reader', 'person', 'DELETE'),"
                " has_table_privilege('dancu_reader', 'residence', 'SELECT')"
            )
            assert cursor.fetchone() == (True, False, True)
        finally:
            cursor.execute(
                "DROP OWNED BY dancu_reader; DROP ROLE dancu_reader; REVOKE SELECT ON residence FROM PUBLIC"
            )


def test_a_damaged_part_is_named_and_nothing_is_loaded(tmp_path: Path) -> None:
    paths = files(tmp_path, [row(0)])
    csv = tmp_path / "legacy.csv"
    csv.write_bytes(b"pin,full_name,birth_date,sex,permanent_code\n,Nguy\xd4n V\xa8n An,2000-01-01,1,26740\n")
    with pytest.raises(NotAPopulationFile, match=r"legacy\.csv"):
        load([*paths, csv])
    assert lookups.number_of_people() == 0


def test_an_empty_directory_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoPopulationFiles):
        importing.population_files([tmp_path])


VALUES = {
    "pin": ["079200000015", " 079200000015", "+79200000015", "003200000015", "12", "", "０79200000015"],
    "cmnd": ["012345678", "01234567a", "-12345678"],
    "full_name": [
        "Nguyễn Văn An",
        " Nguyễn  An",
        "Nguye\u0302\u0303n An",
        "12 An",
        "?",
        "A\x07",
        "N" * 201,
        "A\\B",
        "H'Hen Niê",
        "",
    ],
    "birth_date": ["2000-05-12", "12/05/2000", "31/02/2000", "1879-12-31", "2200-01-01", "1890-01-01"],
    "sex": ["1", "2", "3", "x", " 1"],
    "permanent_code": ["26740", "99999", "+6740", "1", "26740 "],
    "birth_registered_code": ["26740", "00166", None, "x"],
    "phone": ["0912345678", "+84912345678", "0912 345 678", "9"],
    "ethnicity": ["01", " 01", "", None],
    "status": ["1", "2", "9"],
    "status_on": ["2021-01-01", None],
    "marital_status": ["1", "9", None],
    "household_no": ["000123", "HK 7", " 1"],
    "former_code": ["26740", None],
    "former_since": ["2001-01-01", None],
    "former_until": ["2009-12-31", "2000-01-01", None],
    "permanent_address": ["12 Lê Lợi", "\u00a012 Lê Lợi", "12 \u4e2d", "", "5\\7"],
}


@given(
    st.lists(
        st.fixed_dictionaries({field: st.sampled_from(values) for field, values in VALUES.items()}),
        min_size=1,
        max_size=12,
    )
)
def test_what_is_told_at_a_glance_is_what_a_careful_look_tells(rows: list[dict[str, str | None]]) -> None:
    eras = areas.ids_by_code_and_era()
    batch = pl.DataFrame(rows, schema=dict.fromkeys(VALUES, pl.String)).with_row_index("row", offset=1)
    at_a_glance = check(batch, TODAY, eras)
    glance = checking._plain
    checking._plain = lambda _batch, _typed: iter([pl.lit(False)])
    try:
        carefully = check(batch, TODAY, eras)
    finally:
        checking._plain = glance
    assert at_a_glance.good.equals(carefully.good)
    assert at_a_glance.rejected.equals(carefully.rejected)
    assert at_a_glance.warned == carefully.warned


def test_rows_that_do_not_fit_their_header_come_back_from_a_first_load_too(tmp_path: Path) -> None:
    for name, head, odd in (
        ("a", "full_name,birth_date,sex,permanent_code", "x,y"),
        ("b", "pin,full_name,birth_date,sex,permanent_code", "1,2,3,4,5,6"),
    ):
        pin = "079200000015," if name == "b" else ""
        good = f"{pin}Nguyễn Văn {name.upper()}n,1985-04-30,1,26740"
        (tmp_path / f"{name}.csv").write_text(f"{head}\n{odd}\n{good}\n{odd}\n", "utf-8")
    report = importing.import_files(importing.population_files([tmp_path]), tmp_path / "rejected.txt", TODAY)
    assert (report.read, report.new, report.rejected) == (6, 2, 4)
    assert report.rejects
    refused = pl.read_csv(report.rejects, infer_schema=False)
    assert refused.columns[-2:] == ["problems", "as_sent"]
    assert refused.select("file", "line", "as_sent").rows() == [
        ("a.csv", "2", "x,y"),
        ("a.csv", "4", "x,y"),
        ("b.csv", "2", "1,2,3,4,5,6"),
        ("b.csv", "4", "1,2,3,4,5,6"),
    ]
