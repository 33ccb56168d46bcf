"""/metrics: for who has the token, and for nobody where there is none."""

from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory

from dancu.metrics import requests

pytestmark = pytest.mark.django_db
TOKEN = "a-token-of-the-operators-own"


def asked(token: str | None = None) -> Any:
    return Client().get("/metrics", headers={"Authorization": f"Bearer {token}"} if token else {})


@pytest.fixture
def token(settings: Any) -> str:
    settings.METRICS_TOKEN = TOKEN
    return TOKEN


def test_without_a_token_set_there_is_nothing() -> None:
    assert asked().status_code == 404
    assert asked("").status_code == 404
    assert asked(TOKEN).status_code == 404


@pytest.mark.parametrize(
    ("given", "code"), [(None, "no-token"), ("another", "bad-token"), ("mã-số", "bad-token")]
)
def test_without_the_token_nothing_is_told(token: str, given: str | None, code: str) -> None:
    answer = asked(given)
    assert answer.status_code == 401
    assert answer.json()["code"] == code
    assert b"dancu_" not in answer.content


def test_with_the_token_all_is_told(token: str) -> None:
    answer = asked(token)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert b"# TYPE dancu_work_trouble gauge" in answer.content
    assert Client().post("/metrics").status_code == 405


def counted(view: str, status: int) -> float:
    return requests._count_of(view, status)._value.get()


def served(path: str) -> int:
    """What the application that granian calls answers."""
    from dancu.wsgi import application  # reads the areas as it starts

    began: list[str] = []
    list(application(RequestFactory().get(path).environ, lambda status, *_rest: began.append(status)))
    return int(began[-1][:3])


def test_requests_are_counted_by_the_name_of_the_page_and_never_by_its_address(
    published_areas: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)  # with the test's rows
    names = {
        "/privacy/": ("about:privacy", 200),
        "/office/people/0912345678/": ("none", 404),
        "/api/people/identify": ("api:identify", 405),
        "/api/areas/suggest?q=ninh": ("api:suggest-communes", 200),
        "/metrics": ("metrics", 404),
    }
    for path, (view, status) in names.items():
        before = counted(view, status)
        assert served(path) == status
        assert counted(view, status) == before + 1, path


def test_a_request_that_is_refused_before_anybody_works_on_it_is_counted() -> None:
    before = counted("refused", 503)
    requests.observe_refused(503)
    assert counted("refused", 503) == before + 1


def test_a_view_of_no_name_is_none() -> None:
    class Nowhere:
        resolver_match = None
        path_info = "/0912345678/"

    before = counted("none", HttpResponse().status_code)
    requests.observe(Nowhere(), 200, 0.1)
    assert counted("none", 200) == before + 1
