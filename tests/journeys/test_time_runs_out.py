"""Two minutes before answers or a session end the page asks, by itself and in a way that is read aloud;
then it says why.
"""

import time
from collections.abc import Callable

from django.conf import settings
from playwright.sync_api import Locator, expect

from dancu.accounts.sessions import SessionStore

from .at_work import sign_in
from .country import Country
from .person import Person


def test_an_keeps_his_answers_by_one_press_and_reads_why_they_are_gone_when_he_does_not(
    phone: Callable[..., Person],
):
    an = phone()
    an.opens("/declare/who/")
    an.chooses("I am", "Who is travelling?")
    an.presses("Continue")
    an.has_title("The traveller's identity card")
    leave(an, "draft", 30 * 60 - 122)
    an.opens("/declare/card/")
    expect(warning(an)).to_be_hidden()
    expect(warning(an)).to_be_visible()
    expect(warning(an)).to_contain_text(an.words("Are you still there?"))
    expect(an.button("Keep my answers")).to_be_focused()
    an.presses("Keep my answers")
    expect(warning(an)).to_be_hidden()
    assert time.time() - held(an)["draft"]["seen"] < 10

    leave(an, "draft", 30 * 60 - 3)
    an.opens("/declare/card/")
    an.sees(
        "You did not do anything for 30 minutes, so we deleted your answers to keep them private. Start "
        "again."
    )


def test_chi_stays_with_the_escape_key_and_is_signed_out_with_a_word_when_she_is_away(
    desk: Callable[..., Person], small_country: Country
):
    chi = desk("en")
    sign_in(chi, small_country.chi, "/commune/")
    leave(chi, "seen", 30 * 60 - 100)
    chi.opens("/commune/")
    leave(chi, "seen", 30 * 60 - 100)  # opening the page was a use
    chi.page.evaluate("document.getElementById('session-ending').dataset.left = 100")
    leave(chi, "seen", 30 * 60 - 30)
    chi.opens("/help/officials/")  # public: it tells the time and is no use
    expect(warning(chi)).to_be_visible()
    chi.keys("Escape")
    expect(warning(chi)).to_be_hidden()
    assert time.time() - held(chi)["seen"] < 10

    leave(chi, "seen", 31 * 60)
    chi.opens("/commune/?state=met")
    chi.has_title("Sign in as an official")
    chi.sees("You were signed out because you did nothing for %(minutes)d minutes.", minutes="30")


def warning(person: Person) -> Locator:
    return person.page.locator("#session-ending")


def held(person: Person) -> SessionStore:
    """What the server keeps for this browser."""
    (key,) = [
        cookie["value"]
        for cookie in person.page.context.cookies()
        if cookie["name"] == settings.SESSION_COOKIE_NAME
    ]
    return SessionStore(key)


def leave(person: Person, what: str, seconds: int) -> None:
    """Nothing was done for so long."""
    session = held(person)
    then = int(time.time()) - seconds
    session[what] = session[what] | {"seen": then} if what == "draft" else then
    session.save()
