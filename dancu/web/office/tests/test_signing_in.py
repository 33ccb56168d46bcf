import re
import time
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from dancu.accounts import actions, lookups, sign_in
from dancu.accounts.models import Official
from dancu.audit import lookups as audit
from dancu.testing.officials import PASSWORD, code_of, make_official, signed_in
from dancu.web import access
from dancu.web.office.sign_in import signing_in

SIGN_IN = reverse("office:sign-in")
CODE = reverse("office:code")
HOME = reverse("office:home")
PASSWORD_PAGE = reverse("office:password")
OWN = "nước mắm Phú Quốc"


def enter(client: Client, username: str, password: str, **more):
    return client.post(more.pop("path", SIGN_IN), {"username": username, "password": password}, **more)


def come_in(client: Client, official: Official, path: str = SIGN_IN):
    enter(client, official.username, PASSWORD, path=path)
    return client.post(CODE, {"code": code_of(official)})


def error_of(response) -> str:
    found = re.search(r'govuk-error-summary__list">(.*?)</ul>', response.content.decode(), re.DOTALL)
    return " ".join(re.sub("<[^>]+>", " ", found[1]).split()) if found else ""


def test_chi_signs_in_with_password_and_code(client, chi):
    assert enter(client, "chi", PASSWORD).url == CODE
    page = client.get(CODE).content.decode()
    assert 'autocomplete="one-time-code"' in page
    assert 'inputmode="numeric"' in page
    code = code_of(chi)
    assert client.post(CODE, {"code": f"{code[:3]} {code[3:]}"}).url == HOME
    assert b"National officer" in client.get(HOME).content


def test_signing_in_leads_to_the_page_that_was_asked_for(client, chi):
    asked = client.get(PASSWORD_PAGE)
    assert asked.url == f"{SIGN_IN}?next=%2Foffice%2Fpassword%2F"
    assert come_in(client, chi, asked.url).url == PASSWORD_PAGE


@pytest.mark.parametrize(
    "elsewhere",
    ["https://example.org/", "//example.org/", "javascript:alert(1)", "/\\example.org", "elsewhere"],
)
def test_signing_in_never_leads_elsewhere(client, chi, elsewhere):
    assert come_in(client, chi, f"{SIGN_IN}?next={elsewhere}").url == HOME


def test_a_wrong_name_a_wrong_password_and_a_locked_account_get_the_same_answer(client, chi):
    closed = make_official("closed", "vaccinator")
    actions.lock(None, closed.pk)
    answers = {
        error_of(enter(client, "chi", "wrong")),
        error_of(enter(client, "nobody", "wrong")),
        error_of(enter(client, "closed", PASSWORD)),
    }
    assert len(answers) == 1
    assert "after five failed attempts" in answers.pop().lower()


def test_after_five_wrong_passwords_the_right_one_is_told_the_same(client, chi):
    answers = {error_of(enter(client, "chi", "wrong")) for _ in range(5)}
    answers.add(error_of(enter(client, "chi", PASSWORD)))
    assert len(answers) == 1


def test_after_five_wrong_codes_it_begins_anew_with_the_lock_told(client, chi):
    enter(client, "chi", PASSWORD)
    for _ in range(4):
        assert "wrong" in error_of(client.post(CODE, {"code": "000000"}))
    assert client.post(CODE, {"code": "000000"}).url == SIGN_IN
    assert b"locked" in client.get(SIGN_IN).content
    assert client.get(CODE).url == SIGN_IN


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "12345\u0666"])
def test_what_is_no_code_is_told_so_and_counts_as_no_try(client, chi, code):
    enter(client, "chi", PASSWORD)
    assert error_of(client.post(CODE, {"code": code}))
    chi.refresh_from_db()
    assert chi.failed_count == 0


def test_the_password_alone_opens_nothing(client, chi):
    enter(client, "chi", PASSWORD)
    assert client.get(HOME).url.startswith(SIGN_IN)
    assert client.get(reverse("office:authenticator")).url == CODE
    assert client.get(reverse("office:new-password")).url == CODE


def test_from_the_password_to_the_code_there_are_ten_minutes(client, chi, monkeypatch):
    enter(client, "chi", PASSWORD)
    later = time.time() + signing_in.STEPS_SECONDS + 1
    monkeypatch.setattr(signing_in.time, "time", lambda: later)
    assert client.get(CODE).url == SIGN_IN


def test_a_reset_between_the_steps_ends_the_sign_in(client, chi):
    enter(client, "chi", PASSWORD)
    actions.reset_second_factor(None, chi.pk)
    assert client.get(reverse("office:authenticator")).url == SIGN_IN


def test_the_key_of_the_session_is_new_at_every_step_in(client, chi):
    client.get(SIGN_IN)
    keys = [client.session.session_key]
    enter(client, "chi", PASSWORD)
    keys.append(client.session.session_key)
    client.post(CODE, {"code": code_of(chi)})
    keys.append(client.session.session_key)
    assert len(set(keys)) == 3


def test_a_new_official_chooses_a_password_and_enrols_an_authenticator(client, db):
    new = actions.create_official(None, "dung", "Phạm Thùy Dung")
    actions.grant_role(None, new.official_id, "vaccinator", "facility", 3)
    assert enter(client, "dung", new.password).url == reverse("office:new-password")
    assert client.get(reverse("office:authenticator")).url == reverse("office:new-password")
    same = client.post(reverse("office:new-password"), {"password": new.password, "again": new.password})
    assert "different from your current one" in error_of(same)
    differing = client.post(reverse("office:new-password"), {"password": OWN, "again": OWN + "!"})
    assert "do not match" in error_of(differing)
    done = client.post(reverse("office:new-password"), {"password": OWN, "again": OWN})
    assert done.url == reverse("office:authenticator")

    page = client.get(done.url).content.decode()
    assert "<svg" in page
    dung = Official.objects.get(username="dung")
    assert sign_in.key_to_type(sign_in.device_to_enrol(dung)) in page
    assert "not the current code" in error_of(client.post(done.url, {"code": "000000"}))
    assert client.post(done.url, {"code": code_of(dung)}).url == HOME
    assert client.get(HOME).status_code == 200

    client.post(reverse("office:sign-out"))
    assert enter(client, "dung", OWN).url == CODE


def test_after_a_reset_password_the_code_comes_before_the_new_password(client, chi):
    password = actions.reset_password(None, chi.pk)
    assert enter(client, "chi", password).url == CODE
    assert client.post(CODE, {"code": code_of(chi)}).url == reverse("office:new-password")
    assert client.post(reverse("office:new-password"), {"password": OWN, "again": OWN}).url == HOME


def test_an_official_with_two_roles_says_which(client, chi):
    actions.grant_role(None, chi.pk, "data_steward", "nation")
    led = come_in(client, chi)
    assert led.url.startswith(reverse("office:role"))
    assert client.get(HOME).url.startswith(reverse("office:role"))
    steward = lookups.grants(chi.pk)[1]
    page = client.get(led.url).content.decode()
    assert "Commune officer" in page
    assert "Data steward" in page
    assert client.post(led.url, {"grant": steward.grant_id}).url == HOME
    assert b"Data steward" in client.get(HOME).content


def test_nobody_takes_anothers_role_in_the_choice(client, chi, giang):
    signed_in(client, chi)
    other = lookups.grants(giang.pk)[0].grant_id
    client.post(reverse("office:role"), {"grant": other})
    assert b"National officer" in client.get(HOME).content


def test_an_official_without_a_role_is_told_so_and_can_sign_out(client, db):
    dung = make_official("dung", "")
    led = come_in(client, dung)
    assert led.url.startswith(reverse("office:role"))
    page = client.get(led.url)
    assert b"no role today" in page.content
    assert client.post(reverse("office:sign-out")).url == SIGN_IN


def test_after_signing_out_the_session_is_gone(client, chi):
    signed_in(client, chi)
    assert client.get(HOME).status_code == 200
    client.post(reverse("office:sign-out"))
    assert client.get(HOME).url.startswith(SIGN_IN)


def test_a_sign_out_is_never_a_link(client, chi):
    signed_in(client, chi)
    assert client.get(reverse("office:sign-out")).status_code == 405


def test_too_many_tries_from_one_place_have_to_wait(client, chi, monkeypatch):
    monkeypatch.setattr(signing_in, "TRIES", 3)
    for _ in range(3):
        enter(client, "nobody", "wrong")
    refused = enter(client, "chi", PASSWORD)
    assert refused.status_code == 429
    assert "five minutes" in error_of(refused)
    assert enter(client, "chi", PASSWORD, REMOTE_ADDR="10.9.9.9").url == CODE


def test_signing_in_and_out_is_audited_with_the_address(client, chi):
    enter(client, "chi", "wrong", REMOTE_ADDR="203.0.113.7")
    come_in(client, chi)
    client.post(reverse("office:sign-out"))
    now = access.lookups.timezone.now()
    found = audit.search(now.replace(hour=0, minute=0), now.replace(year=now.year + 1), official_id=chi.pk)
    assert [entry.action for entry in found] == [
        "accounts.signed_out",
        "accounts.signed_in",
        "accounts.sign_in_failed",
    ]
    assert found[-1].address == "203.0.113.7"


def test_the_demo_shows_the_code_on_its_page_but_nothing_before(client, chi, settings):
    settings.DEMO = True
    assert b"demo-code" not in client.get(SIGN_IN).content
    enter(client, "chi", PASSWORD)
    page = client.get(CODE).content.decode()
    assert "Demonstration only" in page
    code = re.search(r'id="demo-code">(\d{6})<', page)[1]
    assert client.post(CODE, {"code": code}).url == HOME
    client.post(reverse("office:sign-out"))  # and at once again, with a code not used before
    enter(client, "chi", PASSWORD)
    again = re.search(r'id="demo-code">(\d{6})<', client.get(CODE).content.decode())[1]
    assert client.post(CODE, {"code": again}).url == HOME


def test_outside_the_demo_no_page_shows_a_code(client, chi):
    enter(client, "chi", PASSWORD)
    assert b"demo-code" not in client.get(CODE).content


def test_who_is_in_is_not_asked_to_sign_in_again(client, chi):
    signed_in(client, chi)
    assert client.get(SIGN_IN).url == "/office/"


def test_the_own_password_is_changed_and_this_session_stays(client, chi):
    signed_in(client, chi)
    elsewhere = signed_in(Client(), chi)
    asked = {"current": "wrong", "password": OWN, "again": OWN}
    assert "current password is wrong" in error_of(client.post(PASSWORD_PAGE, asked))
    assert client.post(PASSWORD_PAGE, asked | {"current": PASSWORD}).url == HOME
    assert client.get(HOME).status_code == 200
    assert elsewhere.get(HOME).url.startswith(SIGN_IN)
    assert sign_in.check_password("chi", OWN, "10.0.0.1") == chi


def test_the_own_password_is_not_guessed_on_a_screen_left_open(client, chi):
    signed_in(client, chi)
    for _ in range(10):
        client.post(PASSWORD_PAGE, {"current": "wrong", "password": OWN, "again": OWN})
    assert client.post(PASSWORD_PAGE, {"current": PASSWORD, "password": OWN, "again": OWN}).url == HOME
    assert sign_in.check_password("chi", OWN, "10.0.0.1") is None


def test_administrators_see_when_chi_was_last_at_work(client, chi):
    assert lookups.official(chi.pk).last_seen_at is None
    come_in(client, chi)
    began = lookups.official(chi.pk).last_seen_at
    assert began is not None
    Official.objects.update(last_seen_at=began - timedelta(minutes=5))
    session = client.session
    session["seen"] -= 120
    session.save()
    client.get(HOME)
    assert lookups.official(chi.pk).last_seen_at > began
