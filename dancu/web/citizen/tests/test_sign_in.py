import datetime as dt
import re
import time

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from dancu.audit.lookups import of_person
from dancu.checkpoints import lookups as checkpoints
from dancu.matching.lookups import PartialDate
from dancu.messaging.lookups import long_code_window, recent
from dancu.register import actions as register
from dancu.testing.database import rows
from dancu.testing.pages import text
from dancu.testing.travellers import commune
from dancu.testing.travellers import declare as make
from dancu.web.citizen.identity import every_pass_of
from dancu.web.citizen.tests.factories import NOBODYS, NUMBER, PHONE, WRONG_NAME, declare, errors_in

pytestmark = pytest.mark.django_db

AN_BORN = dt.date(2001, 5, 2)


def ask(phone: Client, number: str = NUMBER, telephone: str = PHONE, next_page: str = ""):
    response = phone.post("/sign-in/", {"number": number, "phone": telephone, "next": next_page})
    return phone.get(response["Location"]) if response["Location"].startswith("/sign-in/?") else response


def code_sent_to(telephone: str) -> str:
    newest = next(message for message in recent(10) if message.recipient == telephone)
    found = re.search(r"\b\d{6}\b", newest.text)
    assert found
    return found[0]


def sign_in(phone: Client, number: str = NUMBER, telephone: str = PHONE, next_page: str = ""):
    ask(phone, number, telephone, next_page)
    return phone.post("/sign-in/code/", {"code": code_sent_to(telephone)})


def masked(page: str) -> str:
    return re.sub(r'(csrf-token" content|csrfmiddlewaretoken" value)="[^"]+"', "", page)


def test_ones_own_page_needs_the_code(an, phone):
    assert phone.get("/me/")["Location"] == "/sign-in/?next=%2Fme%2F"
    ask(phone, next_page="/me/")
    assert phone.get("/me/").status_code == 302
    assert phone.post("/sign-in/code/", {"code": "000000"})["Location"] == "/sign-in/code/"
    assert phone.get("/me/").status_code == 302


def test_with_the_registers_telephone_one_sees_ones_own_record(an, phone):
    response = sign_in(phone, next_page="/me/")
    assert response["Location"] == "/me/"
    page = phone.get("/me/").content.decode()
    for words in ("Nguyễn Văn An", "079 200 001 234", "15/02/2000", "12 Lê Lợi", "Permanent residence"):
        assert words in page


def test_ones_own_record_tells_what_else_is_kept_but_not_what_it_shows_already(an, phone):
    sign_in(phone, next_page="/me/")
    assert "Your former numbers" not in text(phone.get("/me/"))
    rows(
        "INSERT INTO former_number (person_id, kind, number, ended_on, reason) "
        "VALUES (%s, 'cmnd', '024123456', '2020-01-01', 'x')",
        an,
    )
    told = text(phone.get("/me/")).partition("What else is kept about you")[2].partition("Who has looked")[0]
    assert "Your former numbers" in told
    assert "residence" not in told


def test_the_telephone_may_be_written_with_its_country(an, phone):
    ask(phone, telephone="+84 901 234 567")
    assert phone.post("/sign-in/code/", {"code": code_sent_to(PHONE)}).status_code == 302


@pytest.mark.parametrize(
    ("number", "telephone"), [(NUMBER, "0909999999"), (NOBODYS, PHONE), (NOBODYS, "0909999999")]
)
def test_a_number_and_a_telephone_that_do_not_belong_together_are_answered_like_those_that_do(
    an, number, telephone
):
    pages = []
    for given in ((NUMBER, PHONE), (number, telephone)):
        phone = Client(headers={"Accept-Language": "en"})
        response = ask(phone, *given)
        page = phone.get(response["Location"]).content.decode()
        wrong = phone.post("/sign-in/code/", {"code": "123456"}, follow=True).content.decode()
        pages.append((response.status_code, response["Location"], masked(page), masked(wrong)))
    assert pages[0] == pages[1]


def test_no_message_goes_to_a_telephone_that_does_not_belong(an, phone):
    ask(phone, telephone="0909999999")
    ask(phone, number=NOBODYS)
    assert recent(10) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM one_time_code")
        assert cursor.fetchone() == (0,)


def test_a_code_lets_in_once(an, phone):
    ask(phone)
    code = code_sent_to(PHONE)
    assert phone.post("/sign-in/code/", {"code": code}).status_code == 302
    other = Client()
    ask(other, telephone="0909999999")
    assert other.post("/sign-in/code/", {"code": code})["Location"] == "/sign-in/code/"


def test_the_message_is_in_the_readers_language(an):
    ask(Client(headers={"Accept-Language": "vi"}))
    assert "Mã dancu" in recent(1)[0].text


def test_the_pass_is_found_again_with_the_registers_telephone(an, phone):
    location = declare(Client(), phone={"phone": ""})["Location"]
    response = sign_in(phone)
    assert response["Location"] == "/passes/"
    assert location in phone.get("/passes/").content.decode()


def test_with_a_declarations_telephone_one_sees_its_passes_and_nothing_of_the_record(an, phone):
    mine = declare(Client(), phone={"phone": "0933333333"})["Location"]
    others = declare(Client(), phone={"phone": "0944444444"})["Location"]

    response = sign_in(phone, telephone="0933333333", next_page="/me/")

    assert response["Location"] == "/passes/"
    page = phone.get("/passes/").content.decode()
    assert mine in page
    assert others not in page
    assert phone.get("/me/")["Location"].startswith("/sign-in/")


def test_who_declared_for_another_finds_the_pass_with_their_own_telephone(an, phone):
    mine = declare(Client(), who={"who": "other"}, phone={"phone": ""})["Location"]
    sign_in(phone, telephone="0912345678")
    assert mine in phone.get("/passes/").content.decode()


def test_a_pass_that_could_not_be_confirmed_is_found_again(an, phone):
    declaring = Client()
    declare(declaring, number={"number": NOBODYS}, phone={"phone": "0933333333"})
    mine = declaring.post("/declare/go-on/")["Location"]
    sign_in(phone, number=NOBODYS, telephone="0933333333")
    assert mine in phone.get("/passes/").content.decode()


def test_declaring_as_another_with_ones_own_telephone_opens_nothing_of_theirs(an, phone):
    """Who tries a number and a name sees their own passes, whether they were right or wrong."""
    declare(Client(), phone={"phone": "0933333333"})
    wrong = Client()
    declare(wrong, identity=WRONG_NAME, phone={"phone": "0933333333"})
    sign_in(phone, telephone="0933333333")
    assert phone.get("/passes/").content.decode().count('class="dancu-door"') == 2
    assert phone.get("/me/").status_code == 302


def test_a_withdrawn_pass_is_not_listed(an, phone):
    declare(phone)
    (row,) = checkpoints.passes_of(an)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO revocation VALUES (%s, %s, now(), 0, 'x')", [row["person_id"], row["pass_id"]]
        )
    sign_in(phone)
    assert "There are no valid passes." in phone.get("/passes/").content.decode()


def test_a_session_left_alone_ends(an, phone):
    declare(Client(), phone={"phone": "0933333333"})
    sign_in(phone, telephone="0933333333")
    session = phone.session
    session["pass_holder"] |= {"seen": int(time.time()) - 16 * 60}
    session.save()
    assert phone.get("/passes/")["Location"].startswith("/sign-in/")


def test_signing_in_and_looking_are_written_down_and_shown(an, phone):
    sign_in(phone, next_page="/me/")
    phone.get("/me/")
    assert [entry.action for entry in of_person(an)][:2] == ["citizen.own_record", "citizen.signed_in"]
    page = phone.get("/me/").content.decode()
    assert "Who has looked at your record" in page
    assert "Looked at their own record" in page


def test_the_household_is_shown_by_name_alone(an, phone):
    register.add_person(
        None,
        full_name="Trần Thị Bảy",
        birth_date=AN_BORN,
        sex=2,
        pin="079300004321",
        household_id=1_000_007,
        relation=2,
        home_area=commune("Phường Bến Thành, Hồ Chí Minh"),
        valid_from=AN_BORN,
        basis="birth certificate",
    )
    with connection.cursor() as cursor:
        cursor.execute("UPDATE person SET household_id = 1000007, relation = 1 WHERE person_id = %s", [an])
    sign_in(phone, next_page="/me/")
    page = phone.get("/me/").content.decode()
    assert "Trần Thị Bảy" in page
    assert "079 300 004 321" not in page


def test_the_dead_do_not_sign_in(an, phone):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE person SET status = 2, home_since = NULL WHERE person_id = %s", [an])
    ask(phone)
    assert recent(10) == []


def test_signing_out_ends_it(an, phone):
    sign_in(phone, next_page="/me/")
    phone.post("/sign-out/")
    assert phone.get("/me/").status_code == 302


def test_one_is_led_to_no_other_site(an, phone):
    assert sign_in(phone, next_page="https://example.org/")["Location"] == "/passes/"


@pytest.mark.parametrize(
    ("number", "telephone", "told"),
    [
        ("", PHONE, "Enter the number"),
        ("12", PHONE, "A personal identification number has 12 digits, such as 079200001234"),
        (NUMBER, "", "Enter the phone number"),
        (NUMBER, "12", "Enter a phone number with 10 digits"),
    ],
)
def test_what_is_wrong_is_said_by_field(phone, number, telephone, told):
    assert any(told in error for error in errors_in(ask(phone, number, telephone)))


@pytest.mark.parametrize("typed", ["12345", "1234567", "12345678901", "1234567890123", "abcdef", "1" * 21])
def test_a_code_of_another_length_is_told_in_words_and_is_no_try(an, phone, typed):
    ask(phone)
    for _ in range(6):
        phone.post("/sign-in/code/", {"code": typed})
        page = phone.get("/sign-in/code/")
        assert any("The code has 6 or 12 digits" in error for error in errors_in(page))
    assert phone.post("/sign-in/code/", {"code": code_sent_to(PHONE)})["Location"] == "/passes/"


def test_who_types_the_personal_number_as_the_code_is_told_so(an, phone):
    ask(phone)
    phone.post("/sign-in/code/", {"code": "079 200 001 234"})
    assert any("This is your personal number" in error for error in errors_in(phone.get("/sign-in/code/")))


def test_from_when_another_code_is_sent_is_told_alike_whoever_asks(an, phone, monkeypatch):
    at = time.time()
    monkeypatch.setattr("dancu.web.citizen.sign_in.time.time", lambda: at)
    since, again = (f"{timezone.localtime(moment):%H:%M}" for moment in long_code_window(at))
    pages = []
    for number, telephone in ((NUMBER, PHONE), (NOBODYS, "0999999999")):
        ask(asker := Client(headers={"Accept-Language": "en"}), number, telephone)
        pages.append(text(asker.get("/sign-in/code/")))
    assert pages[0] == pages[1]
    assert f"has been sent to your phone since {since}." in pages[0]
    assert f"ask from {again} on" in pages[0]


def test_messages_are_shown_in_a_demonstration_only(an, phone, settings):
    ask(phone)
    settings.DEMO = False
    assert phone.get("/demo/messages/").status_code == 404
    assert "/demo/messages/" not in phone.get("/sign-in/code/").content.decode()
    settings.DEMO = True
    assert phone.get("/demo/messages/").status_code == 404, "this register did not begin as a demo's"
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO import_run VALUES (gen_random_uuid(), 'demo-5000.parquet', '', now(), now(), 1, 1, "
            "0, 0)"
        )
    assert "Your dancu code" in phone.get("/demo/messages/").content.decode()
    assert "/demo/messages/" in phone.get("/sign-in/code/").content.decode()


def test_ones_own_passes_are_those_of_ones_old_number_too_confirmed_or_not(an, phone):
    declared = make(
        number_kind="cmnd",
        number="025123456",
        full_name="Nguyễn Văn Anh",
        phone=PHONE,
        birth=PartialDate(2000, 3, 15),
    )
    assert declared.person_id < 0
    assert declared.pass_id in [row["pass_id"] for row in every_pass_of(an)]
