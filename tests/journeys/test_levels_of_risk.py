"""Sơn drafts a decision on levels of risk and sees what it changes; Tâm signs it on her telephone, and list and
map of that day show it.
"""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, expect

from dancu.risk import lookups
from dancu.testing.officials import make_official
from dancu.testing.travellers import commune

from .at_work import sign_in
from .country import DESTINATION, Country
from .measuring import fits, measure
from .person import Person

CITATION = "Quyết định 2345/QĐ-UBND"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_decision_is_drafted_seen_signed_and_shown(
    phone: Callable[..., Person], desk: Callable[..., Person], small_country: Country, language: str
):
    son = desk(language)
    sign_in(son, make_official("son", "rule_maker"), "/office/risk/")
    son.has_title("Levels of risk")
    son.page.get_by_role("link", name=son.words("Draft a decision")).click()
    son.fills("Number and date of the decision", CITATION)
    son.page.get_by_label(son.words("All communes of the province")).select_option(label="Thành phố Cần Thơ")
    son.page.get_by_label(son.words("Level of the whole province")).select_option("2")
    first = son.words("Commune %(number)d", number=1)
    son.page.get_by_label(first, exact=True).fill("ninh kieu can tho")
    son.page.get_by_role("option", name="Phường Ninh Kiều").first.click()
    son.page.get_by_label(son.words("Level of commune %(number)d", number=1)).select_option("4")
    son.presses("Keep as a draft and see what changes")
    expect(son.page.get_by_role("heading", level=1)).to_contain_text(CITATION)
    son.sees("You drafted this decision yourself. Somebody else has to sign it.")
    expect(figure(son, "Communes whose level changes")).to_have_text("103")
    expect(figure(son, "People who live there")).to_have_text("0")

    (draft,) = lookups.decisions()
    tam = phone(language)
    measured = measure(tam.page)
    sign_in(tam, make_official("tam", "rule_maker"), f"/office/risk/decisions/{draft['decision_id']}/")
    expect(figure(tam, "Communes whose level changes")).to_have_text("103")
    tam.page.locator("form[action$='/sign/']").get_by_role("button").click()
    expect(tam.page.locator(".govuk-tag")).to_have_text(tam.words("Begins later"))
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    assert lookups.levels_at(lookups.moment_of(tomorrow))[commune(DESTINATION)] == 4

    tam.opens("/office/risk/")
    tam.sees("not decided")
    tam.page.get_by_label(tam.words("On the day")).fill(tomorrow.isoformat())
    tam.page.locator("#id_level").select_option("4")
    tam.presses("Filter")
    expect(tam.page.get_by_role("rowheader")).to_have_count(1)
    expect(tam.page.get_by_role("rowheader")).to_contain_text("Phường Ninh Kiều")
    expect(tam.page.locator(".dancu-listing .dancu-level--4")).to_contain_text(
        tam.words("red: very high risk")
    )
    expect(tam.page.locator("circle.dancu-map__point--level-4")).to_have_count(1)
    tam.page.get_by_role("rowheader").get_by_role("link").click()
    expect(tam.page.get_by_role("heading", level=1)).to_contain_text(CITATION)
    tam.opens("/office/risk/decisions/new/")
    tam.opens("/office/risk/decisions/")
    assert "/office/risk/" in measured.pages
    assert fits(measured)


def figure(person: Person, english: str) -> Locator:
    """One of the numbers above a list."""
    return person.page.locator(".dancu-figures__one", has_text=person.words(english)).locator("dd").first
