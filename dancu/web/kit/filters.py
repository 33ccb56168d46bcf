"""What a list can be filtered by, said once: the form above it, and what an address asks for. What is chosen
stands in plain in the address, what is typed sealed (dancu.web.sought).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dancu.web import sought

Words = str | Promise
ANY = _("Any")
PLACES = ("page", "sort")  # which part of a list, and in which order: they tell of nobody
AFTER = "after"  # what the page of a list without numbered pages begins


@dataclass(frozen=True)
class ListChoice:
    """One of several. `options`: gives (code, words) of each; `nothing`: said where none is chosen."""

    name: str
    words: Words
    options: Callable[[], Iterable[tuple[str, Words]]]
    nothing: Words = ANY


@dataclass(frozen=True)
class ListSearch:
    """Something typed, of at most so many letters."""

    name: str
    words: Words
    longest: int = 60


@dataclass(frozen=True)
class ShownFilter:
    """A field of the form above the list, as kit/filters.html shows it; `options` of a choice only."""

    field: ListChoice | ListSearch
    value: str
    options: Sequence[tuple[str, Words]] | None


def chosen(filters: Iterable[ListChoice | ListSearch]) -> list[str]:
    """The names of what stands in plain in an address."""
    return [*(each.name for each in filters if isinstance(each, ListChoice)), *PLACES]


def shown(request: HttpRequest, filters: Sequence[ListChoice | ListSearch]) -> list[ShownFilter]:
    """The form, with what this address asks for."""
    query = sought.read(request, chosen(filters))
    return [_shown(query, each) for each in filters]


def asked(request: HttpRequest, filters: Sequence[ListChoice | ListSearch]) -> dict[str, str]:
    """What this address asks for, by the names of the filters, and `after` what the page begins."""
    after = sought.read(request).get(AFTER, "").replace("\0", "")
    return {each.field.name: each.value for each in shown(request, filters)} | {AFTER: after}


def following(request: HttpRequest, filters: Sequence[ListChoice | ListSearch], after: str) -> str:
    """The address of the same list after this."""
    sort = {"sort": request.GET.get("sort", "")}
    return sought.query(request, asked(request, filters) | sort | {AFTER: after}, chosen(filters))


def lead_on(request: HttpRequest, filters: Sequence[ListChoice | ListSearch]) -> Any:
    """To the list that the form, which was sent by POST, asks for."""
    return sought.lead_on(request, chosen(filters))


def _shown(query: QueryDict, field: ListChoice | ListSearch) -> ShownFilter:
    value = " ".join(query.get(field.name, "").replace("\0", "").split())
    if isinstance(field, ListSearch):
        return ShownFilter(field, value[: field.longest], None)
    options = list(field.options())
    return ShownFilter(field, value if value in dict(options) else "", options)
