"""The network is gone for minutes, and the desk of an enrolled device goes on: nothing is lost, nothing
doubled, nobody asked twice.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Route, expect

from dancu.checkpoints import actions
from dancu.checkpoints.lookups import pass_code
from dancu.credentials import qr
from dancu.testing.at_the_station import FEVER, cross
from dancu.testing.officials import acting_as
from dancu.testing.rules import document, in_force
from dancu.testing.travellers import AN, declare

from .at_work import take_station, verdict
from .chromium import Watched
from .country import Country
from .looking import Seen, all_well
from .measuring import fits, measure
from .offline import OFFLINE, an_hour_ago, arrive, code_for_a_device, enrol, gun, recorded, says, stored
from .person import Person
from .test_phone_screens import look_up

LAN: dict[str, Any] = {"full_name": "Lê Ngọc Lan", "plate": "51F-22222"}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_is_decided_without_the_network_is_recorded_once_by_whom_and_where_it_was(
    enrolled: Callable[..., Person], small_country: Country, language: str
):
    with an_hour_ago():
        an, lan = declare(), declare(**LAN)
    binh = enrolled(language)
    look_up(binh, pass_code(an.pass_id))
    expect(verdict(binh)).to_contain_text(binh.words("Let through"))
    binh.keys("Escape")
    before = timezone.now()
    context = binh.page.context
    context.set_offline(True)

    gun(binh, an.qr_text)
    expect(verdict(binh)).to_contain_text(binh.words("Let through"))
    expect(verdict(binh)).to_contain_text(binh.words("The code is good, and the list has nothing about it."))
    binh.reads(str(AN["full_name"]))
    binh.keys("F2")
    recorded(binh).to_contain_text(binh.words("Recorded on this device; will be sent."))
    says(binh, "No network: {count} waiting to be sent", count="1")

    binh.page.locator(".dancu-direction [value=out]").click()
    gun(binh, lan.qr_text)  # whom the register does not know
    expect(verdict(binh)).to_contain_text(binh.words("Compare face and card"))
    binh.keys("F4")
    binh.has_title("Hold for a check: what is the reason?")
    binh.presses("Fever or other symptoms")
    recorded(binh).to_contain_text("Lê Ngọc Lan")
    says(binh, "No network: {count} waiting to be sent", count="2")

    gun(binh, an.qr_text)
    expect(verdict(binh)).to_contain_text(binh.words("let through"))
    binh.keys("Escape")
    assert stored() == []

    context.set_offline(False)
    first, second = arrive(2)
    says(binh, "Everything is sent")
    for row, decision, why, way in ((first, "through", "", "in"), (second, "secondary", "fever", "out")):
        _id, was, reason, direction, _plate, official, station, at = row
        assert (was, reason, direction) == (decision, why, way)
        assert (official, station) == (small_country.binh.pk, small_country.station)
        assert before <= at <= timezone.now()
    look_up(binh, pass_code(lan.pass_id))  # and the desk goes on with the server by itself
    expect(verdict(binh)).to_contain_text(binh.words("Fever or other symptoms"))


def test_what_waits_outlives_the_page_and_the_next_one_sends_it(
    enrolled: Callable[..., Person], small_country: Country
):
    an = declare()
    binh = enrolled()
    context = binh.page.context
    context.set_offline(True)
    gun(binh, an.qr_text)
    binh.keys("F2")
    recorded(binh).to_be_visible()
    binh.page.close()
    context.set_offline(False)
    binh = Person(context.new_page(), "vi")
    binh.opens("/checkpoint/")

    assert [row[1] for row in arrive(1)] == ["through"]
    says(binh, "Everything is sent")


@pytest.mark.parametrize("arrives", [True, False], ids=["the press arrived", "it did not"])
def test_a_press_whose_answer_was_lost_counts_once_and_nobody_is_asked_again(
    enrolled: Callable[..., Person], small_country: Country, *, arrives: bool
):
    code = pass_code(declare().pass_id)
    binh = enrolled()
    look_up(binh, code)
    expect(verdict(binh)).to_be_visible()

    def cut(route: Route) -> None:
        if arrives:
            route.fetch()
        route.abort()

    binh.page.route("**/checkpoint/decide/", cut)
    binh.keys("F2")
    recorded(binh).to_contain_text(binh.words("Recorded on this device; will be sent."))
    (row,) = arrive(1)
    says(binh, "Everything is sent")
    assert row[1] == "through"
    binh.page.unroute("**/checkpoint/decide/")
    binh.opens("/checkpoint/")
    binh.does_not_read(binh.words("we do not know whether the decision was recorded."))
    assert len(stored()) == 1


def test_who_was_stopped_elsewhere_is_asked_about_and_refused_nothing(
    enrolled: Callable[..., Person], small_country: Country
):
    with an_hour_ago():
        an = declare()
    cross(acting_as(small_country.binh), small_country.station, an, "secondary", FEVER)
    binh = enrolled("en")
    binh.page.context.set_offline(True)
    gun(binh, an.qr_text)
    expect(verdict(binh)).to_contain_text("Something may be known of this traveller")
    binh.keys("F2")
    recorded(binh).to_contain_text("let through")
    binh.page.context.set_offline(False)
    assert [row[1] for row in arrive(2)] == ["secondary", "through"]


def test_the_rule_of_this_hour_decides_without_the_network(
    enrolled: Callable[..., Person], small_country: Country
):
    with an_hour_ago():
        an = declare()
    closed = document("passage", otherwise="red", id="closed")
    with in_force(closed):
        binh = enrolled("en")
    binh.page.context.set_offline(True)
    gun(binh, an.qr_text)
    expect(verdict(binh)).to_contain_text("For that reason (Quyết định 7)")
    expect(binh.button("Turn back")).to_be_visible()
    binh.presses("Let through for a reason")
    binh.presses("Medical emergency")
    binh.page.context.set_offline(False)
    assert [row[1:3] for row in arrive(1)] == [("through", "emergency")]


def test_a_pass_that_was_withdrawn_is_red_without_the_network(
    enrolled: Callable[..., Person], small_country: Country
):
    an = declare()
    actions.revoke_pass(an.pass_id, acting=acting_as(small_country.binh), reason_code="used_by_other")
    binh = enrolled("en")
    binh.page.context.set_offline(True)
    gun(binh, an.qr_text)
    expect(verdict(binh)).to_contain_text("Pass revoked")
    binh.presses("Let through for a reason")
    binh.presses("Medical emergency")
    recorded(binh).to_contain_text("let through")
    binh.page.context.set_offline(False)

    assert [row[1:3] for row in arrive(1)] == [("through", "emergency")]


def test_a_forged_code_is_reported_with_its_photo_when_the_network_is_back(
    enrolled: Callable[..., Person], small_country: Country
):
    text = declare().qr_text
    changed = text[:-9] + ("A" if text[-9] != "A" else "B") + text[-8:]
    binh = enrolled("en")
    binh.page.context.set_offline(True)
    gun(binh, changed)
    expect(verdict(binh)).to_contain_text("Forged code")
    picture = {"name": "car.png", "mimeType": "image/png", "buffer": qr.png(text, 8)}
    binh.field("Photo of the vehicle, the person or the code").set_input_files(picture)
    binh.fills("Number plate", "51F-12345")
    binh.presses("Hold for a check")
    recorded(binh).to_contain_text("Forged code: held for a check")
    binh.page.context.set_offline(False)
    says(binh, "Everything is sent")
    binh.opens("/checkpoint/")
    binh.presses("Incidents")
    binh.reads("51F-12345")


def test_without_the_network_the_desk_fits_a_phone_and_has_no_fault(
    enrolled: Callable[..., Person], small_country: Country
):
    an = declare()
    for language in ("vi", "en"):
        look_over(enrolled(language, is_phone=True), an.qr_text)


def look_over(binh: Person, qr_text: str) -> None:
    """Each piece of the desk without the network."""
    seen, measured = Seen(), measure(binh.page)
    binh.opens("/checkpoint/")
    says(binh, "list of {time}")
    seen.look(binh.page)
    binh.page.context.set_offline(True)
    steps: tuple[Callable[[], object], ...] = (
        lambda: gun(binh, qr_text),
        lambda: binh.presses("Hold for a check"),
        lambda: binh.presses("Fever or other symptoms"),
        lambda: expect(binh.button("Scan with the camera")).to_be_visible(),
        lambda: binh.fills("Pass code, card or number", "7K3M-9QX2-PF4Y"),
        lambda: binh.presses("Look up"),
        lambda: gun(binh, qr_text[:-9] + "AAAAAAAAA"),
    )
    for step in steps:
        step()
        binh.page.wait_for_timeout(300)
        seen.look(binh.page)
    assert all_well(seen)
    assert fits(measured)
    binh.page.context.set_offline(False)


def test_the_camera_goes_on_without_the_network(
    camera: Callable[..., Person], small_country: Country, watched: Watched
):
    watched.expected = OFFLINE
    with an_hour_ago():
        an = declare()
    binh = camera(qr.png(an.qr_text, 8))
    take_station(binh, small_country.binh)
    enrol(binh, code_for_a_device(small_country))
    says(binh, "list of {time}")
    expect(verdict(binh)).to_contain_text(binh.words("Let through"))
    binh.presses("Record nothing")
    binh.page.context.set_offline(True)
    for reason in ("Let through", "let through"):
        binh.presses("Close the camera")  # which passes over the code that it has just read
        binh.presses("Scan with the camera")
        expect(verdict(binh)).to_contain_text(binh.words(reason))
        binh.presses("Let through")
        recorded(binh).to_contain_text(binh.words("Recorded on this device; will be sent."))
    binh.page.context.set_offline(False)
    assert [row[1] for row in arrive(2)] == ["through", "through"]
