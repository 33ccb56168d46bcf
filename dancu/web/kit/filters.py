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
from dancu.web.kit import address

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
class ListDay:
    """A day, as the browser's own field for one sends it."""

    name: str
    words: Words


ListFilter = ListChoice | ListSearch | ListDay


@dataclass(frozen=True)
class ShownFilter:
    """A field of the form above the list, as kit/filters.html shows it; `options` of a choice only."""

    field: ListFilter
    value: str
    options: Sequence[tuple[str, Words]] | None = None

    @property
    def is_day(self) -> bool:
        return isinstance(self.field, ListDay)


def chosen(filters: Iterable[ListFilter]) -> list[str]:
    """The names of what stands in plain in an address."""
    return [*(each.name for each in filters if not isinstance(each, ListSearch)), *PLACES]


def shown(request: HttpRequest, filters: Sequence[ListFilter]) -> list[ShownFilter]:
    """The form, with what this address asks for."""
    query = sought.read(request, chosen(filters))
    return [_shown(query, each) for each in filters]


def asked(request: HttpRequest, filters: Sequence[ListFilter]) -> dict[str, str]:
    """What this address asks for, by the names of the filters, and `after` what the page begins."""
    after = sought.read(request).get(AFTER, "").replace("\0", "")
    return {each.field.name: each.value for each in shown(request, filters)} | {AFTER: after}


def following(request: HttpRequest, filters: Sequence[ListFilter], after: str) -> str:
    """The address of the same list after this."""
    sort = {"sort": request.GET.get("sort", "")}
    return sought.query(request, asked(request, filters) | sort | {AFTER: after}, chosen(filters))


def lead_on(request: HttpRequest, filters: Sequence[ListFilter]) -> Any:
    """To the list that the form, which was sent by POST, asks for. What is no day stands in plain nowhere."""
    days = [each.name for each in filters if isinstance(each, ListDay)]
    no_days = {name for name in days if not address.day(request.POST.get(name, ""))}
    return sought.lead_on(request, [name for name in chosen(filters) if name not in no_days])


def _shown(query: QueryDict, field: ListFilter) -> ShownFilter:
    value = " ".join(query.get(field.name, "").replace("\0", "").split())
    if isinstance(field, ListSearch):
        return ShownFilter(field, value[: field.longest])
    if isinstance(field, ListDay):
        day = address.day(value)
        return ShownFilter(field, day.isoformat() if day else "")
    options = list(field.options())
    return ShownFilter(field, value if value in dict(options) else "", options)
