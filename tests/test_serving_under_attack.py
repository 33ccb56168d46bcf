"""The server under those who want it to stop: silent connections, uploads without end, and whatever kills
its processes.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack
from pathlib import Path
from urllib.error import HTTPError, URLError

import psutil
import pytest

from dancu.serving import server as serving

SILENT = (
    b"POST /sign-in/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 100000\r\nCookie: csrftoken=abcdefghijklmnopqrstuvwxyzabcdef\r\n\r\nx"
)


@pytest.fixture(scope="module")
def server():
    with serving.server(serving.free_port(), workers=1) as started:
        yield started


@pytest.fixture
def port(server):
    return server.port


def health(port: int, timeout: float = 2) -> int | None:
    try:
        return urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=timeout).status
    except HTTPError as answer:
        return answer.code
    except (URLError, OSError):
        return None


def healthy_within(seconds: float, port: int, look=lambda: None) -> float:
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        look()
        if health(port) == 200:
            return time.monotonic() - began
        time.sleep(0.1)
    raise AssertionError(f"not healthy after {seconds} s")


def answer(connection: socket.socket) -> bytes:
    connection.settimeout(20)
    return connection.recv(1000)


def test_three_hundred_silent_connections_hold_nobody_up(port):
    with ExitStack() as open_ones:
        connections = [
            open_ones.enter_context(socket.create_connection((serving.HOST, port))) for _ in range(300)
        ]
        for connection in connections:
            connection.sendall(SILENT)
        assert [health(port) for _ in range(5)] == [200] * 5
        page = urllib.request.urlopen(f"http://127.0.0.1:{port}/help/", timeout=3)
        assert page.status == 200
        assert answer(connections[0]).startswith(b"HTTP/1.1 408"), "and each is given up after some seconds"


def test_whoever_asks_for_health_without_end_keeps_nobody_from_a_page(port):
    asked = b"GET /health/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 10
    with ExitStack() as open_ones:
        connections = [
            open_ones.enter_context(socket.create_connection((serving.HOST, port))) for _ in range(400)
        ]
        for _round in range(3):
            for connection in connections:
                connection.sendall(asked)
            began = time.monotonic()
            assert urllib.request.urlopen(f"http://127.0.0.1:{port}/help/", timeout=10).status == 200
            assert health(port) == 200
            assert time.monotonic() - began < 5


def test_an_upload_without_end_is_refused_before_it_is_sent(port):
    with socket.create_connection((serving.HOST, port)) as connection:
        head = (
            "POST /sign-in/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=b\r\n"
        )
        connection.sendall(f"{head}Content-Length: {600 << 20}\r\n\r\n--b\r\n".encode())
        assert answer(connection).startswith(b"HTTP/1.1 413")


def test_an_upload_without_a_length_is_refused_after_a_form_s_worth(port):
    with socket.create_connection((serving.HOST, port)) as connection:
        connection.sendall(
            b"POST /sign-in/ HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
        with pytest.raises(OSError, match=r"reset|Broken pipe"):  # it stops listening
            for _ in range(1000):
                connection.sendall(chunk)
            raise (
                ConnectionResetError("reset")
                if answer(connection).startswith(b"HTTP/1.1 413")
                else AssertionError
            )
    assert health(port) == 200


def test_a_header_with_an_underscore_passes_for_no_other(port):
    """X_Forwarded_Proto is not what the proxy says in X-Forwarded-Proto."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}/help/", headers={"Accept_Language": "en"})
    assert 'lang="vi"' in urllib.request.urlopen(request).read().decode()


def test_workers_may_die_as_often_as_they_like():
    port = serving.free_port()
    with serving.server(port, workers=2) as started:
        for _death in range(4):
            for worker in psutil.Process(started.process.pid).children():
                worker.kill()
            time.sleep(0.3)
            healthy_within(30, port, started.look)


def test_a_database_that_dies_is_started_again(tmp_path):
    """`dancu serve` with the embedded database, as a small country runs it."""
    tmp_path.chmod(0o755)
    home = Path(os.environ.get("TMPDIR", "/tmp")) / f"dancu-dies-{os.getpid()}"
    home.mkdir()
    port = serving.free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DANCU_")}
    serve = subprocess.Popen(
        [sys.executable, "-m", "dancu", "serve", "--port", str(port), "--workers", "1"],
        env=environment | {"DANCU_HOME": str(home)}, cwd=Path(__file__).parents[1], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        healthy_within(60, port)
        postmaster = int((home / "postgres" / "postmaster.pid").read_text().split()[0])
        os.kill(postmaster, signal.SIGKILL)
        time.sleep(0.3)
        assert json.loads(_body(port))["code"] == "database-away"
        healthy_within(60, port)
        ours = psutil.Process(serve.pid).children(recursive=True)
        serve.send_signal(signal.SIGTERM)  # as whatever supervises it says it
        assert serve.wait(30) == 0
        assert not [
            child for child in psutil.wait_procs(ours, 10)[1] if "dancu.serving.under" in child.cmdline()
        ]
    finally:
        serve.kill()
        subprocess.run(["rm", "-rf", str(home)], check=True)


def _body(port: int) -> bytes:
    try:
        return urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=5).read()
    except HTTPError as problem:
        assert problem.code == 503
        return problem.read()
