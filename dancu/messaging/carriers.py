"""Those who take our messages to people's telephones. DANCU_SMS_CARRIER names one:

    file    writes them, a JSON object to a line, into DANCU_HOME/outbox.jsonl
    http    posts them to the gateway at DANCU_SMS_URL, with DANCU_SMS_TOKEN as the bearer token
    none    takes none: they wait (where nothing is named)

A gateway is posted {"id", "to", "text", "language"} and answers 2xx when it has taken the message. A message
can come twice with the same id, also as the header Idempotency-Key: when an answer was lost on its way.
"""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from urllib.parse import SplitResult, urlsplit
from uuid import UUID

from dancu.db import embedded
from dancu.messaging.errors import CarrierNotSetUp, UnknownCarrier

TIMEOUT_SECONDS = 10
_WRONG_MESSAGE = (
    400,
    413,
    422,
)  # what a gateway answers to a number that is none; anything else may be mended on our side


class NotTaken(Exception):
    """The carrier did not take it this time."""


class NeverTaken(Exception):
    """The carrier will not take this message, however often it is tried."""


@dataclass(frozen=True)
class OutgoingMessage:
    """A message as a carrier is given it."""

    message_id: UUID
    channel: str
    recipient: str
    language: str
    text: str
    reason: str
    attempts: int


Carrier = Callable[[OutgoingMessage], None]


def named_by_environment() -> Carrier | None:
    """The carrier, which raises NotTaken or NeverTaken; None where messages wait. Raises UnknownCarrier,
    CarrierNotSetUp.
    """
    name = os.environ.get("DANCU_SMS_CARRIER") or "none"
    if name not in _CARRIERS:
        raise UnknownCarrier(name, ", ".join(_CARRIERS))
    return _CARRIERS[name]()


def _file() -> Carrier:
    return FileCarrier(embedded.HOME / "outbox.jsonl").take


def _http() -> Carrier:
    token = os.environ.get("DANCU_SMS_TOKEN", "")
    try:
        url = urlsplit(os.environ.get("DANCU_SMS_URL", ""))
        sound = url.scheme in ("https", "http") and bool(url.hostname) and url.port != 0
    except ValueError:
        raise CarrierNotSetUp from None
    if not sound or not token.isascii() or not token.isprintable() or not token:
        raise CarrierNotSetUp
    return HttpCarrier(url, token).take


@dataclass(frozen=True)
class FileCarrier:
    """For a trial, and for a gateway that reads files."""

    path: Path

    def take(self, message: OutgoingMessage) -> None:
        """One write to a line, at the end of the file, whoever else is writing there."""
        line = (
            json.dumps(_contents(message) | {"reason": message.reason}, ensure_ascii=False).encode() + b"\n"
        )
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                written = os.write(file, line)
            finally:
                os.close(file)
        except OSError as error:
            raise NotTaken(f"{type(error).__name__} {error.errno}") from error
        if written != len(line):
            raise NotTaken("the disk is full")


class HttpCarrier:
    """A gateway; one connection serves all messages of a batch. It follows no redirection: the token is
    for this host alone.
    """

    def __init__(self, url: SplitResult, token: str) -> None:
        of_scheme = HTTPSConnection if url.scheme == "https" else HTTPConnection
        self._connection = of_scheme(str(url.hostname), url.port, timeout=TIMEOUT_SECONDS)
        self._path = (url.path or "/") + (f"?{url.query}" if url.query else "")
        self._headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json; charset=utf-8",
        }

    def take(self, message: OutgoingMessage) -> None:
        body = json.dumps(_contents(message), ensure_ascii=False).encode()
        headers = self._headers | {"Idempotency-Key": str(message.message_id)}
        try:
            self._connection.request("POST", self._path, body, headers)
            answer = self._connection.getresponse()
            answer.read(1 << 20)
        except (OSError, HTTPException, ValueError) as error:
            self._connection.close()
            raise NotTaken(type(error).__name__) from error
        if not answer.isclosed():  # more than a megabyte of answer
            self._connection.close()
        if answer.status in _WRONG_MESSAGE:
            raise NeverTaken(f"HTTP {answer.status}")
        if not 200 <= answer.status < 300:
            raise NotTaken(f"HTTP {answer.status}")


def _contents(message: OutgoingMessage) -> dict[str, str]:
    return {
        "id": str(message.message_id),
        "to": message.recipient,
        "text": message.text,
        "language": message.language,
    }


_CARRIERS: dict[str, Callable[[], Carrier | None]] = {"file": _file, "http": _http, "none": lambda: None}
