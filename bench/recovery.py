"""What is killed while the server runs, and how long it takes until every answer is good again."""

import time
import urllib.request
from collections.abc import Iterator
from urllib.error import URLError

import psutil

from bench.driving import HOST
from bench.travellers import NAME
from dancu.db import embedded

GOOD = 20  # answers in a row; one alone may be of the worker that lives
LONGEST = 60  # seconds
_PATHS = ("/health/", "/api/areas/suggest?q=ninh+kieu")  # of the database, and of a thread that works


def recoveries(port: int, serve: psutil.Process) -> Iterator[tuple[str, float]]:
    """(what was killed, seconds until good answers): a worker, all of them, one backend of the database,
    its postmaster where it is embedded.
    """
    yield "a_worker", _after(port, workers(serve)[:1])
    yield "all_workers", _after(port, workers(serve))
    if postmaster := _postmaster():
        yield "a_backend", _after(port, [one for one in postmaster.children() if _serves(one)][:1])
        yield "the_postmaster", _after(port, [postmaster])


def workers(serve: psutil.Process) -> list[psutil.Process]:
    """The processes that answer: granian's children, below `dancu serve`."""
    servers = [child for child in serve.children() if "dancu.serving.under" in child.cmdline()]
    return [
        worker
        for one in servers
        for worker in one.children()
        if "resource_tracker" not in " ".join(worker.cmdline())
    ]


def memory(serve: psutil.Process) -> float:
    """Of all workers, in megabytes."""
    return sum(worker.memory_info().rss for worker in workers(serve)) / (1 << 20)


def _after(port: int, killed: list[psutil.Process]) -> float:
    assert killed, "there is nothing to kill"
    for process in killed:
        process.kill()
    took = wait_until_good(port)
    time.sleep(2)  # what died is replaced meanwhile
    return took


def wait_until_good(port: int) -> float:
    """Seconds until the first of so many good answers in a row; LONGEST where there are none."""
    began = time.monotonic()
    while time.monotonic() - began < LONGEST:
        first = time.monotonic() - began
        if all(_is_good(port, path) for _nth in range(GOOD // 2) for path in _PATHS):
            return first
        time.sleep(0.05)
    return float(LONGEST)


def _is_good(port: int, path: str) -> bool:
    try:
        headers = {"X-Forwarded-Proto": "https", "Host": NAME}
        request = urllib.request.Request(f"http://{HOST}:{port}{path}", headers=headers)
        with urllib.request.urlopen(request, timeout=1) as answer:
            return answer.status == 200
    except (URLError, OSError):
        return False


def _postmaster() -> psutil.Process | None:
    if not embedded.is_in_use():
        return None
    return psutil.Process(int((embedded.HOME / "postgres" / "postmaster.pid").read_text().split()[0]))


def _serves(process: psutil.Process) -> bool:
    return " ".join(process.cmdline()).startswith("postgres: postgres dancu")
