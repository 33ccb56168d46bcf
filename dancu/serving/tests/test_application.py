"""Whose requests wait for a thread, and whose do not."""

import asyncio
import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest

Answer = tuple[int, list[tuple[str, str]], bytes]
HEALTH = "/health/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def serving(db: None) -> Any:
    """Read only now: it makes the whole application, which reads the areas."""
    from dancu.serving import application

    return application


class Asked:
    """granian's protocol of a request, and what it was answered."""

    status = 0
    headers: dict[str, str]
    content = b""

    def response_bytes(self, status: int, headers: Any, content: bytes) -> None:
        self.status, self.headers, self.content = status, dict(headers), content


def scope(path: str = "/help/", client: str = "10.0.0.1:5000", **headers: str) -> SimpleNamespace:
    return SimpleNamespace(
        headers=headers,
        client=client,
        server="127.0.0.1:8000",
        path=path,
        query_string="",
        method="GET",
        http_version="1.1",
        scheme="http",
        authority=None,
    )


def played(play: Callable[[], Any]) -> Any:
    """In a thread of its own: a browser's test before this one may have left an event loop in ours."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(play())).result()


def test_who_asks_for_too_much_at_once_is_refused_and_others_are_not(serving: Any) -> None:
    let_go = threading.Event()

    def slow(_environ: dict[str, Any]) -> Answer:
        let_go.wait(10)
        return 200, [], b""

    async def play() -> tuple[list[int], int]:
        application = serving.Application(slow, threads=2)
        many = [Asked() for _ in range(serving.OF_ONE_CALLER + 20)]
        working = [asyncio.ensure_future(application.__rsgi__(scope(), each)) for each in many]
        other = Asked()
        working.append(asyncio.ensure_future(application.__rsgi__(scope(client="10.0.0.2:5000"), other)))
        await asyncio.sleep(0.05)
        let_go.set()
        await asyncio.gather(*working)
        again = Asked()
        await application.__rsgi__(scope(), again)
        return [each.status for each in many], other.status + again.status

    statuses, others = played(play)
    assert (statuses.count(200), statuses.count(503)) == (serving.OF_ONE_CALLER, 20)
    assert others == 400


def test_a_body_that_is_not_taken_is_a_problem_to_a_program_and_words_to_a_person(serving: Any) -> None:
    async def play() -> list[Asked]:
        application = serving.Application(lambda _environ: (200, [], b""), threads=1)
        asked = [Asked(), Asked()]
        for one, path in zip(asked, ("/api/people/identify", "/help/"), strict=True):
            sent = scope(path, **{"content-length": str(1 << 30), "accept-language": "en"})
            await application.__rsgi__(sent, one)
        return asked

    program, person = played(play)
    assert program.status == person.status == 413
    assert program.headers["content-type"] == "application/problem+json"
    told = json.loads(program.content)
    assert (told["code"], told["title"]) == ("too-large", "The body is too large")
    assert told["request_id"] == program.headers["x-request-id"]
    assert "quá lớn" in person.content.decode()


def test_callers_are_told_apart_by_what_the_proxy_says(serving: Any, settings: Any) -> None:
    settings.CLIENT_ADDRESS_HEADER = "HTTP_X_REAL_IP"
    let_go = threading.Event()

    def slow(_environ: dict[str, Any]) -> Answer:
        let_go.wait(10)
        return 200, [], b""

    async def play() -> list[int]:
        application = serving.Application(slow, threads=2)
        many = [Asked() for _ in range(serving.OF_ONE_CALLER + 10)]
        working = [
            asyncio.ensure_future(application.__rsgi__(scope(**{"x-real-ip": f"10.0.{nth}.1"}), each))
            for nth, each in enumerate(many)
        ]
        await asyncio.sleep(0.05)
        let_go.set()
        await asyncio.gather(*working)
        return [each.status for each in many]

    assert set(played(play)) == {200}


def test_health_is_looked_at_once_for_all_who_ask_and_takes_nobodys_place(serving: Any) -> None:
    looked = []

    def look(environ: dict[str, Any]) -> Answer:
        looked.append(environ["PATH_INFO"])
        return 200, [], b"ok"

    async def play() -> list[int]:
        application = serving.Application(look, threads=2)
        many = [Asked() for _ in range(2000)]
        page = Asked()
        await asyncio.gather(
            *(application.__rsgi__(scope(HEALTH), each) for each in many),
            application.__rsgi__(scope(), page),
        )
        return [each.status for each in (*many, page)]

    assert set(played(play)) == {200}
    assert looked.count(HEALTH) <= 3
