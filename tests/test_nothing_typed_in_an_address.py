"""What anybody types to find or tell of somebody stands in no address: no history, no proxy's log and no
Referer has it.

Every form of every page is looked at and sent; a new page is crossed by itself.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch

from dancu.accounts import reading
from dancu.accounts.duties import ROLES
from dancu.register import lookups as register
from dancu.testing.officials import make_official, signed_in
from dancu.web.citizen import limits
from tests.journeys import country
from tests.journeys.everywhere import address, is_whole_page, something_everywhere
from tests.test_every_url_with_every_role import PAGES, Page
from tests.test_no_input_is_a_fault import KINDS

TYPED = "Zqxwv0987650123"
CHOSEN = ("hidden", "submit", "button", "checkbox", "radio", "file", "image", "reset")
ADDRESSES = (
    "href",
    "action",
    "formaction",
    "src",
    "data-open",
    "hx-get",
    "hx-post",
    "hx-push-url",
    "hx-replace-url",
)


@dataclass
class Form:
    where: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)


class Reader(HTMLParser):
    """The forms of a page, and the addresses that stand in it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.named: dict[str, Form] = {}
        self.addresses: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.addresses += [
            given[name] for name in ADDRESSES if not given.get(name, "tel:").startswith("tel:")
        ]
        if tag == "form":
            is_sent_by_get = given.get("method", "get").lower() == "get" or "hx-get" in given
            made = Form(given.get("action", ""), "get" if is_sent_by_get else given["method"].lower())
            self.forms.append(made)
            self.named[given.get("id", "")] = made
        elif tag in ("input", "select", "textarea", "button") and given.get("name"):
            of = self.named.get(given.get("form", "")) if given.get("form") else (self.forms or [None])[-1]
            if of is None:
                return
            is_typed = tag == "textarea" or (
                tag == "input" and given.get("type", "text").lower() not in CHOSEN
            )
            of.typed += [given["name"]] * is_typed
            of.fields.setdefault(given["name"], TYPED if is_typed else given.get("value", ""))


@pytest.fixture
def clients(published_areas, db, monkeypatch) -> dict[str, Client]:
    """Somebody of each role, a citizen and nobody."""
    for name in ("PER_ADDRESS", "PER_NUMBER", "PER_SESSION", "CODES_PER_ADDRESS", "PICTURES_PER_ADDRESS"):
        monkeypatch.setattr(limits, name, 10**6)
    monkeypatch.setattr(reading, "MOST_AN_HOUR", 10**6)
    found = {"nobody": Client()}
    for role in ROLES:
        kind = ROLES[role].jurisdictions[0]
        here = (kind, KINDS[kind]()) if kind in KINDS else ()
        found[role] = signed_in(Client(), make_official(f"at.{role.replace('_', '.')}", role, *here))
    return found


def whole_pages(clients: dict[str, Client], there: dict[str, Any]) -> list[tuple[str, Page, str, Any]]:
    """Each page as the first who may opens it: (who, page, its address, the answer)."""
    found = []
    for page in PAGES:
        for who in clients:
            if page.mark == "token" or not page.lets_in("" if who == "nobody" else who):
                continue
            path = _address(page, there)
            answer = clients[who].get(path)
            if is_whole_page(answer):
                found.append((who, page, path, answer))
                break
    return found


def _address(page: Page, there: dict[str, Any]) -> str:
    try:
        return address(page.name, page.path, there)
    except NoReverseMatch:  # a part that its pattern gives by itself
        return page.path


def test_no_form_sends_what_is_typed_in_its_address_and_no_answer_repeats_it_there(clients):
    small = country.found()
    there = something_everywhere(small, small.chi)
    wrong, sent, opened = [], 0, whole_pages(clients, there)
    for who, page, path, answer in opened:
        for form in Reader(answer.content.decode()).forms:
            if not form.typed:
                continue
            if form.method == "get":
                wrong.append(f"{path}: a form sends {form.typed} in its address")
                continue
            sent += 1
            told = clients[who].post(form.where or path, form.fields, follow=True)
            chain = [address for address, _status in getattr(told, "redirect_chain", [])]
            shown = (
                Reader(told.content.decode()).addresses
                if is_whole_page(told) or told.status_code == 422
                else []
            )
            wrong += [
                f"{page.name}: {form.typed} led to {place}"
                for place in chain + shown
                if TYPED.lower() in place.lower()
            ]
    assert len(opened) > 35
    assert sent >= 20
    assert not wrong, "\n".join(wrong)


def test_no_link_tells_of_anybody(clients):
    small = country.found()
    there = something_everywhere(small, small.chi)
    person = register.people([small.an])[small.an]
    born = person["birth_date"]
    days = rf"{born.day}\D{{1,20}}{born.month}\D{{1,20}}{born.year}|{born.isoformat()}"
    secret = re.compile(
        "|".join([re.escape(person["pin"]), person["phone"] or "-{9}", days, "Nguy", "%E1%BB%85n", "nguyen"]),
        re.IGNORECASE,
    )
    wrong = [
        f"{page.name}: {place}"
        for _who, page, _path, answer in whole_pages(clients, there)
        for place in Reader(answer.content.decode()).addresses
        if secret.search(place)
    ]
    assert not wrong, "\n".join(wrong)
