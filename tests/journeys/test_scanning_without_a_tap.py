"""Where the officer wants it so, a green verdict on a scanned code is recorded by itself."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from dancu.checkpoints.lookups import pass_code
from dancu.testing.travellers import declare

from .at_work import take_station, verdict
from .country import Country
from .offline import an_hour_ago, arrive, gun, recorded, stored
from .person import Person


def wants_it(binh: Person) -> None:
    binh.page.get_by_role(
        "checkbox", name=binh.words("Record green by itself 2 seconds after a scan")
    ).check()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_green_is_gone_after_two_seconds_and_the_next_one_can_be_scanned(
    desk: Callable[..., Person], small_country: Country, language: str
):
    an = declare()
    binh = desk(language)
    take_station(binh, small_country.binh)
    wants_it(binh)
    gun(binh, an.qr_text)
    binh.sees("Recording by itself. Touch anything to stop.")
    recorded(binh).to_contain_text("Nguyễn Văn An")
    assert [row[1] for row in stored()] == ["through"]
    gun(binh, an.qr_text)  # again within minutes: perhaps two hands, and people look
    expect(verdict(binh)).to_contain_text(binh.words("Check"))
    binh.page.wait_for_timeout(2_500)
    assert len(stored()) == 1


def test_a_touch_stops_it_and_the_officer_decides(desk: Callable[..., Person], small_country: Country):
    binh = desk("en")
    take_station(binh, small_country.binh)
    wants_it(binh)
    gun(binh, declare().qr_text)
    binh.sees("Recording by itself. Touch anything to stop.")
    binh.page.mouse.click(5, 300)
    binh.page.wait_for_timeout(2_500)
    expect(verdict(binh)).to_be_visible()
    assert stored() == []


def test_a_code_that_was_typed_is_not_recorded_by_itself(desk: Callable[..., Person], small_country: Country):
    binh = desk("en")
    take_station(binh, small_country.binh)
    wants_it(binh)
    gun(binh, pass_code(declare().pass_id))
    binh.page.wait_for_timeout(2_500)
    assert stored() == []


def test_it_goes_on_without_the_network(enrolled: Callable[..., Person], small_country: Country):
    with an_hour_ago():
        an = declare()
    binh = enrolled("en")
    wants_it(binh)
    binh.page.context.set_offline(True)
    gun(binh, an.qr_text)
    recorded(binh).to_contain_text("Nguyễn Văn An")
    assert stored() == []
    binh.page.context.set_offline(False)
    assert [row[1] for row in arrive(1)] == ["through"]
