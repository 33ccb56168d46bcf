"""What was typed is sealed in addresses, for the official who typed it and for as long as a session may
last.
"""

import time

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as some

from dancu.accounts.models import Official
from dancu.web import sought
from dancu.web.access import LONGEST_SESSION

PLAIN = ("state",)


def asked_by(pk: int | None, address: str = "/"):
    request = RequestFactory().get(address)
    request.user = AnonymousUser() if pk is None else Official(pk=pk)
    return request


def test_what_was_typed_is_read_again_and_stands_nowhere_in_the_address():
    query = sought.query(asked_by(1), {"q": "Nguyễn 0912345678", "state": "met"}, PLAIN)
    assert query.startswith("?state=met&sought=")
    assert "Nguy" not in query
    assert "0912" not in query
    assert sought.read(asked_by(1, f"/{query}"), PLAIN).dict() == {"q": "Nguyễn 0912345678", "state": "met"}


def test_another_official_opens_it_no_more_than_one_who_made_it_up():
    query = sought.query(asked_by(1), {"q": "Nguyễn"})
    for request in (
        asked_by(2, f"/{query}"),
        asked_by(None, f"/{query}"),
        asked_by(1, f"/{query}x"),
        asked_by(1, "/?sought=ễ"),
    ):
        assert sought.read(request, PLAIN).dict() == {}
        assert sought.is_forgotten(request)


def test_it_is_forgotten_after_a_session(monkeypatch):
    query = sought.query(asked_by(1), {"q": "Nguyễn"})
    assert not sought.is_forgotten(asked_by(1, f"/{query}"))
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + LONGEST_SESSION + 5)
    assert sought.is_forgotten(asked_by(1, f"/{query}"))


def test_what_stands_readable_in_an_address_is_not_looked_for():
    assert sought.read(asked_by(1, "/?q=0912345678&state=met"), PLAIN).dict() == {"state": "met"}


def test_nothing_asked_for_makes_no_query():
    assert sought.query(asked_by(1), QueryDict("q=+&state=&csrfmiddlewaretoken=x&send=Search"), PLAIN) == ""


@pytest.mark.parametrize("name", ["q", "state"])
def test_no_address_grows_too_long_for_a_redirect(name):
    given = QueryDict(mutable=True)
    for nth in range(100):
        given.setlist(f"{name}{nth}", ["😀" * 5000] * 50)
    given.setlist(name, ["😀" * 5000] * 50)
    assert len(sought.query(asked_by(1), given, PLAIN)) < 16_000


@given(some.text(max_size=100))
def test_any_text_is_sealed_and_read(text):
    query = sought.query(asked_by(1), {"q": text})
    shown = sought.read(asked_by(1, f"/{query}")).get("q", "")
    assert shown == text.strip().encode("utf-8", "replace").decode()
