"""The page before a deed, and a press that is sent twice."""

import re

import pytest

from dancu.testing.officials import make_official, signed_in
from dancu.testing.pages import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def giangs_desk(client, published_areas, settings):
    settings.LANGUAGE_CODE = "en"
    return signed_in(client, make_official("giang", "administrator"))


def test_the_page_says_what_will_happen_to_whom_and_no_leads_back(giangs_desk):
    chi = make_official("chi", "commune_officer")
    page = giangs_desk.get(f"/office/accounts/{chi.pk}/lock/")
    said = text(page)
    for words in (
        "Do you want to lock this account?",
        "Username chi",
        "signed out everywhere",
        "No, go back",
    ):
        assert words in said
    assert f'href="/office/accounts/{chi.pk}/"' in page.content.decode()
    chi.refresh_from_db()
    assert chi.is_active


def test_a_press_that_is_sent_twice_does_it_once_and_says_so_once(giangs_desk):
    chi = make_official("chi", "commune_officer")
    address = f"/office/accounts/{chi.pk}/lock/"
    press = {
        "press": re.search(r'name="press" value="([^"]+)"', giangs_desk.get(address).content.decode())[1]
    }
    assert "The account is locked." in text(giangs_desk.post(address, press, follow=True))
    again = giangs_desk.post(address, press, follow=True)
    assert again.redirect_chain == [(f"/office/accounts/{chi.pk}/", 302)]
    assert "The account is locked." not in text(again)
    chi.refresh_from_db()
    assert not chi.is_active
