"""The endpoints for people who write programs: what is listed at /api/openapi.json, to be read."""

import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from dancu.endpoints.catalogue import problem_kinds
from dancu.endpoints.declaration import wrong_method
from dancu.endpoints.document import described
from dancu.endpoints.misread import KINDS
from dancu.endpoints.problems import problem
from dancu.web.access import public

_FORMS = {"date": "date", "date-time": "datetime", "uuid": "uuid"}
_TYPES = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "array": "array"}


@dataclass(frozen=True)
class DescribedField:
    """What is sent or answered under a name."""

    name: str
    kind: str
    words: str
    required: bool


@dataclass(frozen=True)
class DescribedEndpoint:
    """One method of one address, in the reader's language."""

    anchor: str
    method: str
    path: str
    summary: str
    who: str
    sent: list[DescribedField]
    answered: list[DescribedField]
    codes: list[tuple[int, list[str]]]


def _read_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A program that sends something to a page among the endpoints is answered as by an endpoint."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, **parts: str) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return problem(request, wrong_method(("GET", "HEAD")))
        return view(request, **parts)

    return csrf_exempt(guarded)


@public
@_read_only
def list_endpoints(request: HttpRequest) -> HttpResponse:
    """All of them, with what they take, give and refuse."""
    document = described(get_language() or "en")
    return render(request, "about/endpoints.html", {"endpoints": list(_of(document))})


@public
@_read_only
def explain_problem(request: HttpRequest, code: str) -> HttpResponse:
    """What a problem's `type` leads to."""
    if code not in (kinds := problem_kinds()):
        raise Http404
    return render(request, "about/problem.html", {"kind": kinds[code]})


def _of(document: Mapping[str, Any]) -> Iterator[DescribedEndpoint]:
    schemas = document["components"]["schemas"]
    for path, methods in document["paths"].items():
        for method, said in methods.items():
            (answer,) = said["responses"]["200"]["content"].values() or ({},)
            parameters = map(_parameter, said["parameters"])
            bodies = said.get("requestBody", {}).get("content", {}).values()
            yield DescribedEndpoint(
                said["operationId"],
                method.upper(),
                path,
                said["summary"],
                said["x-who"],
                [*parameters, *(field for body in bodies for field in _fields(body["schema"], schemas))],
                _fields(answer.get("schema", {}), schemas),
                [(int(status), _codes(of)) for status, of in said["responses"].items() if status != "200"],
            )


def _codes(response: Mapping[str, Any]) -> list[str]:
    (content,) = response["content"].values()
    return content["schema"]["allOf"][1]["properties"]["code"]["enum"]


def _fields(schema: Mapping[str, Any], schemas: Mapping[str, Any], within: str = "") -> list[DescribedField]:
    """The fields of an object, and of the objects in it, as people[].number."""
    schema = _resolved(schema, schemas)
    if schema.get("type") == "array":
        return _fields(schema["items"] or {}, schemas, f"{within}[]")
    if any(part in within for part in ("][].", "..")) or within.count(".") > 3:
        return []
    found = []
    for name, of in schema.get("properties", {}).items():
        place = f"{within}.{name}".lstrip(".")
        found.append(_field(place, of, of.get("description", ""), name in schema.get("required", ())))
        found += _fields(_only(of), schemas, place)
    return found


def _resolved(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Mapping[str, Any]:
    return schemas[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def _only(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """What it is where it is not null."""
    kinds = [kind for kind in schema.get("anyOf", ()) if kind != {"type": "null"}]
    return kinds[0] if len(kinds) == 1 else schema


def _field(name: str, schema: Mapping[str, Any], words: str, required: bool) -> DescribedField:
    return DescribedField(name, _kind(_only(schema)), words, required)


def _parameter(said: Mapping[str, Any]) -> DescribedField:
    return _field(said["name"], said["schema"], said.get("description", ""), said["required"])


def _kind(schema: Mapping[str, Any]) -> str:
    if "enum" in schema:
        return _(" or ").join(str(value) for value in schema["enum"])
    kind = _FORMS.get(schema.get("format", ""), _TYPES.get(schema.get("type", ""), "object"))
    return str(KINDS[kind])
