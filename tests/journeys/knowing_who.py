"""How a citizen shows who they are: with the number, and the code that comes to the telephone that the
register has.
"""

import re

from playwright.sync_api import expect

from dancu.testing.travellers import AN

from .country import PHONE
from .person import Person
from .test_finding_a_pass_again import code_sent_to


def sign_in(an: Person, onward: str = "/declare/") -> None:
    """An signs in, on the way to the page `onward`."""
    an.opens(f"/sign-in/?next={onward}")
    an.fills("Personal identification number", str(AN["pin"]))
    an.fills("Phone number", PHONE)
    an.presses("Send me a code")
    an.has_title("Enter the code")
    an.fills("Code from the message", code_sent_to(PHONE))
    an.presses("Continue")
    expect(an.page).not_to_have_url(re.compile("/sign-in/"))
