import datetime as dt
import time
from uuid import UUID

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.utils import timezone

from dancu.checkpoints import lookups as checkpoints
from dancu.testing.travellers import commune
from dancu.web.citizen.remember import COOKIE
from dancu.web.citizen.tests.factories import (
    CARD,
    NUMBER,
    PHONE,
    answer,
    answers,
    date,
    declare,
    errors_in,
    send,
    step_at,
    walk,
)

pytestmark = pytest.mark.django_db


def declarations() -> list[dict]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM declaration ORDER BY declared_at")
        columns = [column[0] for column in cursor.description]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def test_an_declares_a_journey_without_any_script_and_gets_his_pass(an, phone):
    asked = walk(phone)

    response = send(phone)

    assert asked == [
        "who",
        "card",
        "number",
        "identity",
        "phone",
        "home",
        "origin",
        "destination",
        "when",
        "reason",
        "vehicle",
        "plate",
        "health",
        "places",
        "test",
    ]
    assert response.status_code == 302
    page = phone.get(response["Location"])
    assert page.status_code == 200
    assert "Nguyễn Văn An" in page.content.decode()
    (declared,) = declarations()
    assert declared["person_id"] == an
    assert declared["outcome"] == "confirmed"


def test_everything_that_was_answered_is_in_the_declaration(an, phone):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    declare(
        phone,
        who={"who": "other"},
        home={"permanent_here": "no"},
        permanent={"permanent_detail": "Thôn 2"},
        reason={"reason": "other", "reason_detail": "Đón con"},
        vehicle={"vehicle": "bus", "companions": "3"},
        plate={"plate": "51B 123.45", "seat": "A12"},
        health={"symptoms": ["fever", "cough"], "contact": "yes"},
        places={"places": "Chợ Bến Thành"},
        test={"test_kind": "pcr", "doses": "1"},
        result={"test_result": "waiting"} | date("tested_on", yesterday),
    )

    (said,) = declarations()
    expected = {
        "declared_by": "other",
        "declarer_name": "Lê Thị Hoa",
        "declarer_phone": "0912345678",
        "number_kind": "pin",
        "number": NUMBER,
        "full_name": "Nguyễn Văn An",
        "birth_year": 2000,
        "birth_month": 2,
        "birth_day": 15,
        "sex": 1,
        "nationality": "VNM",
        "phone": PHONE,
        "home_area": commune("Phường Bến Thành, Hồ Chí Minh"),
        "home_detail": "12 Lê Lợi",
        "permanent_area": commune("Phường Hải Vân, Đà Nẵng"),
        "permanent_detail": "Thôn 2",
        "origin_area": commune("Phường Bến Thành, Hồ Chí Minh"),
        "origin_detail": "12 Lê Lợi",
        "destination_area": commune("Phường Ninh Kiều, Cần Thơ"),
        "destination_detail": "Bến Ninh Kiều",
        "departs_on": timezone.localdate(),
        "arrives_on": timezone.localdate(),
        "reason": "other",
        "reason_detail": "Đón con",
        "vehicle": "bus",
        "companions": 3,
        "plate": "51B-12345",
        "seat": "A12",
        "symptoms": ["fever", "cough"],
        "contact": True,
        "places": "Chợ Bến Thành",
        "test_kind": "pcr",
        "doses": 1,
        "test_result": "waiting",
        "tested_on": yesterday,
    }
    assert {field: said[field] for field in expected} == expected


def test_a_foreigner_may_have_no_permanent_residence_here(phone):
    declare(
        phone,
        number={"number_kind": "passport", "number": "M12345678"},
        home={"permanent_here": "no"},
        permanent={"permanent_area": ""},
    )

    (said,) = declarations()
    assert (said["nationality"], said["permanent_area"]) == ("KOR", None)


@pytest.mark.parametrize(
    ("changes", "more", "less"),
    [
        ({"who": {"who": "other"}}, {"declarer"}, set()),
        ({"number": {"number_kind": "passport", "number": "M12345678"}}, {"nationality"}, set()),
        ({"home": {"permanent_here": "no"}}, {"permanent"}, set()),
        ({"test": {"test_kind": "antigen"}}, {"result"}, set()),
        ({"vehicle": {"vehicle": "foot"}}, set(), {"plate"}),
        ({"vehicle": {"vehicle": "train"}}, set(), set()),
    ],
)
def test_only_what_the_journey_needs_is_asked(phone, changes, more, less):
    usual = {
        "who",
        "card",
        "number",
        "identity",
        "phone",
        "home",
        "origin",
        "destination",
        "when",
        "reason",
        "vehicle",
        "plate",
        "health",
        "places",
        "test",
    }
    assert set(walk(phone, **changes)) == usual | more - less if more else usual - less


@pytest.mark.parametrize(
    ("vehicle", "plate", "seat"), [("car", True, False), ("bus", True, True), ("plane", False, True)]
)
def test_a_plate_or_a_seat_is_asked_where_the_vehicle_has_one(phone, vehicle, plate, seat):
    walk(phone)
    answer(phone, "vehicle", vehicle=vehicle, companions="0")
    page = phone.get("/declare/plate/").content.decode()
    assert ('name="plate"' in page, 'name="seat"' in page) == (plate, seat)


def test_the_page_says_how_far_one_is_and_leads_back(phone):
    answer(phone, "who", who="self")
    page = phone.get("/declare/card/").content.decode()
    assert "Part 1 of 4: The traveller" in page
    assert 'href="/declare/who/" class="govuk-back-link"' in page


def test_a_question_may_be_answered_again_and_leads_back_to_the_check(phone):
    walk(phone)
    response = answer(
        phone, "destination", destination_area="Phường Hải Vân, Thành phố Đà Nẵng", destination_detail=""
    )
    assert step_at(response) == "check"
    assert "Phường Hải Vân" in phone.get("/declare/check/").content.decode()


def test_a_changed_answer_asks_what_it_now_needs(phone):
    walk(phone)
    assert step_at(answer(phone, "test", test_kind="pcr", doses="2")) == "result"


def test_the_answer_given_before_is_shown_again(phone):
    walk(phone)
    page = phone.get("/declare/identity/").content.decode()
    assert 'value="Nguyễn Văn An"' in page
    assert "govuk-error-summary" not in page


def test_a_question_cannot_be_jumped_over(phone):
    answer(phone, "who", who="self")
    assert step_at(phone.get("/declare/check/")) == "card"
    assert step_at(phone.get("/declare/declarer/")) == "card"
    assert phone.get("/declare/nothing/").status_code == 404


def test_the_journey_begins_at_home_unless_one_says_otherwise(phone):
    for step in ("who", "card", "number", "identity", "phone", "home"):
        answer(phone, step, **answers()[step])
    assert 'value="Phường Bến Thành, Thành phố Hồ Chí Minh"' in phone.get("/declare/origin/").content.decode()


def test_what_is_sent_must_be_declared_true(phone):
    walk(phone)
    response = phone.post("/declare/check/", {})
    assert errors_in(phone.get(response["Location"])) == ["Confirm that your declaration is true"]
    assert declarations() == []


def test_pressing_twice_declares_once(an, phone):
    walk(phone)
    page = phone.get("/declare/check/").content.decode()
    declaration_id = page.split('name="declaration" value="')[1][:36]
    sent = {"honest": "on", "declaration": declaration_id}

    first, second = (phone.post("/declare/check/", sent) for _ in range(2))

    assert first["Location"] == second["Location"]
    assert "/pass/" in first["Location"]
    assert [row["declaration_id"] for row in declarations()] == [UUID(declaration_id)]


def test_what_was_changed_after_a_sending_whose_answer_was_lost_is_declared_in_its_place(an, phone):
    walk(phone)
    phone.get("/declare/check/")
    before = dict(phone.session.items())
    send(phone)
    session = phone.session  # what was kept of it is lost as well
    session.clear()
    session.update(before)
    session.save()
    answer(phone, "health", symptoms=["cough"], contact="no")
    again = send(phone)
    assert "/pass/" in again["Location"]
    first, second = declarations()
    assert (first["symptoms"], second["symptoms"]) == ([], ["cough"])
    older, newer = (checkpoints.pass_of_declaration(one["declaration_id"]) for one in (first, second))
    assert (older["superseded_by"], newer["superseded_at"]) == (second["declaration_id"], None)


def test_the_draft_is_wiped_once_it_is_sent(an, phone):
    declare(phone)
    assert "draft" not in phone.session
    assert NUMBER not in str(dict(phone.session))
    assert step_at(phone.get("/declare/check/")) == "sent"
    assert step_at(phone.get("/declare/")) == "who"


def test_a_draft_left_alone_for_half_an_hour_is_wiped(phone):
    walk(phone)
    session = phone.session
    session["draft"] |= {"seen": int(time.time()) - 31 * 60}
    session.save()

    assert step_at(phone.get("/declare/")) == "who"
    assert "draft" not in phone.session
    assert answer(phone, "who", who="self").status_code == 302


def test_one_who_comes_to_a_phone_with_a_draft_sees_nothing_of_it(phone):
    walk(phone)
    page = phone.get("/declare/")
    assert "There is an unfinished declaration" in page.content.decode()
    assert "Nguyễn" not in page.content.decode()
    assert step_at(phone.post("/declare/")) == "who"
    assert "draft" not in phone.session


def test_what_was_typed_can_be_deleted_at_any_step(phone):
    walk(phone)
    assert phone.post("/declare/discard/").status_code == 302
    assert "draft" not in phone.session


def test_nobody_is_remembered_unless_they_ask(an, phone):
    declare(phone)
    assert COOKIE not in phone.cookies


def test_one_who_asks_is_remembered_with_the_journey_but_without_health(an, phone):
    walk(phone)
    send(phone, remember="on")

    cookie = phone.cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 90 * 24 * 3600
    kept = signing.loads(cookie.value, salt="dancu.web.citizen.remember")
    assert not {"health", "places", "test", "result"} & kept.keys()
    assert kept["destination"]["destination_area"] == ["Phường Ninh Kiều, Thành phố Cần Thơ"]
    asked = walk(phone, who={"who": "remembered"})
    assert "identity" not in asked
    assert "number" not in asked
    assert "phone" in asked
    send(phone)
    assert [row["outcome"] for row in declarations()] == ["confirmed", "confirmed"]


def test_a_remembered_traveller_that_somebody_changed_is_nobody(an, phone):
    walk(phone)
    send(phone, remember="on")
    phone.cookies[COOKIE] = phone.cookies[COOKIE].value[:-3] + "abc"
    assert "Nguyễn Văn An" not in phone.get("/declare/who/").content.decode()


def test_the_phone_forgets_when_it_is_told_to(an, phone):
    walk(phone)
    send(phone, remember="on")
    assert "Nguyễn Văn An" in phone.get("/").content.decode()
    phone.post("/forget-me/")
    assert phone.cookies[COOKIE].value == ""
    assert "Nguyễn Văn An" not in phone.get("/").content.decode()


def test_declaring_for_another_after_oneself_does_not_keep_ones_own_number(an, phone):
    walk(phone)
    answer(phone, "who", who="other")
    assert "number" not in phone.session["draft"]["kept"]
    assert "destination" in phone.session["draft"]["kept"]


def test_a_day_that_has_passed_meanwhile_is_asked_again(an, phone):
    walk(phone)
    session = phone.session
    session["draft"]["kept"]["when"]["departs_on_2"] = ["2020"]
    session.save()
    response = phone.post("/declare/check/", {"honest": "on"})
    assert step_at(response) == "when"
    assert errors_in(phone.get("/declare/when/"))


def test_no_page_of_a_declaration_is_stored_or_indexed(phone):
    walk(phone)
    for address in ("/declare/who/", "/declare/check/"):
        response = phone.get(address)
        assert response["Cache-Control"] == "no-store"
        assert "noindex" in response["X-Robots-Tag"]


def test_both_languages_declare(an):
    vietnamese = Client(headers={"Accept-Language": "vi"})
    walk(vietnamese)
    page = vietnamese.get("/declare/check/").content.decode()
    assert "Kiểm tra lại tờ khai" in page
    assert "/pass/" in send(vietnamese)["Location"]


def test_the_pass_that_was_given_is_the_one_that_is_shown(an, phone):
    location = declare(phone)["Location"]
    (row,) = checkpoints.passes_of(an)
    assert checkpoints.pass_code(row["pass_id"]) in location


def test_a_scanned_card_answers_number_and_identity(an, phone):
    asked = walk(phone, card={"skip": "", "code": CARD})
    assert "number" not in asked
    assert "identity" not in asked
    send(phone)
    assert declarations()[0]["outcome"] == "confirmed"


def test_only_what_the_page_asks_is_kept(phone):
    answer(phone, "who", who=["self"] * 500, **{f"who_{number}": "a" * 2000 for number in range(3, 500)})
    assert phone.session["draft"]["kept"] == {"who": {"who": ["self"] * 20}}
