"""One journey, one pass: who declares it again is asked first, and nobody learns of a stranger's."""

import pytest
from django.db import connection
from django.test import Client

from dancu.checkpoints import lookups as checkpoints
from dancu.web.citizen.tests.factories import answers, declare, errors_in, send, walk
from dancu.web.citizen.tests.test_declare import declarations
from dancu.web.citizen.tests.test_sign_in import sign_in

pytestmark = pytest.mark.django_db

ASKED = "You have a pass for this journey until"


def passes() -> list[dict]:
    return [checkpoints.pass_of_declaration(row["declaration_id"]) for row in declarations()]


def test_who_sent_it_before_is_asked_whether_to_replace_it(an, phone):
    first = declare(phone)["Location"]
    walk(phone)
    assert ASKED in phone.get("/declare/check/").content.decode()
    page = phone.get(phone.post("/declare/check/", {"honest": "on"})["Location"])
    assert errors_in(page) == ["Choose whether this declaration replaces the pass you have"]

    second = send(phone, replace="yes")["Location"]

    old, new = passes()
    assert old["superseded_by"] == new["declaration_id"]
    assert "It replaced the pass you had for this journey." in phone.get(second).content.decode()
    page = phone.get(first).content.decode()
    assert "A newer declaration for the same journey replaced this pass" in page
    assert second in page
    assert "Valid until" not in page


def test_who_keeps_the_old_one_sends_nothing(an, phone):
    first = declare(phone)["Location"]
    walk(phone)
    response = phone.post("/declare/check/", {"replace": "no"})
    assert response["Location"] == first
    assert "Nothing was sent. The pass you have still counts." in phone.get(first).content.decode()
    assert len(declarations()) == 1
    assert "draft" not in phone.session


def test_nobody_else_is_asked_or_told(an, phone):
    first = declare(phone)["Location"]
    other = Client(headers={"Accept-Language": "en"})
    walk(other)
    assert ASKED not in other.get("/declare/check/").content.decode()
    second = send(other)["Location"]
    page = Client(headers={"Accept-Language": "en"}).get(first).content.decode()
    assert "replaced this pass" not in page  # else a pass declared in somebody's name would tell when they travel
    assert second not in page


def test_who_signed_in_is_asked_about_their_own(an, phone):
    declare(Client())
    sign_in(phone)
    walk(phone)
    assert ASKED in phone.get("/declare/check/").content.decode()


def test_another_destination_is_another_journey(an, phone):
    declare(phone)
    walk(phone, destination={"destination_area": "Phường Hải Vân, Thành phố Đà Nẵng"})
    assert ASKED not in phone.get("/declare/check/").content.decode()
    send(phone)
    assert [shown["superseded_at"] for shown in passes()] == [None, None]


def test_a_pass_whose_journey_is_over_is_not_asked_about(an, phone):
    declare(phone)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE arrival SET state = 'met', met_at = now()")
    walk(phone)
    assert ASKED not in phone.get("/declare/check/").content.decode()


def test_who_is_ill_now_is_not_offered_to_keep_the_pass(an, phone):
    declare(phone)
    walk(phone, test={"test_kind": "pcr", "doses": "2"}, result=answers()["result"] | {"test_result": "positive"})
    assert ASKED not in phone.get("/declare/check/").content.decode()
    assert send(phone)["Location"] == "/declare/stay/"
    shown = checkpoints.pass_of_declaration(declarations()[0]["declaration_id"])
    assert shown["superseded_at"]
    assert "The pass there was for this journey no longer counts." in phone.get("/declare/stay/").content.decode()


def test_passes_that_were_replaced_are_not_listed(an, phone):
    declare(phone)
    declare(phone)
    sign_in(phone)
    assert phone.get("/passes/").content.decode().count('class="dancu-door"') == 1
