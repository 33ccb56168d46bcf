"""Hà says whom she means: by name, number or card, on a phone, at the keys, without scripts, and without a
fault that axe finds.
"""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from dancu.testing.officials import make_official
from dancu.testing.travellers import add_an

from .at_work import sign_in
from .chromium import DESK, Watched
from .country import Country, card_of_an
from .keyboard import KeyboardPerson
from .looking import Looking, Seen, all_well
from .measuring import measure
from .person import Person

NAMESAKES = ("Nguyễn Văn Ân", "Nguyễn Văn Ấn")


@pytest.fixture
def find(small_country: Country) -> str:
    """Where Hà says which record is An's second; two others could be it."""
    for nth, name in enumerate(NAMESAKES):
        add_an(pin=f"07920000123{nth}", cmnd=None, full_name=name, birth_date=dt.date(1999, 3, 4), phone=None)
    wife = add_an(pin=None, cmnd=None, full_name="Lê Thị Bé", sex=2, birth_date=dt.date(1950, 7, 9))
    return f"/office/person/{wife}/merge/"


def radio(person: Person, name: str) -> Any:
    return person.page.get_by_role("radio", name=name)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_one_of_several_is_chosen_by_touch_on_a_phone(phone: Callable[..., Person], find: str, language: str):
    ha = Person(phone(language).page, language, touches=True)
    measured = measure(ha.page)
    sign_in(ha, make_official("ha", "data_steward"), find)
    ha.fills("The other record", "nguyen van an 1999")
    ha.presses("Find")
    ha.sees("Choose the person you mean.")
    expect(ha.page.get_by_role("group", name=ha.words("People found"))).to_be_visible()
    ha.press(ha.page.locator("label", has_text=NAMESAKES[1]))
    ha.presses("Compare the two records")
    ha.has_title("Are these two records of the same person?")
    ha.reads(NAMESAKES[1])
    assert not {fault for fault in measured.faults if "/merge/" in fault.split(" ")[0]}


def test_a_card_that_is_scanned_is_taken_with_enter_alone(
    desk: Callable[..., Person], find: str, small_country: Country
):
    ha = KeyboardPerson(desk("vi").page, "vi")
    sign_in(ha, make_official("ha", "data_steward"), find)
    ha.fill(ha.field("The other record"), card_of_an())
    ha.keys("Enter")  # as a scanner sends it
    expect(radio(ha, "Nguyễn Văn An")).to_be_focused()
    expect(radio(ha, "Nguyễn Văn An")).to_be_checked()
    ha.keys("Enter")
    expect(ha.page).to_have_url(re.compile(f"/merge/{small_country.an}/$"))


def test_arrows_choose_and_other_letters_are_another_question(desk: Callable[..., Person], find: str):
    ha = KeyboardPerson(desk("en").page, "en")
    sign_in(ha, make_official("ha", "data_steward"), find)
    ha.fill(ha.field("The other record"), "nguyen van an 1999")
    ha.keys("Enter")
    expect(ha.page.get_by_role("radio").first).to_be_focused()
    ha.keys("Space", "ArrowDown")
    expect(ha.page.get_by_role("radio").nth(1)).to_be_checked()
    ha.fill(ha.field("The other record"), "079200009999")
    expect(ha.page.get_by_role("radio")).to_have_count(0)
    ha.keys("Enter")
    ha.sees("No other record was found in your area.")
    expect(ha.field("The other record")).to_be_focused()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_without_scripts_the_form_comes_back_with_those_who_may_be_meant(
    watched: Watched, chromium: Any, find: str, language: str
):
    ha = Person(watched.open(chromium, language, **DESK | {"java_script_enabled": False}), language)
    sign_in(ha, make_official("ha", "data_steward"), find)
    expect(ha.page.locator("[data-person] + button")).to_be_hidden()
    ha.fills("The other record", "nguyen van an 1999")
    ha.presses("Compare the two records")
    ha.sees("Choose the person you mean.")
    radio(ha, NAMESAKES[0]).check()
    ha.presses("Compare the two records")
    ha.has_title("Are these two records of the same person?")
    ha.reads(NAMESAKES[0])


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_field_is_without_fault_with_people_with_an_error_and_with_nobody(
    watched: Watched, chromium: Any, find: str, language: str
):
    ha = Looking(watched.open(chromium, language, **DESK), language, Seen())
    sign_in(ha, make_official("ha", "data_steward"), find)
    for typed in ("nguyen van an 1999", "079200009999"):
        ha.fills("The other record", typed)
        ha.presses("Find")
        expect(ha.page.locator("[data-people] [role=alert]")).to_be_visible()
        ha.look()
        ha.presses("Compare the two records")
        expect(ha.page.locator(".govuk-error-summary")).to_be_visible()
        ha.look()
    assert all_well(ha.seen, find)
