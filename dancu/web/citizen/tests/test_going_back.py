"""Back never leads to a page that was posted, nor to empty questions that look like a loss."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from dancu.web.citizen.tests.factories import answer, answers, date, declare, errors_in, send, step_at, walk

pytestmark = pytest.mark.django_db

TOO_LATE = timezone.localdate() + dt.timedelta(days=9)


@pytest.mark.parametrize(
    ("step", "wrong"),
    [
        ("when", date("departs_on", TOO_LATE) | date("arrives_on", TOO_LATE)),
        ("identity", {"full_name": "9"}),
        ("number", {"number_kind": "pin", "number": "12"}),
        ("destination", {"destination_area": "Không Có Xã Này"}),
        ("health", {"symptoms": ["none", "fever"], "contact": "no"}),
        ("vehicle", {"vehicle": "car", "companions": "many"}),
    ],
)
def test_a_wrong_answer_is_shown_by_a_page_that_was_not_posted(phone, step, wrong):
    walk(phone)
    posted = phone.post(f"/declare/{step}/", wrong)
    assert posted.status_code == 302
    assert posted["Location"] == f"/declare/{step}/"
    page = phone.get(posted["Location"])
    assert errors_in(page)
    for typed in wrong.values():
        if isinstance(typed, str):
            assert f'value="{typed}"' in page.content.decode()
    assert errors_in(phone.get(posted["Location"])), "loading it again still says so"


def test_what_is_right_then_is_what_back_shows(phone):
    walk(phone)
    answer(phone, "identity", full_name="9")
    answer(phone, "identity", **answers()["identity"])
    page = phone.get("/declare/identity/")
    assert errors_in(page) == []
    assert 'value="Nguyễn Văn An"' in page.content.decode()


def test_what_was_wrong_on_one_page_is_forgotten_on_the_next(phone):
    walk(phone)
    answer(phone, "identity", full_name="9")
    phone.get("/declare/phone/")
    assert errors_in(phone.get("/declare/identity/")) == []


def test_a_wrong_answer_to_the_first_question_is_told(phone):
    assert errors_in(answer(phone, "who")) == ["Choose who is travelling"]


def test_a_commune_of_several_is_offered_after_the_way_round(phone):
    walk(phone)
    page = answer(phone, "destination", destination_area="Tân An").content.decode()
    assert 'name="destination_area_choice"' in page


def test_faults_are_told_in_the_language_that_is_read_now(phone):
    walk(phone)
    answer(phone, "identity", full_name="9")
    page = phone.get("/declare/identity/", headers={"Accept-Language": "vi"})
    assert any("chữ" in error for error in errors_in(page))


@pytest.mark.parametrize("step", ["check", "test", "identity"])
def test_back_from_the_pass_says_that_it_was_sent(an, phone, step):
    location = declare(phone)["Location"]
    response = phone.get(f"/declare/{step}/")
    assert response["Location"] == "/declare/sent/"
    page = phone.get("/declare/sent/").content.decode()
    assert "Your declaration has been sent" in page
    assert location in page


def test_the_first_question_is_there_for_the_next_journey(an, phone):
    declare(phone)
    assert phone.get("/declare/who/").status_code == 200
    assert step_at(answer(phone, "who", who="self")) == "card"


def test_on_another_phone_nothing_was_sent(an, phone):
    declare(phone)
    stranger = Client(headers={"Accept-Language": "en"})
    assert stranger.get("/declare/sent/")["Location"] == "/declare/"
    assert stranger.get("/declare/stay/")["Location"] == "/declare/"
    assert step_at(stranger.get("/declare/check/")) == "declare"


def test_the_sign_in_is_not_posted_either(an, phone):
    posted = phone.post("/sign-in/", {"number": "12", "phone": "x", "next": "/me/"})
    assert posted.status_code == 302
    page = phone.get(posted["Location"])
    assert len(errors_in(page)) == 2
    assert 'value="12"' in page.content.decode()
    phone.post("/sign-in/", {"number": "079200001234", "phone": "0901234567"})
    wrong = phone.post("/sign-in/code/", {"code": "000000"})
    assert wrong["Location"] == "/sign-in/code/"
    assert "The code is wrong" in errors_in(phone.get("/sign-in/code/"))[0]


def test_the_commitment_that_is_missing_keeps_what_was_ticked(an, phone):
    walk(phone)
    posted = phone.post("/declare/check/", {"remember": "on"})
    page = phone.get(posted["Location"]).content.decode()
    assert "Confirm that your declaration is true" in page
    assert "checked" in page.split('name="remember"')[1].split(">")[0]
    assert "/pass/" in send(phone, remember="on")["Location"]


def test_an_unknown_question_is_not_found(phone):
    assert phone.get("/declare/xyz/").status_code == 404
    assert phone.post("/declare/xyz/").status_code == 404
