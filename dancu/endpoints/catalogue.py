"""Every endpoint that is served, out of the addresses of all modules."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from dancu.endpoints.declaration import Endpoint, OnError
from dancu.endpoints.problems import OF_THE_HOUSE, ProblemKind
from dancu.modules import TwiceAnnounced

_PART: Final = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class ServedEndpoint:
    """An endpoint at its address. `path`: as OpenAPI writes it, /api/notes/{note_id}; `parts`: the converters
    of its parts; `name`: of the URL.
    """

    path: str
    name: str
    parts: Mapping[str, Any]
    endpoint: Endpoint

    @property
    def operation(self) -> str:
        """Its name in the document: the module's, and the view's."""
        space = self.name.rpartition(":")[0]
        return re.sub(r"\W+", "_", f"{space}_{self.endpoint.view.__name__}").strip("_")


def served() -> tuple[ServedEndpoint, ...]:
    """Every endpoint of the house and of a country's own modules, by address."""
    return _served_by(settings.ROOT_URLCONF)


@cache
def _served_by(urls: str) -> tuple[ServedEndpoint, ...]:
    return tuple(sorted(_of(get_resolver(urls).url_patterns, "/", ""), key=lambda each: each.path))


def problem_kinds() -> Mapping[str, ProblemKind]:
    """Every kind of problem that an endpoint may answer with, by code. Raises TwiceAnnounced."""
    of = (each.endpoint for each in served())
    return by_code(kind for each in of for kind in (*kinds_of(each), *each.access.problems))


def by_code(kinds: Iterable[ProblemKind]) -> dict[str, ProblemKind]:
    """The house's kinds and these. Raises TwiceAnnounced where two of them have one code."""
    found = {kind.code: kind for kind in OF_THE_HOUSE}
    for kind in kinds:
        if found.setdefault(kind.code, kind) != kind:
            raise TwiceAnnounced(f"Two kinds of problems have the code “{kind.code}”.")
    return found


def kinds_of(endpoint: Endpoint) -> list[ProblemKind]:
    """Those of its own."""
    return [each.kind if isinstance(each, OnError) else each for each in endpoint.problems]


def bare_paths() -> frozenset[str]:
    """Where the endpoints stand that no middleware is wanted for."""
    return frozenset(each.path for each in served() if each.endpoint.bare and not each.parts)


def _of(patterns: list[Any], before: str, space: str) -> Iterator[ServedEndpoint]:
    for pattern in patterns:
        route = pattern.pattern
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _of(pattern.url_patterns, before + str(route), inner)
        elif isinstance(pattern, URLPattern) and isinstance(route, RoutePattern):
            path = _PART.sub(r"{\1}", before + str(route))
            for endpoint in getattr(pattern.callback, "endpoints", ()):
                yield ServedEndpoint(path, f"{space}{pattern.name}", route.converters, endpoint)
