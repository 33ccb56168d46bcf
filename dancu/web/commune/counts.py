"""The counts above the list, each a link that filters it."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dancu.isolation.lookups import Filters
from dancu.web.commune.wording import Words

_COUNTED: list[tuple[str, Words]] = [
    ("attention", _("to check first")),
    ("on_the_way", _("on the way")),
    ("declared", _("declared")),
    ("met", _("met")),
    ("all", _("in all")),
]


@dataclass(frozen=True)
class Count:
    """How many there are of a kind, and the address of the list of just those."""

    kind: str
    people: int
    words: Words
    url: str
    is_current: bool


def counted(query: QueryDict, filters: Filters, counts: dict[str, int]) -> list[Count]:
    """The counts that stand above the list that `query` asks for."""
    return [
        Count(kind, counts[kind], words, _address(query, kind), _is_current(kind, filters)) for kind, words in _COUNTED
    ]


def _address(query: QueryDict, kind: str) -> str:
    """The same period and area, with nothing but this kind asked for."""
    asked = QueryDict(mutable=True)
    for kept in ("list", "area", "days"):
        if query.get(kept):
            asked[kept] = query[kept]
    if kind == "attention":
        asked["attention"] = "1"
    elif kind != "all":
        asked["state"] = kind
    return f"{reverse('commune:home')}?{asked.urlencode()}" if asked else reverse("commune:home")


def _is_current(kind: str, filters: Filters) -> bool:
    if filters.outcomes or filters.warned or filters.text:
        return False
    if kind == "attention":
        return filters.attention and not filters.states
    if kind == "all":
        return not filters.attention and not filters.states
    return filters.states == (kind,) and not filters.attention
