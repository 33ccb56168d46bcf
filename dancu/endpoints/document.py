"""What is served, as OpenAPI 3.1 has it: out of the declarations, in English."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from inspect import getdoc
from typing import Any, Final

import msgspec
from django.urls.converters import IntConverter, UUIDConverter
from django.utils import translation
from django.utils.translation import gettext

from dancu.endpoints import problems
from dancu.endpoints.access import OPEN
from dancu.endpoints.catalogue import ServedEndpoint, kinds_of, served
from dancu.endpoints.declaration import Endpoint
from dancu.endpoints.problems import MEDIA, ProblemDetails, ProblemKind
from dancu.endpoints.repeats import HEADER
from dancu.version import version

_SCHEMAS: Final = "#/components/schemas/"
_OF_ALL: Final = (problems.BAD_REQUEST, problems.FAULT, problems.BUSY, problems.TOO_LONG, problems.AWAY)
_OF_BODIES: Final = (problems.BROKEN_OFF, problems.TOO_SLOW, problems.TOO_LARGE, problems.WRONG_MEDIA)
_OF_KEYS: Final = (problems.NO_KEY, problems.KEY_REUSED, problems.STILL_RUNNING)
_ABOUT: Final = (
    "Endpoints for other systems. Refusals are problem details (RFC 9457) with `code`, `field` and "
    "`request_id`, in Vietnamese or English by Accept-Language; each `type` is a page that explains it. What "
    "is about people is sent by POST: addresses end up in logs. Lists come in pages: `next` of one is the "
    "`cursor` of the next. This document is in English; /api/ lists the same for people in both languages."
)


@cache
def document() -> bytes:
    """The document as JSON, in English: made once, since what is served changes with the program alone."""
    return msgspec.json.format(msgspec.json.encode(described("en")), indent=1)


@cache
def described(language: str) -> Mapping[str, Any]:
    """The same for people who read another language: summaries, fields, problems."""
    with translation.override(language):
        return _in_words(_document(served()))


def _in_words(part: Any) -> Any:
    """What msgspec keeps as plain text of a field is a text of our catalogues."""
    if isinstance(part, list):
        return [_in_words(one) for one in part]
    if not isinstance(part, dict):
        return part
    return {
        name: gettext(of) if name == "description" and of and isinstance(of, str) else _in_words(of)
        for name, of in part.items()
    }


def _document(endpoints: Iterable[ServedEndpoint]) -> dict[str, Any]:
    endpoints = list(endpoints)
    types = _types(endpoints)
    found, components = msgspec.json.schema_components(types, ref_template=f"{_SCHEMAS}{{name}}")
    schemas = dict(zip(map(repr, types), found, strict=True))
    paths: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for each in endpoints:
        paths[each.path][each.endpoint.method.lower()] = _operation(each, schemas)
    schemes = {
        each.endpoint.access.scheme: dict(each.endpoint.access.described)
        for each in endpoints
        if each.endpoint.access is not OPEN
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "dancu", "version": version(), "description": _ABOUT},
        "servers": [{"url": "/"}],
        "paths": dict(paths),
        "components": {"schemas": components, "securitySchemes": schemes},
    }


def _types(endpoints: Iterable[ServedEndpoint]) -> list[Any]:
    wanted: list[Any] = [ProblemDetails]
    for each in endpoints:
        said = each.endpoint
        wanted += [said.answer] if said.answer is not None else []
        wanted += [said.query.type] if said.query else []
        wanted += [said.body.type] if said.body else []
    return list({repr(one): one for one in wanted}.values())


def _operation(each: ServedEndpoint, schemas: Mapping[str, Any]) -> dict[str, Any]:
    said = each.endpoint
    operation: dict[str, Any] = {
        "operationId": each.operation,
        "summary": str(said.summary),
        "description": " ".join((getdoc(said.view) or "").split()),
        "tags": [said.view.__module__.removeprefix("dancu.").removeprefix("api.").partition(".")[0]],
        "x-who": str(said.access.words),
        "parameters": [*_parts(each), *_query(said), *_headers(said)],
        "responses": {"200": _answer(said, schemas)} | _refusals(said),
        "security": [] if said.access is OPEN else [{said.access.scheme: []}],
    }
    if said.body:
        content: dict[str, Any] = {"schema": schemas[repr(said.body.type)]}
        if said.examples:
            content["examples"] = {name: {"value": sent} for name, (sent, _given) in said.examples.items()}
        operation["requestBody"] = {"required": True, "content": {said.body.media: content}}
    return operation


def _parts(each: ServedEndpoint) -> list[dict[str, Any]]:
    kinds: dict[type, dict[str, Any]] = {
        UUIDConverter: {"type": "string", "format": "uuid"},
        IntConverter: {"type": "integer", "minimum": 0},
    }
    return [
        {"name": name, "in": "path", "required": True, "schema": kinds.get(type(kind), {"type": "string"})}
        for name, kind in each.parts.items()
    ]


def _query(said: Endpoint) -> list[dict[str, Any]]:
    if said.query is None:
        return []
    ((schema,), components) = msgspec.json.schema_components([said.query.type])
    fields = components[schema["$ref"].rpartition("/")[2]]
    return [
        {
            "name": name,
            "in": "query",
            "required": name in fields.get("required", ()),
            "description": of.pop("description", ""),
            "schema": _without_null(of),
        }
        for name, of in fields["properties"].items()
    ]


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """An address has no null: what is not asked is left out."""
    kinds = [kind for kind in schema.get("anyOf", ()) if kind != {"type": "null"}]
    return kinds[0] if len(kinds) == 1 else schema


def _headers(said: Endpoint) -> list[dict[str, Any]]:
    if said.changes != "by key":
        return []
    words = gettext("a new UUID for each new request, the same one whenever it is repeated: it is done once")
    schema = {"type": "string", "format": "uuid"}
    return [{"name": HEADER, "in": "header", "required": True, "description": words, "schema": schema}]


def _answer(said: Endpoint, schemas: Mapping[str, Any]) -> dict[str, Any]:
    words = gettext("the number of the request")
    header = {"X-Request-ID": {"description": words, "schema": {"type": "string"}}}
    content: dict[str, Any] = {} if said.answer is None else {"schema": schemas[repr(said.answer)]}
    if given := {name: {"value": given} for name, (_sent, given) in said.examples.items()}:
        content["examples"] = given
    return {"description": gettext("Done."), "headers": header, "content": {said.media: content}}


def refusals_of(said: Endpoint) -> list[ProblemKind]:
    """Every kind of problem that this endpoint may answer with, by status."""
    kinds = [*_OF_ALL, *said.access.problems, *kinds_of(said)]
    kinds += [*said.body.problems, *_OF_BODIES] if said.body else []
    kinds += [problems.BAD_QUERY] if said.query else []
    kinds += [*_OF_KEYS] if said.changes == "by key" else []
    return sorted(dict.fromkeys(kinds), key=lambda kind: (kind.status, kind.code))


def _refusals(said: Endpoint) -> dict[str, Any]:
    by_status: defaultdict[str, list[ProblemKind]] = defaultdict(list)
    for kind in refusals_of(said):
        by_status[str(kind.status)].append(kind)
    return {status: _problems(of) for status, of in by_status.items()}


def _problems(of: list[ProblemKind]) -> dict[str, Any]:
    codes = {"properties": {"code": {"enum": [kind.code for kind in of]}}}
    return {
        "description": "; ".join(f"`{kind.code}`: {kind.title}" for kind in of),
        "content": {MEDIA: {"schema": {"allOf": [{"$ref": f"{_SCHEMAS}ProblemDetails"}, codes]}}},
    }
