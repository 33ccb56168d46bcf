"""Held for fever at one scan, and at the next one it is still known; undone, handed over, and not lost
with the network or the session.
"""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from playwright.sync_api import Route, expect

from dancu.checkpoints import lookups
from dancu.credentials import qr
from dancu.testing.travellers import AN, declare

from .at_work import banner, take_station, verdict
from .chromium import Watched
from .country import DESTINATION, Country, full_path
from .person import Person
from .test_main_job import crossings
from .test_phone_screens import look_up


@pytest.mark.parametrize("language", ["vi", "en"])
def test_who_is_held_stays_held_at_the_next_scan_until_released_for_a_reason(
    desk: Callable[..., Person], small_country: Country, language: str
):
    code = lookups.pass_code(declare().pass_id)
    binh = desk(language)
    take_station(binh, small_country.binh)
    hold(binh, code)
    expect(banner(binh)).to_have_class(re.compile("dancu-banner--check"))
    expect(banner(binh)).to_contain_text(str(AN["full_name"]))

    look_up(binh, code)
    expect(banner(binh)).to_have_count(0)
    expect(verdict(binh)).to_contain_text(binh.words("Held before"))
    expect(verdict(binh)).to_contain_text(binh.words("Fever or other symptoms"))
    expect(binh.button("Let through: why?")).to_be_visible()
    binh.keys("F2")
    binh.has_title("Let through: what is the reason?")
    binh.presses("No fever or symptoms at the second check")
    expect(banner(binh)).to_contain_text(binh.words("let through"))
    assert crossings() == [(small_country.station, "secondary"), (small_country.station, "through")]


# Puts the cursor into the field for own words when it comes, and tells where the cursor is a while later.
AS_SOON_AS_THERE = """() => {
  window.stayed = new Promise((tell) => {
    new MutationObserver((_, watch) => {
      const field = document.getElementById("id_other_reason");
      if (!field) return;
      watch.disconnect();
      field.focus();
      setTimeout(() => tell(document.activeElement.id), 100);
    }).observe(document.getElementById("desk"), { childList: true });
  });
}"""


def test_a_mistap_is_undone_with_one_key(desk: Callable[..., Person], small_country: Country):
    code = lookups.pass_code(declare().pass_id)
    binh = desk("vi")
    take_station(binh, small_country.binh)
    look_up(binh, code)
    expect(verdict(binh)).to_be_visible()
    binh.keys("F2")
    expect(banner(binh)).to_be_visible()
    binh.keys("F10")
    binh.sees("Undone: nothing is recorded for %(name)s.", name=str(AN["full_name"]))
    expect(verdict(binh)).to_contain_text(binh.words("Let through"))


def test_words_of_ones_own_are_recorded_as_what_they_are_of(
    desk: Callable[..., Person], small_country: Country
):
    code = lookups.pass_code(declare().pass_id)
    binh = desk("vi")
    take_station(binh, small_country.binh)
    look_up(binh, code)
    expect(verdict(binh)).to_be_visible()
    binh.keys("F4")
    binh.fills("Another reason", "Que test lên 2 vạch")
    binh.keys("Enter")
    binh.sees("Say whether what you wrote is about an illness. This decides what clears it later.")
    expect(binh.field("Another reason")).to_have_value("Que test lên 2 vạch")
    assert crossings() == []
    binh.presses("A positive test")
    expect(banner(binh)).to_contain_text(binh.words("held for a check"))
    look_up(binh, code)
    expect(verdict(binh)).to_contain_text(binh.words("Tested positive before"))
    binh.presses("Let through for a reason")
    binh.presses("No fever or symptoms at the second check")
    expect(banner(binh)).to_contain_text(binh.words("Not cleared. The next station will stop them again:"))


def test_words_with_which_who_was_ill_is_let_through_say_what_was_found(
    desk: Callable[..., Person], small_country: Country
):
    code = lookups.pass_code(declare().pass_id)
    binh = desk("vi", viewport={"width": 360, "height": 740})
    take_station(binh, small_country.binh)
    hold(binh, code)
    let_through_in_words(binh, code, "Đưa đi cấp cứu")
    assert [decision for _station, decision in crossings()] == ["secondary"]
    binh.presses("Does not clear an illness")
    expect(banner(binh)).to_contain_text(binh.words("Not cleared. The next station will stop them again:"))

    let_through_in_words(binh, code, "Đo lại 36,8 độ")
    binh.presses("No fever or symptoms now")
    expect(banner(binh)).to_contain_text(binh.words("let through"))
    expect(banner(binh)).not_to_contain_text(
        binh.words("Not cleared. The next station will stop them again:")
    )
    look_up(binh, code)
    expect(verdict(binh)).not_to_contain_text(binh.words("Held before"))
    binh.reads("Đo lại 36,8 độ")
    binh.reads(f"[{binh.words('Does not clear an illness').lower()}]")


def let_through_in_words(binh: Person, code: str, written: str) -> None:
    look_up(binh, code)
    binh.presses("Let through: why?")
    binh.fills("Another reason", written)
    binh.keys("Enter")
    binh.sees("Say whether you found them well. Only that clears an illness.")
    expect(binh.field("Another reason")).to_have_value(written)
    asks_in_sight(binh, "Record what you wrote as:", "No fever or symptoms now", "Does not clear an illness")


def asks_in_sight(binh: Person, question: str, *answers: str) -> None:
    """What is asked, and every press that answers it, stand in the window; the group has the focus."""
    group = binh.group(question).and_(binh.page.locator(":focus"))
    expect(group).to_be_visible()
    expect(binh.page.locator("#words-asked")).to_be_in_viewport(ratio=1)
    for answer in answers:
        expect(group.get_by_text(binh.words(answer), exact=True)).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_on_a_phone_the_go_key_leads_to_the_presses_that_are_asked_for(
    phone: Callable[..., Person], small_country: Country, language: str, scripts: bool
):
    code = lookups.pass_code(declare().pass_id)
    binh = phone(language, java_script_enabled=scripts)
    take_station(binh, small_country.binh)
    for decision, answers in (
        ("Hold for a check", ("A positive test", "Not an illness")),
        ("Turn back", ("A positive test", "Not an illness")),
    ):
        binh.opens("/checkpoint/")
        look_up(binh, code)
        binh.presses(decision)
        binh.fills("Another reason", "Que test lên 2 vạch")
        binh.field("Another reason").press("Enter")
        asks_in_sight(binh, "Record what you wrote as:", *answers)

    binh.opens("/checkpoint/")
    hold(binh, code)
    binh.presses("Being held now")
    binh.unfolds("Handed over or left")
    binh.fills("Who to, and with what result (temperature, test)", "Que test lên 2 vạch")
    binh.presses("Handed over to the health station or a hospital")
    asks_in_sight(binh, "What you wrote is about:", "A positive test", "Not an illness")
    binh.presses("Scan")

    binh.presses("My last crossings")
    binh.presses("Correct")
    other = binh.page.locator("#other-back")
    binh.fill(other, "Không chịu quay lại")
    other.press("Enter")
    asks_in_sight(binh, "Record what you wrote as:", "A positive test", "Not an illness")


def test_who_types_as_soon_as_the_desk_changes_keeps_the_cursor(
    desk: Callable[..., Person], small_country: Country
):
    code = lookups.pass_code(declare().pass_id)
    binh = desk("vi")
    take_station(binh, small_country.binh)
    look_up(binh, code)
    expect(verdict(binh)).to_be_visible()
    binh.page.evaluate(AS_SOON_AS_THERE)
    binh.keys("F4")
    binh.has_title("Hold for a check: what is the reason?")
    assert binh.page.evaluate("window.stayed") == "id_other_reason"


def test_those_being_held_are_handed_over_from_the_list(desk: Callable[..., Person], small_country: Country):
    code = lookups.pass_code(declare().pass_id)
    binh = desk("vi")
    take_station(binh, small_country.binh)
    hold(binh, code)
    binh.presses("Being held now")
    binh.reads(str(AN["full_name"]))
    binh.unfolds("Handed over or left")
    binh.fills("Who to, and with what result (temperature, test)", "38,5 độ")
    binh.presses("Handed over to the health station or a hospital")
    binh.sees("Say whether what you wrote is about an illness. This decides what clears it later.")
    binh.press(binh.page.get_by_role("radio", name=binh.words("Fever or symptoms")))
    binh.presses("Handed over to the health station or a hospital")
    binh.sees("%(name)s is no longer being held.", name=str(AN["full_name"]))
    look_up_again(binh, code)
    expect(verdict(binh)).to_contain_text(binh.words("Handed over to the health station or a hospital"))


def test_without_a_network_the_desk_says_so_and_goes_on_when_it_is_back(
    desk: Callable[..., Person], small_country: Country, watched: Watched
):
    watched.expected = ("htmx:sendError", "htmx:afterRequest")
    code = lookups.pass_code(declare().pass_id)
    binh = desk("vi")
    with binh.page.expect_response(re.compile("zxing_reader")) as decoder:  # loaded before anybody needs it
        take_station(binh, small_country.binh)
    decoder.value.finished()
    binh.page.context.set_offline(True)
    look_up(binh, code)
    binh.sees("Not sent: we cannot reach the system. Nothing was recorded. Try again.")
    binh.page.context.set_offline(False)
    binh.presses("Try again")
    expect(verdict(binh)).to_contain_text(binh.words("Let through"))


def test_a_reader_of_codes_that_the_network_kept_away_is_fetched_when_a_picture_is_to_be_read(
    desk: Callable[..., Person], small_country: Country, watched: Watched
):
    watched.expected = (
        "wasm streaming compile",
        "falling back to ArrayBuffer",
        "failed to asynchronously",
        "Aborted(",
    )
    binh, is_away = desk("vi"), [True]
    binh.page.context.route(
        re.compile("zxing_reader"), lambda to: to.abort() if is_away[0] else to.continue_()
    )
    with binh.page.context.expect_console_message(
        lambda message: message.text.startswith("Aborted(")
    ):  # it has given up
        take_station(binh, small_country.binh)
    is_away[0] = False
    picture = {"name": "pass.png", "mimeType": "image/png", "buffer": qr.png(declare().qr_text, 8)}
    with binh.page.expect_response(
        re.compile("zxing_reader")
    ):  # or else the picture was sent, and the server read it
        binh.field("Take a photo of the code").set_input_files(picture)
    expect(verdict(binh)).to_contain_text(binh.words("Let through"))


def test_a_decision_after_the_session_ended_is_told_as_not_recorded_and_brought_back(
    desk: Callable[..., Person], small_country: Country, watched: Watched
):
    watched.expected = ("Response Status Error Code 403",)
    code = lookups.pass_code(declare().pass_id)
    binh = desk("vi")
    take_station(binh, small_country.binh)
    look_up(binh, code)
    expect(verdict(binh)).to_be_visible()
    the_session_ends()
    binh.keys("F2")
    binh.has_title("Sign in as an official")
    binh.sees(
        "Your session ended, so the decision was not recorded. Sign in, and the traveller will be shown "
        "again for you to decide."
    )
    assert crossings() == []
    take_station(binh, small_country.binh)
    binh.reads(f"{AN['full_name']}: {binh.words('nothing was recorded.')}")
    binh.presses("Back to this traveller")
    expect(verdict(binh)).to_contain_text(binh.words("Let through"))


def test_a_decision_whose_answer_was_lost_is_told_on_the_next_page_as_what_was_recorded(
    desk: Callable[..., Person], small_country: Country, watched: Watched
):
    watched.expected = ("htmx:sendError", "htmx:afterRequest", "net::ERR_FAILED")
    code = lookups.pass_code(declare().pass_id)
    binh = desk("vi")
    take_station(binh, small_country.binh)
    look_up(binh, code)
    expect(verdict(binh)).to_be_visible()

    def cut(route: Route) -> None:
        route.fetch()
        route.abort()

    binh.page.route("**/checkpoint/decide/", cut)
    binh.keys("F2")
    binh.sees(
        "We cannot reach the system right now. Nothing you typed is lost: check the network and try again."
    )
    binh.page.unroute("**/checkpoint/decide/")
    assert [decision for _station, decision in crossings()] == ["through"]
    binh.page.goto(binh.page.url)
    expect(banner(binh)).to_contain_text(binh.words("The decision was received and recorded."))
    expect(banner(binh)).to_contain_text(str(AN["full_name"]))
    binh.keys("F10")
    binh.sees("Undone: nothing is recorded for %(name)s.", name=str(AN["full_name"]))


def test_somebody_keyed_in_after_the_session_ended_comes_back_with_all_that_was_typed(
    desk: Callable[..., Person], small_country: Country, watched: Watched
):
    watched.expected = ("Response Status Error Code 403",)
    binh = desk("vi")
    take_station(binh, small_country.binh)
    look_up(binh, str(AN["pin"]))
    to = binh.commune_box("Another commune")
    to.fill("ninh kieu")
    binh.press(binh.page.get_by_role("option", name=full_path(DESTINATION)))
    binh.field("Number plate").fill("59x1 234.56")
    the_session_ends()
    binh.keys("F2")
    binh.has_title("Sign in as an official")
    binh.sees(
        "Your session ended, so nothing was recorded. Sign in, and what you entered will be shown again for "
        "you to send."
    )
    assert crossings() == []
    take_station(binh, small_country.binh)
    binh.reads(f"{AN['full_name']}: {binh.words('nothing was recorded.')}")
    binh.presses("Back to this traveller")
    expect(verdict(binh)).to_contain_text(binh.words("Compare face and card"))
    expect(binh.commune_box("Another commune")).to_have_value(full_path(DESTINATION))
    expect(binh.field("Number plate")).to_have_value("59x1 234.56")
    assert crossings() == []
    binh.keys("F2")
    expect(banner(binh)).to_contain_text(binh.words("let through"))
    assert len(crossings()) == 1


def test_who_was_asked_for_by_name_when_the_session_ended_is_asked_for_again(
    desk: Callable[..., Person], small_country: Country, watched: Watched
):
    watched.expected = ("Response Status Error Code 403",)
    binh = desk("vi")
    take_station(binh, small_country.binh)
    binh.presses("No code, card or number: type who it is")
    binh.field("Full name").fill("Trần Thị Sáu")
    for box, value in zip(binh.main.locator(".dancu-birth input").all(), ("1", "2", "1990"), strict=True):
        box.fill(value)
    the_session_ends()
    binh.presses("Look up in the register")
    binh.has_title("Sign in as an official")
    take_station(binh, small_country.binh)
    binh.reads(f"Trần Thị Sáu: {binh.words('nothing was recorded.')}")
    binh.presses("Back to this traveller")
    binh.reads("Trần Thị Sáu")
    binh.reads("01/02/1990")


def the_session_ends() -> None:
    """And nobody waits for the next code of the authenticator."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_session")
        cursor.execute("DELETE FROM throttle")


def hold(binh: Person, code: str) -> None:
    look_up(binh, code)
    binh.presses("Hold for a check")
    binh.presses("Fever or other symptoms")
    expect(banner(binh)).to_be_visible()


def look_up_again(binh: Person, code: str) -> None:
    binh.presses("Scan")
    look_up(binh, code)
