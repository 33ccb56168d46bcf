"""A month that is kept no more goes whole, and what is to be kept for ever never does."""

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connection

from dancu import modules
from dancu.db import partitions, retention
from dancu.db.commands import db
from dancu.db.errors import MonthInUse
from dancu.modules import MonthlyTable

TODAY = date(2026, 11, 30)


def run(statement: str, *values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def make_visits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Visits are kept two months after the one they were in."""
    run("CREATE TABLE visit (at timestamptz NOT NULL, visit_id bigint) PARTITION BY RANGE (at)")
    run("CREATE TABLE visit_default PARTITION OF visit DEFAULT")
    said = MonthlyTable("We look back two months.", kept_months=2, least=1)
    monkeypatch.setattr(retention, "announced", lambda: {"visit": said})
    for month in (7, 8, 9, 10, 11):
        partitions.make_month("visit", date(2026, month, 1))
    for month in (5, 8, 9, 10, 11):
        run(
            "INSERT INTO visit SELECT %s, n FROM generate_series(1, 3) AS n",
            datetime(2026, month, 30, tzinfo=UTC),
        )


@pytest.fixture
def visits(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    make_visits(monkeypatch)


def left() -> list[str]:
    return [month.part for month in retention.months() if month.table == "visit"]


def kept_visits() -> list[int]:
    return [
        month for (month,) in run("SELECT DISTINCT extract(month FROM at)::integer FROM visit ORDER BY 1")
    ]


@pytest.mark.django_db
def test_every_table_kept_in_months_says_for_how_long_and_why() -> None:
    assert partitions.tables().keys() == retention.announced().keys()
    assert all(str(said.ground) for said in retention.announced().values())


def test_the_audit_and_the_crossings_are_kept_for_ever() -> None:
    assert retention.kept_months("audit_entry") is None
    assert retention.kept_months("crossing") is None


def test_what_sums_are_counted_from_is_kept_for_ever() -> None:
    for code, rollup in modules.brought(lambda module: module.rollups).items():
        counted = modules.at(rollup.counted)()
        gone = [
            table for table, said in retention.announced().items() if said.kept_months and table in counted
        ]
        assert not gone, f"{code} would drift when its months of {gone} are let go"


def test_months_past_keeping_go_and_the_others_stay(visits: None) -> None:
    assert [month.part for month in retention.past_keeping(TODAY)] == ["visit_2026_07", "visit_2026_08"]
    assert [month.part for month in retention.let_go(TODAY)] == ["visit_2026_07", "visit_2026_08"]
    assert left() == ["visit_2026_09", "visit_2026_10", "visit_2026_11", "visit_default"]
    assert kept_visits() == [9, 10, 11]
    assert run("SELECT to_regclass('visit_2026_08')") == [(None,)]
    assert retention.let_go(TODAY) == []


def test_a_month_is_kept_to_its_last_day(visits: None) -> None:
    assert [month.part for month in retention.past_keeping(date(2026, 10, 31))] == ["visit_2026_07"]
    assert "visit_2026_08" in [month.part for month in retention.past_keeping(date(2026, 11, 1))]


def test_that_it_went_is_on_record(visits: None) -> None:
    retention.let_go(TODAY)
    told = run("SELECT detail FROM audit_entry WHERE action = 'db.let_go' ORDER BY detail")
    assert [detail.split(":")[0] for (detail,) in told] == ["visit_2026_07", "visit_2026_08", "visit_default"]


def test_what_lies_outside_the_months_goes_too(visits: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "_AT_ONCE", 2)
    assert retention.early_rows(TODAY) == ["visit"]
    retention.let_go(TODAY)
    assert retention.early_rows(TODAY) == []
    assert 5 not in kept_visits()


def test_the_operator_sets_other_months(visits: None, settings: Any) -> None:
    settings.KEPT_MONTHS = {"visit": 3}
    assert [month.part for month in retention.past_keeping(TODAY)] == ["visit_2026_07"]


def test_the_operator_sees_what_is_kept_and_what_would_go(visits: None, settings: Any) -> None:
    settings.KEPT_MONTHS = {"visit": 1}
    shown = CliRunner().invoke(db, ["months"]).output
    assert "audit_entry: kept for ever." in shown
    assert "visit: kept 1 months after its end.\n  We look back two months.\n" in shown
    assert "kept until 2026-10-01" in shown
    would = CliRunner().invoke(db, ["let-go", "--dry-run"])
    assert would.exit_code == 0, would.output
    assert "visit_2026_08: rows uncounted" in would.output
    assert "visit_default: rows of months that are kept no more." in would.output
    assert 8 in kept_visits()
    done = CliRunner().invoke(db, ["let-go"])
    assert "visit_2026_08: removed" in done.output
    assert 8 not in kept_visits()


def test_a_number_without_a_least_is_refused() -> None:
    for kept, least in ((12, None), (12, 24), (12, 0)):
        with pytest.raises(ValueError, match="say what is the least"):
            MonthlyTable("x", kept, least)


@pytest.fixture
def standing_visits(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    make_visits(monkeypatch)
    monkeypatch.setattr(retention, "PAUSE", 0.0)
    monkeypatch.setattr(retention, "TRIES", 2)
    yield
    run("DROP TABLE visit")


@pytest.mark.django_db(transaction=True)
def test_a_table_that_somebody_uses_is_let_go_another_time(standing_visits: None) -> None:
    begun, ended = threading.Event(), threading.Event()

    def read() -> None:
        try:
            run("BEGIN")
            run("SELECT count(*) FROM visit WHERE at >= '2026-11-01Z'")
            begun.set()
            ended.wait(20)
            run("ROLLBACK")
        finally:
            connection.close()

    reader = threading.Thread(target=read)
    reader.start()
    assert begun.wait(20)
    try:
        with pytest.raises(MonthInUse, match="visit_2026_07, visit_2026_08"):
            retention.let_go(TODAY)
    finally:
        ended.set()
        reader.join()
    assert "visit_2026_07" in left()
    assert len(retention.let_go(TODAY)) == 2
