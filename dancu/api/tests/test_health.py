"""What a load balancer is told."""

import psycopg
import pytest
from django.db import OperationalError
from django.test import Client

from dancu.api import health

pytestmark = pytest.mark.django_db


def test_a_server_that_can_write_is_well(client: Client) -> None:
    assert client.get("/health/").json() == {"status": "ok"}


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (psycopg.errors.DiskFull, "disk-full"),
        (psycopg.errors.InsufficientResources, "disk-full"),
        (psycopg.OperationalError, "database-away"),
    ],
)
def test_one_that_cannot_says_why(client: Client, monkeypatch, problem: type[Exception], code: str) -> None:
    class Full:
        def __enter__(self) -> "Full":
            raise OperationalError from problem()

        def __exit__(self, *_problem: object) -> None: ...

    monkeypatch.setattr(health.transaction, "atomic", Full)
    monkeypatch.setattr(health.connection, "close", lambda: None)
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()["code"]) == (503, code)
