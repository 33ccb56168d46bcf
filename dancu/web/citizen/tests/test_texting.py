"""A message with the pass's address goes to the telephone that was declared, and tells nothing else."""

import re

import pytest
from django.test import Client

from dancu.messaging.lookups import recent
from dancu.web.citizen import texting
from dancu.web.citizen.tests.factories import NUMBER, PHONE, answers, declare, walk

pytestmark = pytest.mark.django_db


def test_a_link_to_the_pass_is_sent_in_the_readers_language(an):
    for language, words in (("en", "An's travel pass"), ("vi", "giấy đi đường của An")):
        location = declare(Client(headers={"Accept-Language": language}))["Location"]
        message = recent(1)[0]
        assert (message.recipient, message.language, message.reason, message.person_id) == (
            PHONE,
            language,
            "pass",
            an,
        )
        assert words in message.text
        address = re.search(r"http://testserver(/p/\S+)", message.text)[1]
        assert Client().get(address)["Location"] == location
        assert NUMBER not in message.text
        assert "Nguyễn" not in message.text
        assert len(message.text) <= 201  # three parts of a message with marks


def test_a_family_with_one_telephone_is_told_of_whom_each_message_is(an):
    parent = Client(headers={"Accept-Language": "en"})
    declare(parent)
    child = {
        "identity": {"full_name": "Nguyễn Thị Bống", "birth_2": "2019"},
        "number": {"number_kind": "none", "number": ""},
    }
    ill = {
        "test": {"test_kind": "pcr", "doses": "2"},
        "result": answers()["result"] | {"test_result": "positive"},
    }
    declare(parent, **child, **ill)
    told, passed = (message.text for message in recent(5))
    assert "An's travel pass to Phường Ninh Kiều" in passed
    assert told.startswith("dancu: no pass was issued for Bống. Do not set out.")
    assert "Nguyễn" not in told + passed
    assert all(len(text) <= 201 for text in (told, passed))


def test_nobody_guesses_a_short_address(an):
    declare(Client())
    address = re.search(r"(/p/[^.]+\.)(\S{16})/", recent(1)[0].text)
    assert Client().get(f"{address[1]}{address[2]}/").status_code == 302
    for wrong in (address[2][:-1], address[2][::-1], "A" * 16, ""):
        assert Client().get(f"{address[1]}{wrong}/").status_code == 404


def test_it_is_sent_once_for_a_pass(an, phone):
    walk(phone)
    page = phone.get("/declare/check/").content.decode()
    sent = {"honest": "on", "declaration": page.split('name="declaration" value="')[1][:36]}
    for _ in range(3):
        phone.post("/declare/check/", sent)
    assert len(recent(10)) == 1


def test_who_declares_for_one_without_a_telephone_gets_it(an):
    declare(Client(), who={"who": "other"}, phone={"phone": ""})
    assert recent(1)[0].recipient == "0912345678"


def test_a_pass_of_a_passport_is_sent_once_its_holder_goes_on(an, phone):
    declare(phone, number={"number_kind": "passport", "number": "M12345678"})
    assert recent(1) == []
    phone.post("/declare/go-on/")
    assert recent(1)[0].person_id is None


def test_one_telephone_gets_no_more_than_a_family_needs(an, monkeypatch):
    monkeypatch.setattr(texting, "PER_PHONE", 2)
    for _ in range(4):
        declare(Client())
    assert len(recent(10)) == 2


def test_without_a_telephone_the_page_says_that_there_is_no_other_way(an, phone):
    page = phone.get(declare(phone, phone={"phone": ""})["Location"]).content.decode()
    assert recent(1) == []
    assert "We did not send a message, so save the pass now." in page
    assert "code by SMS" not in page


def test_the_page_says_that_it_was_sent_and_what_happens_next(an, phone):
    page = phone.get(declare(phone)["Location"]).content.decode()
    for words in (
        "Declaration sent",
        "by SMS",
        "What happens next",
        "health station of Phường Ninh Kiều",
        "tel:19009095",
    ):
        assert words in page
