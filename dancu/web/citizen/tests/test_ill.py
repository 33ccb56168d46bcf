"""Who declares to be ill is advised, and gets no ordinary pass."""

import pytest
from django.test import Client

from dancu.isolation.lookups import arrivals_of
from dancu.messaging.lookups import recent
from dancu.web.citizen.tests.factories import NOBODYS, answers, declare, send, walk
from dancu.web.citizen.tests.test_declare import declarations

pytestmark = pytest.mark.django_db

FEVER = {"symptoms": ["fever"], "contact": "no"}


@pytest.mark.parametrize(
    "changes",
    [
        {"health": FEVER},
        {"health": {"symptoms": ["none"], "contact": "yes"}},
        {"test": {"test_kind": "pcr", "doses": "2"}, "result": answers()["result"] | {"test_result": "positive"}},
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
    assert not any(word in message.text.lower() for word in ("fever", "covid", "positive", "contact", "nguyễn"))
    assert "do not set out" in phone.get("/").content.decode()


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
        pages.append((response["Location"], phone.get(response["Location"]).content.decode().split("<main")[1]))
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


def test_vietnamese_is_told_in_vietnamese(an):
    phone = Client(headers={"Accept-Language": "vi"})
    declare(phone, health=FEVER)
    assert "Đừng đi" in phone.get("/declare/stay/").content.decode()
