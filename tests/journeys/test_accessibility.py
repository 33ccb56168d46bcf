"""Every page as axe-core sees it: no violation of WCAG 2.2 AA or of good practice, at 360 and at 1280 points.

A new page is looked at by itself; where its address needs something that is there, give it in everywhere.py.
"""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from dancu.accounts.duties import ROLES
from dancu.accounts.models import Official
from dancu.checkpoints import lookups
from dancu.testing.officials import make_official, signed_in
from dancu.testing.travellers import AN, commune
from dancu.testing.travellers import declare as declared_before
from dancu.web.citizen.tokens import pass_page
from tests.test_every_url_with_every_role import PAGES

from .chromium import Watched
from .country import PHONE, Country
from .declaring import declare, send
from .everywhere import address, is_whole_page, something_everywhere
from .knowing_who import sign_in
from .looking import Looking, Seen, all_well
from .test_phone_screens import STEPS, look_up


@pytest.fixture
def looking(watched: Watched, chromium) -> Callable[..., Looking]:
    """`looking()`: somebody who looks at every page; an official is signed in already."""

    def begin(official: Official | None = None, language: str = "vi") -> Looking:
        page = watched.open(chromium, language, viewport={"width": 360, "height": 740})
        if official:
            cookie = signed_in(Client(), official).cookies[settings.SESSION_COOKIE_NAME]
            page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": watched.address}])
        return Looking(page, language, Seen())

    return begin


def test_a_citizens_pages_have_no_fault(looking, small_country: Country):
    an = looking()
    an.opens("/declare/who/")
    an.presses("Continue")  # without an answer
    an.opens("/me/")
    an.unfolds("My phone number has changed, or I do not have one")
    an.presses("Send me a code")  # without number and telephone
    an.sees("Enter the number")
    sign_in(an, "/")
    declare(an, name="Lê Thị Bưởi")
    send(an)
    an.has_title("We could not confirm what you typed")
    an.presses("Continue to the pass")
    an.has_title("Travel pass")
    an.look()
    an.presses("Show full screen")
    an.presses("Back to the pass")
    an.presses("Not travelling any more? Withdraw the pass")
    an.opens("/me/")
    an.has_heading(str(AN["full_name"]))
    an.look()
    over = declared_before(phone=PHONE)
    an.opens("/passes/")
    an.opens(pass_page(over.pass_id))
    for path in ("/help/", "/privacy/", "/accessibility/", "/help/officials/"):
        an.opens(path)
    for path in ("/api/", "/api/problems/bad-body"):
        an.opens(path)
    what_went_wrong(an)
    english = looking(language="en")
    for path in ("/", "/help/", "/declare/who/", "/api/", "/api/problems/bad-body"):
        english.opens(path)

    assert all_well(english.seen)
    assert all_well(an.seen, "/", "/me/", "/passes/", *(f"/declare/{step}/" for step in STEPS.split()))


def what_went_wrong(an: Looking) -> None:
    """The pages for an address that leads nowhere, and for a form whose token is gone."""
    an.page.route("**/nowhere/", lambda route: route.fulfill(response=route.fetch(), status=200))
    an.opens("/nowhere/")
    an.has_title("Page not found")
    an.page.evaluate("document.querySelector('[data-language] [name=csrfmiddlewaretoken]').remove()")
    an.page.evaluate("document.querySelector('[data-language]').submit()")
    an.has_title("This form has expired")
    an.look()


def test_what_an_officer_at_a_checkpoint_sees_has_no_fault(looking, small_country: Country):
    wrong = declared_before(
        full_name="Nguyễn Văn Ân", plate="51F-99999", destination_area=commune("Phường Hải Châu, Đà Nẵng")
    )
    right = declared_before()
    binh = looking(small_country.binh)
    binh.opens("/checkpoint/")
    binh.has_title("Scan passes")
    binh.unfolds("Keyboard shortcuts")
    look_up(binh, "https://example.org/no-pass-at-all")
    binh.sees("Unreadable code")
    look_up(binh, lookups.pass_code(wrong.pass_id))
    binh.reads("Nguyễn Văn Ân")
    binh.keys("F4")
    binh.has_title("Hold for a check: what is the reason?")
    binh.look()
    binh.opens("/checkpoint/")
    look_up(binh, lookups.pass_code(right.pass_id))
    binh.reads(lookups.pass_code(right.pass_id))
    binh.look()
    binh.keys("F2")
    binh.has_title("Scan passes")
    binh.look()
    binh.opens("/checkpoint/")
    look_up(binh, str(AN["pin"]))
    binh.unfolds("Origin, purpose and more")
    binh.look()
    binh.opens("/checkpoint/declare/")
    for path in (
        "/checkpoint/recent/",
        "/checkpoint/stations/",
        "/checkpoint/held/",
        "/checkpoint/incidents/",
    ):
        binh.opens(path)
    code = lookups.pass_code(right.pass_id)
    for name in ("checkpoint:slip", "checkpoint:revoke"):
        binh.opens(reverse(name, args=[code]))

    assert all_well(binh.seen, "/checkpoint/", "/checkpoint/stations/", f"/checkpoint/slip/{code}/")


@pytest.mark.parametrize("role", [role for role in ROLES if role != "checkpoint_officer"])
def test_every_page_of_the_office_and_of_a_commune_has_no_fault(looking, small_country: Country, role: str):
    official = make_official(role, role)
    there = something_everywhere(small_country, official)
    in_process = signed_in(Client(headers={"Accept-Language": "vi"}), official)
    at_work = looking(official)
    unknown = []
    for page in (page for page in PAGES if page.mark in ("duty", "official") and page.lets_in(role)):
        path = address(page.name, page.path, there)
        answer = in_process.get(path)
        if answer.status_code == 404:
            unknown.append(page.name)
        elif is_whole_page(answer):
            at_work.opens(path)
    if "search" in ROLES[role].duties:
        at_work.opens("/office/search/?name=Nguyễn+Văn+An&birth_0=15&birth_1=2&birth_2=2000")
    at_work.opens("/office/")
    at_work.page.locator("#session-ending").evaluate("dialog => dialog.showModal()")
    at_work.look()

    assert not unknown, f"give a sample of these addresses: {unknown}"
    assert all_well(at_work.seen, "/office/")


def test_signing_in_has_no_fault(looking, small_country: Country):
    chi = looking()
    chi.opens("/office/sign-in/")
    chi.presses("Continue")
    chi.look()

    assert all_well(chi.seen, "/office/sign-in/")
