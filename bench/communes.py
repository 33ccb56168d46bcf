"""Type-ahead: a commune by any part of its name, over HTTP."""

from collections.abc import Iterator
from urllib.parse import quote

from bench import driving
from bench.figures import Figure, percentile
from dancu.serving import server as serving

_TYPED = (
    "Sài",
    "ben nghe",
    "phường 1",
    "ninh k",
    "Xã Tân",
    "hoan kiem",
    "P. Bến Thành",
    "thi tran",
    "q1 tp hcm",
    "an",
)


def measure(seconds: int) -> Iterator[Figure]:
    port = serving.free_port()
    requests = [driving.request(f"/api/areas/suggest?q={quote(typed)}", b"", {}, "GET") for typed in _TYPED]
    with serving.server(port):
        driving.drive(port, requests, 1, 2)
        result = driving.drive(port, requests, 1, min(seconds, 5))
    yield Figure(
        "communes.suggest_p50", percentile(result.latencies, 0.5) * 1e3, "ms", 50, len(result.latencies)
    )
    yield Figure(
        "communes.suggest_p99", percentile(result.latencies, 0.99) * 1e3, "ms", 50, len(result.latencies)
    )
