"""Who declares to be ill is advised, and gets no ordinary pass."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from dancu.isolation.lookups import arrivals_of
from dancu.messaging.lookups import recent
from dancu.web.citizen.tests.factories import NOBODYS, answer, answers, date, declare, send, step_at, walk
from dancu.web.citizen.tests.test_again import LAN, WELL, companion, token_of
from dancu.web.citizen.tests.test_declare import declarations

pytestmark = pytest.mark.django_db

FEVER = {"symptoms": ["fever"], "contact": "no"}


@pytest.mark.parametrize(
    "changes",
    [
        {"health": FEVER},
        {"health": {"symptoms": ["none"], "contact": "yes"}},
        {
            "test": {"test_kind": "pcr", "doses": "2"},
            "result": answers()["result"] | {"test_result": "positive"},
        },
    ],
)
def test_a_sign_of_the_disease_leads_to_advice_and_not_to_a_pass(an, phone, changes):
    response = declare(phone, **changes)
    assert response["Location"] == "/declare/stay/"
    page = phone.get("/declare/stay/").content.decode()
    for words in ("Do not travel", "tel:19009095", "tel:115", "Phường Bến Thành", "Phường Ninh Kiều"):
        assert words in page
    assert "<svg" not in page.split("<main")[1]
    assert "draft" not in phone.session
    assert [row["state"] for row in arrivals_of(an)] == ["told_to_stay"]
    (message,) = recent(5)  # whom to call, and nothing of an illness
    assert "1900 9095" in message.text
    assert not any(
        word in message.text.lower() for word in ("fever", "covid", "positive", "contact", "nguyễn")
    )
    assert "Do not set out" in phone.get("/").content.decode()


def test_pressing_twice_is_told_the_same(an, phone):
    walk(phone, health=FEVER)
    page = phone.get("/declare/check/").content.decode()
    sent = {"honest": "on", "declaration": page.split('name="declaration" value="')[1][:36]}
    assert [phone.post("/declare/check/", sent)["Location"] for _ in range(2)] == ["/declare/stay/"] * 2
    assert len(declarations()) == 1


def test_going_back_leads_to_the_advice_again(an, phone):
    declare(phone, health=FEVER)
    assert phone.get("/declare/check/", follow=True).redirect_chain[-1][0] == "/declare/stay/"


def test_it_is_told_alike_whether_the_register_agrees_or_not(an):
    pages = []
    for changes in ({}, {"number": {"number": NOBODYS}}, {"identity": {"full_name": "Trần Thị Bưởi"}}):
        phone = Client(headers={"Accept-Language": "en"})
        response = declare(phone, health=FEVER, **changes)
        page = phone.get(response["Location"]).content.decode().split("<main")[1]
        page = page.replace(changes.get("identity", {}).get("full_name", "Nguyễn Văn An"), "NAME")
        pages.append((response["Location"], re.sub('name="csrfmiddlewaretoken" value="[^"]+"', "", page)))
    assert pages[0] == pages[1] == pages[2]


def test_a_cough_gets_a_pass_that_says_what_it_is_not_good_for(an, phone):
    location = declare(phone, health={"symptoms": ["cough"], "contact": "no"})["Location"]
    page = phone.get(location).content.decode()
    assert "not that they are well" in page
    assert "<svg" in page
    well = Client(headers={"Accept-Language": "en"})
    assert "not that they are well" not in well.get(declare(well)["Location"]).content.decode()


def test_declaring_to_be_well_a_minute_later_makes_nobody_well(an, phone):
    declare(phone, health=FEVER)
    walk(phone)
    assert "not that they are well" in phone.get(send(phone)["Location"]).content.decode()


def test_who_was_told_to_stay_may_declare_again(an, phone):
    declare(phone, health=FEVER)
    assert phone.get("/declare/who/").status_code == 200
    walk(phone)
    assert "/pass/" in send(phone)["Location"]
    assert sorted(row["state"] for row in arrivals_of(an)) == ["declared", "told_to_stay"]


def test_of_a_family_the_advice_names_who_must_stay_and_leads_to_the_others_passes(an, phone):
    first = declare(phone)
    companion(phone, token_of(first))
    third = {"full_name": "Nguyễn Bé", "number_kind": "none", "number": ""}
    phone.post("/declare/for-companion/", {"pass": token_of(first)})
    answer(phone, "card", skip="1")
    answer(phone, "companion", **LAN | third)
    answer(phone, "companion-health", **WELL | {"well": "perhaps_not"})
    answer(phone, "health", symptoms=["fever"], contact="no")
    answer(phone, "test", test_kind="none", doses="0")
    assert send(phone)["Location"] == "/declare/stay/"
    page = phone.get("/declare/stay/").content.decode()
    assert "Nguyễn Bé may be ill or could infect others" in page
    assert "Show their 2 passes" in page
    home = phone.get("/").content.decode()
    assert "No pass was issued for Nguyễn Bé. Do not set out." in home
    assert "2 passes have just been issued on this phone." in home
    for shown in (page, home):
        together = phone.get("/together/" + shown.split('href="/together/')[1].split('"')[0]).content.decode()
        assert all(name in together for name in ("Nguyễn Văn An", "Lê Ngọc Lan"))
        assert "Nguyễn Bé" not in together


def test_the_advice_does_not_offer_the_pass_that_the_sick_ones_declaration_replaced(an, phone):
    first = declare(phone)
    companion(phone, token_of(first))
    declare(phone, health=FEVER)
    page = phone.get("/declare/stay/").content.decode()
    assert "Show their 1 pass" in page or "Show their" not in page
    for shown in (page, phone.get("/").content.decode()):
        assert "Show their 2" not in shown
        assert "2 passes have just been issued" not in shown


def test_who_recovered_says_so_and_gets_a_pass(an, phone):
    weeks_ago = date("tested_on", timezone.localdate() - dt.timedelta(days=20))
    response = declare(
        phone, test={"test_kind": "pcr", "doses": "2"}, result={"test_result": "positive"} | weeks_ago
    )
    assert "/pass/" in response["Location"]
    assert [(row["state"], row["warnings"]) for row in arrivals_of(an)] == [("declared", [])]


def test_after_a_pass_the_first_page_leads_back_to_it_and_on_another_phone_to_nobodys(an, phone):
    location = declare(phone)["Location"]
    assert f'href="{location}"' in phone.get("/").content.decode()
    assert "/pass/" not in Client(headers={"Accept-Language": "en"}).get("/").content.decode()


def test_who_ticked_by_mistake_is_asked_for_their_health_alone(an, phone):
    declare(phone, health=FEVER)
    assert step_at(phone.post("/declare/anew/")) == "health"
    assert "checked" not in phone.get("/declare/health/").content.decode().split("<main")[1]
    assert step_at(answer(phone, "health", symptoms=["none"], contact="no")) == "places"
    answer(phone, "places", places="")
    assert step_at(answer(phone, "test", test_kind="none", doses="2")) == "check"
    send(phone)
    first, second = declarations()
    same = {name for name in first if name not in ("declaration_id", "declared_at", "symptoms", "contact")}
    assert {name: first[name] for name in same} == {name: second[name] for name in same}
    assert (first["symptoms"], second["symptoms"]) == (["fever"], [])


def test_a_companion_who_ticked_by_mistake_stays_one_of_the_party(an, phone):
    first = declare(phone)
    phone.post("/declare/for-companion/", {"pass": token_of(first)})
    answer(phone, "card", skip="1")
    answer(phone, "companion", **LAN)
    answer(phone, "companion-health", **WELL | {"well": "perhaps_not"})
    answer(phone, "health", symptoms=["fever"], contact="no")
    answer(phone, "test", test_kind="none", doses="0")
    send(phone)
    assert step_at(phone.post("/declare/anew/")) == "companion"
    assert 'value="Lê Ngọc Lan"' in phone.get("/declare/companion/").content.decode()
    answer(phone, "companion", **LAN)
    answer(phone, "companion-health", **WELL)
    sent = send(phone)
    sent = phone.post("/declare/go-on/") if sent["Location"] == "/declare/outcome/" else sent
    assert "Show all 2 codes on one page" in phone.get(sent["Location"]).content.decode()
    assert [row["declared_by"] for row in declarations()] == ["self", "other", "other"]


def test_without_a_declaration_that_got_no_pass_there_is_nothing_to_declare_anew(an, phone):
    assert phone.post("/declare/anew/")["Location"] == "/declare/"
    declare(phone)
    assert phone.post("/declare/anew/")["Location"] == "/declare/sent/"


def test_vietnamese_is_told_in_vietnamese(an):
    phone = Client(headers={"Accept-Language": "vi"})
    declare(phone, health=FEVER)
    assert "Đừng đi" in phone.get("/declare/stay/").content.decode()
