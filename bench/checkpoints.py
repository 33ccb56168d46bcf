"""A bus of forty on one list, beside forty single travellers; and on an enrolled device without the network,
its processor slowed six times, from the code to the verdict.
"""

import shutil
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.test import Client
from playwright.sync_api import Page, sync_playwright
from uuid_utils.compat import uuid7

from bench import country, driving
from bench.figures import Figure, percentile
from bench.scan import passes
from dancu.checkpoints.groups import seal_group
from dancu.credentials import actions as credentials
from dancu.devices import actions as devices
from dancu.devices.values import Place
from dancu.serving import server as serving
from dancu.testing.officials import acting_as, signed_in

ABOARD = 40
_SLOWED = 6
_SCANS = 20
_HTMX = {"HX-Request": "true"}
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
_SCAN = """(text) => new Promise((done) => {
    const desk = document.getElementById("desk");
    const form = document.querySelector("form.dancu-scanning");
    form.elements.text.value = text;
    const began = performance.now();
    new MutationObserver((_changes, seen) => {
        if (!desk.querySelector(".dancu-result .dancu-decision")) return;
        seen.disconnect();
        requestAnimationFrame(() => done(performance.now() - began));
    }).observe(desk, { childList: true, subtree: true });
    form.requestSubmit();
})"""


def measure(_seconds: int) -> Iterator[Figure]:
    station_id = country.station()
    officer = country.official("bench-officer", "checkpoint_officer", "station", station_id)
    desk = signed_in(Client(SERVER_NAME=driving.HOST), officer)
    desk.post("/checkpoint/stations/", {"station": station_id, "direction": "in"})
    singles = _timed(lambda: _one_by_one(desk, passes(ABOARD)))
    bus = _timed(lambda: _bus(desk, passes(ABOARD)))
    group = _timed(lambda: _bus(desk, seal_group(passes(ABOARD))))
    yield Figure("checkpoints.bus_of_forty", bus, "s", singles, ABOARD)
    yield Figure("checkpoints.bus_of_forty_by_group_code", group, "s", singles, ABOARD)
    yield from _on_a_device(desk, station_id)


def _timed(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _one_by_one(desk: Client, texts: list[str]) -> None:
    """Two requests each: the scan, and the press."""
    for text in texts:
        shown = desk.post("/checkpoint/examine/", {"text": text}, headers=_HTMX).content.decode()
        code = shown.split('name="code" value="')[1].split('"')[0]
        crossing = shown.split('name="crossing_id" value="')[1].split('"')[0]
        press = {"code": code, "crossing_id": crossing, "decision": "secondary", "reason": "no_paper"}
        assert desk.post("/checkpoint/decide/", press, headers=_HTMX).status_code == 200


def _bus(desk: Client, texts: list[str]) -> None:
    """A request for each scan, and one press for all."""
    seats: list[tuple[str, str]] = []
    for text in texts:
        lines = desk.post("/checkpoint/vehicle/add/", {"text": text}, headers=_HTMX).content.decode()
        for line in lines.split('name="code-')[1:]:
            seats.append((line[:36], line.split('value="')[1].split('"')[0]))
    press: dict[str, Any] = {"plate": "51B-12345", "aboard": len(seats), "seat": [seat for seat, _ in seats]}
    for seat, code in seats:
        press |= {f"code-{seat}": code, f"decision-{seat}": "secondary", f"reason-{seat}": "no_paper"}
    assert len(seats) == ABOARD
    assert desk.post("/checkpoint/vehicle/decide/", press, headers=_HTMX).status_code == 200


def _on_a_device(desk: Client, station_id: int) -> Iterator[Figure]:
    """In Chromium, where there is one."""
    if not (chromium := shutil.which("chromium")):
        return
    credentials.create_key("bundle")
    giang = acting_as(country.official("bench-admin", "administrator"))
    code = devices.make_code(giang, Place("station", station_id), f"Bench {uuid7()}"[:40])
    texts, port = passes(_SCANS), serving.free_port()
    with serving.server(port), sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=_FLAGS)
        context = browser.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN")
        home = f"http://localhost:{port}"
        context.add_cookies([
            {"name": name, "value": cookie.value, "url": home} for name, cookie in desk.cookies.items()
        ])  # fmt: skip
        page = context.new_page()
        page.goto(f"{home}/checkpoint/device/")
        page.locator("input[name=code]").fill(code)
        page.locator("input[name=code]").press("Enter")
        page.wait_for_function("""() => new Promise((done) => {
            const opening = indexedDB.open("dancu-device");
            opening.onsuccess = () => {
                const asked = opening.result.transaction("about").objectStore("about").get("bundle");
                asked.onsuccess = () => done(Boolean(asked.result)) || opening.result.close();
            };
        })""")
        page.goto(f"{home}/checkpoint/")
        page.wait_for_load_state("networkidle")
        context.set_offline(True)
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": _SLOWED})
        taken = [_scanned(page, text) for text in texts]
        browser.close()
    yield Figure("checkpoints.on_a_device_p50", percentile(taken[1:], 0.5), "ms", 1000, len(taken) - 1)
    yield Figure("checkpoints.on_a_device_worst", max(taken[1:]), "ms", 1000, len(taken) - 1)


def _scanned(page: Page, text: str) -> float:
    taken = page.evaluate(_SCAN, text)
    page.keyboard.press("Escape")
    page.wait_for_selector("form.dancu-scanning")
    return taken
