"""The same thing sent twice at one moment, a code used twice at one moment, and a server that is killed."""

import json
import os
import signal
import subprocess
import sys

import pytest
from django.db import connection

from dancu.checkpoints.lookups import pass_code
from dancu.devices import actions
from dancu.devices.values import Place
from dancu.testing import at_once
from dancu.testing.database import rows
from dancu.testing.devices import Telephone, enrolled, shift_of
from dancu.testing.officials import acting_as, make_official
from dancu.testing.travellers import declare

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("published_areas")]

_SEND = """
import json, sys
from django.test import Client
from dancu.checkpoints import deliveries
asked = json.loads(sys.argv[1])
if sys.argv[2]:  # killed after the crossing is written, before it is written down as having come
    from dancu.devices import inbox
    before = inbox._sql.run
    def run(name, *args, **values):
        if name == "add_item":
            print("now", flush=True)
            sys.stdin.readline()
        return before(name, *args, **values)
    inbox._sql.run = run
answer = Client(SERVER_NAME="localhost").generic("POST", "/api/devices/sync", asked["body"].encode(), content_type="application/json",
                          headers={"Authorization": asked["header"]})
print([each["is"] for each in answer.json()["answers"]], flush=True)
"""


@pytest.fixture
def acting(country):
    return acting_as(make_official("binh", "checkpoint_officer"))


def test_one_code_makes_one_device_however_many_use_it_at_once(acting, station):
    code = actions.make_code(acting, Place("station", station), "One")
    answers = at_once.at_once(4, lambda: Telephone().enrol(code).status_code)
    assert sorted(answers) == [200, 404, 404, 404]
    assert rows("SELECT count(*) FROM device") == [(1,)]


def test_the_same_sent_four_times_at_one_moment_is_recorded_once(acting, station, an):
    telephone = enrolled(acting, station)
    shift = shift_of(telephone, acting, station)
    told = {"pass": pass_code(declare().pass_id), "decision": "through", "direction": "in"}
    sent = telephone.item("crossing", told, shift)
    answers = at_once.at_once(4, lambda: telephone.send(sent).json()["answers"][0]["is"])
    assert sorted(answers) == ["known", "known", "known", "taken"]
    assert rows("SELECT count(*) FROM crossing") == [(1,)]


def test_a_server_that_is_killed_between_recording_and_answering_has_done_neither(acting, station, an):
    telephone = enrolled(acting, station)
    shift = shift_of(telephone, acting, station)
    told = {"pass": pass_code(declare().pass_id), "decision": "through", "direction": "in"}
    sent = telephone.item("crossing", told, shift)
    killed = _process(telephone, sent, "killed")
    assert killed.stdout and killed.stdout.readline() == "now\n", killed.communicate()
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert rows("SELECT count(*) FROM crossing") == [(0,)]
    out, err = _process(telephone, sent, "").communicate(timeout=60)
    assert out == "['taken']\n", err
    assert rows("SELECT (SELECT count(*) FROM crossing), (SELECT count(*) FROM device_item)") == [(1, 1)]


def _process(telephone, sent, killed: str) -> subprocess.Popen[str]:
    body = json.dumps({"made": 1, "waiting": 1, "items": [sent]})
    asked = {"body": body, "header": telephone.header("POST", "/api/devices/sync", body.encode())}
    connection.close()
    return subprocess.Popen(
        [sys.executable, "-c", f"import django\ndjango.setup()\n{_SEND}", json.dumps(asked), killed],
        env=os.environ | {"DANCU_DATABASE_URL": at_once.database_url()},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
