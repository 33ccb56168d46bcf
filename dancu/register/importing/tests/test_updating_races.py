"""What officials do to people while a file about the same people is being imported is neither lost nor undone."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import polars as pl
import pytest
from django.db import connection, transaction

from dancu.accounts.tests.factories import acting_as
from dancu.register import actions, counting, importing, lookups, merging
from dancu.register.importing.report import READING
from dancu.register.importing.tests.test_updating import AN, FATHER, TODAY, code, family, load
from dancu.register.tests.factories import ha, someone
from dancu.register.tests.hangings import rows

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("published_areas")]


def load_while(
    tmp_path: Path, people: list[dict[str, str | None]], meanwhile: Callable[[], object], *, at: str = "history"
) -> importing.Report:
    """Import these people; after their rows in the register were read (or `at` another step) somebody else does something, on a connection of their
    own.
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
    said = rows("SELECT DISTINCT record ->> 'home_address' FROM person_history WHERE person_id = %s ORDER BY 1", an)
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
    assert report.rejects and "status: says that somebody lives" in pl.read_csv(report.rejects)["problems"][0]
    assert (lookups.get(an)["status"], lookups.get(an)["phone"]) == (2, "0912345678")
    counting.fold()
    assert counting.recount() == []
    assert rows("SELECT count(*) FROM person_history WHERE person_id = %s AND superseded_at IS NOT NULL", an) == [(1,)]


def test_a_move_of_after_the_files_day_that_is_recorded_meanwhile_stands(tmp_path: Path, an: int) -> None:
    moved, acting = TODAY + dt.timedelta(days=9), acting_as(ha())
    report = load_while(
        tmp_path,
        family(permanent_code="26743", permanent_since="2026-10-01", phone="0987654321"),
        lambda: actions.record_move(acting, an, area_id=code("26737"), address="", moved_on=moved, basis="test"),
    )
    assert (report.changed, report.warned, lookups.get(an)["phone"]) == (1, 1, "0987654321")
    assert [row[2:] for row in homes(an)] == [(moved, None), (dt.date(2010, 1, 1), moved)]


def test_what_hangs_on_people_goes_on_while_a_file_that_changes_them_is_written(tmp_path: Path, an: int) -> None:
    held: list[dict[int, int]] = []

    def hold() -> None:
        """As a declaration does, and a station."""
        with transaction.atomic():
            rows("SET LOCAL lock_timeout = '1s'")
            held.append(actions.hold_people([an]))

    changed = family(phone="0987654321", permanent_code="26743", permanent_since="2026-10-01")
    assert load_while(tmp_path, changed, hold, at="residences").changed == 1
    assert held == [{an: an}]


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
            acting, an, kind=lookups.TEMPORARY, area_id=code("26737"), address="", moved_on=moved, basis="test"
        ),
    )
    assert report.changed == 1
    then = dt.date(2026, 10, 1)
    assert homes(an) == [
        (code("26743"), "", then, None),
        (code("26740"), "12 Lê Lợi", dt.date(2010, 1, 1), None),
        (code("26737"), "", moved, then),
    ]
