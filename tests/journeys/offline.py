"""At a desk whose device is enrolled, and what the server has of what was decided there."""

import datetime as dt
import itertools
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.db import connection
from django.utils import timezone
from playwright.sync_api import LocatorAssertions, expect

from dancu.credentials import actions as credentials
from dancu.devices import actions as devices
from dancu.devices.values import Place
from dancu.testing.officials import acting_as, make_official

from .at_work import verdict
from .chromium import Watched
from .country import Country
from .person import Person

NAME = "Máy số 3"
_NUMBERS = itertools.count(1)
OFFLINE = (  # what a browser says to a cut network
    "htmx:sendError",
    "htmx:afterRequest",
    "Failed to load resource",
    "net::ERR_",
    # where the reader of codes was still on its way
    "wasm streaming compile",
    "falling back to ArrayBuffer",
    "failed to asynchronously",
    "Aborted(",
)


def code_for_a_device(country: Country) -> str:
    """A code for a telephone at the country's station."""
    credentials.create_key("bundle")
    nth = next(_NUMBERS)
    giang = acting_as(make_official(f"giang.{nth}", "administrator"))
    return devices.make_code(giang, Place("station", country.station), f"{NAME} ({nth})")


def enrol(binh: Person, code: str) -> None:
    """On the page of this device, and back to the desk."""
    binh.opens("/checkpoint/device/")
    binh.fills("Code for this device", code)
    binh.presses("Enrol")
    binh.reads(NAME)
    binh.presses("Scan passes", within=binh.main)


@contextmanager
def an_hour_ago() -> Iterator[None]:
    """What is declared here was declared then: a pass that is younger than a device's list is asked about."""
    then = timezone.now() - dt.timedelta(hours=1)
    with patch("django.utils.timezone.now", lambda: then):
        yield


def expect_refusals(watched: Watched, *statuses: int) -> None:
    """What the server refused belongs to the story."""
    begins = tuple(f"{status} from" for status in statuses)
    watched.troubles[:] = [trouble for trouble in watched.troubles if not trouble.startswith(begins)]


def says(binh: Person, english: str, **values: str) -> None:
    """The line that tells how the device stands."""
    words = (
        re.escape(binh.words(english))
        .replace(r"\{count\}", values.get("count", "\\d+"))
        .replace(r"\{time\}", r"\d\d:\d\d")
    )
    expect(binh.page.locator("[data-device-words]")).to_contain_text(re.compile(words))


def gun(binh: Person, qr_text: str) -> None:
    """A scanner gun types what it read, and Enter."""
    binh.fills("Pass code, card or number", qr_text)
    binh.field("Pass code, card or number").press("Enter")
    expect(verdict(binh)).to_be_visible()


def recorded(binh: Person) -> LocatorAssertions:
    return expect(binh.page.locator("#desk .dancu-banner"))


def stored() -> list[tuple[Any, ...]]:
    """What the server has of the crossings, in the order of their time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT crossing_id::text, decision, reason_code, direction, plate, official_id, station_id, "
            "crossed_at FROM crossing ORDER BY crossed_at"
        )
        return cursor.fetchall()


def arrive(count: int) -> list[tuple[Any, ...]]:
    """The crossings, once so many are there."""
    until = timezone.now() + dt.timedelta(seconds=30)
    while len(found := stored()) < count and timezone.now() < until:
        time.sleep(0.2)
    assert len(found) == count
    return found
