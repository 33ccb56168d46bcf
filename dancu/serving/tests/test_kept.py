"""What is about nobody is answered from memory for some seconds, to whoever asks the same in the same
language.
"""

from typing import Any

import pytest

from dancu.serving.kept import MOST, AnswerCache, key_of
from dancu.serving.tests.test_application import Asked, played, scope

PUBLIC = [("cache-control", "max-age=3600, public")]
SUGGEST = "/api/areas/suggest"


@pytest.fixture(autouse=True)
def _kept(settings: Any) -> None:
    settings.AREAS_KEPT_SECONDS = 5


def key(query: str = "q=an", method: str = "GET", **headers: str) -> Any:
    return key_of(method, "http", query, {name.replace("_", "-"): value for name, value in headers.items()})


def test_a_good_public_answer_is_found_again() -> None:
    kept = AnswerCache()
    kept.put(key(), (200, PUBLIC, b"[]"))
    assert kept.find(key()) == (200, PUBLIC, b"[]")


@pytest.mark.parametrize(
    "answer",
    [(400, PUBLIC, b""), (200, [("cache-control", "no-store")], b""), (200, [], b"")],
    ids=["wrong", "no-store", "silent"],
)
def test_another_answer_is_not_kept(answer: Any) -> None:
    kept = AnswerCache()
    kept.put(key(), answer)
    assert kept.find(key()) is None


@pytest.mark.parametrize(
    "other",
    [
        key("q=ang"),
        key(accept_language="en"),
        key(cookie="language=en"),
        key(cookie="sessionid=1; language=en"),
        key(host="elsewhere"),
        key(x_forwarded_proto="https"),
    ],
    ids=["text", "language", "chosen-language", "chosen-among-cookies", "host", "scheme"],
)
def test_it_is_not_found_where_something_else_was_asked(other: Any) -> None:
    kept = AnswerCache()
    kept.put(key(), (200, PUBLIC, b"[]"))
    assert kept.find(other) is None


def test_whoever_asks_does_not_matter() -> None:
    assert key(cookie="sessionid=1") == key(cookie="sessionid=2") == key(user_agent="a telephone")


@pytest.mark.parametrize(
    "nothing", [key(method="POST"), key(method="HEAD"), key("q=" + "%20" * 200)], ids=["post", "head", "long"]
)
def test_what_is_not_a_short_question_has_no_key(nothing: Any) -> None:
    assert nothing is None


def test_it_ends_with_the_list_of_areas_that_it_was_made_from(settings: Any) -> None:
    settings.AREAS_KEPT_SECONDS = 0
    kept = AnswerCache()
    kept.put(key(), (200, PUBLIC, b"[]"))
    assert kept.find(key()) is None


def test_the_oldest_make_room() -> None:
    kept = AnswerCache()
    for nth in range(MOST + 1):
        kept.put(key(f"q={nth}"), (200, PUBLIC, b"[]"))
    assert kept.find(key("q=0")) is None
    assert kept.find(key("q=1"))


@pytest.mark.django_db
def test_only_type_ahead_is_answered_from_memory() -> None:
    from dancu.serving import application

    asked: list[str] = []

    def answer(environ: dict[str, Any]) -> Any:
        asked.append(environ["PATH_INFO"])
        return 200, PUBLIC, b"[]"

    async def play() -> list[int]:
        served = application.Application(answer, threads=1)
        each = [Asked() for _ in range(4)]
        for path, one in zip((SUGGEST, SUGGEST, "/help/", "/help/"), each, strict=True):
            await served.__rsgi__(scope(path), one)
        return [one.status for one in each]

    assert played(play) == [200, 200, 200, 200]
    assert asked == [SUGGEST, "/help/", "/help/"]
