import time

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from dancu.accounts import actions, lookups
from dancu.accounts.sessions import SessionStore
from dancu.testing.officials import acting_as, make_official, signed_in
from dancu.web import access

HOME = reverse("office:home")
SIGN_IN = reverse("office:sign-in")


def is_out(client: Client) -> bool:
    response = client.get(HOME)
    return response.status_code == 302 and response.url.startswith(SIGN_IN)


def age(client: Client, **seconds: int) -> None:
    """The session was begun and last used so many seconds ago."""
    session = client.session
    for what, ago in seconds.items():
        session[what] = int(time.time()) - ago
    session.save()


def test_after_half_an_hour_without_use_the_session_is_over(client, chi):
    signed_in(client, chi)
    age(client, seen=29 * 60)
    assert not is_out(client)
    age(client, seen=31 * 60)
    assert is_out(client)
    assert b"signed out" in client.get(SIGN_IN).content


def test_every_use_begins_the_half_hour_anew(client, chi):
    signed_in(client, chi)
    age(client, seen=29 * 60)
    client.get(HOME)
    assert time.time() - client.session["seen"] < 5


def test_at_a_checkpoint_the_session_lasts_a_shift_of_twelve_hours_and_no_longer(client, db):
    binh = make_official("binh", "checkpoint_officer")
    signed_in(client, binh)
    age(client, seen=11 * 3600, signed_in=11 * 3600)
    assert not is_out(client)
    age(client, signed_in=12 * 3600 + 1)
    assert is_out(client)


def test_in_every_role_the_session_ends_after_twelve_hours_however_busy(client, chi):
    signed_in(client, chi)
    age(client, signed_in=12 * 3600 + 1)
    assert is_out(client)


@pytest.mark.parametrize(
    "verb",
    [
        actions.lock,
        lambda by, official_id: actions.reset_password(None, official_id),
        lambda by, official_id: actions.reset_second_factor(None, official_id),
        lambda by, official_id: actions.end_grant(by, lookups.grants(official_id)[0].grant_id),
    ],
)
def test_a_lock_a_reset_and_the_end_of_a_role_end_the_session_at_once(client, chi, giang, verb):
    signed_in(client, chi)
    assert not is_out(client)
    verb(acting_as(giang), chi.pk)
    assert is_out(client)


def test_wrong_passwords_of_a_stranger_do_not_throw_chi_out_of_her_work(client, chi):
    signed_in(client, chi)
    for _ in range(5):
        Client().post(SIGN_IN, {"username": "chi", "password": "wrong"})
    assert not is_out(client)


def test_a_role_that_ends_today_is_no_longer_acted_in(client, chi):
    signed_in(client, chi)
    chi.grants.update(valid_from="2021-01-01", valid_to="2021-09-01")
    assert client.get(HOME).url.startswith(reverse("office:role"))


def test_without_the_duty_the_page_says_what_is_missing_and_who_has_it(client, chi):
    signed_in(client, chi)
    refused = client.get(reverse("office:accounts"))
    assert refused.status_code == 403
    page = refused.content.decode()
    assert "manage officials’ accounts" in page
    assert "Administrator" in page


def test_what_is_sent_without_a_session_is_not_carried_out_and_told_so(client, db):
    form = reverse("office:account-new")
    refused = client.post(
        form,
        {"username": "intruder", "full_name": "Intruder"},
        headers={"Referer": f"http://testserver{form}"},
    )
    assert refused.url == f"{SIGN_IN}?next=%2Foffice%2Faccounts%2Fnew%2F"
    assert "What you just sent was not recorded." in client.get(refused.url).content.decode()
    with pytest.raises(lookups.errors.NoSuchOfficial):
        lookups.official_named("intruder")


def test_a_piece_of_a_page_leads_the_whole_page_to_the_sign_in(client, db):
    asked = {"HX-Request": "true", "HX-Current-URL": "http://testserver/office/accounts/?q=x"}
    led = client.get(reverse("office:accounts"), headers=asked)
    assert led.status_code == 204
    assert led["HX-Redirect"] == f"{SIGN_IN}?next=%2Foffice%2Faccounts%2F"


def test_an_unknown_duty_is_a_mistake_of_ours_found_at_once():
    with pytest.raises(ValueError, match="no duty"):
        access.duty("fly")


@pytest.mark.parametrize(
    ("header", "sent", "address"),
    [
        (
            "",
            {"HTTP_X_REAL_IP": "6.6.6.6"},
            "10.0.0.1",
        ),  # no proxy of ours: whoever sends the header made it up
        ("HTTP_X_REAL_IP", {"HTTP_X_REAL_IP": "203.0.113.7"}, "203.0.113.7"),
        ("HTTP_X_FORWARDED_FOR", {"HTTP_X_FORWARDED_FOR": "6.6.6.6, 203.0.113.7"}, "203.0.113.7"),
        ("HTTP_X_REAL_IP", {"HTTP_X_REAL_IP": "not an address"}, "10.0.0.1"),
        ("HTTP_X_REAL_IP", {}, "10.0.0.1"),
        ("", {"REMOTE_ADDR": ""}, ""),
        ("", {"REMOTE_ADDR": "fe80::1%eth0"}, "fe80::1"),
        (
            "",
            {"REMOTE_ADDR": "::ffff:203.0.113.7"},
            "203.0.113.7",
        ),  # else all of IPv4 would count as one network
    ],
)
def test_the_address_is_the_connections_unless_our_own_proxy_says_it(settings, header, sent, address):
    settings.CLIENT_ADDRESS_HEADER = header
    request = RequestFactory().get("/", **({"REMOTE_ADDR": "10.0.0.1"} | sent))
    assert access.client_address(request) == address


def test_every_request_has_one_number():
    request = RequestFactory().get("/")
    assert access.request_id(request) == access.request_id(request)
    assert (
        access.request_id(RequestFactory().get("/", headers={"X-Request-ID": "of-my-choice"}))
        != "of-my-choice"
    )


@access.citizen_only
def own_page(request):
    return HttpResponse(f"person {request.person_id}")


def as_citizen(person_id: int, **held) -> HttpRequest:
    """A request of a browser in which this citizen has just signed in."""
    request = RequestFactory().get("/me/")
    request.session = SessionStore()
    request._messages = FallbackStorage(request)
    request.session.update(held)
    request.user = AnonymousUser()
    access.begin_citizens_session(request, person_id)
    return request


def test_a_signed_in_citizen_is_known_to_the_view(db):
    assert own_page(as_citizen(7)).content == b"person 7"


def test_a_citizens_session_forgets_what_the_browser_held_before(db):
    request = as_citizen(7, grant=1, signed_in=1)
    assert set(request.session.keys()) == {"citizen"}


def test_a_citizens_session_ends_after_twenty_minutes_without_use(db):
    request = as_citizen(7)
    request.session["citizen"]["seen"] -= access.CITIZEN_IDLE - 1
    assert own_page(request).status_code == 200
    assert time.time() - request.session["citizen"]["seen"] < 5
    request.session["citizen"]["seen"] -= access.CITIZEN_IDLE + 1
    assert own_page(request).url == f"{reverse('citizen:sign-in')}?next=%2Fme%2F"
    assert [str(message) for message in request._messages] == [access.signed_out_after(20 * 60)]
    assert "citizen" not in request.session


def test_an_officials_session_is_no_citizens_session(client, chi):
    signed_in(client, chi)
    assert "citizen" not in client.session
