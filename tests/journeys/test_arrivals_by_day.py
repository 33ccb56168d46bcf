"""Phương, who receives the arrivals of a province, reads how many come each day; Hà reads the same without
small numbers: at the keys, at a computer and on a phone.
"""

import datetime as dt
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from dancu.areas import lookups as areas
from dancu.testing import arrivals
from dancu.testing.officials import make_official
from dancu.testing.travellers import commune

from .at_work import sign_in
from .country import DESTINATION, HOME, Country
from .keyboard import KeyboardPerson
from .measuring import fits, measure
from .person import Person

CAN_THO, NINH_KIEU = "Thành phố Cần Thơ", "Phường Ninh Kiều"
WITHHELD = "“…” replaces numbers below 3, and numbers from which these could be worked out."


@pytest.fixture
def journeys(small_country: Country) -> None:
    """Two arrive in Ninh Kiều today and twelve tomorrow, seven today in a commune beside it."""
    here = commune(DESTINATION)
    others = (
        each for each in areas.communes(dt.date.today()) if each.province_id == areas.get(here).province_id
    )
    beside = next(each.area_id for each in others if each.area_id != here)
    for many, where, days in ((2, here, 0), (12, here, 1), (7, beside, 0)):
        for nth in range(many):
            person_id = -1_000 * (where + days) - nth - 1
            on = dt.date.today() + dt.timedelta(days=days)
            ends = {"origin_area": commune(HOME), "destination_area": where}
            declared = arrivals.expect(person_id, arrives_on=on, phone="", **ends)
            if nth % 3 == 0:
                arrivals.cross(declared, person_id, state="held" if nth == 3 else "on_the_way")


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("size", ["phone", "desk"])
def test_a_province_and_its_communes_day_by_day_at_the_keys(
    phone: Callable[..., Person], desk: Callable[..., Person], journeys: None, size: str, language: str
):
    phuong = KeyboardPerson({"phone": phone, "desk": desk}[size](language).page, language)
    measured = measure(phuong.page)
    province = areas.get(commune(DESTINATION)).province_id
    officer = make_official("phuong", "commune_officer", "area", province)
    sign_in(phuong, officer, "/office/statistics/arrivals/")
    phuong.has_title("Arrivals by day")
    expect(row(phuong, phuong.words("All days")).get_by_role("cell").first).to_have_text("21")
    phuong.press(phuong.page.get_by_role("link", name=NINH_KIEU))
    expect(row(phuong, phuong.words("All days")).get_by_role("cell").first).to_have_text("14")
    expect(row(phuong, phuong.words("All days")).get_by_role("cell")).to_have_count(8)
    phuong.presses("Leaving here")
    expect(row(phuong, phuong.words("All days")).get_by_role("cell").first).to_have_text("0")
    phuong.presses("Arriving here")
    phuong.press(phuong.page.get_by_role("link", name=phuong.words("Earlier days")))
    expect(row(phuong, phuong.words("All days")).get_by_role("cell").first).to_have_text("0")
    assert "/office/statistics/arrivals/" in measured.pages
    assert not {fault for fault in measured.faults if "px wide" in fault}
    assert size == "desk" or fits(measured)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("size", ["phone", "desk"])
def test_whoever_does_not_receive_them_reads_no_small_number_of_a_commune(
    phone: Callable[..., Person], desk: Callable[..., Person], journeys: None, size: str, language: str
):
    ha = KeyboardPerson({"phone": phone, "desk": desk}[size](language).page, language)
    sign_in(ha, make_official("ha", "data_steward"), "/office/statistics/arrivals/")
    expect(row(ha, ha.words("All days")).get_by_role("cell").first).to_have_text("21")
    ha.press(ha.page.get_by_role("link", name=CAN_THO))
    ha.sees(WITHHELD)
    ha.press(ha.page.get_by_role("link", name=NINH_KIEU))
    expect(row(ha, ha.words("All days")).get_by_role("cell")).to_have_text(["…"])
    ha.sees(WITHHELD)
    ha.press(ha.page.get_by_role("navigation").get_by_role("link", name=ha.words("Whole country")))
    expect(row(ha, ha.words("All days")).get_by_role("cell").first).to_have_text("21")


def row(ha: Person, begins: str):
    return ha.page.get_by_role("row").filter(has=ha.page.get_by_role("rowheader", name=begins, exact=True))
