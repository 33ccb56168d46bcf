"""Hostile values in every field of every page and endpoint, for as long as one likes: nothing that is sent
may be answered with a fault.

`bin/fuzz --seconds 600 --seed 7`; a minute of it runs with the tests.
"""

import json
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.core.signals import got_request_exception
from django.test import Client
from django.urls import NoReverseMatch
from uuid_utils.compat import uuid7

from tests.test_every_url_with_every_role import PAGES, Page

HOSTILE: list[str] = [
    "",
    " ",
    "\0",
    "a\0b",
    "\n",
    "\r\n",
    "\t",
    "'",
    '"',
    "`",
    "\\",
    "%",
    "%s",
    "%(x)s",
    "{",
    "{}",
    "{0}",
    "{{7*7}}",
    "{% load x %}",
    "${x}",
    "<b>",
    "</script><script>",
    "&#0;",
    "&lt;",
    "--",
    "'; DROP TABLE person; --",
    "' OR 1=1",
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "\u202e",
    "An\u200bBình",
    "\ufeff",
    "\ufffd",
    "\u0300" * 50,
    "ﬃ",
    "İ",
    "ß",
    "٣",
    "１２３",
    "²",
    "Ⅷ",
    "𝟙",
    "😀",
    "👨‍👩‍👧",
    "Nguyễn",
    "Nguye\u0302\u0303n",
    "a" * 300,
    "a" * 5_000,
    "9" * 12,
    "9" * 40,
    "9" * 400,
    "-1",
    "0",
    "1",
    "1e400",
    "1e-400",
    "NaN",
    "Infinity",
    "-Infinity",
    "0x10",
    "1_000",
    "1.5",
    "00",
    "2147483648",
    "9223372036854775808",
    "-9223372036854775809",
    "99999999999999-1-1",
    "0000-00-00",
    "2026-02-30",
    "2026-02-30T10:00:00",
    "9999-12-31",
    "10000-01-01",
    "-0001-01-01",
    "2026-11-29T10:00:00+99:99",
    "31/02/2026",
    "29/02/2100",
    "true",
    "null",
    "[]",
    "[[" * 500,
    "{" * 500,
    '{"a":' * 500,
    "001088035162",
    "079200001234",
    "0912345678",
    "+84912345678",
    "../../etc/passwd",
    "//example.org",
    "javascript:alert(1)",
    "http://[::1",
    "file:///etc/passwd",
    str(uuid7()),
    "00000000-0000-0000-0000-000000000000",
    "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "DC1:",
    "DC1:" + "A" * 300,
    "=cmd()",
    "@SUM(1)",
    "7K3M-9QX2-PF4Y",
]
CHARSETS = [
    "utf-8",
    "utf-7",
    "utf-16",
    "utf-32",
    "latin-1",
    "idna",
    "punycode",
    "rot13",
    "hex",
    "unicode_escape",
    "undefined",
    "nowhere",
    "",
]
TYPES = [
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=b",
    "multipart/form-data",
    "application/json",
    "text/plain",
    "",
    "x",
]
HEADERS = [
    {"Host": "elsewhere.example"},
    {"Host": ""},
    {"Host": "a" * 300},
    {"Host": "[::1"},
    {"HX-Request": "true"},
    {"HX-Request": "true", "HX-Current-URL": "http://["},
    {"Accept-Language": "x" * 5000},
    {"Accept-Language": "\xff"},
    {"Referer": "http://["},
    {"Authorization": "Bearer \xff"},
    {"X-Forwarded-For": "x" * 999},
    {"Cookie": "language=\xff; dancu=\xff; csrftoken=x"},
    {"If-Modified-Since": "x"},
    {"Range": "bytes=9-1"},
    {"Origin": "null"},
    {"Dancu-By-Itself": "1"},
]
METHODS = ["get", "post", "put", "delete", "patch", "head", "options", "trace"]


@dataclass
class Fault:
    """Somebody got a fault, or an answer without our headers."""

    who: str
    sent: str
    why: str


class Forms(HTMLParser):
    """The forms of a page: address, method and fields with their values."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            address = given.get("hx-post") or given.get("action", "")
            self.found.append((address, given.get("method", "get").lower(), {}))
        elif tag in ("input", "select", "textarea", "button") and self.found and given.get("name"):
            self.found[-1][2].setdefault(given["name"], given.get("value", ""))


@dataclass
class Fuzzer:
    """`clients`: who asks, signed in. `there`: what leads to something, by the names of the parts of
    addresses.
    """

    clients: dict[str, Client]
    there: dict[str, Any]
    token: str
    seed: int = 0
    faults: list[Fault] = field(default_factory=list)
    tried: int = 0
    _raised: list[str] = field(default_factory=list)

    def run(self, seconds: float) -> None:
        """Go on so long."""
        chance = random.Random(self.seed)
        end = time.monotonic() + seconds
        got_request_exception.connect(self._note)
        try:
            steps = self._steps(chance)
            while time.monotonic() < end:
                next(steps)
        finally:
            got_request_exception.disconnect(self._note)

    def _note(self, **_given: Any) -> None:
        import traceback

        self._raised.append(traceback.format_exc(limit=-4))

    def _steps(self, chance: random.Random) -> Iterator[None]:
        while True:
            who = chance.choice([*self.clients])
            page = chance.choice(PAGES)
            kind = chance.choice(("form", "form", "form", "query", "address", "body", "headers", "json"))
            getattr(self, f"_try_{kind}")(chance, who, page)
            yield

    def _try_form(self, chance: random.Random, who: str, page: Page) -> None:
        """A field of a form of the page, the others as they are."""
        shown = self._send(who, "get", self._address(page), {})
        if shown is None or shown.streaming or "html" not in shown.headers.get("Content-Type", ""):
            return
        forms = Forms()
        forms.feed(shown.content.decode("utf-8", "replace"))
        if not forms.found:
            return
        address, method, fields = chance.choice(forms.found)
        for name in chance.sample([*fields], min(3, len(fields))):
            values = fields | {name: chance.choice(HOSTILE)}
            self._send(who, method, address or self._address(page), values)

    def _try_query(self, chance: random.Random, who: str, page: Page) -> None:
        name = chance.choice(
            (
                "q",
                "page",
                "s",
                "until",
                "before",
                "next",
                "state",
                "area",
                "days",
                "on",
                "role",
                "after",
                "person",
                "line",
                "kind",
            )
        )
        self._send(who, "get", self._address(page), {name: chance.choice(HOSTILE)})

    def _try_address(self, chance: random.Random, who: str, page: Page) -> None:
        parts = self._address(page).strip("/").split("/")
        parts[chance.randrange(len(parts))] = chance.choice(HOSTILE).replace("/", "%2F").replace("?", "%3F")
        self._send(who, chance.choice(("get", "post")), "/" + "/".join(parts) + chance.choice(("/", "")), {})

    def _try_body(self, chance: random.Random, who: str, page: Page) -> None:
        body = chance.choice(
            (
                chance.randbytes(200),
                b"a=1&b=%",
                b"--b\r\n\r\n",
                b"\xff\xfe",
                "a=Nguyễn".encode("utf-16"),
                b"=" * 2000,
                b"a=1&" * 1500,
            )
        )
        content_type = chance.choice(TYPES)
        if charset := chance.choice(CHARSETS):
            content_type += f"; charset={charset}"
        self._send(who, "post", self._address(page), body, content_type=content_type)

    def _try_headers(self, chance: random.Random, who: str, page: Page) -> None:
        self._send(who, chance.choice(METHODS), self._address(page), {}, headers=chance.choice(HEADERS))

    def _try_json(self, chance: random.Random, who: str, _page: Page) -> None:
        values = [*HOSTILE, 0, -1, 1 << 70, 1.5, None, True, [], {}, [[]] * 9]
        asked = {
            name: chance.choice(values)
            for name in chance.sample(("number", "full_name", "birth_date", "sex", "x"), 3)
        }
        path, body = chance.choice(
            (
                ("/api/people/identify", asked),
                ("/api/people/identify-many", {"people": [asked, chance.choice(values)]}),
            )
        )
        text = json.dumps(body) if chance.random() < 0.8 else chance.choice(HOSTILE)
        self._send(
            who,
            "post",
            path,
            text,
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.token}"},
        )

    def _address(self, page: Page) -> str:
        from tests.journeys.everywhere import address

        try:
            return address(page.name, page.path, self.there)
        except NoReverseMatch:  # a part that its pattern gives by itself
            return page.path

    def _send(self, who: str, method: str, path: str, data: Any, **more: Any) -> Any:
        self.tried += 1
        self._raised.clear()
        sent = f"{method} {path} {str(data)[:300]!r} {more}"
        client = self.clients[who]
        try:
            if isinstance(data, (bytes, str)):
                content_type = more.pop("content_type", "text/plain")
                answer = client.generic(method.upper(), path, data, content_type, **more)
            elif method in ("head", "options", "trace"):
                answer = getattr(client, method)(path, **more)
            else:
                answer = getattr(client, method)(path, data, **more)
        except (UnicodeError, ValueError):  # the test client itself cannot send it
            return None
        if self._raised or answer.status_code >= 500:
            self.faults.append(Fault(who, sent, "\n".join(self._raised) or str(answer.status_code)))
        elif "X-Content-Type-Options" not in answer.headers:
            self.faults.append(Fault(who, sent, "our headers are missing"))
        return answer
