"""Hà finds that one person has two records, makes them one, and takes it back: on a phone, at a desk, at
the keys only.
"""

import datetime as dt
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from dancu.register import lookups
from dancu.testing.officials import make_official
from dancu.testing.travellers import add_an, declare

from .at_work import sign_in
from .country import Country
from .keyboard import KeyboardPerson
from .measuring import measure
from .person import Person

CMND = "012345678"
BASIS = "Biên bản xác minh số 7/2021"


@pytest.fixture
def twice(small_country: Country) -> int:
    """An's second record: his old card number, another spelling, an older home; and a journey declared
    with it.
    """
    second = add_an(
        pin=None,
        cmnd=CMND,
        full_name="Nguyễn Văn Ân",
        birth_date=dt.date(2000, 1, 1),
        birth_precision="Y",
        phone="0987654321",
    )
    declare(number_kind="cmnd", number=CMND, full_name="Nguyễn Văn Ân")
    return second


def merge(ha: Person, country: Country, second: int) -> None:
    ha.opens(f"/office/person/{country.an}/")
    ha.presses("Merge with another record")
    ha.has_heading_with("Merge with another record")
    ha.fills("The other record", CMND)
    ha.presses("Find")
    expect(ha.page.get_by_role("radio", name="Nguyễn Văn Ân")).to_be_checked()
    ha.presses("Compare the two records")
    ha.has_title("Two records of one person")
    ha.fills("Basis", BASIS)
    ha.presses("Continue")
    ha.has_title("Do you want to merge these two records?")
    ha.reads("0987654321")
    ha.presses("Merge the two records")
    ha.sees("Merged records")
    assert lookups.merged_into(second) == country.an


def undo(ha: Person, second: int) -> None:
    ha.presses("Undo this merge")
    ha.fills("Basis", BASIS)
    ha.presses("Undo merge")
    ha.sees("undone", "a merge of two records")
    assert lookups.merged_into(second) == second


class Steward(Person):
    def has_heading_with(self, english: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(self.words(english))


class KeyboardSteward(Steward, KeyboardPerson):
    pass


@pytest.mark.parametrize("language", ["vi", "en"])
def test_ha_merges_two_records_and_takes_it_back_on_a_phone(
    phone: Callable[..., Person], small_country: Country, twice: int, language: str
):
    ha = Steward(phone(language).page, language, touches=True)
    measured = measure(ha.page)
    sign_in(ha, make_official("ha", "data_steward"), "/office/")
    merge(ha, small_country, twice)
    undo(ha, twice)
    ha.opens(f"/office/person/{small_country.an}/merge/{twice}/")
    ha.presses("Continue")
    ha.sees("There is a problem")
    faults = {fault for fault in measured.faults if "/merge" in fault.split(" ")[0]}
    assert not faults, "\n".join(sorted(faults))
    assert {
        f"/office/person/{small_country.an}/merge/",
        f"/office/person/{small_country.an}/merge/{twice}/",
    } <= measured.pages


def test_ha_merges_two_records_without_ever_touching_a_mouse(
    desk: Callable[..., Person], small_country: Country, twice: int
):
    ha = KeyboardSteward(desk("en").page, "en")
    sign_in(ha, make_official("ha", "data_steward"), "/office/")
    merge(ha, small_country, twice)
    undo(ha, twice)


def test_the_communes_officer_still_sees_the_journey_of_the_record_that_was_merged(
    desk: Callable[..., Person], small_country: Country, twice: int
):
    ha = Steward(desk("vi").page, "vi")
    sign_in(ha, make_official("ha", "data_steward"), "/office/")
    merge(ha, small_country, twice)
    chi = desk("vi")
    sign_in(chi, small_country.chi, f"/commune/people/{small_country.an}/")
    chi.reads("Nguyễn Văn Ân")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_two_records_that_look_like_two_people_are_not_merged_without_a_reason(
    phone: Callable[..., Person], small_country: Country, language: str
):
    woman = add_an(
        pin=None, cmnd=CMND, full_name="Lê Thị Bé", sex=2, birth_date=dt.date(1950, 7, 9), phone=None
    )
    ha = Steward(phone(language).page, language, touches=True)
    sign_in(ha, make_official("ha", "data_steward"), "/office/")
    ha.opens(f"/office/person/{small_country.an}/merge/{woman}/")
    ha.has_title("Are these two records of the same person?")
    ha.sees("Almost certainly two different people")
    ha.sees("One record is of a man, the other of a woman.")
    ha.fills("Basis", BASIS)
    ha.presses("Continue")
    ha.sees("Tick this if it is true. If not, do not merge the records")
    ha.ticks("I have checked the differences and confirmed that both records are of the same person")
    ha.fills("Why they are still the same person", "Giấy khai sinh ghi nhầm giới tính và năm sinh")
    ha.presses("Continue")
    ha.has_title("Do you want to merge these two records?")
    ha.presses("Merge the two records")
    ha.sees("Merged records")
    assert lookups.merged_into(woman) == small_country.an


def test_a_possible_duplicate_is_offered_on_the_record_and_its_number_can_be_shown(
    desk: Callable[..., Person], small_country: Country, twice: int
):
    ha = KeyboardSteward(desk("en").page, "en")
    sign_in(ha, make_official("ha", "data_steward"), "/office/")
    ha.opens(f"/office/person/{small_country.an}/")
    ha.sees("Possible duplicates of this record")
    ha.press(ha.page.get_by_role("link", name="Nguyễn Văn Ân", exact=True))
    ha.has_title("Two records of one person")
    shown = ha.page.locator(f"#number-cmnd-{twice}")
    ha.press(shown.get_by_role("button"))
    expect(shown).to_have_text(CMND[:3] + " " + CMND[3:6] + " " + CMND[6:])
    ha.has_title("Two records of one person")
