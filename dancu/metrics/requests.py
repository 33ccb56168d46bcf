"""How many requests were answered, how, and how fast: by the name of the page's address, never by the
address, which may hold what was typed.

Each worker counts its own, and whoever is asked adds up all of them: in files of the folder that
PROMETHEUS_MULTIPROC_DIR names, which serving/server.py makes.
"""

import os
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.metrics_core import Metric as Family
from prometheus_client.multiprocess import MultiProcessCollector

FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
NOWHERE, STATIC, REFUSED = "none", "static", "refused"  # views that are none
_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)

_own = CollectorRegistry()
_answered = Counter(
    "dancu_requests", "Requests that were answered, by view and status.", ("view", "status"), registry=_own
)
_seconds = Histogram(
    "dancu_request_seconds",
    "Seconds from the beginning of the work on a request to its answer, by view.",
    ("view",),
    buckets=_SECONDS,
    registry=_own,
)


def observe(request: Any, status: int, seconds: float) -> None:
    """A request (Django's) was answered."""
    match = getattr(request, "resolver_match", None)
    view = match.view_name if match else STATIC if request.path_info.startswith("/static/") else NOWHERE
    _count_of(view, status).inc()
    _time_of(view).observe(seconds)


def observe_refused(status: int) -> None:
    """A request was refused before anybody worked on it."""
    _count_of(REFUSED, status).inc()


def families() -> Iterable[Family]:
    """What all workers of this server counted."""
    if os.environ.get(FOLDER):
        return MultiProcessCollector(CollectorRegistry()).collect()
    return _own.collect()


@lru_cache(maxsize=5000)
def _count_of(view: str, status: int) -> Counter:
    return _answered.labels(view, str(status))


@lru_cache(maxsize=1000)
def _time_of(view: str) -> Histogram:
    return _seconds.labels(view)
