"""The server as operations.md says that it is to run: behind a proxy that speaks HTTPS, under names of
its own.
"""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from urllib.error import HTTPError

import psutil
import pytest

from dancu.serving import server as serving

SERVES = """
import sys
from dancu.installation import set_up
set_up()
from dancu.serving.server import Server
serves = Server(int(sys.argv[1]), workers=1)
serves.wait_until_it_answers()
print("answers", flush=True)
serves.watch()
"""


@pytest.mark.parametrize(
    "settings",
    [
        {"DANCU_HTTPS": "1"},
        {"DANCU_HOSTS": "dancu.example.vn"},
        {"DANCU_HTTPS": "1", "DANCU_HOSTS": "dancu.example.vn"},
    ],
    ids=" ".join,
)
def test_the_server_lives_under_the_settings_of_a_country(settings, monkeypatch):
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    port = serving.free_port()
    with serving.server(port, workers=1) as started:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/") as answer:  # as a load balancer asks
            assert answer.status == 200
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/.well-known/dancu-keys.json",
            headers={"Host": settings.get("DANCU_HOSTS", "localhost"), "X-Forwarded-Proto": "https"},
        )
        try:
            assert urllib.request.urlopen(request).status == 200
        except HTTPError as problem:  # the database of a test machine may be empty
            assert problem.code == 500, problem
        assert started.process.poll() is None


def test_the_port_is_free_again_however_the_command_was_killed():
    port = serving.free_port()
    command = [sys.executable, "-c", SERVES, str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as served:
        assert served.stdout is not None
        assert served.stdout.readline() == "answers\n"
        os.kill(served.pid, signal.SIGKILL)
    for _attempt in range(150):
        if not serving.is_taken(port):
            break
        time.sleep(0.1)
    assert not serving.is_taken(port)


def test_whoever_is_scraped_tells_the_requests_of_all_workers_also_of_one_that_died(monkeypatch):
    monkeypatch.setenv("DANCU_METRICS_TOKEN", "a-token-of-the-operators-own")
    port = serving.free_port()

    def asked(path, **headers):
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.read().decode()

    def told():
        page = asked("/metrics", Authorization="Bearer a-token-of-the-operators-own")
        (count,) = re.findall(r'^dancu_requests_total\{status="200",view="api:openapi"\} (\S+)$', page, re.M)
        return float(count)

    with serving.server(port, workers=2) as started:
        for _request in range(40):
            asked("/api/openapi.json")
        assert {told() for _scrape in range(6)} == {40}
        worker = next(
            child
            for child in psutil.Process(started.process.pid).children()
            if child.name() != "resource_tracker"
        )
        worker.kill()
        time.sleep(3)
        assert told() == 40
