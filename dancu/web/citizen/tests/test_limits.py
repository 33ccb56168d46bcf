import re

import pytest
from django.test import Client

from dancu.messaging.lookups import recent
from dancu.web.citizen import limits
from dancu.web.citizen.tests.factories import NOBODYS, declare, send, walk
from dancu.web.citizen.tests.test_declare import declarations

pytestmark = pytest.mark.django_db


def test_one_number_is_declared_six_times_an_hour_from_one_address(an):
    for _ in range(limits.PER_NUMBER):
        assert declare(Client(REMOTE_ADDR="10.0.0.99"))["Location"].startswith("/pass/")

    phone = Client(REMOTE_ADDR="10.0.0.99", headers={"Accept-Language": "en"})
    walk(phone)
    response = send(phone)

    assert response.status_code == 429
    assert "Wait and try again" in response.content.decode()
    assert "You can try again by" in response.content.decode()
    assert len(declarations()) == limits.PER_NUMBER
    assert phone.session["draft"]["kept"]["number"], "what was typed is kept"


def test_nobody_is_kept_from_declaring_by_those_who_try_their_number(an):
    for address in ("10.0.0.1", "10.0.0.2", "10.0.0.3"):
        for _ in range(limits.PER_NUMBER + 2):
            walk(phone := Client(REMOTE_ADDR=address))
            send(phone)
    assert declare(Client(REMOTE_ADDR="10.0.0.99"))["Location"].startswith("/pass/")


def test_a_number_of_nobodys_is_counted_like_one_of_somebodys(country):
    for _ in range(limits.PER_NUMBER):
        declare(Client(), number={"number": NOBODYS})
    phone = Client()
    walk(phone, number={"number": NOBODYS})
    assert send(phone).status_code == 429


def test_one_session_declares_ten_times_an_hour(an, phone, monkeypatch):
    monkeypatch.setattr(limits, "PER_NUMBER", 1000)
    monkeypatch.setattr(limits, "PER_SESSION", 2)
    assert [declare(phone).status_code for _ in range(3)] == [302, 302, 429]


def test_one_address_is_shared_by_many(an, monkeypatch):
    monkeypatch.setattr(limits, "PER_NUMBER", 1000)
    monkeypatch.setattr(limits, "PER_ADDRESS", 2)
    assert [declare(Client()).status_code for _ in range(3)] == [302, 302, 429]
    assert declare(Client(REMOTE_ADDR="10.0.0.7")).status_code == 302


def test_of_the_newer_addresses_a_subscribers_whole_network_counts(an, monkeypatch):
    monkeypatch.setattr(limits, "PER_NUMBER", 1000)
    monkeypatch.setattr(limits, "PER_ADDRESS", 1)
    declare(Client(REMOTE_ADDR="2001:ee0:1:2::1"))
    assert declare(Client(REMOTE_ADDR="2001:ee0:1:2::ffff")).status_code == 429
    assert declare(Client(REMOTE_ADDR="2001:ee0:1:103::1")).status_code == 302


def test_families_and_carriers_fit_within_the_limits():
    assert limits.PER_ADDRESS >= 300
    assert limits.PER_SESSION >= 10


def test_codes_are_asked_for_three_times_in_a_quarter_of_an_hour_whoever_it_is(an):
    for number in ("079200001234", NOBODYS):
        answers = []
        for _ in range(limits.CODES_PER_NUMBER + 1):
            sent = {"number": number, "phone": "0901234567"}
            answers.append(Client().post("/sign-in/", sent).status_code)
        assert answers == [302] * limits.CODES_PER_NUMBER + [429]


def test_nobody_is_kept_from_signing_in_by_those_who_ask_for_codes_with_their_number(an):
    for telephone in ("0912000001", "0912000002", "0901234567"):
        for _ in range(limits.CODES_PER_NUMBER + 2):
            Client(REMOTE_ADDR="10.0.0.1").post("/sign-in/", {"number": "079200001234", "phone": telephone})
    own = Client(REMOTE_ADDR="10.0.0.99")
    own.post("/sign-in/", {"number": "079200001234", "phone": "0901234567"})
    Client(REMOTE_ADDR="10.0.0.2").post("/sign-in/", {"number": "079200001234", "phone": "0901234567"})
    mine = [message for message in recent(10) if message.recipient == "0901234567"][
        1
    ]  # before the last asker's
    assert (
        own.post("/sign-in/code/", {"code": re.search(r"\b\d{6}\b", mine.text)[0]})["Location"] == "/passes/"
    )


def test_a_strangers_telephone_is_not_flooded_with_codes(country):
    """Passports of one's own with somebody else's telephone: three codes, however many numbers and
    addresses.
    """
    for n in range(6):
        passport = {"number_kind": "passport", "number": f"M1234567{n}"}
        phone = Client(REMOTE_ADDR=f"10.0.1.{n}")
        declare(phone, number=passport, phone={"phone": "0987654321"})
        phone.post("/declare/go-on/")
        phone.post("/sign-in/", {"number": f"M1234567{n}", "phone": "0987654321"})
    codes = [message for message in recent(50) if message.reason == "one_time_code"]
    assert len(codes) == limits.CODES_TO_A_TELEPHONE


def test_three_codes_to_one_person_from_many_addresses_do_not_become_many(an):
    for n in range(12):
        Client(REMOTE_ADDR=f"10.0.2.{n}").post("/sign-in/", {"number": "079200001234", "phone": "0901234567"})
    codes = [message for message in recent(50) if message.reason == "one_time_code"]
    assert len(codes) == limits.CODES_TO_A_PERSON
