import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from dancu.db import embedded


@pytest.fixture
def file_carrier(monkeypatch, tmp_path):
    """The file that messages are written to."""
    monkeypatch.setenv("DANCU_SMS_CARRIER", "file")
    monkeypatch.setattr(embedded, "HOME", tmp_path)
    return tmp_path / "outbox.jsonl"


@dataclass
class Gateway:
    """An SMS gateway that remembers what it was sent, and answers with `answers` in turn, then with 202."""

    answers: list[int] = field(default_factory=list)
    taken: list[dict] = field(default_factory=list)
    headers: list[dict] = field(default_factory=list)
    connections: set = field(default_factory=set)


@pytest.fixture
def gateway(monkeypatch) -> Iterator[Gateway]:
    remembered = Gateway()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            remembered.taken.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            remembered.headers.append(dict(self.headers) | {"path": self.path})
            remembered.connections.add(self.client_address)
            self.send_response(remembered.answers.pop(0) if remembered.answers else 202)
            self.send_header("Location", "http://elsewhere.invalid/")
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("DANCU_SMS_CARRIER", "http")
    monkeypatch.setenv("DANCU_SMS_URL", f"http://127.0.0.1:{server.server_port}/v1/sms?country=vn")
    monkeypatch.setenv("DANCU_SMS_TOKEN", "a token")
    yield remembered
    server.shutdown()
    server.server_close()
