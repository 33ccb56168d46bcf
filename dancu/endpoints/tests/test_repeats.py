"""A request that changes something, sent again, at once, or after its server was killed."""

import datetime as dt
import os
import signal
import subprocess
import sys
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from dancu.endpoints import repeats
from dancu.endpoints.problems import Refusal
from dancu.testing.at_once import database_url, run_at_once
from dancu.testing.database import rows

pytestmark = pytest.mark.django_db(transaction=True)
KEY = "0198f6a4-0000-7000-8000-00000000000a"

WORK = """
import json, os, time
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from dancu.endpoints import repeats
from dancu.endpoints.problems import Refusal

def asked():
    return RequestFactory().post("/api/x", "{}", "application/json", headers={"Idempotency-Key": os.environ["KEY"]})

def work():
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO done_once (who) VALUES (%s) RETURNING nth", [os.getpid()])
        nth = cursor.fetchone()[0]
    print("working", flush=True) if os.environ.get("SAYS") else None
    time.sleep(float(os.environ["SECONDS"]))
    return HttpResponse(str(nth), status=200, content_type="application/json")

try:
    answer = repeats.done_once(asked(), "system", work)
    print(answer.status_code, answer.content.decode(), answer.get("Idempotency-Replayed", "first"))
except Refusal as refusal:
    print(refusal.kind.status, refusal.kind.code, refusal.headers["Retry-After"])
"""


@pytest.fixture(autouse=True)
def _table(transactional_db: Any):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE done_once (nth integer GENERATED ALWAYS AS IDENTITY, who integer)")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE done_once")


def asked(body: str = "{}", key: str = KEY) -> HttpRequest:
    headers = {"Idempotency-Key": key} if key else {}
    return RequestFactory().post("/api/x", body, "application/json", headers=headers)


def work(status: int = 200, said: str = "") -> HttpResponse:
    rows("INSERT INTO done_once (who) VALUES (0)")
    return HttpResponse(said or str(len(rows("SELECT 1 FROM done_once"))), status=status)


def test_the_same_again_gets_the_same_answer_and_does_nothing() -> None:
    first = repeats.done_once(asked(), "system", work)
    again = repeats.done_once(asked(), "system", work)
    assert (first.content, again.content) == (b"1", b"1")
    assert (first.get("Idempotency-Replayed"), again["Idempotency-Replayed"]) == (None, "true")
    assert len(rows("SELECT 1 FROM done_once")) == 1


def test_a_refusal_is_kept_as_an_answer_but_one_of_the_moment_is_not() -> None:
    for status, times in ((422, 1), (429, 3), (409, 5)):
        for _ in range(2):
            answer = repeats.done_once(asked(key=KEY[:-3] + str(status)), "system", lambda s=status: work(s))
            assert answer.status_code == status
        assert len(rows("SELECT 1 FROM done_once")) == times


def test_another_request_under_the_key_is_refused_and_another_callers_is_not() -> None:
    repeats.done_once(asked(), "system", work)
    with pytest.raises(Refusal) as refused:
        repeats.done_once(asked('{"x": 1}'), "system", work)
    assert refused.value.kind.code == "key-reused"
    assert repeats.done_once(asked('{"x": 1}'), "another system", work).content == b"2"


@pytest.mark.parametrize("key", ["", "7", "not a key"])
def test_a_key_is_a_uuid(key: str) -> None:
    with pytest.raises(Refusal) as refused:
        repeats.done_once(asked(key=key), "system", work)
    assert refused.value.kind.code == "no-key"


def test_what_fails_leaves_nothing_and_may_be_sent_again() -> None:
    def breaks() -> HttpResponse:
        work()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        repeats.done_once(asked(), "system", breaks)
    assert rows("SELECT 1 FROM done_once") == rows("SELECT 1 FROM repeated_request") == []
    assert repeats.done_once(asked(), "system", work).content == b"1"


def test_nothing_of_the_body_can_be_found_in_what_is_kept() -> None:
    repeats.done_once(asked('{"number": "079200000015"}'), "system", lambda: HttpResponse("done"))
    ((kept,),) = rows("SELECT r::text FROM repeated_request r")
    assert "0792" not in kept


def test_of_two_at_once_one_is_done_and_the_other_waits_for_its_answer() -> None:
    said = run_at_once(WORK, 2, KEY=KEY, SECONDS="0.5")
    ((nth,),) = rows("SELECT nth FROM done_once")
    assert sorted(said) == [f"200 {nth} first", f"200 {nth} true"]


def test_who_would_wait_too_long_is_told_to_come_again() -> None:
    said = run_at_once(WORK, 2, KEY=KEY, SECONDS="1.5", DANCU_DATABASE_LIMITS="-c lock_timeout=300ms")
    assert sorted(said) == ["200 1 first", "409 still-running 2"]


def test_who_is_killed_in_the_middle_leaves_nothing_and_the_next_does_it() -> None:
    environment = os.environ | {"DANCU_DATABASE_URL": database_url()}
    killed = subprocess.Popen(
        [sys.executable, "-c", "import django; django.setup()\n" + WORK],
        env=environment | {"KEY": KEY, "SECONDS": "60", "SAYS": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert killed.stdout
    assert killed.stdout.readline() == "working\n"
    killed.send_signal(signal.SIGKILL)
    killed.wait(10)
    (said,) = run_at_once(WORK, 1, KEY=KEY, SECONDS="0")
    assert said.endswith("first")
    assert len(rows("SELECT 1 FROM done_once")) == 1


def test_answers_are_kept_for_a_day() -> None:
    repeats.done_once(asked(), "system", work)
    assert repeats.forget() == 0
    rows("UPDATE repeated_request SET came_at = now() - %s", repeats.KEPT + dt.timedelta(minutes=1))
    assert repeats.forget() == 1
