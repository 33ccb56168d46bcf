"""Chi works through her list with the keyboard, and takes it along as a file."""

import csv
from collections.abc import Callable

from playwright.sync_api import expect

from dancu.checkpoints.tests.factories import AN, commune, declare

from .at_work import sign_in
from .country import PHONE, Country
from .person import Person


def test_chi_marks_an_as_met_with_one_key_and_the_file_for_her_spreadsheet_has_him(
    desk: Callable[..., Person], small_country: Country
):
    declare(phone=PHONE)
    chi = desk()
    sign_in(chi, small_country.chi, "/commune/")
    row = chi.page.get_by_role("row").filter(has_text=str(AN["full_name"]))
    expect(row).to_contain_text(chi.pattern("Declared at %(time)s"))
    for _press in range(40):
        if row.evaluate("row => row === document.activeElement"):
            break
        chi.page.keyboard.press("Tab")
    expect(row).to_be_focused()
    chi.page.keyboard.press("m")
    expect(row).to_contain_text(chi.pattern("Met at %(time)s"))
    chi.sees("%(name)s is marked as met.", name=str(AN["full_name"]))
    expect(row).to_be_focused()

    with chi.page.expect_download() as saving:
        chi.page.get_by_role("link", name="CSV").click()
    heads, line = csv.reader(saving.value.path().read_text("utf-8-sig").splitlines())
    told = dict(zip(heads, line, strict=True))
    assert told[chi.words("Full name")] == AN["full_name"]
    assert told[chi.words("Telephone")] == "0912 345 678"
    assert chi.pattern("Met at %(time)s").search(told[chi.words("State")])

    row.focus()
    chi.page.keyboard.press("u")
    expect(row).to_contain_text(chi.pattern("Declared at %(time)s"))


def test_chi_sees_nobody_who_goes_elsewhere(desk: Callable[..., Person], small_country: Country):
    declare(destination_area=commune("Phường Hải Vân, Đà Nẵng"))
    chi = desk()
    sign_in(chi, small_country.chi, "/commune/")
    chi.sees("Nobody has declared a journey to here in this period. Whoever does appears by itself, within a minute.")
    chi.does_not_read(str(AN["full_name"]))
