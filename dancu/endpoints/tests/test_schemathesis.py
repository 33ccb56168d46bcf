"""What the document allows, and what it does not, sent to every endpoint: no answer is one that the document
does not describe.

schemathesis makes the requests, out of /api/openapi.json as it is served, with seeds that are always the same.
"""

import json
from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from django.db import connection
from django.http import HttpResponse
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.schemas import OpenApiSchema

from dancu.accounts import lookups as accounts
from dancu.accounts import quotas, tokens
from dancu.accounts.duties import roles_with
from dancu.endpoints.catalogue import ServedEndpoint, served
from dancu.endpoints.declaration import Endpoint
from dancu.endpoints.document import document
from dancu.endpoints.problems import KEY_REUSED, Refusal
from dancu.endpoints.readers import Batch
from dancu.testing.officials import make_official

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas", "connected")]
CHECKED = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "missing_required_header",
    "unsupported_method",
    "allow_header_conformance",
    "ignored_auth",
)
# of a batch each item is refused by itself, in an answer that is none
CHECKED_OF_BATCHES = tuple(name for name in CHECKED if name != "negative_data_rejection")
EXAMPLES = 25  # requests of what is allowed, and of what is not, to each endpoint


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server looks after its connection between two requests; this one stays, with the test's rows."""
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)


@pytest.fixture
def schema() -> OpenApiSchema:
    from dancu.wsgi import application  # reads the areas as it starts

    return schemathesis.openapi.from_wsgi("/api/openapi.json", application)


def headers_for(endpoint: Endpoint) -> dict[str, str]:
    """Of a system that may call it; nothing where another kind of caller may."""
    if not endpoint.access.duty:
        return {}
    tokens._kept.clear()
    quotas.forget()
    role = min(roles_with(endpoint.access.duty))
    system = make_official("system", role)
    token = tokens.create_token(system.pk, accounts.grants(system.pk)[0].grant_id, "schemathesis")
    return {"Authorization": f"Bearer {token}"}


def send_everything(schema: OpenApiSchema, each: ServedEndpoint) -> list[Any]:
    """Ask an endpoint what the document allows, and what it does not; give what was answered. Raises what
    schemathesis finds.
    """
    load_all_checks()
    names = CHECKED_OF_BATCHES if isinstance(each.endpoint.body, Batch) else CHECKED
    checks = [CHECKS.get_one(name) for name in names]
    headers = headers_for(each.endpoint)
    operation = schema[each.path][each.endpoint.method.lower()]
    answers: list[Any] = []
    takes_anything = operation.body or operation.query
    for mode in schemathesis.GenerationMode if takes_anything else [schemathesis.GenerationMode.POSITIVE]:

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(
            max_examples=EXAMPLES,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def send(case: schemathesis.Case) -> None:
            answers.append(case.call_and_validate(headers=headers, checks=checks))

        send()
    return answers


@pytest.mark.parametrize("each", served(), ids=lambda each: each.operation)
def test_no_answer_is_one_that_the_document_does_not_describe(
    schema: OpenApiSchema, each: ServedEndpoint
) -> None:
    statuses = {answer.status_code for answer in send_everything(schema, each)}
    if each.endpoint.access.scheme in ("public", "token"):
        assert statuses - {401, 403}


def _breaks(*_asked: object) -> None:
    raise ZeroDivisionError


def _refuses(*_asked: object) -> None:
    raise Refusal(KEY_REUSED)


@pytest.mark.parametrize(
    ("fault", "found"),
    [
        (lambda *_asked: [{"id": "7", "label": "x", "note": ""}], "Response violates schema"),
        (lambda *_asked: HttpResponse("[]", content_type="text/html"), "Undocumented Content-Type"),
        (_breaks, "Server error"),
        (_refuses, "Undocumented status code"),
    ],
    ids=["another type", "another media type", "a fault", "another status"],
)
def test_a_fault_that_is_put_into_an_endpoint_is_found(
    schema: OpenApiSchema, monkeypatch: pytest.MonkeyPatch, fault: Callable[..., Any], found: str
) -> None:
    (each,) = (one for one in served() if one.name == "api:suggest-communes")
    monkeypatch.setattr(each.endpoint, "view", fault)
    with pytest.raises(FailureGroup) as caught:
        send_everything(schema, each)
    assert found in str(caught.value)


def test_the_document_is_one_of_openapi() -> None:
    served_as = json.loads(document())
    schemathesis.openapi.from_dict(served_as).validate()
    served_as["paths"]["/api/areas"]["get"]["responses"] = {"200": "all well"}
    with pytest.raises(Exception, match="all well"):
        schemathesis.openapi.from_dict(served_as).validate()
