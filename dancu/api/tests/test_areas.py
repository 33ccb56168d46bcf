import pytest
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
def test_a_bad_question_is_answered_with_the_field_and_not_cached(client: Client, query: dict, field: str) -> None:
    answer = ask(client, **query)

    assert answer.status_code == 400
    assert answer.json()["field"] == field
    assert answer.json()["message"]
    assert "Cache-Control" not in answer


def test_nothing_can_be_posted(client: Client) -> None:
    assert client.post(reverse("api:suggest-communes")).status_code == 405
