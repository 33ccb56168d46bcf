"""Hà reads the statistics of the population from the country down to a commune and back, at the keys, at
a computer and on a phone.
"""

import datetime as dt
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from dancu.areas import lookups as areas
from dancu.register import actions as register
from dancu.testing.officials import make_official
from dancu.testing.travellers import commune

from .at_work import sign_in
from .country import DESTINATION, HOME, Country
from .keyboard import KeyboardPerson
from .measuring import fits, measure
from .person import Person

WITHHELD = "“…” replaces numbers below 3, and numbers from which these could be worked out."
CAN_THO = "Thành phố Cần Thơ"


@pytest.fixture
def neighbours(small_country: Country) -> None:
    """Forty people of Ninh Kiều: many in their thirties, and one old man alone in his age."""
    home = commune(DESTINATION)
    ages = [*(30 + nth % 10 for nth in range(39)), 91]
    for nth, age in enumerate(ages):
        born = dt.date(dt.date.today().year - age, 1, 1 + nth % 28)
        register.add_person(
            None,
            full_name=f"Lê Văn {'ABCDEĐGH'[nth % 8]}",
            birth_date=born,
            sex=1 if age > 90 else 1 + nth % 2,
            home_area=home,
            address="",
            valid_from=born,
            basis="birth certificate",
        )


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("size", ["phone", "desk"])
def test_from_the_country_to_a_commune_and_back_at_the_keys(
    phone: Callable[..., Person], desk: Callable[..., Person], neighbours: None, size: str, language: str
):
    ha = KeyboardPerson({"phone": phone, "desk": desk}[size](language).page, language)
    measured = measure(ha.page)
    sign_in(ha, make_official("ha", "data_steward"), "/office/statistics/")
    ha.has_title("Population statistics")
    expect(figure(ha, "People")).to_have_text("42")
    expect(row(ha, CAN_THO)).to_contain_text("40")
    ha.press(ha.page.get_by_role("link", name=CAN_THO))
    ha.has_title("Population statistics")
    expect(figure(ha, "People")).to_have_text("40")
    expect(row(ha, "Phường Ninh Kiều")).to_contain_text("40")

    ha.press(ha.page.get_by_role("link", name="Phường Ninh Kiều"))
    ha.sees(WITHHELD)
    expect(figure(ha, "People")).to_have_text("40")
    expect(row(ha, "90–94").get_by_role("cell").first).to_have_text("…")
    expect(row(ha, "30–34").get_by_role("cell").first).to_have_text("12")
    expect(ha.page.locator(".dancu-chart--map")).to_have_count(0)  # a commune has no parts

    ha.press(ha.page.get_by_role("navigation").get_by_role("link", name=CAN_THO))
    ha.press(ha.page.get_by_role("navigation").get_by_role("link", name=ha.words("Whole country")))
    expect(figure(ha, "People")).to_have_text("42")
    ha.presses("People")  # the column's heading: the largest first
    expect(ha.page.locator(".dancu-chart--map tbody tr").first).to_contain_text(CAN_THO)

    ha.picks_commune("See another commune", "ben thanh", areas.get(commune(HOME)).path)
    ha.presses("Show")
    ha.sees(WITHHELD)  # An and his wife
    expect(figure(ha, "People")).to_contain_text("…")
    assert "/office/statistics/" in measured.pages
    assert not {fault for fault in measured.faults if "px wide" in fault}
    assert size == "desk" or fits(measured)


def figure(ha: Person, english: str):
    return ha.page.locator(".dancu-figures__one", has_text=ha.words(english)).locator("dd").first


def row(ha: Person, begins: str):
    return ha.page.get_by_role("row").filter(has=ha.page.get_by_role("rowheader", name=begins, exact=True))
