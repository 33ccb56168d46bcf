"""The citizen's whole declaration in English, by somebody who uses the keyboard only."""

from collections.abc import Callable

from playwright.sync_api import expect

from dancu.testing.travellers import AN

from .at_work import take_station
from .country import DESTINATION, Country, full_path
from .declaring import begin, declare, send
from .keyboard import KeyboardPerson
from .person import Person


def test_an_declares_in_english_without_ever_touching_a_mouse(
    desk: Callable[..., Person],
):
    an = KeyboardPerson(desk("en").page, "en")
    declare(an)
    send(an)
    an.has_title("Travel pass")
    an.reads(str(AN["full_name"]))
    an.reads(full_path(DESTINATION))


def test_who_opens_the_form_for_a_traveller_by_its_address_types_the_name_at_once(
    desk: Callable[..., Person], small_country: Country
):
    binh = desk()
    take_station(binh, small_country.binh)
    for arrives in (
        lambda: binh.opens("/checkpoint/who/"),
        lambda: binh.presses("No code, card or number: type who it is"),
    ):
        binh.opens("/checkpoint/")
        arrives()
        name = binh.page.locator("#id_full_name")
        expect(name).to_be_focused()
        binh.page.keyboard.type("Lê Thị Bưởi")
        expect(name).to_have_value("Lê Thị Bưởi")


def test_what_was_forgotten_is_said_first_and_leads_to_where_it_is_typed(desk: Callable[..., Person]):
    an = KeyboardPerson(desk("en").page, "en")
    begin(an)
    an.presses("Continue")
    summary = an.page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    expect(an.page).to_have_title(f"{an.words('Error')}: {an.words('Identity number')} – dancu")
    an.press(summary.get_by_role("link", name=an.words("Choose the type of number")))
    expect(an.page.get_by_role("radio").first).to_be_focused()
    an.chooses("Passport", "What type of number does the traveller have?")
    an.fills("The number", "C 12")
    an.presses("Continue")
    an.press(summary.get_by_role("link"))
    expect(an.field("The number")).to_be_focused()
    expect(an.field("The number")).to_have_accessible_description(
        an.pattern("A passport number must only have letters and digits, such as C1234567")
    )
