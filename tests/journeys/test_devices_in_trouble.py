"""A bundle that was changed, a clock that is days off, a device that was cut off, a browser that was closed."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import BrowserContext, Route, expect

from dancu.checkpoints import actions, passes
from dancu.checkpoints.lookups import pass_code
from dancu.devices import actions as devices
from dancu.testing.officials import acting_as, make_official
from dancu.testing.travellers import declare, journey

from .at_work import verdict
from .chromium import Watched
from .country import STATION, Country
from .looking import Seen, all_well
from .offline import NAME, an_hour_ago, arrive, expect_refusals, gun, recorded, says, stored
from .person import Person


def test_a_bundle_that_somebody_has_changed_on_the_way_is_never_used(
    enrolled: Callable[..., Person], small_country: Country, watched: Watched
):
    an = declare()
    actions.revoke_pass(an.pass_id, acting=acting_as(small_country.binh), reason_code="used_by_other")

    def without_withdrawn(route: Route) -> None:
        told = route.fetch().json()
        told["parts"]["withdrawn"]["entries"] = []
        route.fulfill(json=told)

    binh = enrolled("en", tampers=without_withdrawn)
    binh.page.context.set_offline(True)
    binh.page.context.unroute_all(behavior="wait")
    gun(binh, an.qr_text)
    expect(verdict(binh)).to_contain_text("Not known")


def test_a_clock_that_is_days_off_changes_no_verdict_and_no_time(
    enrolled: Callable[..., Person], small_country: Country, watched: Watched
):
    with an_hour_ago():
        an = declare()
    binh = enrolled("en")
    now = timezone.now()
    binh.page.clock.install(time=now + dt.timedelta(days=5))
    with binh.page.expect_response(lambda answer: answer.url.endswith("/api/devices/sync") and answer.ok):
        binh.opens("/checkpoint/")
    says(binh, "list of {time}")
    binh.page.context.set_offline(True)
    gun(binh, an.qr_text)
    expect(verdict(binh)).to_contain_text("Let through")
    binh.keys("F2")
    recorded(binh).to_be_visible()
    binh.page.context.set_offline(False)
    (row,) = arrive(1)

    assert abs(row[7] - now) < dt.timedelta(minutes=2)
    expect_refusals(watched, 401, 409)  # of the first requests, by which the clock was corrected


def test_a_device_that_was_cut_off_sends_what_waits_and_forgets_everything(
    enrolled: Callable[..., Person], small_country: Country, watched: Watched
):
    an = declare()
    binh = enrolled("en")
    binh.page.context.set_offline(True)
    gun(binh, an.qr_text)
    binh.keys("F2")
    recorded(binh).to_be_visible()
    devices.cut_off(acting_as(make_official("khanh", "administrator")), the_device())
    binh.page.context.set_offline(False)
    expect(binh.page.locator("[data-device-words]")).to_contain_text("This device was cut off. 1 decisions")
    expect(binh.page.locator("#desk .dancu-banner")).to_have_count(0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM device_item")
        assert cursor.fetchone() == (1,)
    binh.opens("/checkpoint/device/")
    expect(binh.field("Code for this device")).to_be_visible()
    expect_refusals(watched, 409)  # nobody's shift begins with it


def the_device() -> UUID:
    with connection.cursor() as cursor:
        cursor.execute("SELECT device_id FROM device")
        (row,) = cursor.fetchall()
        return row[0]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_came_back_is_told_until_the_officer_has_seen_it(
    enrolled: Callable[..., Person], small_country: Country, language: str
):
    nobodys = passes.seal(12345678901234567, journey(), agrees=True, issued_at=timezone.now())
    binh, seen = enrolled(language, is_phone=True), Seen()
    binh.page.context.set_offline(True)
    gun(binh, nobodys)
    binh.presses("Let through")
    recorded(binh).to_be_visible()
    binh.page.context.set_offline(False)
    told = binh.page.locator("[data-device-notices]")
    expect(told).to_contain_text(pass_code(12345678901234567))
    seen.look(binh.page)
    binh.opens("/checkpoint/")
    expect(told).to_be_visible()
    binh.press(told.get_by_role("button", name=binh.words("Seen")))
    expect(told).to_be_hidden()
    assert stored() == []
    assert all_well(seen)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_of_this_device_tells_how_it_stands_and_forgets_it_when_it_is_sure(
    enrolled: Callable[..., Person], watched: Watched, language: str
):
    an = declare()
    binh, seen = enrolled(language, is_phone=True), Seen()
    binh.page.context.set_offline(True)
    gun(binh, an.qr_text)
    binh.presses("Let through")
    recorded(binh).to_be_visible()
    binh.page.context.route("**/api/devices/sync", lambda route: route.abort())
    binh.page.context.set_offline(False)
    binh.opens("/checkpoint/device/")
    binh.reads(NAME)
    binh.reads(STATION)
    binh.presses("Send now")
    binh.sees("We cannot reach the system right now. What waits stays on this device and is sent later.")
    binh.presses("Forget this device")
    binh.sees("Not sent yet, and lost then:")
    seen.look(binh.page)
    binh.presses("Keep")
    binh.page.context.unroute_all(behavior="wait")
    binh.presses("Send now")
    arrive(1)
    binh.presses("Forget this device")
    binh.does_not_read(binh.words("Not sent yet, and lost then:"))
    binh.presses("Forget", within=binh.page.get_by_role("region", name=binh.words("Forget this device")))
    expect(binh.field("Code for this device")).to_be_visible()
    binh.fills("Code for this device", "AAAA-AAAA")
    binh.presses("Enrol")
    binh.sees("There is no such code, or it was used, or it is older than an hour. Ask for a new one.")
    seen.look(binh.page)
    assert all_well(seen)
    expect_refusals(watched, 404)


def test_what_waits_is_sent_in_the_background_when_no_page_is_open(
    enrolled: Callable[..., Person], small_country: Country, watched: Watched
):
    an = declare()
    binh = enrolled()
    context = binh.page.context
    worker = (
        context.service_workers[0] if context.service_workers else context.wait_for_event("serviceworker")
    )
    assert worker.url.endswith("/checkpoint/worker.js")
    context.set_offline(True)
    gun(binh, an.qr_text)
    binh.keys("F2")
    recorded(binh).to_be_visible()
    elsewhere = context.new_page()
    binh.page.close()
    context.set_offline(False)
    assert stored() == []
    wake(context, elsewhere, watched.address)

    assert [row[1] for row in arrive(1)] == ["through"]


def wake(context: BrowserContext, page: Any, address: str) -> None:
    """The browser tells the worker that there is a network again."""
    registrations: list[dict[str, Any]] = []
    devtools = context.new_cdp_session(page)
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated", lambda told: registrations.extend(told["registrations"])
    )
    page.goto("/.well-known/dancu-keys.json")
    devtools.send("ServiceWorker.enable")
    page.wait_for_timeout(500)
    told = {"origin": address, "tag": "dancu-sync", "lastChance": False}
    devtools.send(
        "ServiceWorker.dispatchSyncEvent", told | {"registrationId": registrations[0]["registrationId"]}
    )
