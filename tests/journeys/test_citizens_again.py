"""A family on one telephone, the same journey once more, somebody ill, a pass that is replaced, and the
way back from a mistake.
"""

import re
from collections.abc import Callable

from django.utils import timezone
from playwright.sync_api import expect

from dancu.isolation.lookups import arrivals_of
from dancu.messaging import lookups as messages
from dancu.testing.travellers import AN

from .country import DESTINATION, HOME, Country, full_path
from .declaring import declare, pass_code_shown, send
from .person import Person
from .test_without_javascript import declare_without_scripts

SYMPTOMS = "Has the traveller had any of these?"
BRIEFLY = "Does any of this apply to the traveller?"
DOSES = "How many doses of a COVID-19 vaccine has the traveller had?"
REMEMBER = (
    "Remember the traveller and the journey on this phone for 90 days, but nothing about "
    "health. Do not tick this on a shared phone."
)


def test_an_who_has_a_fever_is_told_to_stay_and_whom_to_call(
    phone: Callable[..., Person], small_country: Country
):
    an = phone()
    declare(an)
    an.opens("/declare/health/")
    an.chooses("None of these", SYMPTOMS)
    an.chooses("Fever", SYMPTOMS)  # which takes back that there was nothing
    expect(an.group(SYMPTOMS).get_by_label(an.words("None of these"))).not_to_be_checked()
    an.presses("Continue")
    send(an)
    an.has_title("Do not travel. Stay where you are.")
    expect(an.button("Health hotline")).to_have_attribute("href", "tel:19009095")
    an.sees("Short of breath, chest pain, blue lips or hard to wake: call 115 at once.")
    an.reads(full_path(HOME).split(",")[0])
    assert [row["state"] for row in arrivals_of(small_country.an)] == ["told_to_stay"]
    an.page.go_back()
    an.has_title("Do not travel. Stay where you are.")


def test_an_replaces_his_pass_by_a_newer_declaration(phone: Callable[..., Person], small_country: Country):
    an = phone()
    declare(an)
    send(an)
    an.has_title("Travel pass")
    first, address = pass_code_shown(an), an.page.url

    declare(an)
    an.page.get_by_text(an.words("Keep it and send nothing"), exact=True).tap()
    an.presses("Send the declaration")
    an.sees("Nothing was sent. The pass of %(name)s is still valid.")
    assert pass_code_shown(an) == first

    declare(an)
    an.page.get_by_text(an.words("Replace it with this declaration"), exact=True).tap()
    send(an)
    an.sees("It replaced the earlier pass of %(name)s for this journey.")
    assert pass_code_shown(an) != first
    an.opens(address)
    an.sees("This pass is no longer valid. A newer declaration for the same journey replaced it at %(at)s.")
    an.presses("Show the newer declaration")
    expect(an.page.locator(".dancu-pass__letters")).to_be_visible()


def test_a_family_of_three_declares_on_one_phone_and_shows_three_codes_on_one_page(
    phone: Callable[..., Person], small_country: Country
):
    an = phone()
    declare(an)
    send(an)
    an.sees("Declaration sent")
    companion(an, "Lê Ngọc Lan", (3, 6, 2001), "Female", "079301005678")
    companion(an, "Nguyễn Văn Bé", (1, 2, 2020), "Male", "")
    an.has_title("An officer will check the papers")
    an.presses("Continue to the pass")
    an.press(an.page.get_by_role("button", name=re.compile(r"\b3 mã")))
    an.has_title("Passes for everyone travelling together")
    for name in (AN["full_name"], "Lê Ngọc Lan", "Nguyễn Văn Bé"):
        an.reads(str(name))
    expect(an.page.locator(".dancu-together svg")).to_have_count(4)  # and one code for all
    with an.page.expect_download() as saving:
        an.presses("Save all slips to print (PDF, A4)")
    assert saving.value.path().read_bytes().startswith(b"%PDF-")
    assert [message.recipient for message in messages.recent(5)] == ["0912345678"] * 3


def test_an_goes_again_as_last_time_in_four_taps(phone: Callable[..., Person], small_country: Country):
    an = phone()
    declare(an)
    an.ticks(REMEMBER)
    send(an)
    an.has_title("Travel pass")

    an.opens("/")
    an.press(an.page.get_by_role("button", name=an.words("Same journey as last time, on new dates")))
    an.has_title("Same journey as last time, on new dates")
    expect(an.page.locator("#id_departs_on_0")).to_have_value(str(timezone.localdate().day))
    an.chooses("No, none of these", BRIEFLY)
    an.chooses("2", DOSES)
    an.presses("Continue")
    an.has_title("Check your answers")
    an.reads(full_path(DESTINATION))


def test_back_after_a_mistake_and_back_from_the_pass_lose_nothing(
    phone: Callable[..., Person], small_country: Country
):
    an = phone()
    declare(an)
    an.opens("/declare/when/")
    an.fills_date("Departure date", 31, 2, timezone.localdate().year)
    an.presses("Continue")
    expect(an.page.locator(".govuk-error-summary")).to_be_visible()
    today = timezone.localdate()
    an.fills_date("Departure date", today.day, today.month, today.year)
    an.presses("Continue")
    an.has_title("Check your answers")
    an.page.go_back()
    an.has_title("Departure and arrival")  # and no page of the browser's own
    an.page.go_forward()
    an.has_title("Check your answers")
    send(an)
    an.has_title("Travel pass")
    an.page.go_back()
    an.has_title("Your declaration has been sent")
    an.presses("Show the pass")
    an.has_title("Travel pass")


def test_without_scripts_a_companion_is_declared_all_the_same(
    phone: Callable[..., Person], small_country: Country
):
    an = phone(java_script_enabled=False)
    declare_without_scripts(an)
    companion(an, "Lê Ngọc Lan", (3, 6, 2001), "Female", "079301005678")
    an.has_title("Travel pass")


def companion(an: Person, name: str, born: tuple[int, int, int], sex: str, number: str) -> None:
    """From a pass to the next one: the person, their health, and sent."""
    an.presses("Declare for a companion")
    an.presses("Enter the details instead")
    an.has_title("The companion")
    an.fills("Full name", name)
    an.fills_date("Birth date", *born)
    an.chooses(sex, "Sex")
    kind = "Personal identification number (12 digits)" if number else "No number"
    an.chooses(kind, "What type of number does the traveller have?")
    an.fills("The number", number)
    an.presses("Continue")
    an.chooses("No, none of these", BRIEFLY)
    an.chooses("2", DOSES)
    an.presses("Continue")
    an.has_title("Check your answers")
    send(an)
