"""A worker that is killed in the middle of its work: whatever it had is begun again."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection

from dancu.testing import at_once

pytestmark = pytest.mark.django_db(transaction=True)
_WORKER = """
import time
from datetime import timedelta
from dancu.modules import BackgroundJob
from dancu.work import kinds, worker
from dancu.work.tests.conftest import HOW

HOW["long"] = lambda: (print("began", flush=True), time.sleep(float(sys.argv[1])))
found = {"long": BackgroundJob("dancu.work.tests.doing:long", "long", when="30 2 * * *")}
kinds.kinds = worker.kinds = lambda: found
worker.LEASE = timedelta(seconds=1)
worker.Worker().once()
print("ended", flush=True)
"""


def begin(seconds: float) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", f"import sys, django\ndjango.setup()\n{_WORKER}", str(seconds)],
        env=os.environ | {"DANCU_DATABASE_URL": at_once.database_url()},
        stdout=subprocess.PIPE,
        text=True,
    )


def test_what_a_killed_worker_was_doing_another_begins_after_its_claim():
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO job (kind, due_at) VALUES ('long', now())")
    killed = begin(30)
    assert killed.stdout and killed.stdout.readline() == "began\n"
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    at_once_after, _ = begin(0).communicate(timeout=30)
    time.sleep(1)
    later, _ = begin(0).communicate(timeout=30)
    assert [told.split() for told in (at_once_after, later)] in (
        [["ended"], ["began", "ended"]],
        [["began", "ended"], ["ended"]],  # where starting took longer than the claim
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT attempts, worker, due_at > now() FROM job WHERE kind = 'long'")
        assert cursor.fetchall() == [(0, "", True)]
