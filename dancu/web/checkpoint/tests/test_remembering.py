"""What the officer sees of what was decided before, and how it is undone, corrected, released and
reported.
"""

import html
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from dancu.audit import lookups as audit
from dancu.checkpoints import lookups
from dancu.checkpoints.reasons import Reason
from dancu.isolation.lookups import arrivals_of
from dancu.matching.lookups import PartialDate
from dancu.testing.at_the_station import cross
from dancu.testing.officials import make_official, signed_in
from dancu.testing.travellers import AN, commune, declare
from dancu.web.checkpoint.tests.pages import HTMX, banner, decide, field, scan, words
from dancu.web.checkpoint.tests.test_deciding import crossings
from dancu.web.checkpoint.tests.test_declaring import keyed_in


def stopped(desk, declared, decision="secondary", reason="fever"):
    return decide(
        desk, decide(desk, scan(desk, declared.qr_text), decision), decision, reason=reason, asked="1"
    )


def test_who_was_held_is_told_to_be_at_the_next_scan_with_station_and_reason(an, desk):
    declared = declare()
    stopped(desk, declared)
    shown = scan(desk, declared.qr_text)
    assert banner(shown) == ("check", "Held before")
    assert "Held at Cầu Mỹ Thuận," in words(shown)
    assert "just now): Fever or other symptoms." in words(shown)
    assert "Let through: why?" in words(shown)


def test_who_was_turned_back_is_stopped_and_the_reason_is_in_the_readers_language(an, desk):
    declared = declare()
    stopped(desk, declared, "back", "not_permitted")
    assert banner(scan(desk, declared.qr_text)) == ("stop", "Turned back before")
    desk.cookies["language"] = "vi"
    assert "Không thuộc diện được đi lại" in words(scan(desk, declared.qr_text))


def test_the_reason_page_tells_why_one_is_needed(an, desk):
    declared = declare()
    stopped(desk, declared)
    question = decide(desk, scan(desk, declared.qr_text), "through")
    assert "Let through: what is the reason?" in words(question)
    assert "Held at Cầu Mỹ Thuận," in words(question)
    done = decide(desk, question, "override", reason="well", asked="1")
    assert "Nguyễn Văn An : let through," in words(done)
    assert banner(scan(desk, declared.qr_text))[0] == "check"  # for it passed here minutes ago
    assert "Held before" not in words(scan(desk, declared.qr_text))


def test_an_illness_declared_with_another_pass_is_told(an, desk):
    clean = declare()
    declare(test_kind="pcr", test_result="positive", destination_area=commune("Phường Hải Châu, Đà Nẵng"))
    shown = scan(desk, clean.qr_text)
    assert banner(shown) == ("stop", "Illness declared elsewhere")
    assert ": positive test" in words(shown)


@pytest.mark.parametrize(
    ("decision", "reason", "colour"), [("secondary", "fever", "check"), ("back", "false", "stop")]
)
def test_the_line_about_the_last_decision_has_its_colour_and_goes_with_the_next_code(
    an, desk, decision, reason, colour
):
    declared = declare()
    done = stopped(desk, declared, decision, reason)
    assert f"dancu-banner--{colour}" in done.content.decode()
    assert "dancu-banner--" not in scan(desk, declared.qr_text).content.decode()
    assert "dancu-banner--" not in desk.get("/checkpoint/").content.decode()


def test_a_mistap_is_undone_from_the_line_and_the_traveller_is_on_the_desk_again(an, desk):
    done = stopped(desk, declare())
    sent = {name: field(done, name) for name in ("code", "crossing_id")}
    back = desk.post("/checkpoint/undo/", sent, headers=HTMX)
    assert "Undone: nothing is recorded for Nguyễn Văn An." in words(back)
    assert banner(back) == ("go", "Let through")
    assert "0 through · 0 held · 0 turned back" in words(desk.get("/checkpoint/"))
    again = desk.post("/checkpoint/undo/", sent, headers=HTMX)
    assert again.status_code == 422
    assert "can no longer undo this here" in words(again)


def test_undoing_nothing_is_refused(desk):
    assert desk.post("/checkpoint/undo/", {}).status_code == 422


def test_a_decision_is_corrected_from_the_list(an, desk):
    decide(desk, scan(desk, declare().qr_text), "through")
    page = re.search(r'href="(/checkpoint/recent/[^"]+/)"', desk.get("/checkpoint/recent/").content.decode())[
        1
    ]
    assert "What is the right decision?" in words(desk.get(page))
    assert desk.post(page, {"decision": "secondary"}).status_code == 422
    done = desk.post(page, {"decision": "secondary", "reason": "no_test"})
    assert "Corrected: Nguyễn Văn An." in words(done)
    assert "Undone; does not count" in words(done)
    assert desk.get(page).status_code == 404
    assert "0 through · 1 held · 0 turned back" in words(desk.get("/checkpoint/"))


def test_a_wrong_reason_is_corrected_from_the_list(an, desk):
    stopped(desk, declare())
    page = re.search(r'href="(/checkpoint/recent/[^"]+/)"', desk.get("/checkpoint/recent/").content.decode())[
        1
    ]
    asked = desk.get(page)
    assert "Hold for a check, but for another reason" in words(asked)
    assert 'value="fever"' not in desk.get(page, headers=HTMX).content.decode()
    done = desk.post(page, {"decision": "secondary", "reason": "no_paper"})
    assert "Corrected: Nguyễn Văn An." in words(done)
    assert "No card or other document" in words(desk.get("/checkpoint/held/"))
    assert "Fever or other symptoms" not in words(desk.get("/checkpoint/held/"))


def test_those_being_held_are_listed_for_every_officer_of_the_station_until_they_are_released(
    an, desk, client, station
):
    stopped(desk, declare())
    assert "Being held now: 1" in words(desk.get("/checkpoint/"))
    bao = signed_in(Client(), make_official("bao", "checkpoint_officer"))
    bao.cookies["language"] = "en"
    bao.post("/checkpoint/stations/", {"station": station, "direction": "in"})
    page = bao.get("/checkpoint/held/")
    assert "Nguyễn Văn An" in words(page)
    assert "by binh" in words(page)
    assert audit.of_person(an)[0].action == "crossings.held_list"
    sent = {name: field(page, name) for name in ("code", "crossing_id")}
    unsaid = bao.post(
        "/checkpoint/held/release/", sent | {"reason": "health_post", "other_reason": "38,5 độ"}
    )
    assert (unsaid.status_code, field(unsaid, "other_reason")) == (422, "38,5 độ")
    assert "Say whether what you wrote is about an illness" in words(unsaid)
    told = {"reason": "health_post", "other_reason": "38,5 độ", "about": "symptoms"}
    done = bao.post("/checkpoint/held/release/", sent | told)
    assert "Nguyễn Văn An is no longer being held." in words(done)
    assert "Handed over to the health station or a hospital: 38,5 độ" in words(done)
    again = bao.post("/checkpoint/held/release/", sent | {"reason": "health_post"})
    assert again.status_code == 422
    assert "someone has already released them" in words(again)


def test_whoever_must_still_be_told_of_stands_under_the_message(an, desk):
    stopped(desk, declare())
    for nth in range(3):
        stopped(
            desk,
            declare(
                number_kind="none", number="", full_name=f"Lò Văn Pá {'ABC'[nth]}", phone=f"091200077{nth}"
            ),
        )
    page = desk.get("/checkpoint/held/")
    codes = re.findall(
        r'name="code" value="([^"]+)"><input type="hidden" name="crossing_id" value="([^"]+)"',
        page.content.decode(),
    )
    assert len(codes) == 4
    code, crossing_id = codes[-1]
    asked = desk.post(
        "/checkpoint/held/release/",
        {"code": code, "crossing_id": crossing_id, "reason": "left", "other_reason": "2 vạch"},
    )
    assert (field(asked, "crossing_id"), field(asked, "other_reason")) == (crossing_id, "2 vạch")


def test_a_release_without_a_result_is_asked_for_one(an, desk):
    stopped(desk, declare())
    sent = {name: field(desk.get("/checkpoint/held/"), name) for name in ("code", "crossing_id")}
    assert desk.post("/checkpoint/held/release/", sent).status_code == 422
    assert desk.post("/checkpoint/held/release/", sent | {"reason": "fever"}).status_code == 422
    assert desk.post("/checkpoint/held/release/", {}).status_code == 422


@pytest.mark.parametrize("decision", ["secondary", "back"])
def test_who_is_keyed_in_to_be_stopped_is_not_forgotten_where_no_reason_is_given(an, desk, decision):
    sent = keyed_in(
        scan(desk, AN["pin"]), to="", destination="Phường Hải Châu, Thành phố Đà Nẵng", decision=decision
    )
    question = desk.post("/checkpoint/declare/", sent)
    assert "Nguyễn Văn An: not decided yet." in words(desk.get("/checkpoint/"))
    scan(desk, field(question, "code"))
    assert "Nguyễn Văn An: not decided yet." in words(desk.get("/checkpoint/"))
    asked = {name: field(question, name) for name in ("code", "crossing_id", "decision", "plate", "asked")}
    desk.post("/checkpoint/decide/", asked | {"reason": "fever" if decision == "secondary" else "refuses"})
    assert "not decided yet" not in words(desk.get("/checkpoint/"))


def test_who_shows_a_pass_and_is_to_be_stopped_is_not_forgotten_either_until_the_officer_goes_back(an, desk):
    shown = scan(desk, declare().qr_text)
    decide(desk, shown, "secondary")
    assert "Nguyễn Văn An: not decided yet." in words(desk.get("/checkpoint/"))
    scan(desk, field(shown, "code"))
    assert "not decided yet" not in words(desk.get("/checkpoint/"))


def test_undoing_somebody_keyed_in_says_what_remains_and_offers_to_revoke_it(an, desk):
    sent = keyed_in(scan(desk, AN["pin"]), to="", destination="Phường Hải Châu, Thành phố Đà Nẵng")
    done = desk.post("/checkpoint/declare/", sent, headers=HTMX)
    (kept,) = lookups.passes_of(an)
    code = lookups.pass_code(kept["pass_id"])
    back = desk.post(
        "/checkpoint/undo/", {name: field(done, name) for name in ("code", "crossing_id")}, headers=HTMX
    )
    assert "Undone: there is no decision for Nguyễn Văn An." in words(back)
    assert f"the declaration and the pass {code} (until" in words(back)
    assert "nothing is recorded" not in words(back)
    assert f'href="/checkpoint/pass/{code}/revoke/">Revoke this pass' in back.content.decode()
    assert "Nguyễn Văn An: not decided yet." in words(desk.get("/checkpoint/"))
    assert arrivals_of(an)[0]["state"] == "declared"
    desk.post(f"/checkpoint/pass/{code}/revoke/", {"reason": "keyed_in"})
    assert arrivals_of(an)[0]["state"] == "withdrawn"
    assert "not decided yet" not in words(desk.get("/checkpoint/"))


def test_no_red_is_walked_past(an, desk):
    declared = declare(full_name="Lê Thị Hoa", sex=2)
    shown = scan(desk, declared.qr_text)
    assert banner(shown)[0] == "stop"
    assert "Next traveller" not in words(shown)
    assert "Record nothing" not in words(shown)
    home = desk.get("/checkpoint/")
    assert "Lê Thị Hoa: not decided yet." in words(home)
    decide(desk, decide(desk, shown, "back"), "back", reason="false", asked="1")
    assert "not decided yet" not in words(desk.get("/checkpoint/"))


def test_no_card_that_the_register_contradicts_is_walked_past(an, desk):
    card = "079200001234||Lê Thị Hoa|15022000|Nữ|12 Lê Lợi, Phường Bến Thành, TP. Hồ Chí Minh|25042021"
    page = scan(desk, card)
    assert banner(page)[0] == "stop"
    assert "Lê Thị Hoa: not decided yet." in words(desk.get("/checkpoint/"))
    sent = keyed_in(page, to="", destination="Phường Hải Châu, Thành phố Đà Nẵng", decision="back")
    decide(desk, desk.post("/checkpoint/declare/", sent), "back", reason="false", asked="1")
    assert "not decided yet" not in words(desk.get("/checkpoint/"))


def photograph(side: int = 2000) -> SimpleUploadedFile:
    made = io.BytesIO()
    Image.effect_noise((side, side // 2), 60).convert("RGB").save(made, "JPEG", quality=90)
    return SimpleUploadedFile("xe.jpg", made.getvalue(), "image/jpeg")


def forged(desk):
    text = declare().qr_text
    place = len(text) - 5
    return scan(desk, text[:place] + ("0" if text[place] != "0" else "1") + text[place + 1 :])


def report(desk, shown, **more):
    sent = {name: field(shown, name) for name in ("incident_id", "kind", "code_text")}
    return desk.post("/checkpoint/incidents/", sent | {"decision": "back"} | more, headers=HTMX)


def test_a_forged_code_ends_in_an_incident_with_plate_and_picture(an, desk, binh):
    done = report(desk, forged(desk), plate="51f 999.99", picture=photograph(), note="Lái xe bỏ chạy")
    assert "Reported: Forged code, turned back." in words(done)
    listed = desk.get("/checkpoint/incidents/")
    assert "Forged code · 51F-99999" in words(listed)
    assert "Forged or altered code: Lái xe bỏ chạy" in words(listed)
    address = re.search(r'href="(/checkpoint/incidents/[^"]+\.jpg)"', listed.content.decode())[1]
    picture = desk.get(address)
    assert picture.headers["Content-Type"] == "image/jpeg"
    assert max(Image.open(io.BytesIO(picture.content)).size) == 1280


def test_whoever_was_held_with_a_forged_code_waits_and_is_known_by_the_code(an, desk):
    shown = forged(desk)
    report(desk, shown, decision="secondary", plate="51F-99999")
    assert "Being held now: 1" in words(desk.get("/checkpoint/"))
    page = desk.get("/checkpoint/held/")
    assert "Forged code · 51F-99999" in words(page)
    again = scan(desk, html.unescape(field(shown, "code_text")))
    assert "Shown before at Cầu Mỹ Thuận" in words(again)
    sent = {"incident_id": field(page, "incident_id"), "reason": "police"}
    assert "The hold has ended." in words(desk.post("/checkpoint/held/release/", sent))
    assert desk.post("/checkpoint/held/release/", sent).status_code == 422


def test_a_forged_code_is_not_walked_past(an, desk):
    shown = forged(desk)
    assert "A forged code was shown. Not decided yet." in words(desk.get("/checkpoint/"))
    report(desk, shown)
    assert "not decided yet" not in words(desk.get("/checkpoint/"))


def test_a_red_by_a_typed_number_waits_too_until_it_is_decided_or_called_mistyped(an, desk):
    stopped(desk, declare(), "back", "false")
    assert banner(scan(desk, "079200001234"))[0] == "stop"
    assert "Nguyễn Văn An: stopped before. You left the page without a new decision." in words(
        desk.get("/checkpoint/")
    )
    assert "without a new decision" not in words(scan(desk, "079200001234", mistyped="1"))


def test_an_incident_sent_twice_is_one(an, desk):
    shown = forged(desk)
    report(desk, shown)
    assert "Reported: Forged code, turned back." in words(report(desk, shown, decision="secondary"))
    assert words(desk.get("/checkpoint/incidents/")).count("Forged code") == 1


def test_letting_a_forged_code_through_takes_words(an, desk):
    refused = report(desk, forged(desk), decision="through")
    assert refused.status_code == 422
    assert "Write why someone with a forged code is let through" in words(refused)


@pytest.mark.parametrize("content", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n" + b"0" * 100])
def test_what_is_no_picture_is_refused_and_nothing_is_lost(an, desk, content):
    shown = forged(desk)
    refused = report(
        desk, shown, plate="51F-99999", picture=SimpleUploadedFile("xe.jpg", content, "image/jpeg")
    )
    assert refused.status_code == 422
    assert field(refused, "plate") == "51F-99999"
    assert field(refused, "incident_id") == field(shown, "incident_id")


def test_an_incidents_picture_is_for_its_own_station(an, desk, far_station):
    report(desk, forged(desk), picture=photograph(300))
    address = re.search(
        r'href="(/checkpoint/incidents/[^"]+\.jpg)"', desk.get("/checkpoint/incidents/").content.decode()
    )[1]
    desk.post("/checkpoint/stations/", {"station": far_station, "direction": "in"})
    assert desk.get(address).status_code == 404
    assert "Nothing has been reported here" in words(desk.get("/checkpoint/incidents/"))


def test_a_code_that_is_no_pass_at_all_only_asks_for_another(an, desk):
    shown = scan(desk, "https://example.org/menu-of-a-restaurant")
    assert "Ask for the identity card" in words(shown)
    assert crossings() == []


# What letting through did not clear


def let_through(desk, declared, code: str):
    question = decide(desk, scan(desk, declared.qr_text), "override")
    return decide(desk, question, "override", reason=code, asked="1")


def test_who_was_found_positive_and_is_let_through_by_a_thermometer_is_said_to_stay_stopped(
    an, desk, acting, station
):
    declared = declare()
    cross(acting, station, declared, "secondary", Reason("positive"))
    done = let_through(desk, declared, "well")
    assert "dancu-banner--check" in done.content.decode()
    told = words(done)
    assert "Nguyễn Văn An : let through," in told
    assert "Not cleared. The next station will stop them again:" in told
    assert "Tested positive. " in told
    assert "Only a negative test clears a positive one." in told


def test_who_declared_it_is_told_so_too(an, desk, acting, station):
    done = let_through(desk, declare(acting, test_result="positive"), "well")
    assert "positive test" in words(done)
    assert "Not cleared." in words(done)


def test_of_a_contact_nothing_clears_it(an, desk, acting, station):
    declared = declare()
    cross(acting, station, declared, "secondary", Reason(written="F1", about="contact"))
    assert "A contact counts until its period ends" in words(let_through(desk, declared, "negative"))


@pytest.mark.parametrize(
    ("stop", "by"), [("positive", "negative"), ("fever", "well"), ("no_paper", "papers")]
)
def test_who_was_cleared_has_a_green_line_alone(an, desk, acting, station, stop, by):
    declared = declare()
    cross(acting, station, declared, "secondary", Reason(stop))
    done = let_through(desk, declared, by)
    assert "Not cleared." not in words(done)
    assert "dancu-banner--go" in done.content.decode()


def test_what_is_perhaps_somebody_elses_is_not_told_as_theirs(an, desk, acting, station):
    cross(
        acting,
        station,
        declare(full_name="Lê Văn Tám", sex=1, phone="0977000000"),
        "back",
        Reason("positive"),
    )
    assert "Not cleared." not in words(let_through(desk, declare(), "papers"))


POSITIVE_TEST = {"test_kind": "pcr", "test_result": "positive"}


@pytest.mark.parametrize("reason", ["fever", "no_paper"])
def test_a_positive_test_that_is_declared_after_a_hold_is_the_headline(an, desk, acting, reason):
    stopped(desk, declare(), reason=reason)
    shown = scan(desk, declare(acting, **POSITIVE_TEST).qr_text)
    assert banner(shown) == ("stop", "Tested positive")
    assert words(shown).index("Positive test:") < words(shown).index("Held at Cầu Mỹ Thuận,")


def test_and_so_is_one_that_was_declared_for_another_journey(an, desk):
    declared = declare()
    stopped(desk, declared, reason="no_paper")
    declare(**POSITIVE_TEST, destination_area=commune("Phường Hải Châu, Đà Nẵng"))
    assert banner(scan(desk, declared.qr_text)) == ("stop", "Illness declared elsewhere")


def test_what_is_graver_than_a_hold_is_not_hidden_by_it(an, desk):
    stopped(desk, declare())
    wrong = declare(full_name="Nguyễn Văn Anh", birth=PartialDate(2000, 2, 16))
    assert banner(scan(desk, wrong.qr_text)) == ("stop", "Stop")


def test_who_was_held_by_mistake_is_green_and_the_history_says_how_it_ended(an, desk):
    declared = declare()
    stopped(desk, declared)
    waiting = desk.get("/checkpoint/held/")
    sent = {name: field(waiting, name) for name in ("code", "crossing_id")}
    assert desk.post("/checkpoint/held/release/", sent | {"reason": "mistake"}).status_code == 200
    shown = scan(desk, declared.qr_text)
    assert banner(shown) == ("go", "Let through")
    assert "Already recorded" not in words(shown)
    assert "held for a check : Fever or other symptoms → Held by mistake" in words(shown)
