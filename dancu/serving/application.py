"""What granian calls: requests are taken whole by the event loop, and only then does a thread work on them,
so that nobody holds a thread by being slow.
"""

import asyncio
import io
import os
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from granian.rsgi import Scope
from uuid_utils import uuid7

from dancu.accounts.caller import address_in, network_of
from dancu.db.processes import end_with_parent
from dancu.endpoints.languages import language_of
from dancu.endpoints.problems import MEDIA, OVERLOADED, Refusal
from dancu.endpoints.problems import details as problem_details
from dancu.endpoints.problems import headers as problem_headers
from dancu.metrics import requests
from dancu.serving.bodies import BodyReader, Refused
from dancu.serving.kept import Answer, AnswerCache, Headers, Key, key_of
from dancu.wsgi import OPEN
from dancu.wsgi import application as wsgi

if TYPE_CHECKING:
    from granian._granian import RSGIHTTPProtocol

THREADS = int(os.environ.get("DANCU_THREADS", "8"))  # a worker's; most of them wait for the database
WAITING = 256  # requests of a worker that may wait for a thread: some seconds' work
OF_ONE_CALLER = 64  # of these; one address may be that of a ministry, or of a whole village's telephones
HEALTH = "/health/"
HEALTH_KEPT = 0.2  # seconds: however often it is asked, the database is asked five times
# several threads would spend more time on taking turns than on an answer of half a millisecond
ENDPOINTS = "/api/people/"


class Application:
    """One worker's requests."""

    def __init__(self, answer: Callable[[dict[str, Any]], Answer], threads: int = THREADS) -> None:
        self._answer, self._reader, self._health = answer, BodyReader(), Health(answer)
        self._threads, self._endpoints = Threads("dancu", threads), Threads("dancu-endpoints", 1)
        self._most, self._working, self._kept = WAITING + threads, Counter[str](), AnswerCache()

    async def __rsgi__(self, scope: Scope, protocol: "RSGIHTTPProtocol") -> None:
        headers = _headers(scope)
        key = key_of(scope.method, scope.scheme, scope.query_string, headers) if scope.path == OPEN else None
        if key and (kept := self._kept.find(key)):
            return protocol.response_bytes(*kept)
        environ = _environ(scope, headers)
        try:
            if scope.path == HEALTH:
                protocol.response_bytes(*await self._health.answer(environ))
            else:
                await self._work_on(scope, protocol, headers, environ, key)
        except Refused as refused:
            requests.observe_refused(refused.status)
            protocol.response_bytes(*_told(refused, scope.path, headers))

    async def _work_on(
        self,
        scope: Scope,
        protocol: "RSGIHTTPProtocol",
        headers: dict[str, str],
        environ: dict[str, Any],
        key: Key | None,
    ) -> None:
        caller = network_of(address_in(environ))
        if "content-length" in headers or "transfer-encoding" in headers:
            body = await self._reader.read(protocol, scope.path, headers.get("content-length"), caller)
            environ["wsgi.input"], environ["CONTENT_LENGTH"] = (
                io.BytesIO(body),
                str(len(body)) if body else "",
            )
        if self._working.total() >= self._most or self._working[caller] >= OF_ONE_CALLER:
            raise Refused(
                OVERLOADED,
                "Hệ thống đang quá tải. Hãy thử lại sau vài giây.\nToo many are here at once. Try again in "
                "a few seconds.",
            )
        self._working[caller] += 1
        answered: list[Answer] = []
        try:
            threads = self._endpoints if scope.path.startswith(ENDPOINTS) else self._threads
            await threads.done(lambda: self._answered(environ, protocol, answered))
            if key:
                self._kept.put(key, answered[0])
        finally:
            self._working[caller] -= 1
            if not self._working[caller]:
                del self._working[caller]

    def _answered(
        self, environ: dict[str, Any], protocol: "RSGIHTTPProtocol", answered: list[Answer]
    ) -> None:
        """In a thread: the answer leaves from there."""
        answered.append(self._answer(environ))
        protocol.response_bytes(*answered[0])


class Health:
    """What is answered to a load balancer: by a thread of its own, however busy the others are, and once
    for all who ask at a time.
    """

    def __init__(self, answer: Callable[[dict[str, Any]], Answer]) -> None:
        self._look, self._thread = answer, ThreadPoolExecutor(1, "dancu-health")
        self._seen: asyncio.Future[Answer] | None = None
        self._until = 0.0

    async def answer(self, environ: dict[str, Any]) -> Answer:
        """What was seen a moment ago, is being looked at, or is looked at now."""
        loop = asyncio.get_running_loop()
        if self._seen is None or (self._seen.done() and loop.time() > self._until):
            self._seen = loop.run_in_executor(self._thread, self._look, environ)
            self._seen.add_done_callback(lambda _seen: self._keep(loop.time()))
        return await asyncio.shield(self._seen)

    def _keep(self, now: float) -> None:
        self._until = now + HEALTH_KEPT


class Threads:
    """Some threads that work is waiting for. An executor's own accounts of each piece cost as much as a
    fifth of an identification.
    """

    def __init__(self, name: str, how_many: int) -> None:
        self._waiting: SimpleQueue[tuple[Callable[[], None], asyncio.Future[None]]] = SimpleQueue()
        for nth in range(how_many):
            threading.Thread(target=self._work, name=f"{name}-{nth}", daemon=True).start()

    def done(self, work: Callable[[], None]) -> asyncio.Future[None]:
        """Set when the work is done, or has raised."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.put((work, future))
        return future

    def _work(self) -> None:
        while True:
            work, future = self._waiting.get()
            problem = None
            try:
                work()
            except BaseException as error:  # whoever waits for it is told, and the next have their turn
                problem = error
            with suppress(RuntimeError):  # the loop has ended: nobody waits any more
                future.get_loop().call_soon_threadsafe(_settle, future, problem)


def _settle(future: asyncio.Future[None], problem: BaseException | None) -> None:
    if future.done():  # who asked may have gone
        return
    if problem is None:
        future.set_result(None)
    else:
        future.set_exception(problem)


def answer(environ: dict[str, Any]) -> Answer:
    """What Django answers, whole."""
    began: list[tuple[str, Headers]] = []
    response: Iterable[bytes] = wsgi(
        environ, lambda status, headers, _error=None: began.append((status, headers))
    )
    try:
        content = b"".join(response)
    finally:
        if close := getattr(response, "close", None):
            close()
    status, headers = began[-1]
    return int(status[:3]), [(name.lower(), value) for name, value in headers], content


def _headers(scope: Scope) -> dict[str, str]:
    """Names in small letters. A name with an underscore, which could pass for another with a hyphen, is
    left out.
    """
    headers: dict[str, str] = {}
    for name, value in scope.headers.items():
        if "_" not in name:
            between = "; " if name == "cookie" else ","
            headers[name] = f"{headers[name]}{between}{value}" if name in headers else value
    return headers


def _environ(scope: Scope, headers: dict[str, str]) -> dict[str, Any]:
    """As PEP 3333 has it, but for the body: texts hold the bytes that were sent, as Latin-1."""
    host, _, port = scope.server.rpartition(":")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": _bytes(scope.path),
        "QUERY_STRING": _bytes(scope.query_string),
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "CONTENT_LENGTH": "",
        "CONTENT_TYPE": headers.get("content-type", ""),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in headers.items():
        if name not in ("content-length", "content-type", "transfer-encoding"):
            environ["HTTP_" + name.upper().replace("-", "_")] = value
    if scope.authority and "host" not in headers:  # HTTP/2
        environ["HTTP_HOST"] = scope.authority
    return environ


def _bytes(text: str) -> str:
    return text.encode("utf-8", "surrogateescape").decode("latin-1")


def _told(refused: Refused, path: str, headers: dict[str, str]) -> Answer:
    """Before anything is known of who asks: in words to people, as a problem to programs."""
    more = {"connection": "close"} | ({"retry-after": "5"} if refused.status == 503 else {})
    if path.startswith("/api/"):
        language = language_of(headers.get("accept-language", ""), headers.get("cookie", ""))
        refusal, request_id = Refusal(refused.kind, headers=more), str(uuid7())
        told = {"Content-Type": MEDIA} | problem_headers(refusal, language, request_id)
        content = problem_details(refusal, language, request_id)
        return refused.status, [(name.lower(), value) for name, value in told.items()], content
    told = {"content-type": "text/plain; charset=utf-8"} | more
    return refused.status, list(told.items()), f"{refused.why}\n".encode()


end_with_parent()  # granian's workers would outlive it where it is killed, and hold the port
application = Application(answer)
