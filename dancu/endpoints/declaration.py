"""How an endpoint is declared: who may call it, what it takes and gives, what it refuses. It is a view, and
everything that describes it (/api/openapi.json, the page /api/, the tests) reads the declaration.

    @endpoint("POST", access=TokenWith("identify"), summary=_("Who holds a number"),
              body=Json(IdentifyRequest), answer=IdentifyAnswer)
    def identify(request: OfficialRequest, asked: IdentifyRequest) -> IdentifyAnswer: …
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import update_wrapper
from typing import Any, Final, Literal, TypeVar

import msgspec
import psycopg
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response, set_response_etag  # pyright: ignore
from django.utils.functional import lazystr
from django.utils.text import compress_string, format_lazy
from django.utils.translation import gettext_lazy as _

from dancu.accounts.caller import answered_id
from dancu.accounts.errors import TooMuchRead
from dancu.accounts.quotas import DAY, QuotaSpent
from dancu.endpoints import problems as kinds
from dancu.endpoints import repeats
from dancu.endpoints.access import OPEN, Access
from dancu.endpoints.languages import language_of
from dancu.endpoints.problems import HEADERS, ProblemKind, Refusal, Words, problem
from dancu.endpoints.readers import JSON, QueryReader, SentReader

T = TypeVar("T")
Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
_encoder: Final = msgspec.json.Encoder()
_SPENT: Final = {
    "numbers": _("This system may look up {most} numbers in 24 hours, and has reached that limit."),
    "misses": _(
        "This system may look up {most} numbers that nobody holds in 24 hours, and has reached that limit."
    ),
}
_TOO_BIG: Final = _("The body is larger than {most} MB. Send less at once.")


@dataclass(frozen=True)
class OnError:
    """What an action raises, and the problem that it is to the caller; its own words are the detail."""

    error: type[Exception]
    kind: ProblemKind
    field: str = ""


@dataclass(frozen=True)
class Cached:
    """An answer about nobody, which anyone may keep for so many seconds; it bears an ETag. `stale`: so long
    where we do not answer. `everywhere`: pages of other sites may read it too.
    """

    seconds: int
    stale: int = 0
    everywhere: bool = False

    @property
    def headers(self) -> Mapping[str, str]:
        """What says so."""
        said = f"public, max-age={self.seconds}" + (f", stale-if-error={self.stale}" if self.stale else "")
        return {"Cache-Control": said} | ({"Access-Control-Allow-Origin": "*"} if self.everywhere else {})


@dataclass(eq=False)
class Endpoint:
    """One method of one address. See `endpoint`."""

    view: Callable[..., Any]
    method: Method
    access: Access
    summary: Words
    body: SentReader | None = None
    query: QueryReader[Any] | None = None
    answer: Any = None
    media: str = JSON
    problems: Sequence[ProblemKind | OnError] = ()
    changes: Literal["", "by key", "by item"] = ""
    cached: Cached | None = None
    in_words: bool = False
    bare: bool = False
    compressed: bool = False
    examples: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    csrf_exempt: bool = True

    def __post_init__(self) -> None:
        if self.method in ("PUT", "PATCH", "DELETE") and not self.changes:
            raise ValueError(
                f"{self.view.__qualname__}: {self.method} changes something: say how it repeats."
            )
        if self.changes and (self.access is OPEN or self.method == "GET"):
            raise ValueError(f"{self.view.__qualname__}: whoever changes something says who they are.")
        update_wrapper(self, self.view)
        self._raised = {each.error: each for each in self.problems if isinstance(each, OnError)}
        self._methods = ("GET", "HEAD") if self.method == "GET" else (self.method,)

    @property
    def endpoints(self) -> tuple["Endpoint", ...]:
        """What stands at an address whose view this is."""
        return (self,)

    def __call__(self, request: HttpRequest, **parts: Any) -> HttpResponse:
        """The answer, whatever was sent. What is nobody's fault but ours is raised (web/faults.py)."""
        try:
            answer = self._called(request, parts)
        except Refusal as refusal:
            return problem(request, refusal)
        except Exception as error:
            if (refusal := self._refusal(error)) is None:
                raise
            return problem(request, refusal)
        answer.headers.setdefault("X-Request-ID", answered_id(request))
        return answer

    def _called(self, request: HttpRequest, parts: dict[str, Any]) -> HttpResponse:
        if request.method not in self._methods:
            raise wrong_method(self._methods)
        caller = ""
        if self.access is not OPEN:
            connection.health_check_done = True  # a round trip less; see _on_a_live_connection
            caller = _on_a_live_connection(self.access.let_in, request)
        speak(request)
        sent: list[Any] = []
        if self.body:
            sent.append(self._read_body(request, self.body))
        if self.query:
            sent.append(self.query.read(request))
        if self.changes != "by key":
            return _on_a_live_connection(self._answered, request, sent, parts)
        return _on_a_live_connection(
            repeats.done_once, request, caller, lambda: self._answered_or_refused(request, sent, parts)
        )

    def _read_body(self, request: HttpRequest, reader: SentReader) -> Any:
        said = request.META.get("CONTENT_TYPE", "")
        if said and said != reader.media and not _is_of(said, reader.media):
            raise Refusal(kinds.WRONG_MEDIA, field="Content-Type", headers={"Accept-Post": reader.media})
        return reader.read(request.body)

    def _answered(self, request: HttpRequest, sent: list[Any], parts: dict[str, Any]) -> HttpResponse:
        given = self.view(request, *sent, **parts)
        if isinstance(given, HttpResponse):
            answer = given
        else:
            body = _encoder.encode(given)
            headers = HEADERS | {}
            if self.compressed:
                headers["Vary"] = "Accept-Encoding"
                if "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""):
                    body, headers["Content-Encoding"] = compress_string(body), "gzip"
            headers["Content-Length"] = str(len(body))
            answer = HttpResponse(body, content_type=self.media, headers=headers)
        return answer if self.cached is None else self._kept(request, answer, self.cached)

    def _kept(self, request: HttpRequest, answer: HttpResponse, cached: Cached) -> HttpResponse:
        for name, value in cached.headers.items():
            answer[name] = value
        if self.in_words:
            answer["Vary"] = "Accept-Language, Cookie"
            answer["Content-Language"] = translation.get_language() or ""
        set_response_etag(answer)
        return get_conditional_response(request, etag=answer.headers["ETag"], response=answer) or answer

    def _answered_or_refused(
        self, request: HttpRequest, sent: list[Any], parts: dict[str, Any]
    ) -> HttpResponse:
        """A refusal is an answer too, and kept as one: what the action wrote of it stays."""
        try:
            return self._answered(request, sent, parts)
        except Refusal as refusal:
            return problem(request, refusal)
        except Exception as error:
            if (refusal := self._refusal(error)) is None:
                raise
            return problem(request, refusal)

    def _refusal(self, error: Exception) -> Refusal | None:
        for cls in type(error).__mro__:
            if found := self._raised.get(cls):
                return Refusal(found.kind, lazystr(error), found.field)
        if isinstance(error, QuotaSpent):
            numbers, most = error.args
            said = format_lazy(_SPENT[numbers], most=most)
            return Refusal(kinds.QUOTA, said, "authorization", {"Retry-After": str(DAY)})
        if isinstance(error, TooMuchRead):
            return Refusal(kinds.QUOTA, lazystr(error), "authorization", {"Retry-After": "3600"})
        if isinstance(error, RequestDataTooBig):
            most = (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0) >> 20
            return Refusal(kinds.TOO_LARGE, format_lazy(_TOO_BIG, most=most), "body")
        return None


class Resource:
    """Several endpoints of one address, each by its method."""

    csrf_exempt = True

    def __init__(self, *endpoints: Endpoint) -> None:
        self.endpoints = endpoints
        self._by = {method: each for each in endpoints for method in each._methods}
        self.__module__ = endpoints[0].__module__

    def __call__(self, request: HttpRequest, **parts: Any) -> HttpResponse:
        """The answer of the one that has the request's method."""
        if found := self._by.get(request.method or ""):
            return found(request, **parts)
        return problem(request, wrong_method(tuple(self._by)))


def endpoint(
    method: Method,
    *,
    access: Access,
    summary: Words,
    body: SentReader | None = None,
    query: type | None = None,
    answer: Any = None,
    media: str = JSON,
    problems: Sequence[ProblemKind | OnError] = (),
    changes: Literal["", "by key", "by item"] = "",
    cached: Cached | None = None,
    in_words: bool = False,
    bare: bool = False,
    compressed: bool = False,
    examples: Mapping[str, tuple[Any, Any]] | None = None,
) -> Callable[[Callable[..., Any]], Endpoint]:
    """Makes a function the view of an endpoint. It is called with the request, what was sent as `body`, what
    was asked as `query`, and the parts of the address by name; it gives a value of the type `answer`.

    `access`: who may call (dancu.endpoints.access). `summary`: what it does, in a few words. `body`: a reader
    (Json, Batch, Octets). `query`: a msgspec.Struct. `problems`: what it refuses besides what all do, as the
    kind that it raises in a Refusal, or OnError for what an action raises. `changes`: how a request that
    changes something may be repeated: "by key" takes the header Idempotency-Key, "by item" says that each
    item of the body bears its own id. `cached`: an answer about nobody. `in_words`: the answer has words in
    the caller's language. `bare`: no middleware, for what is called thousands of times a second (wsgi.py):
    no session, no redirect to HTTPS. `compressed`: sent so to who takes it, for what is long and holds
    neither a secret nor what was sent (web/compressing.py says why). `examples`: by name, what is sent and
    what is answered.
    """

    def declared(view: Callable[..., Any]) -> Endpoint:
        return Endpoint(
            view=view,
            method=method,
            access=access,
            summary=summary,
            body=body,
            query=QueryReader(query) if query else None,
            answer=answer,
            media=media,
            problems=problems,
            changes=changes,
            cached=cached,
            in_words=in_words,
            bare=bare,
            compressed=compressed,
            examples=examples or {},
        )

    return declared


def speak(request: HttpRequest) -> str:
    """From now on this request's words are in the caller's language, which is given."""
    meta = request.META
    language = language_of(meta.get("HTTP_ACCEPT_LANGUAGE", ""), meta.get("HTTP_COOKIE", ""))
    translation.activate(language)
    return language


def wrong_method(allowed: Sequence[str]) -> Refusal:
    """Another method is taken here."""
    return Refusal(kinds.WRONG_METHOD, field="method", headers={"Allow": ", ".join(allowed)})


def _is_of(said: str, media: str) -> bool:
    kind, _semicolon, rest = said.partition(";")
    charset = rest.strip().lower().replace('"', "").replace(" ", "")
    return kind.strip().lower() == media and charset in ("", "charset=utf-8", "charset=utf8")


def _on_a_live_connection(work: Callable[..., T], *args: Any) -> T:
    """Instead of asking first whether the connection lives: where it turns out not to, a new one and once
    more. What changes something may be repeated, by its key or its items.
    """
    try:
        return work(*args)
    except (OperationalError, InterfaceError, psycopg.OperationalError):
        if connection.in_atomic_block or connection.is_usable():  # it lives, and refused
            raise
        connection.close()
        return work(*args)
