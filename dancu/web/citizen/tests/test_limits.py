import pytest
from django.test import Client

from dancu.web.citizen import limits
from dancu.web.citizen.tests.factories import NOBODYS, declare, send, walk
from dancu.web.citizen.tests.test_declare import declarations

pytestmark = pytest.mark.django_db


def test_one_number_is_declared_six_times_an_hour_from_wherever(an):
    for _ in range(limits.PER_NUMBER):
        assert declare(Client(REMOTE_ADDR=f"10.0.0.{_ + 1}"))["Location"].startswith("/pass/")

    phone = Client(REMOTE_ADDR="10.0.0.99", headers={"Accept-Language": "en"})
    walk(phone)
    response = send(phone)

    assert response.status_code == 429
    assert "Please wait a while" in response.content.decode()
    assert "at the latest" in response.content.decode()
    assert len(declarations()) == limits.PER_NUMBER
    assert phone.session["draft"]["kept"]["number"], "what was typed is kept"


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
    assert declare(Client(REMOTE_ADDR="2001:ee0:1:3::1")).status_code == 302


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
