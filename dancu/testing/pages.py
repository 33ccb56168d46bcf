"""Reading pages as a person would, pressing their button, and their addresses."""

import re
from html import unescape
from types import SimpleNamespace
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, QueryDict
from django.test import Client

from dancu.web import sought


def text(response: HttpResponse | str) -> str:
    """What a page says, without its tags."""
    page = response if isinstance(response, str) else response.content.decode()
    page = re.sub(r"</?mark\b[^>]*>", "", page)  # stands around single letters
    return " ".join(
        unescape(re.sub(r"<(script|style|symbol)\b.*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)).split()
    )


def links(response: HttpResponse, words: str) -> list[str]:
    """Where the links of these words lead."""
    found = re.findall(r'<a\b[^>]*href="([^"]+)"[^>]*>(.*?)</a>', response.content.decode(), flags=re.DOTALL)
    return [unescape(href) for href, inner in found if words in text(inner)]


def press(client: Client, address: str, page: HttpResponse) -> Any:
    """Confirm on the page that asks: its hidden fields and the button."""
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.content.decode())
    assert hidden, text(page)
    given: dict[str, list[str]] = {}
    for name, value in hidden:
        given.setdefault(name, []).append(unescape(value))
    return client.post(address, given | {"confirmed": "1"})


def sealed(client: Client, address: str, *typed: str) -> str:
    """A readable address, with these of its parameters sealed for the official who is signed in."""
    path, _mark, query = address.partition("?")
    given = QueryDict(query)
    request: Any = SimpleNamespace(user=SimpleNamespace(pk=client.session["_auth_user_id"]))
    return path + sought.query(
        cast(HttpRequest, request), given, [name for name in given if name not in typed]
    )


def offered(client: Client, address: str, typed: str, field: str = "person") -> list[str]:
    """What chooses each of the people whom a field of dancu.web.kit.people offers for what was typed."""
    page = client.post(address, {field: typed, f"{field}_find": "1"}).content.decode()
    return [unescape(choice) for choice in re.findall(rf'name="{field}_choice"[^>]*value="([^"]+)"', page)]


def meaning(client: Client, address: str, typed: str, field: str = "person") -> dict[str, str]:
    """What a form sends that means the only one of them."""
    (choice,) = offered(client, address, typed, field)
    return {field: typed, f"{field}_choice": choice}
