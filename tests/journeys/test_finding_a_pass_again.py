"""A pass is found again by whoever holds the telephone, and with it who looked at the record."""

import re
import time
from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import expect

from dancu.checkpoints import lookups
from dancu.messaging import lookups as messages
from dancu.messaging import one_time_codes
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
    stranger.sees("The code is wrong, has been used or is no longer valid. Check the latest message")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_who_deleted_the_messages_that_a_stranger_brought_about_reads_from_when_another_comes(
    phone: Callable[..., Person], small_country: Country, monkeypatch: pytest.MonkeyPatch, language: str
):
    now = [time.time() // 1200 * 1200 + 300]
    monkeypatch.setattr(one_time_codes, "_now", lambda: now[0])
    for _ in range(12):
        Client().post("/sign-in/", {"number": AN["pin"], "phone": PHONE})
    deleted = sent()

    an = phone(language)
    asks(an)
    assert sent() == deleted
    for part in (an.field("Code from the message"), an.button("Continue")):
        expect(part).to_be_in_viewport(ratio=1)
    an.sees("No message, or it is lost?")
    an.fills("Code from the message", str(AN["pin"]))
    an.presses("Continue")
    an.sees("This is your personal number. Enter the code from the message")
    an.fills("Code from the message", "12345")
    an.presses("Continue")
    an.sees("The code has 6 or 12 digits. Check the message")

    now[0] += 1200
    an.presses("Ask for another code")
    asks(an)
    (newest, *_), before = sent(), deleted[0]
    assert newest != before
    for code in (newest, before):  # another telephone has the earlier one still
        holder = an if code == newest else asks(phone(language))
        holder.fills("Code from the message", code)
        holder.presses("Continue")
        holder.has_title("My passes")


def asks(an: Person) -> Person:
    if "/sign-in/" not in an.page.url:
        an.opens("/sign-in/")
    an.fills("Personal identification number", str(AN["pin"]))
    an.fills("Phone number", PHONE)
    an.presses("Send me a code")
    an.has_title("Enter the code")
    return an


def sent() -> list[str]:
    """The long codes, the last first."""
    found = (re.search(r"\d{4}-\d{4}-\d{4}", message.text) for message in messages.recent(100))
    return [code[0] for code in found if code]


def code_sent_to(number: str) -> str:
    """The digits of the one code in the outbox."""
    (message,) = (sent for sent in messages.recent(10) if sent.reason == "one_time_code")
    assert message.recipient == number
    found = re.search(r"\b\d{6}\b", message.text)
    assert found, message.text
    return found[0]
