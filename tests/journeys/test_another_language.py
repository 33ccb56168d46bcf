"""Whoever reads better in the other language changes it in the middle of a form, and what was typed stays."""

from collections.abc import Callable

from playwright.sync_api import expect

from dancu.testing.travellers import AN

from .at_work import sign_in, take_station
from .country import HOME, Country, full_path
from .declaring import COMMUNE, begin, say_who
from .person import Person


def change_to_english(person: Person) -> None:
    person.press(person.page.get_by_role("button", name="EN English"))
    expect(person.page.locator("html")).to_have_attribute("lang", "en")
    person.language = "en"


def test_a_half_filled_form_keeps_its_texts_and_choices_and_no_address_tells_them(
    phone: Callable[..., Person],
):
    an = phone("vi")
    begin(an)
    an.chooses("Personal identification number (12 digits)", "What type of number does the traveller have?")
    an.fills("The number", str(AN["pin"]))
    an.presses("Continue")
    an.fills("Full name", "Nguyễn Văn")
    an.fills_date("Birth date", 15, 2, 20)  # not done yet
    an.chooses("Male", "Sex")
    change_to_english(an)
    expect(an.field("Full name")).to_have_value("Nguyễn Văn")
    expect(an.group("Sex").get_by_label("Male", exact=True)).to_be_checked()
    expect(an.group("Birth date").get_by_role("textbox").nth(2)).to_have_value("20")
    assert "?" not in an.page.url
    assert an.page.evaluate("sessionStorage.length") == 0


def test_what_was_typed_wrongly_is_still_there_to_be_mended(phone: Callable[..., Person]):
    an = phone("vi")
    begin(an)
    an.chooses("Personal identification number (12 digits)", "What type of number does the traveller have?")
    an.fills("The number", "079200")
    an.presses("Continue")
    an.sees("There is a problem")
    change_to_english(an)
    expect(an.field("The number")).to_have_value("079200")


def test_a_commune_that_was_chosen_stays_chosen(phone: Callable[..., Person]):
    an = phone("vi")
    begin(an)
    say_who(an, str(AN["full_name"]))
    an.picks_commune(COMMUNE, "ben thanh", full_path(HOME))
    an.fills("Address", "12 Lê Lợi")
    change_to_english(an)
    expect(an.commune_box(COMMUNE)).to_have_value(full_path(HOME))
    an.chooses("Yes", "Is the traveller's permanent residence registered there?")
    an.presses("Continue")
    an.has_title("Where the journey starts")


def test_at_the_desk_the_form_for_somebody_without_a_phone_comes_back_as_it_was(
    desk: Callable[..., Person], small_country: Country
):
    binh = desk("vi")
    take_station(binh, small_country.binh)
    binh.presses("No code, card or number: type who it is")
    binh.sees("Birth date")
    typed = binh.main.get_by_role("textbox").first
    typed.fill("Trần Thị Sáu")
    change_to_english(binh)
    expect(typed).to_have_value("Trần Thị Sáu")


def test_chi_changes_the_language_of_a_search_and_of_a_password_only_the_search_stays(
    desk: Callable[..., Person], small_country: Country
):
    chi = desk("vi")
    sign_in(chi, small_country.chi, "/office/search/")
    sought = chi.main.get_by_role("textbox").first
    sought.fill("Nguyễn Văn An")
    change_to_english(chi)
    expect(sought).to_have_value("Nguyễn Văn An")
    chi.opens("/office/password/")
    boxes = chi.page.locator("input[type=password]")
    boxes.first.fill("never kept anywhere")
    chi.press(chi.page.get_by_role("button", name="VI Tiếng Việt"))
    expect(chi.page.locator("html")).to_have_attribute("lang", "vi")
    expect(boxes.first).to_have_value("")
