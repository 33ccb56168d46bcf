"""A pass is found again by whoever holds the telephone, and with it who looked at the record."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from dancu.checkpoints import lookups
from dancu.messaging import lookups as messages
from dancu.testing.officials import acting_as
from dancu.testing.travellers import AN
from dancu.testing.travellers import declare as declared_before

from .country import DESTINATION, PHONE, STATION, Country, full_path
from .declaring import pass_code_shown
from .person import Person


def test_an_finds_his_pass_again_by_number_telephone_and_code_and_sees_which_officers_looked(
    phone: Callable[..., Person], small_country: Country
):
    declared = declared_before(phone=PHONE)
    lookups.examine(acting_as(small_country.binh), small_country.station, pass_id=declared.pass_id)

    an = phone()
    an.opens("/")
    an.presses("Show my pass again")
    an.has_title("Confirm that it is you")
    an.fills("Personal identification number", str(AN["pin"]))
    an.fills("Phone number", "+84 912 345 678")
    an.presses("Send me a code")
    an.has_title("Enter the code")
    an.fills("Code from the message", code_sent_to(PHONE))
    an.presses("Continue")
    an.has_title("My passes")
    an.press(an.page.get_by_role("link", name=full_path(DESTINATION)))
    an.has_title("Travel pass")
    assert pass_code_shown(an) == lookups.pass_code(declared.pass_id)

    an.presses("Home page")
    an.presses("My data")
    an.has_heading(str(AN["full_name"]))
    looks = an.page.locator("#looks ~ ol")
    expect(looks).to_contain_text(an.words("Checkpoint officer"))
    expect(looks).to_contain_text(STATION)
    an.reads("Lê Ngọc Lan")  # his wife, of the same household

    an.presses("Sign out")
    an.has_title("Declare once, travel with one code")
    an.opens("/me/")
    an.has_title("Confirm that it is you")


def test_a_stranger_with_the_number_but_another_telephone_is_told_the_same_and_gets_nothing(
    phone: Callable[..., Person], small_country: Country
):
    stranger = phone()
    stranger.opens("/me/")
    stranger.fills("Personal identification number", str(AN["pin"]))
    stranger.fills("Phone number", "0999999999")
    stranger.presses("Send me a code")
    stranger.has_title("Enter the code")
    assert messages.recent(10) == []
    stranger.fills("Code from the message", "123456")
    stranger.presses("Continue")
    stranger.sees("The code is wrong or no longer valid. Check the latest message, or ask for a new one")


def code_sent_to(number: str) -> str:
    """The digits of the one code in the outbox."""
    (message,) = (sent for sent in messages.recent(10) if sent.reason == "one_time_code")
    assert message.recipient == number
    found = re.search(r"\b\d{6}\b", message.text)
    assert found, message.text
    return found[0]
