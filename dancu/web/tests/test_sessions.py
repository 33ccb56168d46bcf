"""What ends when nothing is done: every page says until when, the reader may stay, and afterwards is told
why.
"""

import re
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dancu.testing.officials import PASSWORD, code_of, make_official, signed_in
from dancu.testing.travellers import add_an
from dancu.web.citizen import draft
from dancu.web.office import home
from dancu.web.sessions import CITIZEN, DECLARATION, HOLDER, OFFICIAL

SIGN_IN = reverse("office:sign-in")
pytestmark = pytest.mark.django_db


@pytest.fixture
def phone(published_areas):
    """A citizen's, in English, with a declaration begun."""
    phone = Client(headers={"Accept-Language": "en"})
    phone.post("/declare/who/", {"who": "self"})
    return phone


@pytest.fixture
def an(country):
    return add_an()


@pytest.fixture
def chi():
    return make_official("chi", "commune_officer")


@pytest.fixture
def desk(chi):
    return signed_in(Client(headers={"Accept-Language": "en"}), chi)


def left_unused(browser, seconds, of="draft"):
    """Nothing was done for so long."""
    session = browser.session
    if of == "draft":
        session["draft"] = session["draft"] | {"seen": int(time.time()) - seconds}
    else:
        session[of] = int(time.time()) - seconds
    session.save()


def seconds_left(browser, kind, method="get"):
    return getattr(browser, method)(reverse("session", args=[kind])).json()["left"]


def page(browser, path):
    return browser.get(path, follow=True).content.decode()


def test_a_page_of_the_declaration_says_until_when_the_answers_are_kept(phone):
    left_unused(phone, 10 * 60)
    shown = page(phone, "/declare/card/")

    ends = timezone.localtime(timezone.now() + timedelta(minutes=20))
    assert re.search(
        rf"We keep your answers until ({ends:%H:%M}|{ends - timedelta(seconds=30):%H:%M})\.", shown
    )
    assert 1190 <= int(re.search(r'data-left="(\d+)"', shown)[1]) <= 1200


def test_staying_gives_the_whole_half_hour_again_and_asking_gives_nothing(phone):
    left_unused(phone, 29 * 60)
    assert 55 <= seconds_left(phone, DECLARATION) <= 60
    assert 55 <= seconds_left(phone, DECLARATION) <= 60
    assert seconds_left(phone, DECLARATION, "post") >= draft.IDLE - 2
    assert "card" in page(phone, "/declare/card/")


def test_what_is_over_is_not_brought_back(phone, desk):
    left_unused(phone, 31 * 60)
    assert seconds_left(phone, DECLARATION, "post") == 0
    left_unused(desk, 31 * 60, "seen")
    assert seconds_left(desk, OFFICIAL, "post") == 0
    assert desk.get("/office/").url.startswith(SIGN_IN)


def test_answers_that_are_gone_are_said_to_be_gone_and_why_once(phone):
    left_unused(phone, 31 * 60)
    assert "You did not do anything for 30 minutes, so we deleted your answers" in page(
        phone, "/declare/card/"
    )
    assert "You did not do anything" not in page(phone, "/declare/who/")


def test_an_answer_sent_too_late_says_why_the_first_question_comes_again(phone):
    left_unused(phone, 31 * 60)
    shown = phone.post("/declare/card/", {"skip": "1"}, follow=True).content.decode()
    assert "You did not do anything for 30 minutes" in shown


def test_nobody_without_answers_or_a_session_is_warned(client):
    assert "session-ending" not in client.get("/declare/who/").content.decode()
    assert "session-ending" not in client.get(SIGN_IN).content.decode()
    assert client.get(reverse("session", args=["anything"])).status_code == 404


def test_an_official_is_told_when_the_session_ends_and_may_stay(desk):
    left_unused(desk, 29 * 60, "seen")
    assert 55 <= seconds_left(desk, OFFICIAL) <= 60
    assert seconds_left(desk, OFFICIAL, "post") >= 30 * 60 - 2
    shown = page(desk, "/office/")
    assert "You will be signed out at" in shown
    assert "Stay signed in" in shown


def test_where_twelve_hours_are_nearly_over_staying_is_not_offered(desk):
    left_unused(desk, 12 * 3600 - 90, "signed_in")
    assert 80 <= seconds_left(desk, OFFICIAL, "post") <= 90
    shown = page(desk, "/office/")
    assert "A session lasts 12 hours at most" in shown
    assert "Stay signed in" not in shown


def test_an_official_signed_out_for_doing_nothing_reads_for_how_long(desk):
    left_unused(desk, 31 * 60, "seen")
    assert "You were signed out because you did nothing for 30 minutes." in page(desk, "/office/")


def test_what_was_sent_too_late_is_said_to_be_lost_at_the_sign_in_and_once_more_where_it_was_sent(desk, chi):
    left_unused(desk, 31 * 60, "seen")
    lost = "Your session ended. What you just sent was not recorded."
    form = "http://testserver/office/password/"
    led = desk.post("/office/password/", {"password": "x"}, headers={"Referer": form})
    assert led.url == f"{SIGN_IN}?next=%2Foffice%2Fpassword%2F"
    assert lost in desk.get(led.url).content.decode()

    desk.post(led.url, {"username": "chi", "password": PASSWORD})
    back = desk.post(reverse("office:code"), {"code": code_of(chi)})
    assert back.url == "/office/password/"
    assert lost in desk.get(back.url).content.decode()
    assert lost not in desk.get(back.url).content.decode()


def test_a_piece_of_a_page_sent_too_late_leads_the_whole_page_there(desk):
    left_unused(desk, 31 * 60, "seen")
    asked = {"HX-Request": "true", "HX-Current-URL": "http://testserver/commune/"}
    led = desk.post("/office/password/", headers=asked)
    assert (led.status_code, led["HX-Redirect"]) == (204, f"{SIGN_IN}?next=%2Fcommune%2F")
    assert "was not recorded" in desk.get(led["HX-Redirect"]).content.decode()


def test_a_view_may_say_itself_what_was_not_recorded(desk, monkeypatch):
    def unsent(request):
        return f"The password {request.POST['kind']} was not changed."

    monkeypatch.setattr(home.password, "unsent", unsent, raising=False)
    left_unused(desk, 31 * 60, "seen")
    led = desk.post("/office/password/", {"kind": "of Chi"})
    assert "The password of Chi was not changed." in desk.get(led.url).content.decode()


def test_nobody_is_led_to_another_site(desk):
    left_unused(desk, 31 * 60, "seen")
    led = desk.post("/office/password/", headers={"Referer": "https://evil.example/office/"})
    assert led.url == f"{SIGN_IN}?next="


def test_answers_do_not_outlive_their_half_hour_in_the_database(phone):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE django_session SET typed_until = now() - interval '1 second'")
    assert "kept" not in phone.session["draft"]
    left_unused(phone, 31 * 60)
    assert "You did not do anything for 30 minutes, so we deleted your answers" in page(
        phone, "/declare/card/"
    )


def signed_in_since(browser, person_id, seconds):
    session = browser.session
    now = int(time.time())
    session["citizen"] = {"person_id": person_id, "seen": now, "began": now - seconds}
    session.save()


def test_a_citizen_who_is_busy_is_signed_out_after_two_hours_and_warned_before(an):
    phone = Client(headers={"Accept-Language": "en"})
    signed_in_since(phone, an, 2 * 3600 - 100)
    shown = page(phone, "/me/")
    assert "A session lasts 2 hours at most" in shown
    assert "Your session has lasted 2 hours. Finish what you are doing" in shown
    assert "Stay signed in" not in shown
    assert 80 <= seconds_left(phone, CITIZEN, "post") <= 100, "no press makes it longer"
    signed_in_since(phone, an, 2 * 3600 + 1)
    assert seconds_left(phone, CITIZEN, "post") == 0
    assert phone.get("/me/").url.startswith("/sign-in/")
    assert "You were signed out because a session lasts 2 hours at most." in page(phone, "/sign-in/")


def test_a_citizen_in_the_midst_of_it_may_stay(an):
    phone = Client(headers={"Accept-Language": "en"})
    signed_in_since(phone, an, 60)
    assert "Stay signed in" in page(phone, "/me/")
    assert seconds_left(phone, CITIZEN, "post") >= 20 * 60 - 2


def test_who_holds_a_pass_is_signed_out_after_two_hours_too(an):
    phone = Client(headers={"Accept-Language": "en"})
    session = phone.session
    now = int(time.time())
    session["pass_holder"] = {"number": "X1", "phone": "0912345678", "seen": now, "began": now - 2 * 3600 - 1}
    session.save()
    assert seconds_left(phone, HOLDER, "post") == 0
    assert phone.get("/passes/").status_code == 302
