"""Slow clients, of the kinds that hold a server up: each goes on as long as it is let, and begins again
when it is not.
"""

import asyncio
import multiprocessing
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from itertools import cycle, islice
from typing import Any

from bench.driving import HOST

Kind = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Coroutine[Any, Any, None]]
_BREATH = 0.5  # seconds between two bytes
_FORM = f"POST /sign-in/ HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\nx".encode()  # noqa: E501


@contextmanager
def slow_clients(port: int, many: int) -> Iterator[None]:
    """So many of them, in a process of their own, while the block runs."""
    process = multiprocessing.get_context("spawn").Process(target=_run, args=(port, many), daemon=True)
    process.start()
    try:
        yield
    finally:
        process.kill()
        process.join()


async def silent(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Announces a body, and sends one byte of it."""
    writer.write(_FORM)
    await _until_it_ends(_reader)


async def slow_head(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Sends its headers byte by byte, without end."""
    for byte in cycle(
        b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "
        b"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    ):
        await _byte(writer, byte)


async def slow_body(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Sends a form byte by byte."""
    writer.write(_FORM)
    for byte in cycle(b"number=001088035162&"):
        await _byte(writer, byte)


async def slow_reader(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Asks for pages, many at once, and reads a byte now and then."""
    writer.write(f"GET /help/ HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode() * 20)
    while await reader.read(1):
        await asyncio.sleep(_BREATH)


KINDS: tuple[Kind, ...] = (silent, slow_head, slow_body, slow_reader)


def _run(port: int, many: int) -> None:
    async def all_of_them() -> None:
        await asyncio.gather(*(_again_and_again(port, kind) for kind in islice(cycle(KINDS), many)))

    asyncio.run(all_of_them())


async def _again_and_again(port: int, kind: Kind) -> None:
    while True:
        with suppress(OSError, asyncio.IncompleteReadError):
            reader, writer = await asyncio.open_connection(HOST, port, limit=1024)
            try:
                await kind(reader, writer)
            finally:
                writer.close()
        await asyncio.sleep(_BREATH)


async def _byte(writer: asyncio.StreamWriter, byte: int) -> None:
    writer.write(bytes((byte,)))
    await writer.drain()
    await asyncio.sleep(_BREATH)


async def _until_it_ends(reader: asyncio.StreamReader) -> None:
    while await reader.read(1000):
        pass
