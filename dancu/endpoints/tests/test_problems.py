"""What an endpoint answers that does not do what it was asked: always a problem, with nothing of what was sent."""

import logging
import re
from typing import Any

import msgspec
import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.test import Client
from django.urls import path
from django.utils import translation

from dancu.accounts.caller import answered_id
from dancu.endpoints.access import OPEN, TokenWith
from dancu.endpoints.catalogue import by_code, problem_kinds
from dancu.endpoints.declaration import Endpoint, OnError, Resource, endpoint
from dancu.endpoints.misread import misread
from dancu.endpoints.problems import NO_TOKEN, NOT_FOUND, ProblemKind, Refusal
from dancu.endpoints.readers import Json, Octets
from dancu.errors import TranslatedError
from dancu.modules import TwiceAnnounced
from dancu.urls import handler400, handler403, handler404, handler500  # noqa: F401 – Django looks for them here
from dancu.urls import urlpatterns as ours

PIN = "079200000015"
UUID4 = "5e0c1c7e-7a5b-4c1e-9f57-3f1de2ab9c10"
GONE = ProblemKind("gone-for-tests", 410, "Gone", "It is gone.")


class NotThere(TranslatedError):
    """This role cannot be given for this kind of place."""


class Sent(msgspec.Struct, forbid_unknown_fields=True):
    number: str
    many: list[int] = []


class CallByName:
    """Whoever says a name."""

    scheme, duty, words = "name", "", "whoever says a name"
    problems = (NO_TOKEN,)
    described = {"type": "apiKey", "in": "header", "name": "X-Name"}

    def let_in(self, request: HttpRequest) -> str:
        if not (name := request.headers.get("X-Name", "")):
            raise Refusal(NO_TOKEN, field="X-Name")
        return f"name {name}"


@endpoint("POST", access=OPEN, summary="x", body=Json(Sent), problems=(OnError(NotThere, GONE, "number"),))
def take(request: HttpRequest, sent: Sent) -> Any:
    if sent.many:
        raise NotThere
    if sent.number == "0":
        raise ValueError(f"{PIN} of Nguyễn Văn An")
    return {"number": sent.number}


@endpoint("GET", access=CallByName(), summary="x")
def greet(request: HttpRequest) -> Any:
    return {"hello": request.headers["X-Name"]}


@endpoint("PUT", access=CallByName(), summary="x", body=Octets("image/jpeg"), changes="by item")
def keep(request: HttpRequest, sent: bytes) -> Any:
    return {"bytes": len(sent)}


def forbid(request: HttpRequest) -> None:
    raise PermissionDenied


urlpatterns = [
    path("api/forbidden", forbid),
    path("api/take", take, name="take"),
    path("api/pictures", Resource(greet, keep), name="pictures"),
    *ours,
]


@pytest.fixture
def client(settings: Any) -> Client:
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False, headers={"Accept-Language": "en"})


def send(client: Client, body: Any = None, **more: Any) -> Any:
    return client.post("/api/take", body or {"number": PIN}, more.pop("kind", "application/json"), **more)


def test_a_problem_says_what_is_wrong_where_and_what_would_be_right(client: Client) -> None:
    told = send(client, {"number": 7})
    assert told["Content-Type"] == "application/problem+json"
    assert told["Cache-Control"] == "no-store"
    problem = told.json()
    assert problem.pop("request_id") == told["X-Request-ID"]
    assert problem == {
        "type": "/api/problems/bad-body",
        "title": "The body cannot be read",
        "status": 400,
        "detail": "Send text.",
        "code": "bad-body",
        "field": "number",
    }


def test_it_is_in_the_language_of_who_asks_and_in_vietnamese_where_nothing_is_said(client: Client) -> None:
    for language, title in (
        ("vi", "Không đọc được nội dung gửi"),
        ("en", "The body cannot be read"),
        ("", "Không"),
    ):
        told = send(client, {"number": 7}, headers={"Accept-Language": language})
        assert told.json()["title"].startswith(title)
        assert told["Content-Language"] == (language or "vi")


@pytest.mark.parametrize(
    ("method", "address", "more", "status", "code", "header"),
    [
        ("post", "/api/take", {"data": "x", "content_type": "text/plain"}, 415, "wrong-media-type", "Accept-Post"),
        ("post", "/api/take", {"data": "x", "content_type": "application/json; charset=utf-16"}, 415, "wrong-media-type", "Accept-Post"),
        ("post", "/api/take", {"data": "{", "content_type": "application/json"}, 400, "bad-body", "X-Request-ID"),
        ("post", "/api/take", {"data": "9" * (2 << 20), "content_type": "application/json"}, 413, "too-large", "X-Request-ID"),
        ("post", "/api/take", {"data": {"number": "1", "many": [1]}, "content_type": "application/json"}, 410, "gone-for-tests", "X-Request-ID"),
        ("post", "/api/take", {"data": {"number": "0"}, "content_type": "application/json"}, 500, "fault", "X-Request-ID"),
        ("get", "/api/take", {}, 405, "wrong-method", "Allow"),
        ("options", "/api/pictures", {}, 405, "wrong-method", "Allow"),
        ("get", "/api/pictures", {}, 401, "no-token", "X-Request-ID"),
        ("get", "/api/nowhere/079200000015", {}, 404, "not-found", "X-Request-ID"),
        ("post", "/api/people/identify", {}, 401, "no-token", "WWW-Authenticate"),
        ("post", "/api/", {}, 405, "wrong-method", "Allow"),
        ("delete", "/api/problems/busy", {}, 405, "wrong-method", "Allow"),
        ("get", "/api/forbidden", {}, 403, "not-allowed", "X-Request-ID"),
    ],
)  # fmt: skip
def test_whatever_is_refused_is_a_problem(
    client: Client, method: str, address: str, more: dict, status: int, code: str, header: str
) -> None:
    told = getattr(client, method)(address, **more)
    assert (told.status_code, told["Content-Type"]) == (status, "application/problem+json")
    assert (told.json()["code"], told.json()["status"]) == (code, status)
    assert header in told.headers
    assert PIN not in told.content.decode()


def test_a_host_that_is_not_ours_is_a_problem_too(client: Client) -> None:
    told = client.get("/api/areas", headers={"Host": "elsewhere.example"})
    assert (told.status_code, told.json()["code"]) == (400, "bad-request")


def test_each_method_of_an_address_is_an_endpoint_of_its_own(client: Client) -> None:
    headers = {"X-Name": "An"}
    assert client.get("/api/pictures", headers=headers).json() == {"hello": "An"}
    assert client.put("/api/pictures", b"123", "image/jpeg", headers=headers).json() == {"bytes": 3}
    assert client.post("/api/pictures", headers=headers)["Allow"] == "GET, HEAD, PUT"


def test_the_number_of_a_request_is_the_callers_where_it_is_a_uuid(client: Client) -> None:
    assert send(client, headers={"X-Request-ID": UUID4})["X-Request-ID"] == UUID4
    for said in ("", "7", PIN, "x" * 999, f"0198f6a4-0000-7000-8000-{PIN}", UUID4 + "0"):
        ours = send(client, headers={"X-Request-ID": said})["X-Request-ID"]
        assert ours != said
        assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", ours)


def test_an_operator_finds_the_request_in_the_log_and_nothing_of_what_was_sent(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    told = send(client, {"number": "0"})
    handler = next(each for each in logging.getLogger().handlers if each.filters)
    (said,) = [handler.format(record) for record in caplog.records if handler.filter(record)]
    assert said.startswith(f"500 at POST api/take (request {told.json()['request_id']})")
    assert PIN not in said


def test_one_request_has_one_number() -> None:
    request = HttpRequest()
    assert answered_id(request) == answered_id(request)


@pytest.mark.parametrize("code", sorted(problem_kinds()))
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_code_has_a_page_and_words(code: str, language: str) -> None:
    kind = problem_kinds()[code]
    page = Client().get(kind.address, headers={"Accept-Language": language}).content.decode()
    with translation.override(language):
        title, advice = str(kind.title), str(kind.advice)
    assert f'<h1 class="govuk-heading-l">{title}</h1>' in page
    assert code in page
    with translation.override("en"):
        assert language == "en" or (title, advice) != (str(kind.title), str(kind.advice))


def test_two_kinds_of_one_code_are_refused() -> None:
    assert by_code([GONE, GONE])["gone-for-tests"] is GONE
    with pytest.raises(TwiceAnnounced, match="gone-for-tests"):
        by_code([GONE, ProblemKind("gone-for-tests", 409, "Gone", "It is gone.")])
    with pytest.raises(TwiceAnnounced, match="busy"):
        by_code([ProblemKind("busy", 409, "Busy", "It is busy.")])


def test_a_code_that_nobody_has_leads_nowhere(client: Client) -> None:
    assert client.get("/api/problems/nobodys").json()["code"] == NOT_FOUND.code


@pytest.mark.parametrize(
    ("sent", "field", "right"),
    [
        (b'{"number": "1", "many": [1, "x"]}', "many[1]", "Send a whole number."),
        (b"{}", "number", "This field is required."),
        (b'{"number": "1", "x": 1}', "x", "There is no such field here. Leave it out."),
        (b'{"number": "1", "079200000015": 1}', "", "There is no such field here. Leave it out."),
        (b'{"number": "1", "a\\u0020`b": 1}', "", "There is no such field here. Leave it out."),
        (b"[]", "", "Send an object with fields."),
        (b"{", "", "This is not JSON in UTF-8, or it breaks off."),
    ],
)
def test_what_cannot_be_read_is_told_in_words(sent: bytes, field: str, right: str) -> None:
    with translation.override("en"), pytest.raises(msgspec.DecodeError) as caught:
        msgspec.json.decode(sent, type=Sent)
    with translation.override("en"):
        assert misread(caught.value) == (field, right)


def test_whoever_changes_something_says_how_it_repeats_and_who_they_are() -> None:
    def view(request: HttpRequest) -> None: ...

    for method, access, changes in (
        ("PUT", CallByName(), ""),
        ("POST", OPEN, "by key"),
        ("GET", CallByName(), "by key"),
    ):
        with pytest.raises(ValueError, match="view"):
            Endpoint(view, method, access, "x", changes=changes)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no duty"):
        TokenWith("identfy")
