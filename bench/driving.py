"""A load of HTTP requests from a few connections that are kept open, bounded in time, to our own server
on loopback only.
"""

import itertools
import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

HOST = "127.0.0.1"


@dataclass
class Load:
    """What came of it: seconds per request, and how long it all took."""

    latencies: list[float] = field(default_factory=list)
    took: float = 0.0
    last: bytes = b""

    @property
    def per_second(self) -> float:
        return len(self.latencies) / self.took


def request(path: str, body: bytes, headers: dict[str, str], method: str = "POST") -> bytes:
    """The bytes of one request."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def drive(port: int, requests: Sequence[bytes], clients: int, seconds: float) -> Load:
    """Send `requests`, again and again, over `clients` connections for `seconds`. Raises where an answer
    is not 200.
    """
    load, turn = Load(), itertools.cycle(requests)
    failures: list[BaseException] = []
    end = time.perf_counter() + seconds

    def client() -> None:
        try:
            with socket.create_connection((HOST, port)) as connection:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                while (began := time.perf_counter()) < end:
                    connection.sendall(next(turn))
                    load.last = _answer(connection)
                    load.latencies.append(time.perf_counter() - began)
        except BaseException as failure:
            failures.append(failure)

    began = time.perf_counter()
    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    load.took = time.perf_counter() - began
    return load


def _answer(connection: socket.socket) -> bytes:
    data = connection.recv(1 << 18)
    while (end := data.find(b"\r\n\r\n")) < 0:
        data += connection.recv(1 << 18)
    if not data.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(data[:2000].decode(errors="replace"))
    head = data[:end].lower()
    length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
    while len(data) < end + 4 + length:
        data += connection.recv(1 << 18)
    return data[end + 4 :]
