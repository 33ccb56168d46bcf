import re

import pytest
from django.test import Client

from dancu.messaging import one_time_codes
from dancu.messaging.lookups import recent
from dancu.messaging.one_time_codes import TRIES
from dancu.testing.at_once import at_once
from dancu.web.citizen import limits
from dancu.web.citizen.tests.factories import NOBODYS, declare, send, walk
from dancu.web.citizen.tests.test_declare import declarations

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(monkeypatch) -> list[float]:
    """The moment that decides when the next long code is sent, which stands still until it is put on."""
    at = [1_796_040_000.0]
    monkeypatch.setattr(one_time_codes, "_now", lambda: at[0])
    return at


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
        own = Client(headers={"Accept-Language": "en"})
        sent = {"number": number, "phone": AN}
        answers = [own.post("/sign-in/", sent) for _ in range(limits.CODES_PER_NUMBER + 1)]
        assert [answer.status_code for answer in answers] == [302] * limits.CODES_PER_NUMBER + [429]
        assert "You can try again by" in answers[-1].content.decode()


def test_nobody_is_kept_from_signing_in_by_those_who_ask_for_codes_with_their_number(an):
    for telephone in ("0912000001", "0912000002", AN):
        for _ in range(limits.CODES_PER_NUMBER + 2):
            ask(telephone, address="10.0.0.1")
    own = ask(address="10.0.0.99")
    ask(address="10.0.0.2")
    mine = next(code for code in codes()[1:] if len(code) == 6)  # before the last asker's
    assert signs_in(own, mine)


@pytest.mark.parametrize("asks", [9, 90])
@pytest.mark.parametrize("address", ["10.0.0.1", "10.0.3.{}", "10.0.0.99"], ids=["one", "many", "ones own"])
def test_however_often_a_stranger_asks_the_citizen_has_a_code_and_the_telephone_rings_seldom(
    an, asks, address
):
    for nth in range(asks):
        ask(address=address.format(nth))
    own = ask(address="10.0.0.99")
    assert signs_in(own, codes()[0])
    assert len(codes()) == limits.CODES_TO_A_TELEPHONE + 1


def test_nor_is_who_declared_without_the_register_kept_away(country):
    passport = {"number_kind": "passport", "number": "M12345678"}
    declare(Client(REMOTE_ADDR="10.0.1.1"), number=passport, phone={"phone": "0987654321"})
    for nth in range(20):
        ask("0987654321", "M12345678", address=f"10.0.3.{nth}")
    own = ask("0987654321", "M12345678", address="10.0.0.99")
    assert signs_in(own, codes()[0])


def test_the_long_code_lets_in_whoever_holds_the_telephone_once_and_then_comes_anew(an):
    askers = [ask(address=f"10.0.3.{nth}") for nth in range(20)]
    long = codes()[0]
    assert len(long) == 12
    assert signs_in(askers[0], long)
    assert not signs_in(askers[-1], long)
    again = ask(address="10.0.0.99")
    assert codes()[0] != long
    assert signs_in(again, codes()[0])


def test_who_deleted_a_strangers_messages_gets_a_code_a_third_of_an_hour_later(an, clock):
    for nth in range(20):
        ask(address=f"10.0.3.{nth}")
    deleted = len(codes())
    own = ask(address="10.0.0.99")
    assert len(codes()) == deleted
    clock[0] += 20 * 60
    own = ask(address="10.0.0.99")
    assert len(codes()) == deleted + 1
    assert signs_in(own, codes()[0])


def test_a_strangers_guesses_end_no_code_of_the_citizens(an):
    stranger = [ask(address=f"10.0.3.{nth}") for nth in range(20)]
    for one in stranger:
        for guess in range(10):
            assert not signs_in(one, f"{guess:06}")
            assert not signs_in(one, f"{guess:012}")
    assert signs_in(ask(address="10.0.0.99"), codes()[0])


def test_of_a_million_codes_a_stranger_tries_forty_five_a_day(an):
    """The bound: the codes that are sent to strangers in a day, and the tries of each. The day is the
    throttle's, and what is sent beyond it is long.
    """
    for nth in range(40):
        ask(address=f"10.0.3.{nth}")
    short = [code for code in codes() if len(code) == 6]
    assert len(short) * TRIES == 45
    assert 1_000_000 / 45 / 365 > 60  # years until one is found


def test_the_telephone_of_somebody_else_has_other_codes(an, country):
    for nth in range(20):
        ask(address=f"10.0.3.{nth}")
    passport = {"number_kind": "passport", "number": "M12345678"}
    declare(Client(REMOTE_ADDR="10.0.1.1"), number=passport, phone={"phone": "0987654321"})
    other = ask("0987654321", "M12345678", address="10.0.1.1")
    long = next(code for code in codes() if len(code) == 12)
    assert not signs_in(other, long)


@pytest.mark.django_db(transaction=True)
def test_of_codes_asked_for_at_the_same_moment_no_more_are_sent(an):
    at_once(6, lambda: [ask(address="10.0.0.1") for _ in range(3)])
    assert sorted(map(len, codes())) == [6] * limits.CODES_TO_A_TELEPHONE + [12]


def test_a_strangers_telephone_is_not_flooded_with_codes(country):
    """Passports of one's own with somebody else's telephone: nine codes and a long one, however many
    numbers and addresses.
    """
    for n in range(14):
        passport = {"number_kind": "passport", "number": f"M123456{n:02}"}
        phone = Client(REMOTE_ADDR=f"10.0.1.{n}")
        declare(phone, number=passport, phone={"phone": "0987654321"})
        phone.post("/declare/go-on/")
        phone.post("/sign-in/", {"number": passport["number"], "phone": "0987654321"})
    assert len(codes()) == limits.CODES_TO_A_TELEPHONE + 1


def test_thousands_behind_one_address_ask_for_codes():
    assert limits.CODES_PER_ADDRESS >= 1000


AN = "0901234567"


def ask(telephone: str = AN, number: str = "079200001234", *, address: str) -> Client:
    """Somebody at that address who has just asked for a code."""
    asker = Client(REMOTE_ADDR=address)
    assert asker.post("/sign-in/", {"number": number, "phone": telephone}).status_code == 302
    return asker


def signs_in(asker: Client, code: str) -> bool:
    return asker.post("/sign-in/code/", {"code": code})["Location"] == "/passes/"


def codes() -> list[str]:
    """Those that were sent, the last first."""
    sent = [message.text for message in recent(100) if message.reason == "one_time_code"]
    return [re.sub(r"\D", "", re.search(r"\b\d{4}-\d{4}-\d{4}\b|\b\d{6}\b", text)[0]) for text in sent]
