"""Fifty travellers and officers at once, beside slow clients and without them; and what is killed, until it
is good again.

The server is `dancu serve` with the documented settings, behind a proxy's headers. `beside` figures stand
beside the same figure of the run without slow clients.
"""

import contextlib
import datetime as dt
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import click
import psutil
from django.test import Client
from django.utils import timezone

from bench import country
from bench.driving import HOST
from bench.figures import Figure, percentile
from bench.recovery import memory, recoveries, wait_until_good
from bench.slow import slow_clients
from bench.travellers import NAME, STEPS, Pair, Played, play
from dancu.areas import lookups as areas
from dancu.db import embedded
from dancu.register import lookups
from dancu.serving import server as serving
from dancu.testing.officials import signed_in

EACH = 40  # travellers of one client, then the same again
ANSWER, RECOVERED = 1.0, 10.0  # seconds: within which an answer, and good answers after something died
WRONG = 0.1  # per cent of the steps
PLAYERS = 20.0  # per cent of the processors: what the players take is not left for the server


def measure(seconds: int, clients: int = 50, slow: int = 100) -> Iterator[Figure]:
    pairs = _pairs(clients)
    with _serve() as (port, serve):
        play(port, pairs[:4], min(seconds, 3))  # warm
        at_first = memory(serve)
        alone = play(port, pairs, seconds)
        yield from _figures("alone", seconds, alone)
        with slow_clients(port, slow):
            beside = play(port, pairs, seconds)
        yield from _figures("beside", seconds, beside, alone)
        yield Figure("load.memory_of_workers", memory(serve), "MB", at_first, 2)
        for killed, took in recoveries(port, serve):
            yield Figure(f"load.good_after_{killed}", took, "s", RECOVERED, 1)


def _figures(run: str, seconds: int, played: Played, peer: Played | None = None) -> Iterator[Figure]:
    for step in STEPS:
        if not (took := played.took[step]) or (peer and not peer.took[step]):
            continue
        for name, share in (("p50", 0.5), ("p95", 0.95)):
            limit = percentile(peer.took[step], share) if peer else ANSWER
            yield Figure(
                f"load.{run}.{step}_{name}", percentile(took, share) * 1e3, "ms", limit * 1e3, len(took)
            )
    journeys = float(peer.journeys if peer else played.journeys)
    yield Figure(f"load.{run}.journeys", played.journeys, "journeys", journeys, played.steps)
    share = 100 * played.processor / (seconds * (os.cpu_count() or 1))
    yield Figure(f"load.{run}.processor_of_players", share, "%", PLAYERS, 1)
    yield Figure(
        f"load.{run}.wrong", 100 * played.wrong.total() / max(1, played.steps), "%", WRONG, played.steps
    )
    for kind, times in played.wrong.most_common():
        click.echo(f"  {times} times {kind}", err=True)


@contextlib.contextmanager
def _serve() -> Iterator[tuple[int, psutil.Process]]:
    """`dancu serve` as operations.md has it; it watches the embedded database itself."""
    port = serving.free_port()
    settings = {
        "DANCU_HTTPS": "1",
        "DANCU_HOSTS": NAME,
        "DANCU_ORIGINS": f"https://{NAME}",
        "DANCU_CLIENT_ADDRESS_HEADER": "HTTP_X_REAL_IP",
    }
    environment = dict(os.environ)
    if embedded.is_in_use():  # else it would be taken for somebody's own server, and not be watched
        del environment["DANCU_DATABASE_URL"]
    command = [sys.executable, "-m", "dancu", "serve", "--host", HOST, "--port", str(port)]
    process = subprocess.Popen(command, env=environment | settings, stdout=subprocess.DEVNULL)
    try:
        wait_until_good(port)
        yield port, psutil.Process(process.pid)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def _pairs(clients: int) -> list[Pair]:
    """Each with travellers of their own and an officer of the bench's station."""
    station_id = country.station()
    travellers = list(_travellers(clients * EACH))
    each = max(1, len(travellers) // clients)
    return [
        Pair(
            f"10.{nth // 250}.{nth % 250}",
            _at_work(nth, station_id),
            travellers[nth * each : (nth + 1) * each],
        )
        for nth in range(clients)
    ]


def _at_work(nth: int, station_id: int) -> dict[str, str]:
    """The cookies of an officer who has taken the station."""
    officer = country.official(f"bench-officer-{nth}", "checkpoint_officer", "station", station_id)
    client = signed_in(Client(SERVER_NAME=HOST), officer)
    client.post("/checkpoint/stations/", {"station": station_id, "direction": "in"})
    client.get("/checkpoint/")
    return {name: cookie.value for name, cookie in client.cookies.items()}


def _travellers(most: int) -> Iterator[dict[str, dict[str, Any]]]:
    """What people of the register answer, each with their own card."""
    there = areas.find("Ninh Kiều", level=areas.COMMUNE)[0]
    today = timezone.localdate()
    for pin in country.some_pins(most):
        for person in lookups.by_number(pin):
            if person.home_area is None or person.birth_date is None:
                continue
            yield _answers(person, there, today)


def _answers(person: Any, there: areas.Area, today: dt.date) -> dict[str, dict[str, Any]]:
    home = areas.get(person.home_area)
    born = person.birth_date
    return {
        "who": {"who": "self"},
        "card": {
            "code": "|".join(
                (
                    person.pin,
                    "",
                    person.full_name,
                    f"{born:%d%m%Y}",
                    "Nam" if person.sex == 1 else "Nữ",
                    home.path,
                    "",
                )
            )
        },
        "number": {"number_kind": "pin", "number": person.pin},
        "identity": {
            "full_name": person.full_name,
            "birth_0": born.day,
            "birth_1": born.month,
            "birth_2": born.year,
            "sex": person.sex,
        },
        "phone": {"phone": ""},
        "home": _commune("home_area", home) | {"permanent_here": "yes"},
        "origin": _commune("origin_area", home),
        "destination": _commune("destination_area", there) | {"destination_detail": "25 Trần Hưng Đạo"},
        "when": _days("departs_on", today) | _days("arrives_on", today + dt.timedelta(days=1)),
        "reason": {"reason": "family"},
        "vehicle": {"vehicle": "motorbike", "companions": 0},
        "plate": {"plate": "59F1-123.45"},
        "health": {"symptoms": "none", "contact": "no"},
        "places": {"places": ""},
        "test": {"test_kind": "none", "doses": 2},
    }


def _commune(field: str, area: areas.Area) -> dict[str, Any]:
    """As the suggestions' script sends it."""
    return {field: area.path, f"{field}_id": area.area_id}


def _days(field: str, day: dt.date) -> dict[str, int]:
    return {f"{field}_{place}": part for place, part in enumerate((day.day, day.month, day.year))}
