"""Travellers and the officers they meet, played over bare connections: they declare page after page, are
scanned by their pass's code, and let through. Neither Django nor a parser of pages is needed for it, so that
the server is measured and not they.
"""

import http.client
import re
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import cycle
from multiprocessing import get_context
from typing import Any
from urllib.parse import urlencode

from bench.driving import HOST

NAME = "bench.example.vn"  # under which the pages are served
STEPS = ("question", "sending", "scan", "decision")
_PROCESSES = 2
_PATIENCE = 15  # seconds for an answer
_DECLARATION = re.compile(r'name="declaration" value="([^"]+)"')
_CODE = re.compile(r'dancu-pass__letters">([^<]+)<')
_CROSSING = re.compile(r'name="crossing_id" value="([^"]+)"')


class Wrong(Exception):
    """An answer that is not the one a person would go on with."""


@dataclass(frozen=True)
class Pair:
    """One client: travellers, one after the other (what each answers at each step), and the officer whom
    they meet.
    """

    address: str
    officer: dict[str, str]  # cookies
    travellers: Sequence[dict[str, dict[str, Any]]]


@dataclass
class Played:
    """Seconds each step took, what went wrong by kind, the journeys that were declared, scanned and decided,
    and the seconds of processor that the players themselves took.
    """

    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: Counter[str] = field(default_factory=Counter)
    journeys: int = 0
    processor: float = 0.0

    def add(self, other: "Played") -> None:
        for step, seconds in other.took.items():
            self.took[step] += seconds
        self.wrong += other.wrong
        self.journeys += other.journeys
        self.processor += other.processor

    @property
    def steps(self) -> int:
        return sum(map(len, self.took.values())) + self.wrong.total()


def play(port: int, pairs: Sequence[Pair], seconds: float) -> Played:
    """Let all of them play so long, and each a whole journey at least, over a few processes."""
    whole = Played()
    with ProcessPoolExecutor(_PROCESSES, get_context("spawn")) as processes:
        shares = [pairs[nth::_PROCESSES] for nth in range(_PROCESSES)]
        for part in processes.map(_share, [port] * _PROCESSES, shares, [seconds] * _PROCESSES):
            whole.add(part)
    return whole


def _share(port: int, pairs: Sequence[Pair], seconds: float) -> Played:
    played = [Played() for _pair in pairs]
    end = time.monotonic() + seconds
    threads = [
        threading.Thread(target=_client, args=(port, pair, end, one))
        for pair, one in zip(pairs, played, strict=True)
    ]
    for thread in threads:
        thread.start()
    whole = Played()
    for thread, one in zip(threads, played, strict=True):
        thread.join()
        whole.add(one)
    whole.processor = time.process_time()
    return whole


def _client(port: int, pair: Pair, end: float, played: Played) -> None:
    officer = Browser(port, "10.255.255.1", dict(pair.officer))
    for nth, answers in enumerate(cycle(pair.travellers)):
        traveller = Browser(port, f"{pair.address}.{nth % 250 + 1}", {})
        try:
            for step, seconds in _journey(traveller, officer, answers):
                played.took[step].append(seconds)
                if time.monotonic() > end and played.journeys + played.wrong.total():
                    return  # in the middle of another: the others have ended too
            played.journeys += 1
        except (Wrong, OSError, http.client.HTTPException) as problem:
            played.wrong[f"{type(problem).__name__}: {problem}"[:120]] += 1
        finally:
            traveller.close()


def _journey(
    traveller: "Browser", officer: "Browser", answers: dict[str, dict[str, Any]]
) -> Iterator[tuple[str, float]]:
    took, (path, page) = _timed(lambda: traveller.open("/declare/who/"))
    yield "question", took
    while not path.endswith("/check/"):
        step = path.strip("/").rpartition("/")[2]
        if step not in answers:
            raise Wrong(f"nothing to answer at {step}")
        took, (onward, page) = _timed(lambda here=path, step=step: traveller.send(here, answers[step]))
        if onward == path:
            raise Wrong(f"the answer at {step} was not taken")
        yield "question", took
        path = onward
    declaration = _in(_DECLARATION, page, "the declaration's number")
    took, (path, page) = _timed(lambda: traveller.send(path, {"honest": "on", "declaration": declaration}))
    code = _in(_CODE, page, "the pass's code")
    yield "sending", took
    took, (_path, page) = _timed(lambda: officer.send("/checkpoint/examine/", {"text": code}))
    crossing = _in(_CROSSING, page, "the decision's form")
    yield "scan", took
    decided = {"code": code, "crossing_id": crossing, "decision": "through"}
    took, (_path, page) = _timed(lambda: officer.send("/checkpoint/decide/", decided))
    if 'role="status"' not in page:
        raise Wrong("the decision was not recorded")
    yield "decision", took


def _timed(act: Callable[[], tuple[str, str]]) -> tuple[float, tuple[str, str]]:
    began = time.perf_counter()
    answer = act()
    return time.perf_counter() - began, answer


def _in(pattern: re.Pattern[str], page: str, what: str) -> str:
    found = pattern.search(page)
    if found is None:
        raise Wrong(f"{what} is missing")
    return found[1].strip()


class Browser:
    """One person's connection and cookies, through a proxy that speaks HTTPS and says from where."""

    def __init__(self, port: int, address: str, cookies: dict[str, str]) -> None:
        self._connection = http.client.HTTPConnection(HOST, port, timeout=_PATIENCE)
        self._address, self._cookies = address, cookies

    def open(self, path: str) -> tuple[str, str]:
        """The page's address and text. Raises Wrong, OSError."""
        return self._go("GET", path, "")

    def send(self, path: str, fields: dict[str, Any]) -> tuple[str, str]:
        """The page that a form led to. Raises Wrong, OSError."""
        sent = {"csrfmiddlewaretoken": self._cookies.get("csrftoken", ""), **fields}
        return self._go("POST", path, urlencode(sent, doseq=True))

    def close(self) -> None:
        self._connection.close()

    def _go(self, method: str, path: str, body: str) -> tuple[str, str]:
        status, onward, page = self._ask(method, path, body)
        if status == 302:
            path = onward
            status, onward, page = self._ask("GET", path, "")
        if status != 200:
            raise Wrong(f"{status} at {re.sub('[0-9A-Za-z_-]{12,}', '…', path)}")
        return path, page

    def _ask(self, method: str, path: str, body: str) -> tuple[int, str, str]:
        headers = {
            "Host": NAME,
            "X-Forwarded-Proto": "https",
            "X-Real-IP": self._address,
            "Origin": f"https://{NAME}",
            "Accept-Language": "vi",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        try:
            self._connection.request(method, path, body or None, headers)
            answer = self._connection.getresponse()
            page = answer.read().decode()
        except (OSError, http.client.HTTPException):
            self._connection.close()  # the next request opens another
            raise
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _is, value = cookie.split(";")[0].partition("=")
            self._cookies[name] = value
        return answer.status, answer.headers.get("Location", ""), page
