"""How much a request may bring, and how long it may take to bring it: settled before any thread works on
it.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable
from contextlib import suppress
from typing import Any, Protocol

from django.urls import Resolver404, resolve
from granian.rsgi import ProtocolClosed  # pyright: ignore[reportPrivateImportUsage]

from dancu.endpoints.problems import BROKEN_OFF, OVERLOADED, TOO_LARGE, TOO_SLOW, ProblemKind

KB, MB = 1 << 10, 1 << 20
MOST, MOST_WITH_FILES = MB, 16 * MB  # a form or a question; where a view takes files (web.access.takes_files)
PATIENCE = 10.0  # seconds for the first bytes and for a form
SLOWEST = 8 * KB  # bytes a second: a picture over a bad mobile network
SMALL = 16 * KB  # nearly every form and question
# What all bodies that are still being read may take of one worker's memory, and those of one address of it.
TOGETHER, OF_ONE_ADDRESS = 256 * MB, 48 * MB


class Refused(Exception):
    """A body that is not taken: `kind`, as programs are told, and why, in Vietnamese and English: no language
    is known yet.
    """

    def __init__(self, kind: ProblemKind, why: str) -> None:
        super().__init__(why)
        self.kind, self.status, self.why = kind, kind.status, why


class Source(Protocol):
    """granian's protocol of a request, of which the body is read."""

    def __aiter__(self) -> Any: ...
    def __call__(self) -> Awaitable[bytes]: ...


def most(path: str) -> int:
    """The bytes that a body sent to this path may have."""
    with suppress(Resolver404):
        return MOST_WITH_FILES if getattr(resolve(path).func, "takes_files", False) else MOST
    return MOST


class BodyReader:
    """Reads the bodies of one worker's requests, all of them together within bounds."""

    def __init__(self, patience: float = PATIENCE, slowest: int = SLOWEST) -> None:
        self.patience, self.slowest = patience, slowest
        self._held: Counter[str] = Counter()
        self._together = 0

    async def read(self, source: Source, path: str, length: str | None, address: str) -> bytes:
        """The whole body. `length`: what the request says of it; `address`: who sends it.

        Raises Refused: 400 for a length that is none, 408 for one that comes too slowly or not at all, 413
        for one that is too large, 503 where too much is being read.
        """
        if length is not None and not (length.isascii() and length.isdigit() and len(length) <= 20):
            raise Refused(BROKEN_OFF, "Độ dài nội dung gửi không hợp lệ.\nContent-Length is no number.")
        limit = MOST if length is not None and int(length) <= MOST else most(path)
        if length is not None and int(length) > limit:
            raise Refused(
                TOO_LARGE,
                f"Nội dung gửi quá lớn: trang này nhận tối đa {limit >> 20} MB.\nAt most {limit >> 20} MB "
                f"are taken here.",
            )
        if length is not None and int(length) <= SMALL:
            return await self._small(source, int(length))
        parts: list[bytes] = []
        size = 0
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            async with asyncio.timeout(self.patience) as deadline:
                async for part in source:
                    self._hold(address, len(part))
                    size += len(part)
                    if size > limit:
                        raise Refused(
                            TOO_LARGE,
                            f"Nội dung gửi quá lớn: trang này nhận tối đa {limit >> 20} MB.\nAt most "
                            f"{limit >> 20} MB are taken here.",
                        )
                    parts.append(part)
                    deadline.reschedule(began + self.patience + size / self.slowest)
        except TimeoutError:
            raise _too_slow() from None
        except ProtocolClosed:
            raise _broken_off() from None
        finally:
            self._release(address, size)
        return _whole(b"".join(parts), length)

    async def _small(self, source: Source, length: int) -> bytes:
        """At once: a small body costs twice as much in parts, and all that one worker may wait for are
        less than TOGETHER.
        """
        try:
            async with asyncio.timeout(self.patience + length / self.slowest):
                return _whole(await source(), str(length))
        except TimeoutError:
            raise _too_slow() from None
        except ProtocolClosed:
            raise _broken_off() from None

    def _hold(self, address: str, size: int) -> None:
        if self._together + size > TOGETHER or self._held[address] + size > OF_ONE_ADDRESS:
            raise Refused(
                OVERLOADED,
                "Hệ thống đang nhận quá nhiều dữ liệu. Hãy thử lại sau vài giây.\nToo much is being sent at "
                "once. Try again in a few seconds.",
            )
        self._held[address] += size
        self._together += size

    def _release(self, address: str, size: int) -> None:
        with suppress(KeyError):
            self._held[address] -= size
            if self._held[address] <= 0:
                del self._held[address]
        self._together -= size


def _whole(body: bytes, length: str | None) -> bytes:
    """What came, if it is all that was announced."""
    if length is not None and len(body) != int(length):
        raise _broken_off()
    return body


def _broken_off() -> Refused:
    return Refused(
        BROKEN_OFF, "Nội dung gửi bị ngắt giữa chừng. Hãy thử lại.\nThe request broke off. Try again."
    )


def _too_slow() -> Refused:
    return Refused(
        TOO_SLOW, "Nội dung gửi đến quá chậm. Hãy thử lại.\nThe request came too slowly. Try again."
    )
