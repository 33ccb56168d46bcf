import datetime as dt
import html
import re

import pytest
from django.db import connection
from django.utils import timezone
from uuid_utils.compat import uuid7

from dancu.audit import lookups as audit
from dancu.checkpoints import actions, lookups, travellers
from dancu.checkpoints.codes import pass_code
from dancu.isolation.lookups import arrivals_of
from dancu.matching.lookups import PartialDate
from dancu.register import actions as register
from dancu.testing.people import someone
from dancu.testing.travellers import AN, add_an, commune, declare
from dancu.web.checkpoint.tests.pages import HTMX, banner, field, scan, words

CARD = (
    "079200001234|025123456|Nguyễn Văn An|15022000|Nam|12 Lê Lợi, Phường Bến Thành, TP. Hồ Chí Minh|25042021"
)
HAI_CHAU = "Phường Hải Châu, Thành phố Đà Nẵng"
HIDDEN = (
    "declaration_id",
    "crossing_id",
    "home_area",
    "number_kind",
    "number",
    "full_name",
    "sex",
    "birth_0",
    "birth_1",
    "birth_2",
)


def keyed_in(page, **more) -> dict[str, str]:
    """What the form for a traveller whom the register knows sends, when the officer has added where to
    and the plate.
    """
    there = {
        "to": str(commune(HAI_CHAU)),
        "vehicle": "motorbike",
        "plate": "59x1 123.45",
        "decision": "through",
    }
    text = re.search(r'name="origin"[^>]*value="([^"]*)"|$', page.content.decode())[1] or ""
    return {name: field(page, name) for name in HIDDEN} | {"origin": text} | there | more


def only(table: str) -> dict:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        rows = cursor.fetchall()
        assert len(rows) == 1
        return dict(zip([column[0] for column in cursor.description], rows[0], strict=True))


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


def someone_went_to_hai_chau(acting, station) -> None:
    """So that this commune is among those to tap."""
    declared = declare(number="", number_kind="none", destination_area=commune(HAI_CHAU))
    actions.record_crossing(
        acting,
        crossing_id=uuid7(),
        pass_id=declared.pass_id,
        station_id=station,
        direction="in",
        decision="through",
    )


def test_a_typed_number_brings_up_who_it_is_and_asks_for_the_face(an, desk):
    page = scan(desk, "079 200 001 234")
    assert banner(page) == ("check", "Compare face and card")
    for told in ("Nguyễn Văn An", "15/02/2000", "Male", "…1234", "12 Lê Lợi, Phường Bến Thành"):
        assert told in words(page)


def test_looking_a_number_up_is_on_the_record(an, desk):
    scan(desk, AN["pin"])
    entry = audit.of_person(an)[0]
    assert (entry.action, entry.actor_role) == ("register.identify", "checkpoint_officer")


def test_a_scanned_card_brings_up_the_same(an, desk):
    page = scan(desk, CARD)
    assert banner(page) == ("check", "Compare face and card")
    assert field(page, "full_name") == "Nguyễn Văn An"


def test_a_card_that_the_register_contradicts_is_stopped(an, desk):
    page = scan(desk, CARD.replace("Nguyễn Văn An", "Trần Văn Bảo").replace("15022000", "16031999"))
    assert banner(page) == ("stop", "Stop")
    for told in (
        "Name: a different name",
        "Declared Trần Văn Bảo Register Nguyễn Văn An",
        "The card does not match the register.",
    ):
        assert told in words(page)


def test_the_card_of_one_who_died_is_stopped(an, desk, acting):
    register.record_death(acting, an, timezone.localdate(), "death certificate 1/2026")
    page = scan(desk, CARD)
    assert banner(page) == ("stop", "Stop")
    assert "the holder of this number has died" in words(page)
    assert "The card does not match the register." not in words(page)


def test_a_typed_number_of_one_who_died_or_is_missing_disagrees_with_no_card(an, desk, acting):
    register.record_missing(acting, an, timezone.localdate(), "report 1/2026")
    page = scan(desk, AN["pin"])
    assert banner(page) == ("stop", "Stop")
    assert "The card does not match the register." not in words(page)


def test_one_submit_is_declaration_pass_crossing_and_slip(an, desk, acting, station, binh):
    someone_went_to_hai_chau(acting, station)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE crossing, pass, declaration, arrival")
    page = scan(desk, AN["pin"])
    done = desk.post("/checkpoint/declare/", keyed_in(page, to="", destination=HAI_CHAU), follow=True)
    declaration, crossing = only("declaration"), only("crossing")
    assert declaration["person_id"] == an
    assert (declaration["declared_by"], declaration["official_id"], declaration["outcome"]) == (
        "officer",
        binh.pk,
        "confirmed",
    )
    assert declaration["origin_area"] == commune("Phường Bến Thành, Hồ Chí Minh")
    assert declaration["destination_area"] == commune(HAI_CHAU)
    assert (crossing["decision"], crossing["plate"], crossing["station_id"]) == (
        "through",
        "59X1-12345",
        station,
    )
    code = pass_code(only("pass")["pass_id"])
    for told in ("Nguyễn Văn An : let through,", "Nguyễn Văn An", code, "Print slip"):
        assert told in words(done)
    assert arrivals_of(an)[0]["state"] == "on_the_way"
    assert {"declaration.keyed_in", "crossing.through", "pass.slip"} <= {
        entry.action for entry in audit.of_person(an)
    }


def test_what_was_keyed_in_before_the_session_ended_is_said_to_come_back_and_nothing_is_recorded(an, desk):
    sent = keyed_in(scan(desk, AN["pin"]), to="", destination=HAI_CHAU, plate="59X1-12345", contact="1")
    desk.session.flush()
    lost = desk.post("/checkpoint/declare/", sent, headers=HTMX)
    assert (lost.status_code, count("declaration")) == (204, 0)
    assert "what you entered will be shown again for you to send" in words(
        desk.get(lost.headers["HX-Redirect"])
    )


def test_the_form_that_comes_back_stands_as_it_was_sent(an, desk):
    sent = keyed_in(scan(desk, AN["pin"]), to="", destination=HAI_CHAU, plate="59X1-12345", contact="1")
    page = desk.post("/checkpoint/declare/", sent | {"again": "1"}, headers=HTMX)
    assert page.status_code == 200
    assert banner(page) == ("check", "Compare face and card")
    assert {
        name: field(page, name) for name in ("declaration_id", "crossing_id", "plate", "destination")
    } == {name: sent[name] for name in ("declaration_id", "crossing_id", "plate", "destination")}
    assert re.search(r'name="contact"[^>]*checked', page.content.decode())
    assert (count("declaration"), count("crossing")) == (0, 0)


def test_sent_twice_is_one_declaration_one_pass_one_crossing(an, desk):
    sent = keyed_in(scan(desk, AN["pin"]), to="", destination=HAI_CHAU)
    first = desk.post("/checkpoint/declare/", sent)
    assert desk.post("/checkpoint/declare/", sent).headers["Location"] == first.headers["Location"]
    assert only("declaration")
    assert only("pass")
    assert only("crossing")


def test_the_communes_that_many_go_to_are_one_tap(an, desk, acting, station):
    someone_went_to_hai_chau(acting, station)
    page = scan(desk, AN["pin"])
    offered = re.findall(r'name="to" value="(\d+)"', page.content.decode())
    assert offered == [str(commune("Phường Bến Thành, Hồ Chí Minh")), str(commune(HAI_CHAU))]
    desk.post("/checkpoint/declare/", keyed_in(page))
    with connection.cursor() as cursor:
        cursor.execute("SELECT destination_area FROM declaration WHERE person_id = %s", [an])
        assert cursor.fetchone()[0] == commune(HAI_CHAU)


def test_a_commune_that_was_tapped_counts_before_one_that_was_typed(an, desk, acting, station):
    someone_went_to_hai_chau(acting, station)
    sent = keyed_in(scan(desk, AN["pin"]), destination="Phường Ninh Kiều, Thành phố Cần Thơ")
    desk.post("/checkpoint/declare/", sent)
    assert arrivals_of(an)[0]["destination_area"] == commune(HAI_CHAU)


def test_a_name_that_several_communes_bear_is_offered_to_choose_from(an, desk):
    page = scan(desk, AN["pin"])
    refused = desk.post("/checkpoint/declare/", keyed_in(page, to="", destination="Tân Thành"))
    assert "communes match “Tân Thành”" in words(refused)
    choice = re.search(r'name="destination_choice"[^>]*value="(\d+)"', refused.content.decode())[1]
    sent = keyed_in(refused, to="", destination="Tân Thành", destination_choice=choice)
    assert desk.post("/checkpoint/declare/", sent).status_code == 302
    assert only("declaration")["destination_area"] == int(choice)


def test_one_who_goes_home_set_out_from_about_here(an, desk):
    desk.post(
        "/checkpoint/declare/",
        keyed_in(scan(desk, AN["pin"]), to=str(commune("Phường Bến Thành, Hồ Chí Minh"))),
    )
    declaration = only("declaration")
    assert declaration["origin_area"] == commune("Phường Tân Ngãi, Vĩnh Long")
    assert declaration["destination_area"] == commune("Phường Bến Thành, Hồ Chí Minh")


def test_a_far_journey_is_expected_to_take_more_than_a_day(an, desk):
    desk.post("/checkpoint/declare/", keyed_in(scan(desk, AN["pin"]), to="", destination=HAI_CHAU))
    declaration = only("declaration")
    assert (
        declaration["arrives_on"] - declaration["departs_on"]
    ).days == 1  # 600 km as the crow flies, 790 by road


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"to": "", "destination": ""}, "Choose or type where the traveller is going"),
        ({"plate": ""}, "Enter the number plate"),
        ({"vehicle": ""}, "Choose the means of transport"),
        ({"phone": "12"}, "Enter a phone number with 10 digits"),
        ({"to": "", "destination": "Xã Không Có Thật"}, "We could not find this commune"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(an, desk, change, told):
    page = scan(desk, AN["pin"])
    refused = desk.post("/checkpoint/declare/", keyed_in(page, to="", destination=HAI_CHAU) | change)
    assert refused.status_code == 422
    assert told in words(refused)
    assert "Nguyễn Văn An" in words(refused)
    assert field(refused, "declaration_id") == field(page, "declaration_id")
    assert count("declaration") == 0


def test_one_on_foot_needs_no_plate(an, desk):
    sent = keyed_in(scan(desk, AN["pin"]), to="", destination=HAI_CHAU, vehicle="foot", plate="")
    assert desk.post("/checkpoint/declare/", sent).status_code == 302


@pytest.mark.parametrize(("decision", "code"), [("secondary", "fever"), ("back", "not_permitted")])
def test_one_without_a_declaration_can_be_stopped_for_a_reason(an, desk, decision, code):
    sent = keyed_in(scan(desk, AN["pin"]), to="", destination=HAI_CHAU, decision=decision)
    question = desk.post("/checkpoint/declare/", sent)
    assert "what is the reason?" in words(question)
    assert count("crossing") == 0
    asked = {name: field(question, name) for name in ("code", "crossing_id", "decision", "plate", "asked")}
    desk.post("/checkpoint/decide/", asked | {"reason": code})
    assert (only("crossing")["decision"], only("crossing")["reason_code"]) == (decision, code)


def test_symptoms_and_contact_reach_the_commune(an, desk):
    sent = keyed_in(scan(desk, AN["pin"]), to="", destination=HAI_CHAU)
    desk.post("/checkpoint/declare/", sent | {"symptoms": ["fever"], "contact": "1"})
    assert arrivals_of(an)[0]["warnings"] == ["symptoms", "contact"]


def test_a_stranger_to_the_register_is_typed_in_from_the_card(country, desk):
    page = scan(desk, "079200007777")
    assert banner(page) == ("check", "Check")
    assert "This number is not in the register." in words(page)
    assert field(page, "number") == "079200007777"
    sent = {
        "declaration_id": field(page, "declaration_id"),
        "crossing_id": field(page, "crossing_id"),
        "number_kind": "pin",
        "number": "079200007777",
        "full_name": "Lê  Thị Mơ",
        "birth_0": "",
        "birth_1": "",
        "birth_2": "1961",
        "sex": "2",
        "nationality": "VNM",
        "to": "",
        "destination": HAI_CHAU,
        "vehicle": "bus",
        "plate": "",
        "decision": "through",
    }
    done = desk.post("/checkpoint/declare/", sent, follow=True)
    declaration = only("declaration")
    assert declaration["person_id"] < 0
    assert (declaration["full_name"], declaration["birth_year"], declaration["outcome"]) == (
        "Lê Thị Mơ",
        1961,
        "not_found",
    )
    assert declaration["origin_area"] == commune("Phường Tân Ngãi, Vĩnh Long")
    assert "Lê Thị Mơ" in words(done)
    assert only("crossing")["decision"] == "through"


STRANGER = {"number_kind": "none", "full_name": "Lò Văn Pá", "birth_2": "1950", "nationality": "VNM"}


def test_one_without_any_number_is_typed_in_too(country, desk):
    assert desk.get("/checkpoint/declare/").headers["Location"] == "/checkpoint/who/"
    page = desk.post("/checkpoint/who/", STRANGER)
    assert "No number to look up." in words(page)
    sent = STRANGER | {
        "declaration_id": field(page, "declaration_id"),
        "crossing_id": field(page, "crossing_id"),
        "number": "",
        "to": "",
        "destination": HAI_CHAU,
        "vehicle": "foot",
        "decision": "through",
    }
    assert desk.post("/checkpoint/declare/", sent).status_code == 302
    assert only("declaration")["outcome"] == "unreadable"


def test_the_name_and_birth_date_of_a_stranger_are_needed(country, desk):
    refused = desk.post("/checkpoint/who/", {"number_kind": "none"})
    assert refused.status_code == 422
    assert "Enter the full name as shown on the card" in words(refused)
    assert "Enter the birth date" in words(refused)


AN_WITHOUT_A_CARD = {
    "number_kind": "none",
    "full_name": "nguyen van an",
    "birth_0": "15",
    "birth_1": "2",
    "birth_2": "2000",
    "sex": "1",
    "nationality": "VNM",
}


def test_one_without_a_number_whom_the_register_may_know_is_offered_before_letting_through(an, desk, acting):
    asked = desk.post("/checkpoint/who/", AN_WITHOUT_A_CARD)
    assert "Is it one of these?" in words(asked)
    assert "nguyen van an , 15/02/2000" in words(asked)
    assert "Nguyễn Văn An · 15/02/2000" in words(asked)
    assert "079200001234" not in asked.content.decode()
    assert audit.of_person(an)[0].action == "register.alike"
    page = desk.post("/checkpoint/who/", AN_WITHOUT_A_CARD | {"person": str(an)})
    assert "Right person: let through" in words(page)
    sent = AN_WITHOUT_A_CARD | {
        "declaration_id": field(page, "declaration_id"),
        "crossing_id": field(page, "crossing_id"),
        "person": str(an),
        "to": "",
        "destination": HAI_CHAU,
        "vehicle": "foot",
        "decision": "through",
    }
    desk.post("/checkpoint/declare/", sent)
    assert (only("declaration")["person_id"], only("crossing")["person_id"]) == (an, an)


@pytest.mark.parametrize(
    "said",
    [
        {"number": "", "number_kind": "none"},
        {"number": "079300001111"},
        {"number": "", "number_kind": "none", "birth": PartialDate(2000)},
    ],
    ids=["no number", "the wife's number", "no number, and the year alone"],
)
def test_who_may_be_meant_by_a_pass_that_is_nobodys_is_looked_up_as_for_one_without_a_pass(an, desk, said):
    someone(full_name="Trần Thị Bé", sex=2, birth_date=dt.date(1999, 1, 2), pin="079300001111")
    shown = scan(desk, declare(**said).qr_text)
    assert "Look up by name and birth date" in words(shown)
    form = shown.content.decode().split('id="by-name"')[1]
    typed = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    offered = desk.post("/checkpoint/who/", {name: html.unescape(value) for name, value in typed.items()})
    assert "Is it one of these?" in words(offered)
    assert f'name="person" value="{an}"' in offered.content.decode()
    assert audit.of_person(an)[0].action == "register.alike"
    known = desk.post(
        "/checkpoint/who/", {**typed, "full_name": html.unescape(typed["full_name"]), "person": str(an)}
    )
    assert "Nguyễn Văn An" in words(known)


def test_a_pass_of_somebody_whom_the_register_knows_needs_no_looking_up(an, desk):
    assert "Look up by name and birth date" not in words(scan(desk, declare().qr_text))


@pytest.mark.parametrize(
    ("missing", "tag", "told"),
    [
        (False, "Has died", "In the register: this person has died"),
        (True, "Recorded as missing", "this person is recorded as missing"),
    ],
)
def test_of_those_offered_it_is_said_before_and_after_choosing_who_died_or_is_missing(
    an, desk, acting, missing, tag, told
):
    record = register.record_missing if missing else register.record_death
    record(acting, an, timezone.localdate(), "certificate 1/2026")
    assert tag in words(desk.post("/checkpoint/who/", AN_WITHOUT_A_CARD))
    page = desk.post("/checkpoint/who/", AN_WITHOUT_A_CARD | {"person": str(an)})
    assert told in words(page)
    assert "this number" not in words(page)


def test_a_passports_number_in_the_box_leads_to_keying_in_with_it(an, desk):
    page = scan(desk, "c1234567")
    assert page.status_code == 200
    assert "This is a passport number." in words(page)
    assert field(page, "number") == "C1234567"
    assert 'value="passport" selected' in page.content.decode()
    typed = {
        "full_name": "John Smith",
        "birth_0": "1",
        "birth_1": "2",
        "birth_2": "1980",
        "sex": "1",
        "nationality": "USA",
    }
    shown = desk.post("/checkpoint/who/", typed | {"number_kind": "passport", "number": "C1234567"})
    assert "…4567" in words(shown)


def test_somebody_with_a_passport_is_keyed_in_from_it(an, desk):
    page = desk.post("/checkpoint/who/", STRANGER | {"number_kind": "passport", "number": "c1234567"})
    assert "Passport numbers are not in the register. Check the passport itself." in words(page)
    assert "No number to look up" not in words(page)


def test_who_lets_through_at_once_is_asked_first_whether_it_is_one_of_those_alike(an, desk):
    page = desk.post("/checkpoint/who/", STRANGER)
    sent = AN_WITHOUT_A_CARD | {
        "declaration_id": field(page, "declaration_id"),
        "crossing_id": field(page, "crossing_id"),
        "to": "",
        "destination": HAI_CHAU,
        "vehicle": "foot",
        "decision": "through",
    }
    assert "Is it one of these?" in words(desk.post("/checkpoint/declare/", sent))
    assert count("crossing") == 0
    desk.post("/checkpoint/declare/", sent | {"none_of_them": "1"})
    assert only("crossing")["decision"] == "through"


def test_nobody_is_chosen_who_was_not_offered(an, desk):
    hoa = add_an(pin=None, cmnd=None, full_name="Lê Thị Hoa", sex=2, birth_date=dt.date(1961, 5, 5))
    page = desk.post("/checkpoint/who/", AN_WITHOUT_A_CARD | {"person": str(hoa)})
    assert "Lê Thị Hoa" not in words(page)


def test_of_several_with_one_old_number_the_officer_picks_who_it_is(an, desk):
    hoa = add_an(pin=None, full_name="Lê Thị Hoa", sex=2, cmnd=AN["cmnd"])
    page = scan(desk, AN["cmnd"])
    assert "Several people hold this number. Who is it?" in words(page)
    picked = scan(desk, AN["cmnd"], person=str(hoa))
    assert field(picked, "full_name") == "Lê Thị Hoa"
    desk.post("/checkpoint/declare/", keyed_in(picked, to="", destination=HAI_CHAU, person=str(hoa)))
    assert only("declaration")["person_id"] == hoa


def test_one_who_has_a_pass_already_is_offered_it(an, desk):
    declared = declare()
    page = scan(desk, AN["pin"])
    assert "Already has a pass" in words(page)
    assert field(page, "text") == pass_code(declared.pass_id)


def test_one_who_tries_numbers_is_stopped(an, desk, monkeypatch):
    monkeypatch.setattr(travellers, "MOST_AN_HOUR", 1)
    scan(desk, "079200007777")
    refused = scan(desk, AN["pin"])
    assert refused.status_code == 429
    assert "too many numbers this hour" in words(refused)
    assert "Nguyễn Văn An" not in words(refused)
    assert (
        desk.post("/checkpoint/examine/", {"text": AN["pin"]}, headers=HTMX).status_code == 422
    )  # which htmx shows


def test_a_form_left_open_for_months_is_refused(an, desk):
    sent = keyed_in(scan(desk, AN["pin"]), to="", destination=HAI_CHAU)
    refused = desk.post(
        "/checkpoint/declare/", sent | {"crossing_id": "01785000-0000-7000-8000-000000000000"}
    )
    assert "Scan again" in words(refused)
    assert count("declaration") == count("pass") == 0


def test_the_slip_follows_at_once_where_htmx_asks(an, desk):
    sent = keyed_in(scan(desk, AN["pin"]), to="", destination=HAI_CHAU)
    done = desk.post("/checkpoint/declare/", sent, headers=HTMX)
    assert "Nguyễn Văn An : let through," in words(done)
    assert lookups.pass_code(only("pass")["pass_id"]) in words(done)
