"""What is due is done once, by whoever is there; what went wrong is done again; what a dead worker had is
begun again.
"""

import datetime as dt
import threading
import time

import pytest
from django.db import connection
from django.utils import timezone

from dancu import modules
from dancu.work import kinds, lookups, worker
from dancu.work.rows import ClaimedJob
from dancu.work.tests.conftest import DONE
from dancu.work.worker import Worker

pytestmark = pytest.mark.django_db(transaction=True)
NIGHTLY = {"when": "30 2 * * *"}
SOON = {"every": dt.timedelta(milliseconds=10)}


def run(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def job(kind):
    (row,) = [each.row for each in lookups.standing() if each.kind == kind]
    return row


def is_due(kind):
    Worker()._know()
    run("UPDATE job SET due_at = now() - interval '1 hour', worker = '' WHERE kind = %s", kind)


def nothing():
    return None


def wrong():
    raise ValueError("Nguyễn Văn An, 079200001234")


def test_a_timetable_is_kept_and_nothing_is_done_before_its_time(jobs):
    jobs(nightly=(nothing, NIGHTLY))
    Worker().once()
    assert DONE == []
    first = job("nightly")["due_at"]
    assert timezone.localtime(first).strftime("%H:%M") == "02:30"
    is_due("nightly")
    Worker().once()
    Worker().once()
    assert DONE == ["nightly"]
    row = job("nightly")
    assert (row["due_at"], row["attempts"], row["worker"], row["error"]) == (first, 0, "", "")
    assert row["took"] < dt.timedelta(seconds=5)


def test_times_that_were_missed_are_made_up_for_once(jobs):
    jobs(nightly=(nothing, NIGHTLY))
    Worker()._know()
    run("UPDATE job SET due_at = now() - interval '10 days'")
    Worker().once()
    Worker().once()
    assert DONE == ["nightly"]


def test_what_waits_is_looked_for_until_nothing_does(jobs):
    left = [3, 2, 1, 0]
    jobs(messages=(lambda: left.pop(0), SOON))
    Worker().once()
    assert (left, DONE) == ([], ["messages"] * 4)


def test_what_went_wrong_is_done_again_later_and_tells_no_words_of_a_person(jobs, caplog):
    jobs(nightly=(wrong, NIGHTLY))
    waits = []
    for _ in range(3):
        is_due("nightly")
        Worker().once()
        row = job("nightly")
        waits.append(round((row["due_at"] - timezone.now()).total_seconds() / 30))
    assert (waits, row["attempts"], row["error"], row["worker"]) == ([1, 2, 4], 3, "ValueError", "")
    assert "Nguyễn" not in caplog.text
    assert [each.trouble for each in lookups.standing()] == ["failing"]
    jobs(nightly=(nothing, NIGHTLY))
    is_due("nightly")
    Worker().once()
    assert (job("nightly")["attempts"], job("nightly")["error"]) == (0, "")


def test_one_thing_that_goes_wrong_keeps_nothing_else_away(jobs):
    jobs(bad=(wrong, NIGHTLY), good=(nothing, NIGHTLY))
    for kind in ("bad", "good"):
        is_due(kind)
    Worker(long=1).once()
    Worker(long=1).once()
    assert sorted(DONE) == ["bad", "good"]


def test_of_several_workers_one_does_it(jobs, at_once):
    jobs(nightly=(lambda: time.sleep(0.3), NIGHTLY))
    is_due("nightly")
    at_once(4, lambda: Worker().once())
    assert DONE == ["nightly"]


def test_long_work_keeps_its_claim_and_nobody_else_begins_it(jobs, monkeypatch):
    monkeypatch.setattr(worker, "LEASE", dt.timedelta(seconds=3))
    monkeypatch.setattr(worker, "_RENEW_EVERY", 0.2)
    monkeypatch.setattr(worker, "LOOK_EVERY", 0.05)
    jobs(nightly=(lambda: time.sleep(5), NIGHTLY))
    is_due("nightly")
    stop = threading.Event()
    workers = [threading.Thread(target=lambda: (Worker().run(stop), connection.close())) for _ in range(2)]
    for each in workers:
        each.start()
    time.sleep(4.5)
    stop.set()
    for each in workers:
        each.join()
    assert DONE == ["nightly"]
    assert job("nightly")["attempts"] == 0


def test_what_a_dead_worker_had_is_begun_again_when_its_claim_is_over(jobs, monkeypatch):
    jobs(nightly=(nothing, NIGHTLY))
    is_due("nightly")
    dead = claim("nightly", dt.timedelta(hours=1))
    Worker().once()
    assert DONE == []
    assert job("nightly")["worker"] == "dead:1"
    run("UPDATE job SET due_at = now()")
    assert job("nightly")["worker"] == ""
    Worker().once()
    assert DONE == ["nightly"]
    due_at = job("nightly")["due_at"]
    worker._marked("failed", dead, after=dt.timedelta(), error="late")
    worker._marked("done", dead, due_at=timezone.now(), after=dt.timedelta())
    assert (job("nightly")["due_at"], job("nightly")["error"]) == (due_at, "")


def test_what_kills_its_worker_waits_longer_each_time_and_is_told(jobs):
    jobs(nightly=(nothing, NIGHTLY))
    waits = []
    for times in (1, 2, 3):
        is_due("nightly")
        assert claim("nightly", dt.timedelta(seconds=30))["attempts"] == times
        waits.append(round((job("nightly")["due_at"] - timezone.now()).total_seconds() / 30))
        assert [each.trouble for each in lookups.standing()] == ["dying" if times > 1 else ""]
    assert waits == [1, 2, 4]
    run("UPDATE job SET due_at = now() - interval '1 minute'")
    assert [each.trouble for each in lookups.standing()] == ["dying"]


def test_once_does_all_that_is_due_and_each_once(jobs):
    jobs(
        **dict.fromkeys(("a", "b", "c", "d"), (nothing, NIGHTLY)),
        messages=(lambda: 0, SOON),
        bad=(wrong, NIGHTLY),
    )
    Worker()._know()
    run("UPDATE job SET due_at = now()")
    Worker(long=1).once()
    assert sorted(DONE) == ["a", "b", "bad", "c", "d", "messages"]


def test_what_goes_on_for_hours_is_told(jobs):
    jobs(nightly=(nothing, NIGHTLY))
    is_due("nightly")
    claim("nightly", dt.timedelta(hours=9))
    run("UPDATE job SET started_at = now() - interval '3 hours'")
    assert [each.trouble for each in lookups.standing()] == ["long"]


def test_a_worker_that_is_stopped_lets_go_of_what_does_not_end(jobs):
    going_on = threading.Event()
    jobs(nightly=(lambda: going_on.wait(10), NIGHTLY))
    is_due("nightly")
    stopped = Worker()
    stopped._take()
    assert stopped.end(patience=0.2) is False
    row = job("nightly")
    assert (row["worker"], row["attempts"]) == ("", 0)
    assert row["due_at"] <= timezone.now()
    going_on.set()


def test_a_worker_that_is_stopped_sends_no_more_however_much_waits(jobs):
    jobs(messages=(lambda: time.sleep(0.01) or 1, SOON))
    is_due("messages")
    stopped = Worker()
    stopped._take()
    time.sleep(0.2)
    assert stopped.end() is True
    sent = len(DONE)
    time.sleep(0.1)
    assert 1 <= sent == len(DONE)


def test_the_operator_is_told_what_nobody_does(jobs):
    jobs(nightly=(nothing, NIGHTLY))
    assert [each.trouble for each in lookups.standing()] == ["late"]
    is_due("nightly")
    assert [each.trouble for each in lookups.standing()] == ["late"]
    Worker().once()
    assert [each.trouble for each in lookups.standing()] == [""]


def test_every_kind_of_the_house_stands_where_it_says_and_has_one_time():
    for kind, each in kinds.kinds().items():
        assert callable(modules.at(each.at)), kind
        assert bool(each.when) != bool(each.every), kind
        if each.when:
            assert kinds.next_time(each, timezone.now()) > timezone.now(), kind
        if each.waiting:
            assert modules.at(each.waiting)() >= 0, kind


def claim(kind, lease) -> ClaimedJob:
    found = worker._sql.of(ClaimedJob).one("claim", kinds=[kind], worker="dead:1", lease=lease)
    assert found
    return found
