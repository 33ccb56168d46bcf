"""Every page and endpoint, asked for by everyone: who may not is refused, who may is not.

A view says who may open it by its mark (dancu.web.access): a duty, officials, citizens or the public; an
endpoint by its access (dancu.endpoints.access). A new URL is crossed by itself; where its address needs a sample of its
own, give one below.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, SlugConverter, StringConverter, UUIDConverter

from dancu.accounts import lookups
from dancu.accounts.duties import ANY, DUTIES, ROLES, roles_with
from dancu.accounts.tokens import create_token
from dancu.endpoints.declaration import Endpoint
from dancu.testing.officials import make_official, signed_in
from dancu.web.addresses import RecordNumber

SAMPLES: dict[type, Any] = {
    IntConverter: 999_999_999,
    RecordNumber: 999_999_999,
    SlugConverter: "lock",
    StringConverter: "sample",
    UUIDConverter: "0198f6a4-0000-7000-8000-000000000000",
}
SAMPLE_OF: dict[tuple[str, str], Any] = {}  # (name of the URL, name of the part): what to put there

# Of pages; an endpoint says it by its access: "token", "public", "metrics" (the operator's monitoring), or what a
# module's own kind of caller is called
MARKS = ("duty", "official", "citizen", "public")

OPEN = {"set_language"}  # to all without a mark: a view of Django's


@dataclass(frozen=True)
class Page:
    """A URL and whom its view lets in."""

    name: str
    view: Any
    path: str

    @property
    def endpoint(self) -> Any:
        """What is declared of it, where it is an endpoint (dancu.endpoints.declaration)."""
        return self.view if isinstance(self.view, Endpoint) else None

    @property
    def mark(self) -> str:
        if self.endpoint:
            return self.endpoint.access.scheme
        marks = [mark for mark in MARKS if hasattr(self.view, mark)]
        return "public" if self.name in OPEN else ", ".join(marks)

    def lets_in(self, role: str) -> bool:
        """Whether an official in this role ("" for nobody signed in) may open it."""
        if self.mark == "duty":
            return role in roles_with(self.view.duty)
        return self.mark == "public" or (self.mark == "official" and role != "")


def pages(patterns: Any = None, namespace: str = "") -> Iterator[Page]:
    """Every URL of the site."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from pages(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            name = f"{namespace}{pattern.name}"
            for view in getattr(pattern.callback, "endpoints", [pattern.callback]):
                yield Page(name, view, address(name, pattern))


def address(name: str, pattern: URLPattern) -> str:
    parts = pattern.pattern.converters
    given = {
        part: SAMPLE_OF.get((name, part), SAMPLES.get(type(kind), "sample")) for part, kind in parts.items()
    }
    return reverse(name, kwargs=given)


PAGES = list(pages())
WHO = ["", *ROLES]


@pytest.fixture(autouse=True)
def _metrics_are_there(settings: Any) -> None:
    """Without one nobody is let in to /metrics, and it is not there."""
    settings.METRICS_TOKEN = "a-token-of-the-operators-own"


def is_refused(page: Page, response: Any) -> bool:
    """The door's own 403, or led away to a sign-in; of an endpoint for tokens, not let in.

    A view may answer 403 for reasons of its own to one who is in, and the steps of signing in lead to its
    first page.
    """
    if page.endpoint:
        return page.mark != "public" and response.status_code in (401, 403, 405)
    if response.status_code == 403:
        return any(template.name == "office/refused.html" for template in response.templates)
    led_to = response.headers.get("Location", "")
    return page.mark != "public" and response.status_code == 302 and led_to.split("?")[0] in sign_in_pages()


def sign_in_pages() -> set[str]:
    return {page.path for page in PAGES if page.name in (settings.LOGIN_URL, "citizen:sign-in")}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_view_says_who_may_open_it(page):
    if page.endpoint:
        assert page.mark == "public" or not page.endpoint.access.duty or page.endpoint.access.duty in DUTIES
        return
    assert page.mark in MARKS, f"{page.view.__module__}: {page.name}: one mark, please"
    needed = page.view.duty if page.mark == "duty" else ANY
    assert needed == ANY or needed in DUTIES


@pytest.mark.django_db
@pytest.mark.parametrize("role", WHO, ids=lambda role: role or "nobody")
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_url_lets_in_those_it_should_and_no_one_else(role, method):
    official = make_official(role, role) if role else None
    wrong = []
    for page in PAGES:
        client = Client(raise_request_exception=True)
        if official:
            signed_in(client, official)
        response = getattr(client, method)(page.path)
        if is_refused(page, response) == page.lets_in(role):
            wrong.append(f"{method} {page.path} ({page.mark}): {response.status_code}")
    assert not wrong


@pytest.mark.django_db
@pytest.mark.parametrize("page", [page for page in PAGES if page.mark == "duty"], ids=lambda page: page.name)
def test_no_official_gets_in_without_the_second_factor(page):
    client = Client()
    official = make_official("half.way", next(iter(roles_with(page.view.duty))))
    signed_in(client, official)
    session = client.session
    del session["otp_device_id"]
    session.save()
    assert is_refused(page, client.get(page.path))
    assert is_refused(page, client.post(page.path))


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_a_systems_token_opens_what_the_duties_of_its_role_open(role):
    official = make_official(role, role)
    token = create_token(official.pk, lookups.grants(official.pk)[0].grant_id, "a system")
    wrong = []
    for page in (page for page in PAGES if page.mark == "token"):
        response = Client().generic(
            page.endpoint.method,
            page.path,
            "{}",
            "application/json",
            headers={"Authorization": f"Bearer {token}"},
        )
        if is_refused(page, response) == (role in roles_with(page.endpoint.access.duty)):
            wrong.append(f"{page.path}: {response.status_code}")
    assert not wrong
