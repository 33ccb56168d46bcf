"""Every page that is used on a phone fits one of 360 points, and nothing on it is too small for a thumb."""

from collections.abc import Callable

from dancu.checkpoints import lookups
from dancu.checkpoints.tests.factories import AN
from dancu.checkpoints.tests.factories import declare as declared_before

from .at_work import take_station
from .country import PHONE, Country
from .declaring import declare, send
from .measuring import Measured, measure
from .person import Person
from .test_finding_a_pass_again import code_sent_to

STEPS = "who card number identity phone home origin destination when reason vehicle plate health places test check"


def test_the_citizens_pages_fit_a_phone(phone: Callable[..., Person], small_country: Country):
    an = phone()
    measured = measure(an.page)
    declare(an, name="Lê Thị Bưởi")
    send(an)
    an.has_title("What you typed could not be confirmed")
    an.presses("Go on to the pass")
    an.presses("Show it full screen")
    an.presses("Back to the pass")
    an.presses("The journey is cancelled: withdraw the pass")
    an.presses("Withdraw it")
    an.sees("Declare a journey")
    an.opens("/me/")
    an.unfolds("My telephone number has changed, or I have none")
    an.presses("Send me a code")  # without number and telephone
    an.fills("Personal identification number", str(AN["pin"]))
    an.fills("Phone number", PHONE)
    an.presses("Send me a code")
    an.has_title("Enter the code")
    an.fills("Code from the message", code_sent_to(PHONE))
    an.presses("Continue")
    an.has_heading(str(AN["full_name"]))
    declared_before(phone=PHONE)
    an.opens("/passes/")
    an.opens("/declare/who/")

    assert {f"/declare/{step}/" for step in STEPS.split()} <= measured.pages
    assert {"/", "/declare/outcome/", "/sign-in/", "/sign-in/code/", "/me/", "/passes/"} <= measured.pages
    assert fits(measured)


def test_the_officers_pages_fit_a_phone_in_both_languages(phone: Callable[..., Person], small_country: Country):
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
        binh.has_title("Hold for a check: for what reason?")
        binh.presses("Back to the verdict")
        binh.presses("Record nothing")
        look_up(binh, "https://example.org/no-pass-at-all")
        binh.sees("Unreadable code")
        look_up(binh, str(AN["pin"]))
        binh.unfolds("From where, purpose, more")
        binh.presses("Right person: let through")  # without destination and plate
        binh.sees("There is a problem")
        binh.presses("Somebody else: scan again")
        binh.presses("Neither code, card nor number: type who it is")
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


def look_up(binh: Person, text: str) -> None:
    binh.fills("Pass code, card or number", text)
    binh.presses("Look up")


def fits(measured: Measured) -> bool:
    assert not measured.faults, "\n".join(sorted(measured.faults))
    return True
