"""Officials sign in, take their station, and look at what was shown to the camera."""

import re

from playwright.sync_api import Locator, expect

from dancu.accounts.models import Official
from dancu.testing.officials import PASSWORD, code_of

from .country import STATION
from .person import Person


def sign_in(person: Person, official: Official, at: str) -> None:
    """With password and the code of the authenticator, on the way to the page `at`."""
    person.opens(at)
    person.has_title("Sign in as an official")
    person.fills("Username", official.username)
    person.fills("Password", PASSWORD)
    person.presses("Continue")
    person.fills("Six-digit code", code_of(official))
    person.presses("Sign in")
    expect(person.page).not_to_have_url(re.compile("/sign-in/"))


def take_station(person: Person, official: Official) -> None:
    """Sign in, and stand at the bridge of Mỹ Thuận: the only station, which nobody has to choose."""
    sign_in(person, official, "/checkpoint/")
    expect(person.page.get_by_role("link", name=STATION)).to_be_visible()


def verdict(person: Person) -> Locator:
    """The large sign: what to do with this traveller."""
    return person.page.locator(".dancu-decision")


def banner(person: Person) -> Locator:
    """The line about what was decided last."""
    return person.page.locator(".dancu-banner[data-recorded]")
