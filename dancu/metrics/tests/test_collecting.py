"""What Prometheus reads: every figure of every module, and that none of them spoils the page."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from dancu import modules
from dancu.devices import metrics as devices
from dancu.metrics import collecting
from dancu.metrics.collecting import announced, exposition
from dancu.modules import Metric
from dancu.rollups import metrics as sums
from dancu.testing.devices import enrolled
from dancu.testing.officials import acting_as, make_official
from dancu.work import metrics as work

pytestmark = pytest.mark.django_db
Series = dict[tuple[str, ...], float]


def told() -> dict[str, Series]:
    """What the page says: by name the number of each labels' values."""
    found: dict[str, Series] = {}
    for family in text_string_to_metric_families(exposition().decode()):
        for sample in family.samples:
            found.setdefault(sample.name, {})[tuple(sample.labels.values())] = sample.value
    return found


def announce(monkeypatch: pytest.MonkeyPatch, **metrics: Metric) -> None:
    monkeypatch.setattr(collecting, "announced", lambda: metrics)


def five() -> int:
    return 5


def by_kind() -> Mapping[str, int]:
    return {"walk": 1, "ride": 2}


def many() -> Mapping[str, int]:
    return {str(number): 1 for number in range(1000)}


def broken() -> int:
    raise ZeroDivisionError


def refused() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT no_such_column FROM audit_entry")
    return 0


def slow() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(5)")
    return 0


HERE = __name__


@pytest.mark.parametrize("name", list(announced()))
def test_every_figure_that_a_module_announces_is_told(name: str) -> None:
    assert told()["dancu_metric_failed"][(name,)] == 0, modules.at(announced()[name].at)()


@pytest.mark.parametrize("name", list(announced()))
def test_a_metric_has_a_name_and_words_as_prometheus_likes_them(name: str) -> None:
    metric = announced()[name]
    assert re.fullmatch(r"[a-z]+(_[a-z0-9]+)+", name)
    assert not name.endswith(("_total", "_count", "_sum", "_bucket")), "the library adds that"
    assert metric.help.endswith(".")
    assert isinstance(metric.labels, tuple)
    assert not {"person", "person_id", "area", "commune", "official", "number", "phone"}.intersection(
        metric.labels
    )


def test_numbers_stand_with_their_labels(monkeypatch: pytest.MonkeyPatch) -> None:
    announce(
        monkeypatch,
        dancu_five=Metric("Five.", f"{HERE}:five"),
        dancu_walks=Metric("Walks.", f"{HERE}:by_kind", ("kind",), counts_up=True),
    )
    found = told()
    assert found["dancu_five"] == {(): 5}
    assert found["dancu_walks_total"] == {("walk",): 1, ("ride",): 2}


@pytest.mark.parametrize("fault", ["broken", "refused", "slow", "many", "no_such_function"])
def test_a_figure_that_cannot_be_told_takes_nothing_from_the_others(
    monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    announce(
        monkeypatch,
        dancu_first=Metric("Five.", f"{HERE}:five"),
        dancu_wrong=Metric("Wrong.", f"{HERE}:{fault}", ("kind",) if fault == "many" else ()),
        dancu_last=Metric("Five.", f"{HERE}:five"),
    )
    found = told()
    assert "dancu_wrong" not in found
    assert found["dancu_first"] == found["dancu_last"] == {(): 5}
    assert found["dancu_metric_failed"] == {("dancu_first",): 0, ("dancu_wrong",): 1, ("dancu_last",): 0}
    assert found["dancu_metric_seconds"][("dancu_wrong",)] < 3


def test_work_that_nobody_has_begun_is_late_and_overdue() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO job (kind, due_at, error, attempts) VALUES ('messages', %s, '', 0), ('tidy', %s, 'x', 3)",
            [timezone.now() - dt.timedelta(hours=1), timezone.now() + dt.timedelta(hours=1)],
        )
    trouble = work.trouble()
    assert trouble["messages", "late"] == 1
    assert trouble["messages", "failing"] == 0
    assert trouble["tidy", "failing"] == 1
    assert work.attempts()["tidy"] == 3
    assert 3590 < work.overdue()["messages"] < 3700
    assert work.overdue()["tidy"] == 0


def test_a_device_out_of_contact_is_silent(station: int) -> None:
    giang = acting_as(make_official("giang", "administrator"))
    device = enrolled(giang, station)
    assert devices.devices() == {"at_work": 1, "silent": 0, "cut_off": 0, "wiped": 0}
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE device SET lease_until = now() - interval '1 day', waiting = 4, oldest_at = now() - interval '2 h'"
            " WHERE device_id = %s",
            [device.device_id],
        )
    assert devices.devices()["silent"] == 1
    assert devices.carried() == 4
    assert 7190 < devices.oldest() < 7300


def test_sums_that_a_recount_found_wrong_are_told() -> None:
    assert sums.differed() == {}
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO rollup (code, recounted_at, differed) VALUES ('population', now(), 7)")
    known: dict[str, Any] = dict(sums.differed())
    assert known.get("population") == 7 or "population" not in sums.waiting()
