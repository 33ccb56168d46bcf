"""Chi works through her list with the keyboard, and takes it along as a file and on paper."""

import csv
import re
from collections.abc import Callable

from playwright.sync_api import Locator, Route, expect

from dancu.isolation.lookups import arrivals_of
from dancu.testing.arrivals import expect as expect_arrival
from dancu.testing.travellers import AN, commune, declare

from .at_work import sign_in
from .country import DESTINATION, PHONE, Country
from .person import Person

THE_ROW_IS_SENT = re.compile(r"/(met|undo)/$")


def travellers(many: int) -> None:
    """So many people on the way to Chi's ward."""
    for nth in range(1, many + 1):
        expect_arrival(
            person_id=nth,
            full_name=f"Nguyễn Thị Số {nth:02}",
            minutes_ago=nth,
            destination_area=commune(DESTINATION),
        )


def row_of(chi: Person, name: str) -> Locator:
    return chi.page.locator("[data-row]").filter(has_text=name)


def state(person_id: int) -> str:
    return arrivals_of(person_id)[0]["state"]


def test_chi_marks_an_as_met_with_one_key_and_the_file_for_her_spreadsheet_has_him(
    desk: Callable[..., Person], small_country: Country
):
    declare(phone=PHONE)
    chi = desk()
    sign_in(chi, small_country.chi, "/commune/")
    row = row_of(chi, str(AN["full_name"]))
    expect(row).to_contain_text(chi.pattern("Declared at %(time)s"))
    for _press in range(40):
        if row.evaluate("row => row === document.activeElement"):
            break
        chi.keys("Tab")
    expect(row).to_be_focused()
    chi.keys("m")
    expect(row).to_contain_text(chi.pattern("Met at %(time)s"))
    chi.sees("%(name)s is marked as met.", name=str(AN["full_name"]))
    expect(row).to_be_focused()

    with chi.page.expect_download() as saving:
        chi.page.get_by_role("link", name="CSV").click()
    heads, line = csv.reader(saving.value.path().read_text("utf-8-sig").splitlines())
    told = dict(zip(heads, line, strict=True))
    assert told[chi.words("Full name")] == AN["full_name"]
    assert told[chi.words("Phone number")] == "0912 345 678"
    assert chi.pattern("Met at %(time)s").search(told["Trạng thái" if chi.language == "vi" else "Status"])

    row.focus()
    chi.keys("u")
    expect(row).to_contain_text(chi.pattern("Declared at %(time)s"))


def test_chi_sees_nobody_who_goes_elsewhere(desk: Callable[..., Person], small_country: Country):
    declare(destination_area=commune("Phường Hải Vân, Đà Nẵng"))
    chi = desk()
    sign_in(chi, small_country.chi, "/commune/")
    chi.sees(
        "Nobody has declared a journey to here in this period. New declarations appear here automatically "
        "within a minute."
    )
    chi.does_not_read(str(AN["full_name"]))


def test_chi_ticks_three_of_a_coach_with_the_keyboard_marks_them_at_once_and_takes_it_back(
    desk: Callable[..., Person], small_country: Country
):
    travellers(5)
    chi = desk()
    sign_in(chi, small_country.chi, "/commune/")
    send = chi.page.locator("[data-bulk-send]")
    expect(send).to_be_hidden()  # until somebody is ticked
    row_of(chi, "Số 01").focus()
    for key in ("x", "j", "x", "j", "Space"):
        chi.keys(key)
    expect(send).to_have_text(chi.words("Mark {count} as met").replace("{count}", "3"))
    chi.keys("Shift+M")
    chi.sees("%(people)s person is marked as met.", people="3")
    expect(chi.page.locator("[data-tick]")).to_have_count(2)
    assert [state(person) for person in range(1, 6)] == ["met", "met", "met", "declared", "declared"]
    chi.press(chi.page.locator(".dancu-done__undo"))
    expect(chi.page.locator("[data-tick]")).to_have_count(5)
    assert {state(person) for person in range(1, 6)} == {"declared"}


def test_keys_pressed_while_a_row_is_on_its_way_are_passed_over_and_nothing_is_sent_as_a_page(
    desk: Callable[..., Person], small_country: Country
):
    travellers(2)
    chi = desk()
    sign_in(chi, small_country.chi, "/commune/")
    address = chi.page.url

    on_their_way: list[Route] = []

    def press_while_it_is_away(first: str, *others: str) -> None:
        """The request that the first key sends is held back until the others are pressed."""
        with chi.page.expect_request(THE_ROW_IS_SENT):
            chi.keys(first)
        for key in others:
            chi.keys(key)
        assert len(on_their_way) == 1
        on_their_way.pop().continue_()

    chi.page.route(THE_ROW_IS_SENT, lambda route: on_their_way.append(route))
    row = row_of(chi, "Số 01")
    row.focus()
    press_while_it_is_away("m", "u", "Enter", "m")
    expect(row).to_contain_text(chi.pattern("Met at %(time)s"))
    expect(row).to_be_focused()
    assert (chi.page.url, state(1)) == (address, "met")
    row.locator("[data-key=u]").focus()
    press_while_it_is_away("Enter", "Enter", "u")
    expect(row).to_contain_text(chi.pattern("Declared at %(time)s"))
    assert (chi.page.url, state(1)) == (address, "declared")


def test_chi_unfolds_a_declaration_where_it_stands_and_has_the_number_shown(
    desk: Callable[..., Person], small_country: Country
):
    declare(phone=PHONE, symptoms=("fever",), companions=2)
    chi = desk()
    sign_in(chi, small_country.chi, "/commune/")
    row = row_of(chi, str(AN["full_name"]))
    row.focus()
    chi.keys("d")
    fold = chi.page.locator("[data-fold-of]")
    expect(fold).to_contain_text(chi.words("Fever"))
    expect(fold).to_contain_text(f"••••••••{str(AN['pin'])[-4:]}")
    chi.press(fold.get_by_role("button", name=chi.words("Show")))
    expect(fold).to_contain_text("079 200 001 234")
    row.focus()
    chi.keys("d")
    expect(fold).to_be_hidden()


def test_ten_people_are_seen_at_a_desk_and_two_on_a_telephone_without_scrolling(
    desk: Callable[..., Person], small_country: Country
):
    travellers(70)
    chi = desk()
    sign_in(chi, small_country.chi, "/commune/")
    seen = (
        "[...document.querySelectorAll('[data-row]')].filter(row => "
        "row.getBoundingClientRect().bottom <= innerHeight).length"
    )
    for width, height, people in ((1280, 800, 10), (360, 740, 2)):
        chi.page.set_viewport_size({"width": width, "height": height})
        assert chi.page.evaluate(seen) >= people
        assert chi.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_list_is_printed_twenty_five_people_a_page_and_no_page_prints_an_address_after_a_link(
    desk: Callable[..., Person], small_country: Country
):
    travellers(70)
    chi = desk()
    sign_in(chi, small_country.chi, "/commune/")
    chi.presses("Print the list")
    chi.has_title("Print the list")
    paper = chi.page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type /Page\b(?!s)", paper)) == 3
    chi.page.emulate_media(media="print")
    heights = (
        "[...document.querySelectorAll('.dancu-sheet tbody tr')].map(row => "
        "row.getBoundingClientRect().height)"
    )
    assert max(chi.page.evaluate(heights)) < 37  # 9.4 mm: nobody's address makes a line higher
    after = (
        "[...document.links].map(link => getComputedStyle(link, '::after').content).filter(said => "
        "said.includes('('))"
    )
    for address in ("/commune/", "/commune/people/1/", "/office/search/", "/office/"):
        chi.opens(address)
        assert chi.page.evaluate(after) == []
