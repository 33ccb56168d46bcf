"""Serving the pages and endpoints with granian, and stopping them."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import URLError

import click

HOST = "127.0.0.1"


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


@contextmanager
def server(port: int, host: str = HOST, workers: int = 2) -> Iterator[subprocess.Popen[bytes]]:
    """The server while the block runs: one thread per worker measured fastest (docs/performance.md). Raises click.ClickException
    where it does not answer within a minute."""
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "dancu.wsgi:application", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "1", "--log-level", "warning", "--no-ws", "--respawn-failed-workers",
    ]  # fmt: skip
    process = subprocess.Popen(
        command, env=os.environ | {"DJANGO_SETTINGS_MODULE": "dancu.settings"}, start_new_session=True
    )
    try:
        _wait_until_it_answers(process, f"http://{host}:{port}/health/")
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait(process: subprocess.Popen[bytes]) -> None:
    """Until the server ends or a signal comes. Looks up twice a second: a signal that another thread of ours was handed (polars has
    some) would not interrupt one long wait."""
    while process.poll() is None:
        time.sleep(0.5)


def _wait_until_it_answers(process: subprocess.Popen[bytes], url: str) -> None:
    for _attempt in range(300):
        if process.poll() is not None:
            raise click.ClickException(
                f"The server ended at once (exit code {process.returncode}); its last words stand above."
            )
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 – our own address
            return
        except (URLError, OSError):
            time.sleep(0.2)
    raise click.ClickException("The server did not answer within a minute.")


@click.command()
@click.option("--host", default=HOST, show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=max(2, os.cpu_count() or 2), show_default=True, help="Processes; about one a core.")
def serve(host: str, port: int, workers: int) -> None:
    """Serve the pages and endpoints until Ctrl-C."""
    if is_taken(port):
        raise click.ClickException(f"Port {port} is taken. Stop what listens there, or choose another with --port.")
    with server(port, host, workers) as process:
        click.echo(f"dancu serves on http://{host}:{port}; Ctrl-C stops it.")
        try:
            wait(process)
        except KeyboardInterrupt:
            click.echo("\nStopped.")
