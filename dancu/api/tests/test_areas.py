import io
import json
from collections.abc import Iterator

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from django.urls import reverse

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]


def ask(client: Client, language: str = "en", **query: str):
    return client.get(reverse("api:suggest-communes"), query, headers={"Accept-Language": language})


def test_anyone_is_suggested_communes_while_typing(client: Client) -> None:
    answer = ask(client, q="ben nghe q1", on="2026-01-01")

    assert answer.status_code == 200
    (first, *_) = answer.json()
    assert first["label"] == "Phường Sài Gòn, Thành phố Hồ Chí Minh"
    assert first["note"] == "formerly Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh"
    assert isinstance(first["id"], int)


def test_notes_are_in_the_readers_language_and_a_cache_knows(client: Client) -> None:
    answer = ask(client, "vi", q="ben nghe q1", on="2026-01-01")

    assert answer.json()[0]["note"].startswith("trước đây là ")
    assert "public" in answer["Cache-Control"]
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in answer["Vary"].split(",")}


def test_without_a_day_today_is_meant_and_nothing_typed_suggests_nothing(client: Client) -> None:
    assert ask(client, q="sài gòn").json()[0]["label"] == "Phường Sài Gòn, Thành phố Hồ Chí Minh"
    assert ask(client).json() == []


@pytest.mark.parametrize(("query", "field"), [({"q": "x" * 101}, "q"), ({"q": "ha", "on": "1/7/2025"}, "on")])
def test_a_bad_question_is_answered_with_the_field_and_not_cached(
    client: Client, query: dict, field: str
) -> None:
    answer = ask(client, **query)

    assert answer.status_code == 400
    assert (answer.json()["code"], answer.json()["field"]) == ("bad-query", field)
    assert answer["Cache-Control"] == "no-store"


def test_nothing_can_be_posted(client: Client) -> None:
    assert client.post(reverse("api:suggest-communes")).status_code == 405


@pytest.fixture
def connected() -> Iterator[None]:
    """The end of a request leaves the test's connection open."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("connected")
@pytest.mark.parametrize(("language", "note"), [("en", "formerly"), ("vi", "trước đây là")])
def test_the_server_answers_typing_with_little_middleware_alike(
    client: Client, language: str, note: str
) -> None:
    from dancu.wsgi import application  # reads the areas as it starts

    headers: dict[str, str] = {}
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/api/areas/suggest",
        "QUERY_STRING": "q=ben+nghe&on=2026-01-01",
        "HTTP_ACCEPT_LANGUAGE": language,
        "wsgi.input": io.BytesIO(b""),
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
        "REMOTE_ADDR": "127.0.0.1",
    }
    content = b"".join(
        application(environ, lambda status, told: headers.update({"status": status} | dict(told)))
    )
    whole = client.get(
        "/api/areas/suggest", {"q": "ben nghe", "on": "2026-01-01"}, headers={"accept-language": language}
    )
    assert json.loads(content) == whole.json()
    assert note in json.loads(content)[0]["note"]
    assert headers["status"] == "200 OK"
    for name in (
        "Content-Security-Policy",
        "X-Content-Type-Options",
        "Referrer-Policy",
        "Cache-Control",
        "Vary",
        "Content-Language",
    ):
        assert headers[name] == whole.headers[name]
