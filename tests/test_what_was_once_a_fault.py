"""Each input that was once answered with a bare fault, and its kind: the right answer, with the headers
that every page has.
"""

import pytest
from django.test import Client
from django.urls import reverse

from dancu.accounts import lookups as accounts
from dancu.accounts import quotas
from dancu.accounts.duties import ROLES
from dancu.accounts.tokens import create_token
from dancu.testing.officials import make_official, signed_in
from tests.test_every_url_with_every_role import PAGES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

LONG = "a" * 20_000
WHO = ["nobody", *ROLES]


def browser(role: str = "nobody", **options) -> Client:
    client = Client(raise_request_exception=False, **options)
    return (
        client if role == "nobody" else signed_in(client, make_official(f"at.{role.replace('_', '.')}", role))
    )


def is_answered(answer) -> bool:
    """Neither a fault nor without our headers."""
    return (
        answer.status_code < 500
        and "X-Content-Type-Options" in answer.headers
        and "default-src 'self'" in answer["Content-Security-Policy"]
    )


@pytest.mark.parametrize(
    "date",
    [
        "99999999999999-1-1",
        "1985-99999999999999-1",
        "1985-1-99999999999999",
        "-1-1-1",
        "0-0-0",
        "٣-٣-٣",
        "9" * 5000,
    ],
)
@pytest.mark.parametrize("path", ["/api/people/identify", "/api/people/identify-many"])
def test_a_birth_date_of_no_calendar_is_told_to_the_system_that_asked(path, date):
    quotas.forget()
    system = make_official("system", "vaccinator")
    token = create_token(system.pk, accounts.grants(system.pk)[0].grant_id, "a system")
    asked = {"number": "001085001234", "full_name": "Nguyễn Văn An", "birth_date": date}
    sent = asked if path.endswith("identify") else {"people": [asked]}
    answer = browser().post(path, sent, "application/json", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/json")
    told = answer.json() if path.endswith("identify") else answer.json()["people"][0]
    assert told["outcome"] == "unreadable"
    assert "birth_date" in told["unreadable"]


@pytest.mark.parametrize("status", ["listed", LONG])
@pytest.mark.parametrize("site", ["Trạm y tế Bến Thành", LONG, "ễ" * 5000])
@pytest.mark.parametrize(
    "verdict",
    [{}, {"verdict-1": "perhaps"}, {"verdict-x": "site_wrong"}, {f"verdict-{'9' * 30}": "site_wrong"}],
)
def test_verdicts_that_there_are_not_lead_back_to_the_list(verdict, site, status):
    steward = browser("data_steward")
    for name, of in (("corrections-sign", []), ("correction-person", [1]), ("correction-reopen", [1])):
        answer = steward.post(
            reverse(f"office:{name}", args=of), verdict | {"list-site": site, "list-status": status}
        )
        assert is_answered(answer)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/office/corrections/")
        assert len(answer["Location"]) < 3000
        assert is_answered(steward.get(answer["Location"]))


@pytest.mark.parametrize("charset", ["utf-16", "utf-7", "utf-32", "idna", "rot13", "hex", "nowhere"])
def test_every_form_of_another_charset_is_answered_whoever_has_a_cookie_for_it(charset):
    """As anybody may send it: with the cookie against forged forms, with and without its token, whole and
    cut off.
    """
    client = browser(enforce_csrf_checks=True)
    client.get("/office/sign-in/")
    token = client.cookies["csrftoken"].value
    codec = charset if charset.startswith("utf-") else "utf-8"
    wrong = []
    for page in PAGES:
        for form in ("username=chi&password=x", f"csrfmiddlewaretoken={token}&username=chi&password=x"):
            for body in (form.encode(codec), form.encode()[:-1], b"\xff\xfe\x00"):
                answer = client.generic(
                    "POST", page.path, body, f"application/x-www-form-urlencoded; charset={charset}"
                )
                if not is_answered(answer):
                    wrong.append(f"{page.path}: {answer.status_code}")
    assert not wrong


@pytest.mark.parametrize("who", WHO)
def test_no_address_is_too_long_to_be_led_from(who):
    """A redirect of more than 16 KB is one that Django refuses to make."""
    client = browser(who)
    wrong = []
    for page in PAGES:
        answers = [
            client.get(page.path, {"q": LONG, "next": LONG, "page": LONG}),
            client.post(
                page.path,
                {"next": f"/{LONG}", "q": LONG, "state": [LONG] * 30},
                headers={"Referer": f"http://testserver/{LONG}"},
            ),
            client.post(
                page.path, headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver/{LONG}"}
            ),
        ]
        wrong += [f"{page.path}: {answer.status_code}" for answer in answers if not is_answered(answer)]
    assert not wrong
