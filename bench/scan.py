"""The officer's scan page: from the code to the decision shown, p50 and p99, over HTTP with a real
session.
"""

import datetime as dt
from collections.abc import Iterator
from urllib.parse import urlencode

from django.test import Client
from django.utils import timezone
from uuid_utils.compat import uuid7

from bench import country, driving
from bench.figures import Figure, percentile
from dancu.areas import lookups as areas
from dancu.checkpoints import actions
from dancu.checkpoints.journeys import Journey
from dancu.matching.lookups import PartialDate
from dancu.register import lookups
from dancu.serving import server as serving
from dancu.testing.officials import signed_in

PASSES = 500


def measure(seconds: int) -> Iterator[Figure]:
    station_id = country.station()
    officer = country.official("bench-officer", "checkpoint_officer", "station", station_id)
    client = signed_in(Client(SERVER_NAME=driving.HOST), officer)
    client.post("/checkpoint/stations/", {"station": station_id, "direction": "in"})
    client.get("/checkpoint/")
    cookies = "; ".join(f"{name}={cookie.value}" for name, cookie in client.cookies.items())
    headers = {
        "Cookie": cookies,
        "X-CSRFToken": client.cookies["csrftoken"].value,
        "Content-Type": "application/x-www-form-urlencoded",
        "HX-Request": "true",
    }
    scans = [
        driving.request("/checkpoint/examine/", urlencode({"text": text}).encode(), headers)
        for text in passes(PASSES)
    ]
    port = serving.free_port()
    with serving.server(port):
        driving.drive(port, scans, 1, 2)
        result = driving.drive(port, scans, 1, seconds)
    assert b"dancu-result" in result.last, result.last[:500]
    yield Figure("scan.page_p50", percentile(result.latencies, 0.5) * 1e3, "ms", 1000, len(result.latencies))
    yield Figure("scan.page_p99", percentile(result.latencies, 0.99) * 1e3, "ms", 1000, len(result.latencies))


def passes(count: int) -> list[str]:
    """QR texts of so many declarations of today, of people in the register."""
    there = areas.find("Ninh Kiều", level=areas.COMMUNE)[0].area_id
    today, texts = timezone.localdate(), []
    for pin in country.some_pins(count):
        (person,) = lookups.by_number(pin)
        if person.home_area is None:
            continue
        journey = Journey(
            full_name=person.full_name,
            birth=PartialDate.of(person.birth_date),
            number_kind="pin",
            number=pin,
            sex=person.sex,
            origin_area=person.home_area,
            destination_area=there,
            departs_on=today,
            arrives_on=today + dt.timedelta(1),
            reason="home",
            vehicle="motorbike",
            plate="51F-12345",
        )
        texts.append(actions.declare(journey, uuid7()).qr_text)
    return texts
