"""Hà records a birth, the twin, and a death that hit the wrong person, and takes the death back: on a
phone and at a desk.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from dancu.register import lookups
from dancu.testing.officials import make_official

from .at_work import sign_in
from .country import Country
from .measuring import measure
from .person import Person

BASIS = "Giấy khai sinh số 12/2025"


class Steward(Person):
    def begins(self, country: Country, event: str) -> None:
        self.opens(f"/office/person/{country.an}/")
        self.presses("Record an event")
        self.press(self.page.locator(".dancu-task", has_text=self.words(event)).first)

    def confirms(self) -> None:
        self.presses("Record change")


def born(ha: Steward, country: Country, name: str) -> None:
    ha.begins(country, "Birth of a child")
    ha.fills("Child’s full name", name)
    ha.fills_date("Birth date", 1, 8, 2025)
    ha.chooses("Male", "Sex")
    ha.chooses("Not known, or not to be recorded", "The other parent")
    ha.fills("Legal basis", BASIS)
    ha.presses("Continue")


def households(country: Country) -> list[str]:
    return [member["full_name"] for member in lookups.record_of(country.an).household]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_ha_records_a_birth_a_twin_and_a_death_and_undoes_the_death_on_a_phone(
    phone: Callable[..., Person], small_country: Country, language: str
):
    ha = Steward(phone(language).page, language, touches=True)
    measured = measure(ha.page)
    sign_in(ha, make_official("ha", "data_steward"), "/office/")

    born(ha, small_country, "Nguyễn Minh Khoa")
    ha.reads("Nguyễn Minh Khoa")
    ha.sees("given when the birth is recorded")
    ha.confirms()
    ha.sees("The birth has been recorded. This is the child’s record, with the new personal number.")
    ha.has_heading("Nguyễn Minh Khoa")

    born(ha, small_country, "Nguyễn Minh Khánh")
    ha.sees("A child like this one is already registered. Is this another child, such as a twin?")
    ha.confirms()
    ha.sees("Tick what you have checked, or go back and edit.")
    assert "Nguyễn Minh Khánh" not in households(small_country)
    ha.ticks("Yes, I have checked this")
    ha.confirms()
    ha.has_heading("Nguyễn Minh Khánh")
    assert {"Nguyễn Minh Khoa", "Nguyễn Minh Khánh"} <= set(households(small_country))

    ha.begins(small_country, "Death")
    ha.fills_date("Date of death", 1, 10, 2025)
    ha.fills("Legal basis", "Giấy chứng tử số 7/2025")
    ha.presses("Continue")
    ha.confirms()
    ha.sees("The change has been recorded.")
    assert lookups.get(small_country.an)["status"] == lookups.DEAD

    ha.presses("Undo this event")
    ha.fills("Reason", "Ghi nhầm người cùng tên")
    ha.presses("Continue")
    ha.confirms()
    ha.sees("The event has been undone.")
    ha.reads("Ghi nhầm người cùng tên")
    an = lookups.get(small_country.an)
    assert (an["status"], bool(an["home_since"])) == (lookups.ALIVE, True)
    faults = {fault for fault in measured.faults if "/events" in fault.split(" ")[0]}
    assert not faults, "\n".join(sorted(faults))
    assert any(page.endswith("/events/birth/") for page in measured.pages)


def test_an_event_that_cannot_be_says_why_at_the_top_of_the_form(
    desk: Callable[..., Person], small_country: Country
):
    ha = Steward(desk("en").page, "en")
    sign_in(ha, make_official("ha", "data_steward"), "/office/")
    ha.begins(small_country, "Death")
    ha.fills_date("Date of death", 1, 1, 1999)
    ha.fills("Legal basis", BASIS)
    ha.presses("Continue")
    expect(ha.page.locator(".govuk-error-summary")).to_contain_text("before the birth of Nguyễn Văn An")
