"""Chi finds An though a digit of his number is wrong, and is told why; at a desk, on a phone and at the keys only."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from dancu.accounts.tests.factories import make_official
from dancu.checkpoints.tests.factories import AN, commune

from .at_work import sign_in
from .country import HOME, Country, full_path
from .measuring import measure
from .person import Person
from .test_phone_screens import fits

ONE_DIGIT_OFF = "079200001334"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_person_with_a_wrong_digit_is_found_on_a_phone_and_the_officer_is_told_why(
    phone: Callable[..., Person], small_country: Country, language: str
):
    chi = phone(language)
    measured = measure(chi.page)
    sign_in(chi, make_official("lien", "data_steward"), "/office/search/")
    chi.fills("Personal number or old card number", ONE_DIGIT_OFF)
    chi.fills("Name", "Nguyen Van An")
    chi.fills_date("Birth date", 15, 2, 2000)
    chi.picks_commune("Commune of residence", "ben thanh", full_path(HOME))
    chi.press(chi.page.get_by_role("button", name=chi.words("Search"), exact=True))
    chi.sees("Nobody fits just so")
    chi.sees("Perhaps meant")
    chi.sees("one digit off")
    chi.unfolds("Step by step")
    chi.sees("What speaks for it and what against")
    assert chi.commune_box("Commune of residence").input_value() == full_path(HOME)
    assert fits(measured)
    chi.press(chi.page.get_by_role("link", name=str(AN["full_name"]), exact=True))
    chi.has_heading(str(AN["full_name"]))


def test_who_may_be_meant_is_reached_and_unfolded_at_the_keys(desk: Callable[..., Person], small_country: Country):
    chi = desk("vi")
    sign_in(chi, make_official("lien", "commune_officer", "area", commune(HOME)), "/office/search/")
    keys = chi.page.keyboard
    chi.field("Name").focus()
    keys.type("Nguyễn Văn An")
    for part in ("15", "2", "2001"):  # a year off
        keys.press("Tab")
        keys.type(part)
    keys.press("Enter")
    chi.sees("Perhaps meant")
    chi.sees("a year off")
    chi.page.get_by_role("link", name=str(AN["full_name"]), exact=True).focus()
    keys.press("Tab")
    expect(chi.page.locator("summary", has_text=chi.words("Step by step"))).to_be_focused()
    keys.press("Enter")
    chi.sees("What speaks for it and what against")
