"""Whoever watches over background work sees what is done by itself, what is not, and has it done."""

import datetime as dt

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from dancu.audit import lookups as audit
from dancu.testing.officials import signed_in
from dancu.work.kinds import kinds
from dancu.work.worker import Worker

pytestmark = pytest.mark.django_db
PAGE, NOW = "/office/background/", "/office/background/settle/now/"


@pytest.fixture
def desk(client, giang):
    return signed_in(client, giang)


def settle(**values):
    Worker()._know()
    with connection.cursor() as cursor:
        for column, value in values.items():
            cursor.execute(f"UPDATE job SET {column} = %s WHERE kind = 'settle'", [value])


def due_at():
    with connection.cursor() as cursor:
        cursor.execute("SELECT due_at FROM job WHERE kind = 'settle'")
        return cursor.fetchone()[0]


def text(response):
    return " ".join(response.content.decode().split())


def test_an_administrator_sees_what_no_worker_does_and_what_failed(desk):
    assert text(desk.get(PAGE)).count("No worker has begun it") == len(kinds())
    settle(error="LockNotAvailable", attempts=2)
    assert "2 failures: LockNotAvailable" in text(desk.get(PAGE))


def test_one_press_has_it_done_and_is_on_record(desk, giang):
    settle()
    assert due_at() > timezone.now()
    page = desk.post(NOW, follow=True)
    assert "A worker begins it within seconds." in text(page)
    assert due_at() <= timezone.now()
    since = timezone.now() - dt.timedelta(minutes=1)
    (entry,) = audit.search(since, timezone.now(), action="work.due_now", limit=5)
    assert (entry.actor_id, entry.detail) == (giang.pk, "settle")


def test_what_a_worker_is_doing_is_not_begun_twice(desk):
    settle(worker="here:1", due_at=timezone.now() + dt.timedelta(seconds=20))
    before = due_at()
    page = desk.post(NOW, follow=True)
    assert "A worker is doing it already." in text(page)
    assert "being done by here:1" in text(page)
    assert due_at() == before


def test_there_is_nothing_else_to_be_done(desk):
    assert desk.post(reverse("office:background-now", args=["nothing"])).status_code == 404
    assert desk.get(NOW).status_code == 405
