"""Every page that is used on a phone fits one of 360 points, and nothing on it is too small for a thumb."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from dancu.accounts.duties import ROLES
from dancu.accounts.models import Official
from dancu.checkpoints import lookups
from dancu.testing.officials import make_official, signed_in
from dancu.testing.pages import sealed
from dancu.testing.travellers import AN, commune
from dancu.testing.travellers import declare as declared_before
from tests.test_every_url_with_every_role import PAGES

from .at_work import take_station
from .country import DESTINATION, PHONE, Country
from .declaring import declare, send
from .everywhere import address, is_whole_page, something_everywhere
from .knowing_who import sign_in
from .looking import too_wide
from .measuring import fits, measure
from .person import Person

STEPS = (
    "who card number identity phone home origin destination when reason vehicle plate health "
    "places test check"
)


def test_the_citizens_pages_fit_a_phone(phone: Callable[..., Person], small_country: Country):
    an = phone()
    measured = measure(an.page)
    an.opens("/me/")
    an.unfolds("My phone number has changed, or I do not have one")
    an.presses("Send me a code")  # without number and telephone
    an.sees("Enter the number")
    sign_in(an)
    declare(an, name="Lê Thị Bưởi")
    send(an)
    an.has_title("We could not confirm what you typed")
    an.presses("Continue to the pass")
    an.presses("Show full screen")
    an.presses("Back to the pass")
    an.presses("Not travelling any more? Withdraw the pass")
    an.presses("Withdraw the pass")
    an.sees("Declare a journey")
    an.opens("/me/")
    an.has_heading(str(AN["full_name"]))
    declared_before(phone=PHONE)
    an.opens("/passes/")
    an.opens("/declare/who/")

    assert {f"/declare/{step}/" for step in STEPS.split()} <= measured.pages
    assert {"/", "/declare/outcome/", "/sign-in/", "/sign-in/code/", "/me/", "/passes/"} <= measured.pages
    assert fits(measured)


def test_the_officers_pages_fit_a_phone_in_both_languages(
    phone: Callable[..., Person], small_country: Country
):
    declared = declared_before()
    unlike = declared_before(full_name="Nguyễn Văn Ân", plate="51F-99999")
    for language in ("vi", "en"):
        binh = phone(language)
        measured = measure(binh.page)
        take_station(binh, small_country.binh)
        look_up(binh, lookups.pass_code(declared.pass_id))
        binh.sees("Check by hand")
        binh.presses("Record nothing")
        look_up(binh, lookups.pass_code(unlike.pass_id))
        binh.reads("Nguyễn Văn Ân")
        binh.presses("Hold for a check")
        binh.has_title("Hold for a check: what is the reason?")
        binh.presses("Back to the verdict")
        binh.presses("Record nothing")
        look_up(binh, "https://example.org/no-pass-at-all")
        binh.sees("Unreadable code")
        look_up(binh, str(AN["pin"]))
        binh.unfolds("Origin, purpose and more")
        binh.presses("Right person: let through")  # without destination and plate
        binh.sees("There is a problem")
        binh.presses("Someone else: scan again")
        binh.presses("No code, card or number: type who it is")
        binh.sees("Birth date")
        binh.presses("Record nothing")
        binh.presses("My last crossings")
        binh.has_title("My last crossings")
        binh.presses("Scan")
        binh.presses("Being held now")
        binh.has_heading(f"{binh.words('Being held now')}: 0")
        binh.presses("Scan")
        binh.presses("Incidents")
        binh.has_title("Incidents of the last seven days")
        binh.opens(f"/checkpoint/pass/{lookups.pass_code(declared.pass_id)}/revoke/")
        binh.opens(f"/checkpoint/slip/{lookups.pass_code(declared.pass_id)}/")
        binh.has_heading(str(AN["full_name"]))
        assert len(measured.titles) >= 9
        assert fits(measured)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_of_officials_fits_a_phone_with_whatever_may_stand_on_it(
    desk: Callable[..., Person], small_country: Country, live_server: Any, language: str
):
    def begins(official: Official) -> Person:
        person = desk(language, viewport={"width": 360, "height": 740})
        cookie = signed_in(Client(), official).cookies[settings.SESSION_COOKIE_NAME]
        person.page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        return person

    there = something_everywhere(small_country, make_official("someone", "data_steward"))
    many_may_be_ill()
    faults, opened = [], set()
    for role, official in at_work(small_country):
        person, in_process = (
            begins(official),
            signed_in(Client(headers={"Accept-Language": language}), official),
        )
        for page in PAGES:
            if page.mark not in ("duty", "official") or page.name in opened or not page.lets_in(role):
                continue
            path = address(page.name, page.path, there)
            if not is_whole_page(in_process.get(path)):
                continue
            opened.add(page.name)
            person.opens(path)
            faults += [f"{path}: {wider}" for wider in [too_wide(person.page)] if wider]
    chi = begins(small_country.chi)
    long_search = sealed(signed_in(Client(), small_country.chi), "/commune/?q=" + "a" * 60, "q")
    for path in ("/commune/?list=left", "/commune/?attention=warned", long_search):
        chi.opens(path)
        faults += [f"{path}: {wider}" for wider in [too_wide(chi.page)] if wider]
    chi.opens("/commune/")
    expect(chi.page.locator("#arrivals-alarm")).to_have_text(chi.pattern("%(people)s may be ill"))

    assert len(opened) > 35
    assert not faults, "\n".join(faults)


def at_work(country: Country) -> Iterator[tuple[str, Official]]:
    """Whoever is at work, an official for each role; Chi in her ward, where people come and leave."""
    yield "commune_officer", country.chi
    yield "checkpoint_officer", country.binh
    for role in ROLES:
        if role not in ("commune_officer", "checkpoint_officer"):
            yield role, make_official(role, role)


def many_may_be_ill() -> None:
    """To Chi's ward and away from it, who declared all that is asked about and differs in all that can."""
    here, there = commune(DESTINATION), commune("Phường Bến Thành, Hồ Chí Minh")
    for nth in range(24):
        origin, destination = (here, there) if nth % 2 else (there, here)
        declared_before(
            full_name=f"Nguyễn Phúc Hoàng Thiên Trường {'Khương' * (nth % 3)}",
            number="",
            number_kind="none",
            origin_area=origin,
            destination_area=destination,
            symptoms=("fever", "cough", "breath"),
            contact=True,
            phone="",
            companions=7,
            plate="79LD-123.45",
            declarer_name="Nguyễn Thị Hoàng Phương Khánh",
            declarer_phone="0987654321",
        )


def look_up(binh: Person, text: str) -> None:
    binh.fills("Pass code, card or number", text)
    binh.presses("Look up")
