"""A rule is changed in the form by one, on a telephone, and tried and signed by another, at the keys only."""

from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from dancu.rules import lookups
from dancu.testing.at_the_station import cross
from dancu.testing.officials import acting_as, make_official
from dancu.testing.rules import signing
from dancu.testing.travellers import declare

from .at_work import sign_in
from .country import STATION, Country
from .keyboard import KeyboardPerson
from .looking import too_wide
from .person import Person

COACH = {"vi": "Xe khách không được qua", "en": "No coaches"}


@pytest.fixture(autouse=True)
def _signing() -> Iterator[None]:
    with signing():
        yield


def test_sơn_changes_a_rule_on_his_telephone_and_tâm_tries_it_on_today_and_signs_it(
    phone: Callable[..., Person], desk: Callable[..., Person], small_country: Country
):
    cross(acting_as(small_country.binh), small_country.station, declare(vehicle="bus", plate="59B-12345"))
    son = phone()
    sign_in(son, make_official("son", "rule_maker"), "/office/rules/passage/new/")
    _adds_a_line_for_coaches(son)
    assert not too_wide(son.page)
    son.presses("Keep as a draft")
    son.sees("Kept. It counts once somebody else has signed it.")

    tam = KeyboardPerson(desk("en").page, "en")
    sign_in(tam, make_official("tam", "rule_maker"), "/office/rules/passage/3/")
    tam.presses("Try it on what was decided")
    tam.opens(f"/office/rules/passage/3/replay/?from={timezone.localdate()}")
    tam.reads("1 would have been answered otherwise")
    tam.reads(f"{STATION}: 1")
    tam.reads(f"Line 2: {COACH['en']}: 1")
    tam.opens("/office/rules/passage/3/")
    tam.press(tam.page.get_by_role("button", name="Sign", exact=True))
    tam.sees("Signed. It counts from %(moment)s.")
    assert lookups.version("passage", 3)["signed_by"]


def test_a_line_is_moved_at_the_keys_only_and_the_cursor_goes_with_it(desk: Callable[..., Person]):
    son = KeyboardPerson(desk("en").page, "en")
    sign_in(son, make_official("son", "rule_maker"), "/office/rules/passage/new/")
    expect(son.page.locator("#clause-0-en")).to_have_value("The code is not valid")
    son.press(son.page.locator("[value=clause-0-down]"))
    expect(son.page.locator("#clause-1-en")).to_have_value("The code is not valid")
    expect(son.page.locator("#clause-1")).to_be_focused()


def _adds_a_line_for_coaches(person: Person) -> None:
    page = person.page
    person.press(page.locator("[value=clause-0-below]"))
    fact = page.locator("#clause-1-part-0-fact")
    expect(fact).to_be_focused()
    fact.select_option("vehicle")
    page.locator("#clause-1-part-0-value").select_option("bus")
    page.locator("#clause-1-then").select_option("red")
    for language, words in COACH.items():
        person.fill(page.locator(f"#clause-1-{language}"), words)
