"""What officials do to people while a file about the same people is being imported is neither lost nor
undone.
"""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import polars as pl
import pytest
from django.db import OperationalError, connection, transaction

from dancu.register import actions, counting, held, importing, lookups, merging
from dancu.register.errors import ChangedSince
from dancu.register.importing import updating
from dancu.register.importing.report import READING
from dancu.register.importing.tests.test_updating import AN, FATHER, TODAY, code, family, load, problems
from dancu.testing.database import rows
from dancu.testing.officials import acting_as
from dancu.testing.people import ha, someone

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("published_areas")]


def load_while(
    tmp_path: Path,
    people: list[dict[str, str | None]],
    meanwhile: Callable[[], object],
    *,
    at: str = "history",
) -> importing.Report:
    """Import these people; after their rows in the register were read (or `at` another step) somebody else
    does something, on a connection of their own.
    """
    steps: list[str] = []

    def elsewhere() -> None:
        try:
            meanwhile()
        finally:
            connection.close()

    def progress(step: str, _rows: int) -> None:
        if step == at and step not in steps:
            with ThreadPoolExecutor(1) as other:
                other.submit(elsewhere).result(20)
        steps.append(step)

    file = tmp_path / "later.csv"
    pl.DataFrame(people, infer_schema_length=None).write_csv(file)
    return importing.import_files([file], tmp_path / "rejected.csv", TODAY, progress)


@pytest.fixture
def an(tmp_path: Path) -> int:
    someone()  # so that the register is not empty
    load(tmp_path, family())
    found = lookups.by_number(AN)[0]
    assert found
    return found.person_id


def homes(person_id: int) -> list[tuple]:
    return [
        (row["area_id"], row["address"], row["valid_from"], row["valid_to"])
        for row in lookups.record_of(person_id).residences
    ]


def test_a_move_recorded_meanwhile_is_the_home_that_the_file_ends(tmp_path: Path, an: int) -> None:
    moved, then, acting = dt.date(2025, 8, 1), dt.date(2026, 10, 1), acting_as(ha())
    report = load_while(
        tmp_path,
        family(permanent_code="26743", permanent_since="2026-10-01", permanent_address="5 Hàm Nghi"),
        lambda: actions.record_move(
            acting, an, area_id=code("26737"), address="1 Pasteur", moved_on=moved, basis="test"
        ),
    )
    assert report.changed == 1
    assert homes(an) == [
        (code("26743"), "5 Hàm Nghi", then, None),
        (code("26737"), "1 Pasteur", moved, then),
        (code("26740"), "12 Lê Lợi", dt.date(2010, 1, 1), moved),
    ]
    said = rows(
        "SELECT DISTINCT record ->> 'home_address' FROM person_history WHERE person_id = %s ORDER BY 1", an
    )
    assert said == [("1 Pasteur",), ("12 Lê Lợi",)]
    counting.fold()
    assert counting.recount() == []


def test_who_was_moved_meanwhile_to_where_the_file_says_is_not_changed_again(tmp_path: Path, an: int) -> None:
    moved, acting = dt.date(2026, 10, 1), acting_as(ha())
    report = load_while(
        tmp_path,
        family(
            permanent_code="26743",
            permanent_since="2026-10-01",
            permanent_address="5 Hàm Nghi",
            household_no=None,
            relation_to_head=None,
        ),
        lambda: actions.record_move(
            acting, an, area_id=code("26743"), address="5 Hàm Nghi", moved_on=moved, basis="test"
        ),
    )
    assert report.changed == 0
    assert homes(an) == [
        (code("26743"), "5 Hàm Nghi", moved, None),
        (code("26740"), "12 Lê Lợi", dt.date(2010, 1, 1), moved),
    ]


def test_a_death_recorded_meanwhile_leaves_no_home(tmp_path: Path, an: int) -> None:
    died, acting = dt.date(2026, 10, 1), acting_as(ha())
    load_while(
        tmp_path,
        family(status="2", status_on="2026-10-01", permanent_since=None),
        lambda: actions.record_death(acting, an, died, "Giấy chứng tử"),
    )
    assert homes(an) == [(code("26740"), "12 Lê Lợi", dt.date(2010, 1, 1), died)]


def test_who_is_recorded_as_dead_meanwhile_stays_so_and_the_row_that_says_alive_comes_back(
    tmp_path: Path, an: int
) -> None:
    acting = acting_as(ha())
    report = load_while(
        tmp_path,
        family(status="1", phone="0987654321"),
        lambda: actions.record_death(acting, an, dt.date(2026, 10, 1), "Giấy chứng tử"),
    )
    assert (report.rejected, report.changed) == (1, 0)
    assert (
        report.rejects
        and "status: says that someone is alive or missing" in pl.read_csv(report.rejects)["problems"][0]
    )
    assert (lookups.get(an)["status"], lookups.get(an)["phone"]) == (2, "0912345678")
    counting.fold()
    assert counting.recount() == []
    assert rows(
        "SELECT count(*) FROM person_history WHERE person_id = %s AND superseded_at IS NOT NULL", an
    ) == [(1,)]


def test_a_move_of_after_the_files_day_that_is_recorded_meanwhile_stands(tmp_path: Path, an: int) -> None:
    moved, acting = TODAY + dt.timedelta(days=9), acting_as(ha())
    report = load_while(
        tmp_path,
        family(permanent_code="26743", permanent_since="2026-10-01", phone="0987654321"),
        lambda: actions.record_move(
            acting, an, area_id=code("26737"), address="", moved_on=moved, basis="test"
        ),
    )
    assert (report.changed, report.warned, lookups.get(an)["phone"]) == (1, 1, "0987654321")
    assert [row[2:] for row in homes(an)] == [(moved, None), (dt.date(2010, 1, 1), moved)]


def test_what_hangs_on_people_goes_on_while_a_file_that_changes_them_is_written(
    tmp_path: Path, an: int
) -> None:
    theirs: list[dict[int, int]] = []

    def hold() -> None:
        """As a declaration does, and a station."""
        with transaction.atomic():
            rows("SET LOCAL lock_timeout = '1s'")
            theirs.append(actions.hold_people([an]))

    changed = family(phone="0987654321", permanent_code="26743", permanent_since="2026-10-01")
    assert load_while(tmp_path, changed, hold, at="residences").changed == 1
    assert theirs == [{an: an}]


def test_whoever_merges_while_a_file_is_written_waits_for_its_end(tmp_path: Path, an: int) -> None:
    keep, acting = someone(pin="001085001234"), acting_as(ha())

    def merge() -> None:
        try:
            merging.merge_people(acting, keep, an, basis="test")
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        merged: list[Future[None]] = []
        report = load_while(
            tmp_path,
            family(temporary_code="26743", temporary_since="2026-01-01"),
            lambda: merged.append(other.submit(merge)),
        )
        merged[0].result(20)
    assert (report.rejected, report.changed) == (0, 1)
    assert rows("SELECT count(*) FROM residence WHERE person_id = %s", an) == [(0,)]
    assert rows("SELECT person_id FROM person_merge WHERE undone_at IS NULL") == [(keep,)]


def test_a_row_of_someone_merged_meanwhile_comes_back(tmp_path: Path, an: int) -> None:
    keep, acting = someone(pin="001085001234"), acting_as(ha())
    report = load_while(
        tmp_path,
        family(phone="0987654321", temporary_code="26743", temporary_since="2026-01-01"),
        lambda: merging.merge_people(acting, keep, an, basis="test"),
        at=READING,
    )
    assert (report.rejected, report.changed) == (1, 0)
    assert report.rejects and "replaced by 001085001234" in pl.read_csv(report.rejects)["problems"][0]
    assert rows("SELECT * FROM residence WHERE person_id = %s", an) == []
    father = lookups.by_number(FATHER)[0]
    assert father and lookups.get(father.person_id)["full_name"] == "Nguyễn Văn Hùng"


def test_of_a_home_recorded_meanwhile_and_one_that_the_file_says_one_lasts(tmp_path: Path, an: int) -> None:
    moved, acting = dt.date(2026, 5, 1), acting_as(ha())
    report = load_while(
        tmp_path,
        family(temporary_code="26743", temporary_since="2026-10-01"),
        lambda: actions.record_move(
            acting,
            an,
            kind=lookups.TEMPORARY,
            area_id=code("26737"),
            address="",
            moved_on=moved,
            basis="test",
        ),
    )
    assert report.changed == 1
    then = dt.date(2026, 10, 1)
    assert homes(an) == [
        (code("26743"), "", then, None),
        (code("26740"), "12 Lê Lợi", dt.date(2010, 1, 1), None),
        (code("26737"), "", moved, then),
    ]


NEW, GIVEN = "079201000028", "079075000777"


def new_people(**changes: str | None) -> list[dict[str, str | None]]:
    """Of the family, and a child of An who is in no register yet; `changes` are the child's."""
    child = {
        "pin": NEW,
        "full_name": "Nguyễn Thị Bé",
        "birth_date": "2024-05-12",
        "sex": "2",
        "permanent_code": "26740",
        "father_pin": AN,
    }
    return [*family(phone="0987654321"), {**child, **changes}]


def after_the_files_were_staged(monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], object]) -> None:
    """Somebody else does something when the file was read, and before its transaction holds anything."""

    def elsewhere() -> None:
        try:
            meanwhile()
        finally:
            connection.close()

    def wait() -> None:
        with ThreadPoolExecutor(1) as other:
            other.submit(elsewhere).result(20)
        held.none_leaves_meanwhile()

    monkeypatch.setattr(updating, "none_leaves_meanwhile", wait)


def numbers_led_to() -> dict[str, list[int | None]]:
    return {pin: [found and found.person_id for found in lookups.by_number(pin)] for pin in (AN, FATHER)}


def test_who_is_merged_while_a_file_waits_for_the_merge_does_not_come_back_by_it(
    tmp_path: Path, an: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep, acting = someone(pin="001085001234"), acting_as(ha())
    after_the_files_were_staged(monkeypatch, lambda: merging.merge_people(acting, keep, an, basis="test"))
    report = load(tmp_path, family(phone="0987654321"))
    assert (report.new, report.rejected) == (0, 1)
    assert "replaced by 001085001234" in problems(report)[0]
    assert numbers_led_to()[AN] == [keep]
    merging.undo_merge(acting, lookups.merges_of(keep)[0].merge_id, basis="test")
    assert numbers_led_to()[AN] == [an]


@pytest.mark.parametrize("step", ["staged", "finding people", "history", "new people", "residences"])
def test_whose_number_is_replaced_at_any_moment_of_an_import_stays_one_person(
    tmp_path: Path, an: int, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    father, acting = numbers_led_to()[FATHER][0], acting_as(ha())

    def replace() -> None:
        rows("SET lock_timeout = '1s'")  # who is held by the file waits for it
        with suppress(OperationalError):
            actions.replace_pin(acting, father, GIVEN, dt.date(2026, 10, 1), "test")

    people = rows("SELECT count(*) FROM person")
    if step == "staged":
        after_the_files_were_staged(monkeypatch, replace)
        report = load(tmp_path, family())
    else:
        report = load_while(tmp_path, family(), replace, at=step)
    assert report.new == 0
    if step in ("staged", "finding people"):
        assert "pin: was cancelled and replaced by" in problems(report)[0]
    assert rows("SELECT count(*) FROM person") == people
    assert numbers_led_to()[FATHER] == [father]


@pytest.mark.parametrize("step", ["finding people", "relatives", "history", "new people"])
@pytest.mark.parametrize("again", [False, True])
def test_a_new_number_that_somebody_is_given_meanwhile_comes_back_alone(
    tmp_path: Path, an: int, step: str, *, again: bool
) -> None:
    other, acting, on = someone(pin="001085001234"), acting_as(ha()), dt.date(2026, 10, 1)

    def give() -> None:
        actions.replace_pin(acting, other, NEW, on, "test")
        if again:  # and it is nobody's once more
            actions.replace_pin(acting, other, GIVEN, on, "test")

    sister = {
        "pin": "079301000036",
        "full_name": "Nguyễn Thị Lớn",
        "birth_date": "2021-05-12",
        "mother_pin": None,
    }
    report = load_while(tmp_path, [*new_people(), {**new_people()[-1], **sister}], give, at=step)
    assert (report.new, report.changed, report.rejected) == (1, 1, 1)
    assert NEW in str(pl.read_csv(report.rejects or "", infer_schema=False)["pin"][0])
    assert rows("SELECT person_id FROM person WHERE pin = %s", NEW) == ([] if again else [(other,)])
    assert rows("SELECT full_name FROM person WHERE father_id = %s", an) == [("Nguyễn Thị Lớn",)]
    assert lookups.get(an)["phone"] == "0987654321"
    counting.fold()
    assert counting.recount() == []


def test_who_would_have_one_as_a_parent_whose_number_somebody_is_given_has_none(
    tmp_path: Path, an: int
) -> None:
    other, acting = someone(pin="001085001234"), acting_as(ha())
    child = {
        "pin": None,
        "full_name": "Lê Văn Con",
        "birth_date": "2025-05-12",
        "sex": "1",
        "household_no": "H-9",
    }
    people = [
        *new_people(birth_date="1990-05-12", pin=GIVEN, father_pin=None),
        {**child, "permanent_code": "26740", "father_pin": None, "mother_pin": GIVEN},
    ]
    report = load_while(
        tmp_path,
        people,
        lambda: actions.replace_pin(acting, other, GIVEN, dt.date(2026, 10, 1), "test"),
        at="new people",
    )
    assert (report.new, report.rejected) == (1, 1)
    assert rows("SELECT mother_id FROM person WHERE full_name = 'Lê Văn Con'") == [(None,)]
    assert report.warnings and "mother_pin" in report.warnings.read_text()


@pytest.mark.parametrize("step", ["finding people", "relatives", "history", "new people", "residences"])
def test_a_birth_is_undone_after_the_file_that_names_the_child(tmp_path: Path, an: int, step: str) -> None:
    """So a file leaves no homes of nobody, and no children of nobody."""
    father, acting = numbers_led_to()[FATHER][0], acting_as(ha())
    son = actions.record_birth(
        acting, father, full_name="Nguyễn Văn Tí", birth_date=dt.date(1996, 1, 2), sex=1, basis="test"
    )
    ((pin, birth),) = rows(
        "SELECT pin, event_id FROM person JOIN life_event USING (person_id) WHERE person_id = %s", son
    )

    def undo() -> None:
        try:
            actions.undo_event(acting, son, birth, "test")
        finally:
            connection.close()

    home = {"temporary_code": "26743", "temporary_since": "2026-01-01", "phone": "0987654321"}
    people = [
        *[{**row, "father_pin": pin} for row in new_people()[2:]],
        {
            **family()[1],
            **home,
            "pin": pin,
            "full_name": "Nguyễn Văn Tí",
            "birth_date": "1996-01-02",
            "relation_to_head": "3",
        },
    ]
    with ThreadPoolExecutor(1) as other:
        undone: list[Future[None]] = []
        report = load_while(tmp_path, people, lambda: undone.append(other.submit(undo)), at=step)
        with suppress(ChangedSince):
            undone[0].result(20)
    assert (report.new, report.changed, report.rejected) == (1, 1, 0)
    assert rows("SELECT father_id FROM person WHERE pin = %s", NEW) == [(son,)]
    assert rows("SELECT count(*) FROM person WHERE person_id = %s", son) == [(1,)]
    counting.fold()
    assert counting.recount() == []


@pytest.mark.parametrize("when", ["staged", "read"])
def test_who_left_by_an_undone_birth_before_whoever_they_are_is_found_is_not_in_the_file(
    tmp_path: Path, an: int, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    father, acting = numbers_led_to()[FATHER][0], acting_as(ha())
    son = actions.record_birth(
        acting, father, full_name="Nguyễn Văn Tí", birth_date=dt.date(1996, 1, 2), sex=1, basis="test"
    )
    ((pin, birth),) = rows(
        "SELECT pin, event_id FROM person JOIN life_event USING (person_id) WHERE person_id = %s", son
    )
    people = [
        *[{**row, "father_pin": pin} for row in new_people()[2:]],
        {
            **family()[1],
            "pin": pin,
            "full_name": "Nguyễn Văn Tí",
            "birth_date": "1996-01-02",
            "relation_to_head": "3",
        },
    ]

    def undo() -> None:
        actions.undo_event(acting, son, birth, "test")

    if when == "staged":
        after_the_files_were_staged(monkeypatch, undo)
        report = load(tmp_path, people)
    else:
        report = load_while(tmp_path, people, undo, at=READING)
    assert (report.new, report.rejected, report.warned) == (1, 1, 1)
    assert "pin: was cancelled" in problems(report)[0]
    assert rows("SELECT father_id FROM person WHERE pin = %s", NEW) == [(None,)]
    assert rows("SELECT count(*) FROM residence WHERE person_id = %s", son) == [(0,)]
