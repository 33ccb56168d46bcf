"""The processes that serve: started, watched, and started again when they die."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import HTTPError, URLError

import click

from dancu.db import embedded
from dancu.metrics.requests import FOLDER

HOST = "127.0.0.1"
# How long a page may wait for a record that somebody else changes, and for one statement: see web.faults.
# Commands have no such limits.
LIMITS = {"lock_timeout": "2s", "statement_timeout": "10s", "idle_in_transaction_session_timeout": "30s"}
# connections of one worker that may wait or send; each costs some kilobytes until its request is whole
AT_ONCE = 4096
# seconds; a signal that another thread of ours was handed (polars has some) would not interrupt one long wait
_LOOK_EVERY = 0.5
_AGAIN_AFTER = (0.1, 1.0, 2.0, 5.0, 10.0)  # seconds, by how often it died within a minute


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def is_taken(port: int) -> bool:
    """Whether somebody listens on this port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False


class Server:
    """granian with its workers. It answers a worker's death by another, and gives up where one dies twice
    within seconds: then we start it again, as often as it takes.
    """

    def __init__(self, port: int, host: str = HOST, workers: int = 2) -> None:
        self.port = port
        self._address = f"http://{host}:{port}/health/"
        self._command = [
            sys.executable,
            "-m",
            "dancu.serving.under",
            "--interface",
            "rsgi",
            "dancu.serving.application:application",
            "--host",
            host,
            "--port",
            str(port),
            "--workers",
            str(workers),
            "--backlog",
            str(AT_ONCE),
            "--backpressure",
            str(AT_ONCE),
            "--log-level",
            "warning",
            "--no-ws",
            "--http",
            "1",
            "--respawn-failed-workers",
        ]
        self._died: list[float] = []
        self._counts = Path(tempfile.mkdtemp(prefix="dancu-requests-"))
        self.process = self._start()

    def wait_until_it_answers(self) -> None:
        """Raises click.ClickException where it ends, or does not answer within a minute."""
        for _attempt in range(300):
            if self.process.poll() is not None:
                raise click.ClickException(
                    f"The server stopped immediately (exit code {self.process.returncode}). See its last "
                    f"messages above."
                )
            with suppress(URLError, OSError):
                try:
                    urllib.request.urlopen(self._address, timeout=5).close()  # noqa: S310 – our own
                except HTTPError as answer:  # it answers, whatever it says
                    answer.close()
                return
            time.sleep(0.2)
        raise click.ClickException("The server did not answer within a minute.")

    def watch(self, changed: Callable[[], bool] = lambda: False) -> None:
        """Until a signal comes: start it again whenever it ends, and the embedded database too, and
        whenever `changed` says that its files did.
        """
        while True:
            time.sleep(_LOOK_EVERY)
            self.look()
            if changed():
                self.stop()
                self.process = self._start()

    def look(self) -> None:
        """Start again what has ended."""
        embedded.keep_running()
        if self.process.poll() is not None:
            self._start_again()

    def stop(self) -> None:
        """End it, by force after ten seconds."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        shutil.rmtree(self._counts, ignore_errors=True)

    def _start(self) -> subprocess.Popen[bytes]:
        shutil.rmtree(self._counts, ignore_errors=True)  # a new server counts from nothing
        self._counts.mkdir(mode=0o700)
        limits = " ".join(f"-c {name}={value}" for name, value in LIMITS.items())
        settings = {"DJANGO_SETTINGS_MODULE": "dancu.settings", "DANCU_DATABASE_LIMITS": limits}
        settings[FOLDER] = str(self._counts)
        return subprocess.Popen(
            self._command, env=os.environ | settings, start_new_session=True, stdin=subprocess.PIPE
        )

    def _start_again(self) -> None:
        with suppress(ProcessLookupError):  # a worker that outlived it holds the port
            os.killpg(self.process.pid, signal.SIGKILL)
        now = time.monotonic()
        self._died = [at for at in self._died if now - at < 60] + [now]
        after = _AGAIN_AFTER[min(len(self._died), len(_AGAIN_AFTER)) - 1]
        click.echo(
            f"The server stopped (exit code {self.process.returncode}) and is being restarted.", err=True
        )
        time.sleep(after)
        self.process = self._start()


@contextmanager
def server(port: int, host: str = HOST, workers: int = 2) -> Iterator[Server]:
    """The server, answering, while the block runs. Raises click.ClickException where it does not answer
    within a minute.
    """
    started = Server(port, host, workers)
    try:
        started.wait_until_it_answers()
        yield started
    finally:
        started.stop()
