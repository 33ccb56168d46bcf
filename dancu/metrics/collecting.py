"""What modules announce (modules.Metric), asked one after the other: each in a transaction of its own that
may take a second, so that one which fails or hangs takes nothing from the others.
"""

import time
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import structlog
from django.db import connection, transaction
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric as Family

from dancu import modules
from dancu.db.queries import Queries
from dancu.metrics import requests
from dancu.metrics.errors import TooManySeries
from dancu.modules import Metric

MOST = 200  # series of one metric: kinds of work, states of devices, provinces

_BY = ("metric",)

_sql = Queries(__file__)
_log = structlog.get_logger(__name__)


@cache
def announced() -> Mapping[str, Metric]:
    """Every metric by its name."""
    return modules.brought(lambda module: module.metrics)


def exposition() -> bytes:
    """All figures as of now, in Prometheus' text format 0.0.4."""
    registry = CollectorRegistry()
    registry.register(_All())  # pyright: ignore[reportArgumentType]
    return generate_latest(registry)


class _All:
    """A collector, as the library has it."""

    def collect(self) -> Iterator[Family]:
        """Requests, then what modules announce, then how that went. A database that is away is waited for
        once.
        """
        yield from requests.families()
        failed = GaugeMetricFamily("dancu_metric_failed", "Whether a metric could not be told.", labels=_BY)
        took = GaugeMetricFamily("dancu_metric_seconds", "How long it took to tell a metric.", labels=_BY)
        is_away = False
        for name, metric in announced().items():
            began = time.perf_counter()
            family = None if is_away else _asked(name, metric)
            is_away = is_away or (family is None and not connection.is_usable())
            failed.add_metric([name], float(family is None))
            took.add_metric([name], time.perf_counter() - began)
            if family is not None:
                yield family
        yield failed
        yield took


def _asked(name: str, metric: Metric) -> Family | None:
    try:
        with transaction.atomic():
            _sql.run("patience")
            found = modules.at(metric.at)()
        return _family(name, metric, found)
    except Exception as problem:  # whatever it is, the others are told
        _log.warning("metric could not be told", metric=name, error=type(problem).__name__)
        return None


def _family(name: str, metric: Metric, found: Any) -> Family:
    of = CounterMetricFamily if metric.counts_up else GaugeMetricFamily
    family = of(name, metric.help, labels=metric.labels)
    series = dict(_series(metric, found))
    if len(series) > MOST:
        raise TooManySeries(name, len(series), MOST)
    for labels, value in series.items():
        family.add_metric([str(label) for label in labels], float(value))
    return family


def _series(metric: Metric, found: Any) -> Iterable[tuple[tuple[Any, ...], float]]:
    """Of each value of the labels the number; those without one are left out."""
    if not metric.labels:
        found = {(): found}
    for labels, value in found.items():
        if value is not None:
            yield (labels if isinstance(labels, tuple) else (labels,)), value
