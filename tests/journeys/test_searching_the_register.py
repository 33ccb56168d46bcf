"""Chi finds An though a digit of his number is wrong, and is told why; at a desk, on a phone and at the
keys only.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from dancu.testing.officials import make_official
from dancu.testing.travellers import AN, commune

from .at_work import sign_in
from .country import HOME, Country, full_path
from .measuring import fits, measure
from .person import Person

ONE_DIGIT_OFF = "079200001334"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_person_with_a_wrong_digit_is_found_on_a_phone_and_the_officer_is_told_why(
    phone: Callable[..., Person], small_country: Country, language: str
):
    chi = phone(language)
    measured = measure(chi.page)
    sign_in(chi, make_official("lien", "data_steward"), "/office/search/")
    chi.unfolds("Search by field")
    chi.fills("Personal number or old card number", ONE_DIGIT_OFF)
    chi.fills("Name", "Nguyen Van An")
    chi.fills_date("Birth date", 15, 2, 2000)
    chi.picks_commune("Commune of residence", "ben thanh", full_path(HOME))
    chi.press(chi.page.get_by_role("button", name=chi.words("Search"), exact=True).last)
    chi.sees("No exact match")
    chi.sees("Possible matches")
    chi.sees("one digit different")
    chi.unfolds("Step by step")
    chi.sees("Evidence for and against")
    assert chi.commune_box("Commune of residence").input_value() == full_path(HOME)
    assert fits(measured)
    chi.press(chi.page.get_by_role("link", name=str(AN["full_name"]), exact=True))
    chi.has_heading(str(AN["full_name"]))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_one_box_takes_whatever_is_known_and_the_way_back_leads_to_what_was_found(
    phone: Callable[..., Person], small_country: Country, language: str
):
    ha = phone(language)
    measured = measure(ha.page)
    sign_in(ha, make_official("ha", "data_steward"), "/office/search/")
    for line in (
        "nguyen van an 2000",
        "079 200 001 234",
        "Nguyễn Văn An, 2/2000, Bến Thành",
        "15/02/2000 Nguyễn Văn An",
    ):
        ha.fills("Who are you looking for?", line)
        ha.press(ha.page.get_by_role("button", name=ha.words("Search"), exact=True).first)
        ha.sees("Understood as:")
        expect(ha.page.get_by_role("link", name=str(AN["full_name"]), exact=True)).to_have_count(1)
    ha.press(ha.page.get_by_role("link", name=str(AN["full_name"]), exact=True))
    ha.has_heading(str(AN["full_name"]))
    ha.presses("Back to search")
    expect(ha.field("Who are you looking for?")).to_have_value("15/02/2000 Nguyễn Văn An")
    ha.opens("/office/search/")
    expect(ha.field("Who are you looking for?")).to_have_value("")
    assert not {fault for fault in measured.faults if fault.startswith("/office/search/")}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_who_is_not_found_this_way_is_told_what_to_try(
    phone: Callable[..., Person], small_country: Country, language: str
):
    ha = phone(language)
    sign_in(ha, make_official("ha", "data_steward"), "/office/search/")
    ha.fills("Who are you looking for?", "Lò Thị Mùi 8/8/1971")
    ha.press(ha.page.get_by_role("button", name=ha.words("Search"), exact=True).first)
    ha.sees("Nobody found")
    ha.sees("The person may still be in the register. Try:")


def test_who_may_be_meant_is_reached_and_unfolded_at_the_keys(
    desk: Callable[..., Person], small_country: Country
):
    chi = desk("vi")
    sign_in(chi, make_official("lien", "commune_officer", "area", commune(HOME)), "/office/search/")
    chi.field("Who are you looking for?").focus()
    chi.types("Nguyễn Văn An 15/2/2001")  # a year off
    chi.keys("Enter")
    chi.sees("Possible matches")
    chi.sees("a year off")
    chi.page.get_by_role("link", name=str(AN["full_name"]), exact=True).focus()
    chi.keys("Tab")
    expect(chi.page.locator("summary", has_text=chi.words("Step by step"))).to_be_focused()
    chi.keys("Enter")
    chi.sees("Evidence for and against")


def test_the_family_name_alone_lists_those_of_the_own_commune_at_the_keys(
    desk: Callable[..., Person], small_country: Country
):
    chi = desk("en")
    sign_in(chi, make_official("lien", "commune_officer", "area", commune(HOME)), "/office/search/")
    chi.field("Who are you looking for?").focus()
    chi.types("nguyen")
    chi.keys("Enter")
    expect(chi.page.get_by_role("link", name=str(AN["full_name"]), exact=True)).to_be_visible()
