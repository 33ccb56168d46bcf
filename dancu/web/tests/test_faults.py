"""What a failing request is answered with: in words, with our headers, and without a value in the log."""

import logging

import psycopg
import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from psycopg.conninfo import make_conninfo

from dancu.urls import handler500  # noqa: F401 – Django looks for it here
from dancu.urls import urlpatterns as ours

pytestmark = pytest.mark.django_db


def url() -> str:
    """Of the database that this test works on."""
    parts = connection.get_connection_params()
    return make_conninfo(
        "", **{name: parts[name] for name in ("dbname", "user", "host", "port") if name in parts}
    )


def _run(statement: str):
    def view(_request, **_kwargs) -> HttpResponse:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '100ms'; SET LOCAL statement_timeout = '300ms'")
            cursor.execute(statement)
        return HttpResponse("done")

    return view


def _broken(_request, number: str) -> HttpResponse:
    raise ValueError(f"{number} is no number of Nguyễn Văn An")


urlpatterns = [
    path("busy/", _run("LOCK TABLE throttle IN ACCESS EXCLUSIVE MODE")),
    path("slow/", _run("SELECT pg_sleep(5)")),
    path(
        "twice/",
        _run(
            "CREATE TEMP TABLE t (pin text PRIMARY KEY); INSERT INTO t VALUES ('001088035162'), "
            "('001088035162')"
        ),
    ),
    path("broken/<number>/", _broken),
    path("api/slow", _run("SELECT pg_sleep(5)")),
    *ours,
]


@pytest.fixture
def desk(settings):
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.fixture
def locked(transactional_db):
    """The table throttle, held by somebody else."""
    with psycopg.connect(url()) as other:
        other.execute("LOCK TABLE throttle IN ACCESS EXCLUSIVE MODE")
        yield
        other.rollback()


def test_a_record_that_somebody_else_changes_is_told_so_after_a_moment(desk, locked):
    answer = desk.get("/busy/")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert "Có người đang sửa hồ sơ này" in answer.content.decode()
    assert "Someone else is changing this record" in answer.content.decode()


def test_a_statement_that_takes_too_long_is_given_up(desk):
    answer = desk.get("/slow/")
    assert answer.status_code == 503
    assert "Mất quá nhiều thời gian" in answer.content.decode()
    told = desk.get("/api/slow", headers={"Accept-Language": "en"})
    assert told["Content-Type"] == "application/problem+json"
    assert (told.json()["code"], told["Retry-After"]) == ("too-long", "5")
    assert told.json()["detail"].startswith("This took too long")


def test_every_fault_carries_the_headers_that_pages_carry(desk):
    for address in ("/slow/", "/broken/1/", "/api/slow"):
        answer = desk.get(address)
        assert "default-src 'self'" in answer["Content-Security-Policy"], address
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_pages_are_served_under_limits_of_time(monkeypatch):
    from dancu import settings
    from dancu.serving.server import LIMITS

    limits = " ".join(f"-c {name}={value}" for name, value in LIMITS.items())
    monkeypatch.setenv("DANCU_DATABASE_LIMITS", limits)
    options = settings._database(url())["OPTIONS"]
    with psycopg.connect(url(), options=options["options"]) as served:
        shown = {name: served.execute(f"SHOW {name}").fetchone()[0] for name in LIMITS}
    assert shown == {
        "lock_timeout": "2s",
        "statement_timeout": "10s",
        "idle_in_transaction_session_timeout": "30s",
    }


def test_the_log_says_where_it_failed_and_nothing_of_whom(desk, caplog):
    desk.get("/broken/001088035162/")
    desk.get("/twice/")
    desk.get("/nowhere/001088035162/")
    desk.get("/help/", headers={"Host": "elsewhere.example"})
    said = "\n".join(_as_written(record) for record in caplog.records)
    assert "GET broken/<number>/" in said
    assert "test_faults.py" in said, "the line that failed"
    assert "UniqueViolation 23505" in said
    assert "001088035162" not in said
    assert "elsewhere" not in said


def test_a_wait_costs_one_line_of_the_log(desk, caplog):
    desk.get("/slow/")
    lines = [_as_written(record) for record in caplog.records if record.name == "django.request"]
    assert lines == ["503 at GET slow/: QueryCanceled 57014"]


def _as_written(record: logging.LogRecord) -> str:
    """As our handler would write it; empty where it is not written."""
    handler = next(each for each in logging.getLogger().handlers if each.filters)
    return handler.format(record) if handler.filter(record) else ""
