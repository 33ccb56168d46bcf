"""Officials come in with two factors, and once they are out nothing of what they saw is left on the
screen.
"""

from collections.abc import Callable

from dancu.testing.officials import PASSWORD
from dancu.testing.travellers import AN, declare

from .at_work import sign_in
from .country import Country
from .person import Person


def test_after_five_wrong_codes_the_account_is_locked_even_for_the_right_ones(
    desk: Callable[..., Person], small_country: Country
):
    intruder = desk()
    intruder.opens("/office/sign-in/")
    give_password(intruder)
    for wrong in ("000000", "111111", "222222", "333333"):
        intruder.fills("Six-digit code", wrong)
        intruder.presses("Sign in")
        intruder.sees("This code is wrong or has already been used. Enter the next code the app shows.")
    intruder.fills("Six-digit code", "444444")
    intruder.presses("Sign in")
    intruder.sees(LOCKED)
    intruder.has_title("Sign in as an official")

    give_password(intruder)  # the right one
    intruder.sees(LOCKED)
    intruder.has_title("Sign in as an official")


def test_after_signing_out_the_back_button_shows_nothing_personal(
    desk: Callable[..., Person], small_country: Country
):
    declare()
    chi = desk()
    sign_in(chi, small_country.chi, "/commune/")
    chi.reads(str(AN["full_name"]))
    chi.press(chi.page.get_by_role("link", name=str(AN["full_name"])))
    chi.presses("Sign out")
    chi.sees("You are signed out.")
    for _page in range(2):
        chi.page.go_back()
        chi.has_title("Sign in as an official")
        chi.does_not_read(str(AN["full_name"]))


LOCKED = (
    "The username or password is wrong, or the account is locked. An account is locked for 15 "
    "minutes after five failed attempts."
)


def give_password(person: Person) -> None:
    person.fills("Username", "chi")
    person.fills("Password", PASSWORD)
    person.presses("Continue")
