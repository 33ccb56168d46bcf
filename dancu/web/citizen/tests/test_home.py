import pytest
from django.test import Client

from dancu.web.citizen.tests.factories import answer

pytestmark = pytest.mark.django_db


def test_the_first_page_leads_to_the_three_things_a_citizen_comes_for(phone):
    page = phone.get("/").content.decode()
    for address in ("/declare/", "/passes/", "/me/"):
        assert f'href="{address}"' in page


def test_the_first_page_speaks_both_languages(country):
    vietnamese, english = (
        Client(headers={"Accept-Language": code}).get("/").content.decode() for code in ("vi", "en")
    )
    assert "Khai báo di chuyển" in vietnamese
    assert "Declare a journey" in english


def test_vietnamese_comes_first(country):
    assert 'lang="vi"' in Client().get("/").content.decode()


def test_a_declaration_that_was_begun_is_offered_without_telling_whose_it_is(phone):
    assert "There is an unfinished declaration" not in phone.get("/").content.decode()
    answer(phone, "who", who="self")
    assert "There is an unfinished declaration on this phone" in phone.get("/").content.decode()


def test_opening_the_first_page_leaves_nothing_on_the_device(phone):
    phone.get("/")
    assert "dancu" not in phone.cookies
    assert "traveller" not in phone.cookies
