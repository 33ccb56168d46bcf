"""Why an endpoint does not do what it was asked, as RFC 9457 has it: `application/problem+json`, in the
caller's language, never with anything of what was sent.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dancu.accounts.caller import answered_id
from dancu.endpoints.languages import language_of

MEDIA: Final = "application/problem+json"
PLACE: Final = "/api/problems/"
HEADERS: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}

Words = str | Promise


@dataclass(frozen=True)
class ProblemKind:
    """A kind of problem. `code`: how programs know it, for good; `title`: what it is, the same each time;
    `advice`: what to do about it, for whoever writes the program that calls.
    """

    code: str
    status: int
    title: Words
    advice: Words

    @property
    def address(self) -> str:
        """The URI reference that names it (RFC 9457, `type`), and the page that explains it."""
        return f"{PLACE}{self.code}"


class ProblemDetails(msgspec.Struct):
    """Why it was not done. `type`: a page that explains the code; `field`: what of the request is at fault,
    as people[3].number, empty where no field is; `request_id`: what the operator finds in the log.
    """

    type: str
    title: str
    status: int
    detail: str
    code: str
    field: str
    request_id: str


class Refusal(Exception):
    """An endpoint does not do it: which kind of problem, in `detail` what would be right, and the field."""

    def __init__(
        self,
        kind: ProblemKind,
        detail: Words = "",
        field: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(kind.code)
        self.kind, self.detail, self.field, self.headers = kind, detail, field, headers or {}


def problem(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The answer to a request that is refused."""
    meta = request.META
    language = language_of(meta.get("HTTP_ACCEPT_LANGUAGE", ""), meta.get("HTTP_COOKIE", ""))
    request_id = answered_id(request)
    body = details(refusal, language, request_id)
    return HttpResponse(
        body,
        status=refusal.kind.status,
        content_type=MEDIA,
        headers=headers(refusal, language, request_id) | {"Content-Length": str(len(body))},
    )


def details(refusal: Refusal, language: str, request_id: str) -> bytes:
    """The body of the answer, in a language."""
    kind = refusal.kind
    with translation.override(language):
        title, detail = str(kind.title), str(refusal.detail or kind.advice)
    said = ProblemDetails(kind.address, title, kind.status, detail, kind.code, refusal.field, request_id)
    return msgspec.json.encode(said)


def headers(refusal: Refusal, language: str, request_id: str) -> dict[str, str]:
    """What stands above it."""
    return {
        **HEADERS,
        "Content-Language": language,
        "Vary": "Accept-Language, Cookie",
        "X-Request-ID": request_id,
        **refusal.headers,
    }


BAD_BODY = ProblemKind(
    "bad-body",
    400,
    _("The body cannot be read"),
    _("Send the JSON that the endpoint describes. “field” says where it differs."),
)
BROKEN_OFF = ProblemKind(
    "broken-off",
    400,
    _("The request broke off"),
    _("The body was not as long as announced. Send the request again."),
)
BAD_QUERY = ProblemKind(
    "bad-query",
    400,
    _("The query cannot be read"),
    _("Send the parameters that the endpoint describes. “field” says which one differs."),
)
BAD_CURSOR = ProblemKind(
    "bad-cursor",
    400,
    _("The cursor is not one of ours"),
    _("Send “next” of the page before as it is, with the same other parameters, or begin without a cursor."),
)
BAD_REQUEST = ProblemKind(
    "bad-request",
    400,
    _("The request cannot be read"),
    _("Check the address, the host and the headers of the request."),
)
NO_TOKEN = ProblemKind(
    "no-token",
    401,
    _("A token is missing"),
    _("Send the header “Authorization: Bearer TOKEN”. The administrator hands out tokens."),
)
BAD_TOKEN = ProblemKind(
    "bad-token",
    401,
    _("The token does not count"),
    _("This token is invalid or has been revoked. Ask the administrator for a new one."),
)
NOT_ALLOWED = ProblemKind(
    "not-allowed",
    403,
    _("The token’s role may not do this"),
    _("Ask the administrator for a token of an account whose role has this duty."),
)
NOT_FOUND = ProblemKind(
    "not-found",
    404,
    _("There is nothing at this address"),
    _("Check the address. All endpoints are listed at /api/."),
)
WRONG_METHOD = ProblemKind(
    "wrong-method",
    405,
    _("This address takes another method"),
    _("Use a method of the header “Allow”. Send what is about people in a body: addresses are logged."),
)
TOO_SLOW = ProblemKind(
    "too-slow",
    408,
    _("The request came too slowly"),
    _("Send the whole request at once, or less in one request."),
)
STILL_RUNNING = ProblemKind(
    "still-running",
    409,
    _("The same request is still being worked on"),
    _("Send it again with the same key after the seconds that “Retry-After” says."),
)
TOO_LARGE = ProblemKind(
    "too-large",
    413,
    _("The body is too large"),
    _("Send less in one request."),
)
TOO_MANY = ProblemKind(
    "too-many",
    413,
    _("The batch has too many items"),
    _("Split the batch and send its parts one after another."),
)
WRONG_MEDIA = ProblemKind(
    "wrong-media-type",
    415,
    _("The body is of another type"),
    _("Send the body as the header “Accept-Post” says, in UTF-8."),
)
NO_KEY = ProblemKind(
    "no-key",
    400,
    _("The key of the request is missing"),
    _("Send the header “Idempotency-Key” with a new UUID; the same UUID where you repeat the request."),
)
KEY_REUSED = ProblemKind(
    "key-reused",
    422,
    _("The key belongs to another request"),
    _("Another request was sent with this key. Take a new UUID for each new request."),
)
QUOTA = ProblemKind(
    "quota-spent",
    429,
    _("The limit is reached"),
    _("Wait as long as the header “Retry-After” says, or ask for less."),
)
FAULT = ProblemKind(
    "fault",
    500,
    _("Something went wrong"),
    _("Nothing was saved. The fault has been recorded. Tell the operator the “request_id”."),
)
BUSY = ProblemKind(
    "busy",
    503,
    _("Somebody else is changing this record"),
    _("Someone else is changing this record. Nothing was saved. Try again."),
)
TOO_LONG = ProblemKind(
    "too-long",
    503,
    _("It took too long"),
    _("This took too long and was stopped. Nothing was saved. Ask for less, or try again later."),
)
AWAY = ProblemKind(
    "database-away",
    503,
    _("The database is not responding"),
    _("The database is not responding. Nothing was saved. Try again in a minute."),
)
OVERLOADED = ProblemKind(
    "overloaded",
    503,
    _("Too many are here at once"),
    _("Send the request again after the seconds that “Retry-After” says."),
)
OF_THE_HOUSE: Final = (
    *(BAD_BODY, BROKEN_OFF, BAD_QUERY, BAD_CURSOR, BAD_REQUEST, NO_KEY, NO_TOKEN, BAD_TOKEN, NOT_ALLOWED),
    *(NOT_FOUND, WRONG_METHOD, TOO_SLOW, STILL_RUNNING, TOO_LARGE, TOO_MANY, WRONG_MEDIA, KEY_REUSED),
    *(QUOTA, FAULT, BUSY, TOO_LONG, AWAY, OVERLOADED),
)
