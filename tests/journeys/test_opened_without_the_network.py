"""The browser was closed, or the telephone restarted, and there is no network: the desk opens all the same, for
its officer alone.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from dancu.testing.travellers import declare

from .at_work import verdict
from .chromium import Watched
from .country import STATION, Country
from .looking import Seen, all_well
from .measuring import fits, measure
from .offline import NAME, an_hour_ago, arrive, gun, recorded, says, stored
from .person import Person

PIN = "840271"


def choose_pin(binh: Person, pin: str = PIN) -> None:
    """On the page of this device; and the desk is opened once more, so that it is kept."""
    binh.presses("Choose a PIN, so that this device opens without the network")
    binh.fills("New PIN: six digits or more", pin)
    binh.fills("The same PIN once more", pin)
    binh.presses("Set the PIN")
    binh.sees(
        "You have a PIN at this device: with it the page “Scan passes” opens without the network, for as long as "
        "your shift lasts."
    )
    binh.opens("/checkpoint/")
    kept(binh)


def kept(binh: Person) -> None:
    """The page is kept, and whose shift it is known."""
    binh.page.wait_for_function(
        """async () => {
            for (const name of await caches.keys())
                if (await (await caches.open(name)).match("/checkpoint/offline/")) return true;
            return false;
        }"""
    )
    binh.page.wait_for_function(
        """() => new Promise((resolve) => {
            const opening = indexedDB.open("dancu-device");
            opening.onsuccess = () => {
                const asked = opening.result.transaction("about").objectStore("about").get("shift");
                asked.onsuccess = () => resolve(Boolean(asked.result)) || opening.result.close();
            };
        })"""
    )


def reopen(binh: Person, language: str = "vi") -> Person:
    """The page is closed, and another one opened, without the network."""
    context = binh.page.context
    context.set_offline(True)
    binh.page.close()
    again = Person(context.new_page(), language)
    again.page.goto("/checkpoint/")
    return again


def unlock(binh: Person, pin: str = PIN) -> None:
    binh.fills("PIN of this device", pin)
    binh.presses("Open the desk")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_officer_opens_it_with_the_pin_and_works_on_and_what_is_decided_is_sent(
    enrolled: Callable[..., Person], small_country: Country, language: str
):
    with an_hour_ago():
        an = declare()
    binh = enrolled(language)
    choose_pin(binh)
    binh = reopen(binh, language)
    binh.reads(STATION)
    binh.does_not_read(binh.words("Pass code, card or number"))
    unlock(binh)
    gun(binh, an.qr_text)
    expect(verdict(binh)).to_contain_text(binh.words("Let through"))
    binh.keys("F2")
    recorded(binh).to_contain_text(binh.words("Recorded on this device; will be sent."))
    says(binh, "No network: {count} waiting to be sent", count="1")
    out = binh.page.locator(".dancu-direction [value=out]")
    out.click()
    expect(out).to_have_attribute("aria-pressed", "true")

    binh.page.reload()  # who was at it a moment ago is not asked again
    gun(binh, an.qr_text)
    expect(verdict(binh)).to_contain_text(binh.words("let through"))
    out = binh.page.locator(".dancu-direction [value=out]")
    expect(out).to_have_attribute("aria-pressed", "true")
    binh.keys("Escape")
    assert stored() == []

    binh.page.context.set_offline(False)  # and the server's page takes the place of this one
    expect(binh.page.get_by_role("link", name=binh.words("My last crossings"))).to_be_visible(timeout=20_000)
    (row,) = arrive(1)
    assert (row[1], row[3], row[5]) == ("through", "in", small_country.binh.pk)
    expect(binh.page.locator(".dancu-direction [value=out]")).to_have_attribute("aria-pressed", "true")


def test_nobody_else_opens_it_and_five_wrong_pins_close_it(
    enrolled: Callable[..., Person], small_country: Country
):
    binh = enrolled("en")
    choose_pin(binh)
    binh = reopen(binh, "en")
    for left in (4, 3):
        unlock(binh, "111213")
        binh.sees(f"This is not the PIN. Tries left: {left}")
    binh.page.reload()
    for left in (2, 1):
        unlock(binh, "111213")
        binh.sees(f"This is not the PIN. Tries left: {left}")
    unlock(binh, "111213")
    binh.sees("Five wrong PINs: this device opens again when you have signed in with the network")
    binh.page.context.set_offline(False)  # and the server's page takes the place of this one
    binh.presses("Choose a PIN, so that this device opens without the network")


def test_a_network_that_comes_and_goes_ends_no_shift(enrolled: Callable[..., Person], small_country: Country):
    with an_hour_ago():
        an = declare()
    binh = enrolled("en")
    choose_pin(binh)
    binh = reopen(binh, "en")
    unlock(binh)
    gun(binh, an.qr_text)
    with binh.page.expect_response(lambda answer: "/api/devices/sync" in answer.url):
        binh.page.context.set_offline(False)  # with a traveller on the desk
    binh.page.wait_for_timeout(1_000)
    binh.page.context.set_offline(True)
    binh.keys("F2")
    recorded(binh).to_contain_text("Recorded on this device; will be sent.")
    recorded(binh).not_to_contain_text("people will look at it")
    binh.page.context.set_offline(False)
    assert [row[1] for row in arrive(1)] == ["through"]


def test_who_has_signed_out_opens_it_no_more(
    enrolled: Callable[..., Person], small_country: Country, watched: Watched
):
    binh = enrolled("en")
    choose_pin(binh)
    binh.presses("Sign out")
    binh.has_title("Sign in as an official")
    binh = reopen(binh, "en")
    binh.sees("Nobody is on shift at this device.")


def test_without_a_pin_it_says_what_to_do(enrolled: Callable[..., Person], small_country: Country):
    binh = enrolled("en")
    binh.opens("/checkpoint/")
    kept(binh)
    binh = reopen(binh, "en")
    binh.sees("You chose no PIN for this device")


@pytest.mark.parametrize(
    ("pin", "problem"),
    [
        ("12345", "A PIN is six to twelve digits."),
        ("12a456", "A PIN is six to twelve digits."),
        ("123456", "This PIN is easily guessed"),
        ("877788", "This PIN is easily guessed"),
        ("840272", "The two PINs are not the same."),
    ],
)
def test_a_pin_that_anybody_guesses_is_not_taken(
    enrolled: Callable[..., Person], small_country: Country, pin: str, problem: str
):
    binh = enrolled("en")
    binh.presses("Choose a PIN, so that this device opens without the network")
    binh.fills("New PIN: six digits or more", pin)
    binh.fills("The same PIN once more", "840271" if problem.startswith("The two") else pin)
    binh.presses("Set the PIN")
    binh.sees(problem)


def test_it_fits_a_phone_and_has_no_fault(
    enrolled: Callable[..., Person], small_country: Country, watched: Watched
):
    for language in ("vi", "en"):
        binh = enrolled(language, is_phone=True)
        seen, measured = Seen(), measure(binh.page)
        binh.presses("Choose a PIN, so that this device opens without the network")
        binh.reads(NAME)
        seen.look(binh.page)
        binh.opens("/checkpoint/")
        choose_pin(binh)
        binh = reopen(binh, language)
        measured = measure(binh.page)
        binh.reads(STATION)
        seen.look(binh.page)
        unlock(binh, "111213")
        binh.page.wait_for_timeout(1_000)
        seen.look(binh.page)
        unlock(binh)
        expect(binh.button("Scan with the camera")).to_be_visible()
        seen.look(binh.page)
        assert all_well(seen)
        assert fits(measured)
        binh.page.context.set_offline(False)
