"""Four travellers in ten have no telephone and no declaration: the officer's desk does it for them, once
they show a card.
"""

import time
from collections.abc import Callable
from contextlib import suppress

from django.utils import timezone
from playwright.sync_api import Error, Page, expect

from dancu.checkpoints import lookups, passes
from dancu.credentials import qr
from dancu.testing.travellers import AN

from .at_work import banner, take_station, verdict
from .country import DESTINATION, HOME, Country, card_of_an, full_path
from .person import Person


def test_bình_types_the_number_and_where_to_presses_once_and_prints_a_slip_whose_code_is_right(
    desk: Callable[..., Person], small_country: Country
):
    binh = desk()
    take_station(binh, small_country.binh)
    binh.types(str(AN["pin"]))  # the field has the focus already
    binh.keys("Enter")
    binh.reads(str(AN["full_name"]))
    binh.reads(full_path(HOME))
    destination = binh.commune_box("Another commune")
    destination.focus()
    binh.types("ninh kieu")
    expect(binh.page.get_by_role("option", name=full_path(DESTINATION))).to_be_visible()
    binh.keys("ArrowDown")
    binh.keys("Enter")
    expect(destination).to_have_value(full_path(DESTINATION))
    binh.field("Number plate").focus()
    binh.types("59x1 234.56")
    binh.keys("F2")

    expect(banner(binh)).to_contain_text(binh.words("let through"))
    (issued,) = lookups.passes_of(small_country.an)
    binh.reads(lookups.pass_code(issued["pass_id"]))
    on_screen = qr.read(binh.page.locator(".dancu-slip__qr").screenshot())[0]
    with binh.page.context.expect_page() as opening:
        binh.keys("F9")
    on_paper = code_seen_in(opening.value)
    assert on_screen == on_paper
    facts = passes.unseal(on_paper, timezone.now())
    assert (facts.pass_id, facts.full_name, facts.plate) == (issued["pass_id"], AN["full_name"], "59X1-23456")

    binh.keys("Escape")
    expect(binh.field("Pass code, card or number")).to_be_focused()
    binh.sees("Today")


def test_a_card_held_before_the_camera_fills_in_who_it_is(
    camera: Callable[..., Person], small_country: Country
):
    binh = camera(qr.png(card_of_an(), 8))
    take_station(binh, small_country.binh)
    expect(verdict(binh)).to_contain_text(binh.words("Compare face and card"))
    binh.reads(str(AN["full_name"]))
    binh.reads("15/02/2000")
    binh.picks_commune("Another commune", "ninh kieu", full_path(DESTINATION))
    binh.fills("Number plate", "59X1-23456")
    binh.presses("Right person: let through")
    expect(banner(binh)).to_contain_text(binh.words("let through"))
    (issued,) = lookups.passes_of(small_country.an)
    assert issued["destination_area"] is not None


def test_a_card_whose_name_is_not_the_registers_is_not_simply_let_through(
    camera: Callable[..., Person], small_country: Country
):
    binh = camera(qr.png(card_of_an(name="Lê Thị Bưởi", sex="Nữ"), 8))
    take_station(binh, small_country.binh)
    expect(verdict(binh)).to_contain_text(binh.words("Stop"))
    expect(verdict(binh)).to_contain_text(binh.words("The card does not match the register."))


def code_seen_in(viewer: Page) -> str:
    """The QR code in the PDF, as Chromium draws it."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with suppress(Error):  # "Unable to capture screenshot": the viewer has not drawn its first frame yet
            if found := qr.read(viewer.screenshot()):
                return found[0]
        time.sleep(0.2)
    raise AssertionError("no QR code is seen in the PDF")
