"""A worker in a process of its own beside a server: started again when it ends, gone with its starter."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

_AGAIN_AFTER = 5.0  # seconds between two starts
_PATIENCE = 25  # seconds, longer than the worker's own


class WorkerProcess:
    """`look` now and then."""

    def __init__(self) -> None:
        self._started = 0.0
        self._process = self._start()

    def look(self) -> None:
        """Start it again if it has ended."""
        if self._process.poll() is not None and time.monotonic() - self._started >= _AGAIN_AFTER:
            click.echo(
                f"The worker stopped (exit code {self._process.returncode}) and is restarted.", err=True
            )
            self._process = self._start()

    def restart(self) -> None:
        """End it and start it, with the program as it is now."""
        self.stop()
        self._process = self._start()

    def stop(self) -> None:
        """End it, by force if it does not."""
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        self._started = time.monotonic()
        command = [sys.executable, "-m", "dancu", "work", "--with-starter"]
        return subprocess.Popen(command, env=os.environ, start_new_session=True, stdin=subprocess.PIPE)


@contextmanager
def worker() -> Iterator[WorkerProcess]:
    """A worker while the block runs."""
    started = WorkerProcess()
    try:
        yield started
    finally:
        started.stop()
