"""What is served is described: as OpenAPI for programs, as a page for people."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from dancu.endpoints.catalogue import served
from dancu.endpoints.document import document

PAGES = {"about:endpoints", "about:problem"}  # for people, among the endpoints' addresses


def _addresses(patterns: Any, before: str = "", space: str = "") -> Iterator[tuple[str, str, Any]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _addresses(pattern.url_patterns, before + str(pattern.pattern), inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", before + str(pattern.pattern), pattern.callback


def test_whatever_lies_among_the_endpoints_is_declared_as_one() -> None:
    there = {
        name: view
        for name, address, view in _addresses(get_resolver().url_patterns)
        if address.startswith(("api/", ".well-known/", "health/", "metrics"))
    }
    assert [name for name, view in there.items() if not hasattr(view, "endpoints")] == sorted(PAGES)
    assert {each.name for each in served()} == there.keys() - PAGES


def test_every_endpoint_is_in_the_document_with_what_it_takes_gives_and_refuses(client: Client) -> None:
    answer = client.get("/api/openapi.json")
    assert "public" in answer["Cache-Control"]
    told = answer.json()
    assert told == json.loads(document())
    assert told["openapi"].startswith("3.1")
    for each in served():
        operation = told["paths"][each.path][each.endpoint.method.lower()]
        assert operation["summary"], each.path
        assert operation["description"], each.path
        assert ("requestBody" in operation) == (each.endpoint.body is not None)
        assert {"200", "500", "503"} <= operation["responses"].keys()
        assert bool(operation["security"]) == (each.endpoint.access.scheme != "public")
    names = [one["operationId"] for methods in told["paths"].values() for one in methods.values()]
    assert len(names) == len(set(names))


def test_the_document_is_in_english_whoever_asks(client: Client) -> None:
    told = client.get("/api/openapi.json", headers={"Accept-Language": "vi"}).json()
    assert told["paths"]["/api/areas"]["get"]["summary"] == "All administrative units of a day"


@pytest.mark.parametrize(
    ("language", "words"),
    [("vi", ("Mọi đơn vị hành chính của một ngày", "mọi người", "nhiều nhất")), ("en", ("All administrative units of a day", "everybody", "how many at most"))],
)  # fmt: skip
def test_people_read_the_same_in_their_language(
    client: Client, language: str, words: tuple[str, ...]
) -> None:
    page = client.get("/api/", headers={"Accept-Language": language}).content.decode()
    for each in served():
        assert f"{each.endpoint.method} {each.path}" in page
    for word in words:
        assert word in page
    for name in ("people[].number", "person.commune_valid_from", "items[].successors[].code"):
        assert name in page


def test_every_example_is_one_that_may_be_sent() -> None:
    for each in served():
        for sent, _given in each.endpoint.examples.values():
            assert each.endpoint.body
            each.endpoint.body.read(json.dumps(sent).encode())
